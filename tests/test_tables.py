"""Tables in the forms that spreadsheets, programs and terminals read."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.utils import escape

from muniment import tables
from muniment.tables import Cell, Column, Table

COLUMNS = (
    Column("number", "编号", "number"),
    Column("title", "标题"),
    Column("fee", "金额", "decimal"),
    Column("day", "日期", "date"),
)


def table(*titles: str) -> Table:
    rows = tuple(
        (
            Cell(f"XM202600{n}", f"XM202600{n}", f"records/XM/2026/XM202600{n}/"),
            Cell(title, title),
            Cell("1,200.50", Decimal("1200.50")),
            Cell("2026-05-06", "2026-05-06"),
        )
        for n, title in enumerate(titles, 1)
    )
    return Table("受控文件清单", COLUMNS, rows)


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf"), "spreadsheets take the file for GBK without the mark"
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    row = read_csv(tables.to_csv(table(f"{start}HYPERLINK(1)")))[1]
    assert row[1] == f"'{start}HYPERLINK(1)"


def test_numbers_in_csv_bear_no_separators_and_no_apostrophe() -> None:
    negative = Table("t", (Column("n", "n", "decimal"),), ((Cell("-1,200.50", Decimal("-1200.50")),),))
    assert read_csv(tables.to_csv(table("手册")))[1][2] == "1200.50"
    assert read_csv(tables.to_csv(negative))[1] == ["-1200.50"]


def test_headings_are_made_harmless_too() -> None:
    assert read_csv(tables.to_csv(Table("t", (Column("x", "=1"),), ())))[0] == ["'=1"]


def test_a_reference_says_its_number_where_there_are_no_links() -> None:
    cell = Cell("李娜", "YG0001", "records/YG/YG0001/", key="YG0001")
    several = Cell("李娜、刘洋", ["YG0001", "YG0003"], parts=(cell, Cell("刘洋", "YG0003", key="YG0003")))
    made = Table("t", (Column("by", "编写人"), Column("all", "人员")), ((cell, several),))
    assert read_csv(tables.to_csv(made))[1] == ["YG0001 李娜", "YG0001 李娜; YG0003 刘洋"]


@pytest.mark.parametrize("value", ["0.10", "12345678901234567890.123456789", "-3.50", "7"])
def test_json_keeps_every_digit_of_a_decimal(value: str) -> None:
    assert f'"fee": {value}' in tables.to_json({"fee": Decimal(value)}).decode()
    assert json.loads(tables.to_json([{"fee": Decimal(value)}]), parse_float=Decimal, parse_int=Decimal) == [
        {"fee": Decimal(value)}
    ]


def test_text_cannot_pass_itself_off_as_a_number() -> None:
    hostile = ["\\u00001", '"\\u00001"', "\\\\u00001", "1"]
    assert json.loads(tables.to_json({"title": hostile, "fee": Decimal("1.0")})) == {
        "title": hostile,
        "fee": 1.0,
    }


def test_json_rows_hold_the_facts_own_values() -> None:
    assert json.loads(tables.rows_json(table("手册")), parse_float=Decimal) == [
        {"number": "XM2026001", "title": "手册", "fee": Decimal("1200.50"), "day": "2026-05-06"}
    ]


def test_equal_tables_give_equal_sheets() -> None:
    assert tables.to_xlsx(table("手册", "方案")) == tables.to_xlsx(table("手册", "方案"))


def test_a_sheet_has_real_numbers_and_days_and_a_frozen_heading() -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(table("=1+1"))))
    sheet = book.active
    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    number, title, fee, day = next(sheet.iter_rows(min_row=2))
    assert (number.value, title.value, title.data_type) == ("XM2026001", "=1+1", "s")
    assert (fee.value, str(day.value)) == (1200.5, "2026-05-06 00:00:00")


ODD = (
    "a < b & 'c' \"d\"",
    "_x0041_ 与 _x000G_",
    "响铃\x07声",
    "  两端有空格  ",
    "第一行\n第二行",
    "𠮷野家",
    "'",
    "=HYPERLINK()",
)


def test_a_sheet_gives_back_every_text_as_it_was() -> None:
    columns = tuple(Column(f"c{index}", f"列 {index}") for index in range(30))
    rows = tuple(tuple(Cell(text, text) for _ in columns) for text in ODD)
    sheet = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(Table("表", columns, rows)))).active
    assert sheet is not None
    assert sheet.auto_filter.ref == f"A1:AD{len(ODD) + 1}"
    read = [sheet.cell(row, 30).value for row in range(2, len(ODD) + 2)]
    assert [escape.unescape(str(text)) for text in read] == list(ODD)


def test_a_sheet_without_rows_or_without_columns_can_be_opened() -> None:
    for columns in (COLUMNS, ()):
        book = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(Table('说明 "甲"', columns, ()))))
        assert book.sheetnames == ["说明  甲"]


def test_what_a_sheet_would_round_or_date_wrongly_stays_text() -> None:
    columns = (Column("fee", "费用", "decimal"), Column("day", "日期", "date"))
    long, early = Decimal("1234567890123456.78"), "1900-02-28"
    made = Table(
        "t",
        columns,
        ((Cell(str(long), long), Cell(early, early)), (Cell("否", False), Cell("2026-2-30", "2026-2-30"))),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(made))).active
    assert sheet is not None
    read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert read == [[str(long), early], ["否", "2026-2-30"]]


def test_columns_of_a_sheet_are_wide_enough_for_han_characters() -> None:
    book = openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(table("沐源水务泵站远程监测二期系统设计说明"))))
    assert book.active is not None
    assert book.active.column_dimensions["B"].width >= 36


def test_titles_that_no_sheet_may_bear_are_cut_to_fit() -> None:
    made = Table("a/b:c*d?" + "长" * 40, COLUMNS, ())
    assert len(openpyxl.load_workbook(io.BytesIO(tables.to_xlsx(made))).sheetnames[0]) <= 31


def test_columns_on_a_terminal_stay_aligned_with_han_characters() -> None:
    lines = tables.to_text(table("手册", "a manual")).splitlines()
    assert lines[0].startswith("编号")
    positions = {tables.text_width(line[: line.index("1,200.50")]) for line in lines[2:]}
    assert len(positions) == 1


def test_a_cell_on_a_terminal_is_one_short_line() -> None:
    shown = tables.to_text(table("一\n二 " + "三" * 100)).splitlines()[2]
    assert "一 二" in shown
    assert "…" in shown
    assert tables.text_width(shown) < 120
