"""Sheets: rows as an XLSX file, written as the few lines of XML that it consists of.

A site holds two spreadsheets for each register and report. A library that knows charts and formulas takes a tenth of the whole
build for them; what a plain sheet needs has been the same since ECMA-376 of 2006.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape

Value = str | int | Decimal | date | None
_LONGEST = 32_767  # characters that a cell can hold
_EPOCH = date(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs count a day that never was
# What XML cannot hold, and what a reader would take for a sign written in this way.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPENING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ALWAYS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    # The formats of cells: 0 as they come, 1 the heading, 2 a day.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEEF1F5"/><bgColor indexed="64"/></patternFill></fill></fills>'
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def book(
    title: str,
    heads: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[Value]],
    header: str = "",
) -> bytes:
    """A book of one sheet with a frozen heading and a filter; equal contents give equal bytes. `header` stands at the right of
    the head of each printed page.

    A whole or decimal number becomes a number and a date a day; text is text, whatever sign it begins with.
    """
    letters = [_letters(index) for index in range(len(heads))]
    lines = [_line(1, letters, heads, ' s="1"')]
    lines += [_line(number, letters, row) for number, row in enumerate(rows, 2)]
    name = re.sub(r"[\[\]:*?/\\'\"]", " ", title).strip()[:31] or "Sheet1"
    parts = {
        **_ALWAYS,
        "docProps/core.xml": _properties(title),
        "xl/workbook.xml": _workbook(name, letters, len(lines)),
        "xl/worksheets/sheet1.xml": _sheet(letters, widths, lines, header),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, text in parts.items():
            # Without a date of its own an entry has the first that the format knows.
            package.writestr(_entry(path), f"{_OPENING}{text}".encode("utf-8", "replace"))
    return out.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0  # else it would tell on which system the site was built
    return entry


def _letters(index: int) -> str:
    """The name of a column: A to Z, then AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _line(number: int, letters: Sequence[str], values: Sequence[Value], style: str = "") -> str:
    cells = [
        _cell(f"{column}{number}", value, style)
        for column, value in zip(letters, values, strict=True)
        if value is not None
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Value, style: str) -> str:
    if isinstance(value, str):
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="2"><v>{(value - _EPOCH).days}</v></c>'
    return f'<c r="{place}"><v>{format(value, "f") if isinstance(value, Decimal) else value}</v></c>'


@lru_cache(maxsize=20_000)  # a title stands in a dozen sheets
def _text(value: str) -> str:
    fit = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", value[:_LONGEST])
    return escape(fit, quote=False)


def _properties(title: str) -> str:
    """The day a book was made would make every build differ, so none is given but a fixed one."""
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_text(title)}</dc:title>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _workbook(name: str, letters: Sequence[str], height: int) -> str:
    names = ""
    if letters:
        names = (
            '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
            f"'{_text(name)}'!$A$1:${letters[-1]}${height}</definedName></definedNames>"
        )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name="{_text(name)}" sheetId="1" r:id="rId1"/></sheets>{names}</workbook>'
    )


def _sheet(letters: Sequence[str], widths: Sequence[int], lines: Sequence[str], header: str) -> str:
    columns = "".join(
        [
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
            for at, width in enumerate(widths, 1)
        ]
    )
    filled = f"A1:{letters[-1]}{len(lines)}" if letters else "A1"
    return (
        f'<worksheet xmlns="{_MAIN}"><dimension ref="{filled}"/>'
        '<sheetViews><sheetView tabSelected="1" workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>'
        '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{''.join(lines)}</sheetData>"
        + (f'<autoFilter ref="{filled}"/>' if letters else "")
        + (f"<headerFooter><oddHeader>{_header(header)}</oddHeader></headerFooter>" if header else "")
        + "</worksheet>"
    )


def _header(text: str) -> str:
    """A sign & begins a code in a header."""
    return escape("&R" + text.replace("&", "&&"))
