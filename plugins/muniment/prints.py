"""Prints: what is made for paper, as whole HTML documents: labels, blank forms, lists and records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from muniment import bodies, i18n, printing, render, tables
from muniment.bodies import Surroundings
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.printing import Enclosed
from muniment.records import Record
from muniment.schemas import RecordType
from muniment.tables import Table
from muniment.views import addresses, evidence, forms, marks, shelves, words
from muniment.views import record as records
from muniment.views.evidence import Said
from muniment.views.shelves import Box, Paper

LABELS = ("spine", "box", "document")
_WIDTH = 273  # millimetres of a sheet that can be printed on
SPINE = 30  # millimetres: the narrowest of the usual boxes


@dataclass(frozen=True)
class Press:
    """What every print of a run shares. `site` is where the built site stands, with a slash at its end, or empty: then there
    are no codes to scan.
    """

    facts: Facts
    lang: Lang
    site: str = ""

    def html(self, template: str, title: str, shown: Iterable[str] = (), **context: Any) -> str:
        """A whole document; the mark of the records that it shows stands at the top of every page."""
        facts = self.facts
        commit = facts.commit.id[:10] if facts.commit else ""
        return render.page(
            f"print/{template}",
            self.lang,
            "",
            title=title,
            company=facts.policy.company.render(self.lang),
            day=facts.today,
            mark=self.mark(shown),
            foot=" · ".join(each for each in (title, facts.today, commit) if each),
            **{"site": self.site, **context},
        )

    def mark(self, shown: Iterable[str]) -> str:
        """Level, owner and term of what is shown; empty where everybody may know it: a mark everywhere says nothing."""
        found = marks.of(self.facts, shown, self.lang)
        return found.text if found else ""

    def url(self, address: str) -> str:
        """The whole address of a page in the language of the print."""
        return f"{self.site}{'' if self.lang == i18n.LANGS[0] else f'{self.lang}/'}{address}"

    def code(self, address: str) -> render.Markup:
        made = printing.qr(self.url(address)) if self.site else ""
        return render.Markup(made)


# -- Labels ---------------------------------------------------------------------------------------------------


def labels(press: Press, kind: str, wanted: Callable[[Box], bool], width: int = SPINE) -> tuple[str, int]:
    """Labels of one kind for the boxes that are wanted, and how many there are."""
    _ = i18n.translator(press.lang)
    found = [box for box in shelves.boxes(press.facts, press.lang) if wanted(box)]
    title = {"spine": _("Spine labels"), "box": _("Box labels"), "document": _("Document labels")}[kind]
    template = f"labels-{kind}.html"
    if kind == "document":
        papers = [
            {**_paper(press, paper), "place": f"{box.room} · {box.shelf}"}
            for box in found
            for paper in box.papers
        ]
        return press.html(template, title, papers=papers), len(papers)
    shown = [_box(press, box, codes=kind == "box") for box in found]
    if kind == "box":
        return press.html(template, title, boxes=shown), len(shown)
    row = _WIDTH // width
    sheets = [shown[start : start + row] for start in range(0, len(shown), row)]
    name = str(press.facts.policy.value("organization", "short", default="")) if press.lang == "zh" else ""
    return press.html(template, title, sheets=sheets, width=width, name=name), len(shown)


def _box(press: Press, box: Box, *, codes: bool) -> Mapping[str, object]:
    url = f"{addresses.report('shelf-list')}?{urlencode({'box': box.name})}"
    series = press.facts.policy.series.get(box.group)
    return {
        "box": box,
        "title": series.title.render(press.lang) if series else "",
        "mark": press.mark(paper.record.number for paper in box.papers),
        "code": press.code(url),
        "has_codes": codes and bool(press.site),
        "papers": [_paper(press, paper) for paper in box.papers] if codes else [],
    }


def _paper(press: Press, paper: Paper) -> Mapping[str, object]:
    record = paper.record
    return {
        "reference": paper.reference,
        "number": record.number,
        "title": record.title,
        "date": str(record.data.get("updated") or record.data.get("created") or ""),
        "pages": paper.pages,
        "revision": records.revision(record, press.lang),
        "mark": press.mark((record.number,)),
        "level": _level(press.facts.level(record), press.lang),
        "code": press.code(paper.url),
    }


def _level(level: str, lang: Lang) -> str:
    """In a list under a mark, where the level alone is enough."""
    return "" if level in ("public", "internal") else words.level(level, lang)


# -- Forms, lists and records ---------------------------------------------------------------------------------


def form(press: Press, kind: RecordType) -> str:
    """The empty sheet of a type, to be filled in by hand."""
    shown = forms.form(press.facts, kind, press.lang)
    return press.html("form.html", shown.title, form=shown)


def listing(press: Press, table: Table, signed: tuple[str, ...] = ()) -> str:
    """A report or a register on paper; `signed` are the captions of lines to sign on."""
    return press.html("list.html", table.title, marks.in_table(table), table=table, signed=signed)


def signatures(report: str, lang: Lang) -> tuple[str, ...]:
    """Who signs a list that is taken through the archive room."""
    _ = i18n.translator(lang)
    if report == "stock-taking":
        return (_("Counted by"), _("Checked by"), _("Date"))
    return ()


def record(press: Press, shown: Record, extra: Table | None = None) -> str:
    """Everything that a record says and what was decided about it; what is still open has room to be signed."""
    facts = press.facts
    view = records.view(facts, shown, press.lang)
    base = press.url("")
    body = ""
    if shown.body:
        around = Surroundings(
            shown.title,
            shown.number,
            base,
            frozenset(shown.attachments),
            lambda number: _known(facts, number),
        )
        body = bodies.render(shown.body, around).html
    return press.html(
        "record.html",
        f"{shown.number} {shown.title}" if shown.title != shown.number else shown.number,
        {
            shown.number,
            *marks.named(str(shown.data)),
            *(marks.in_table(extra) if extra else ()),
            *marks.named(body),
        },
        view=view,
        base=base,
        body=render.Markup(body),
        code=press.code(view.url),
        extra=extra,
    )


def certificate(press: Press, shown: Record, faults: tuple[Said, ...]) -> str:
    """Who approved a record, when, as what and for which content, and how anybody checks that. `faults` are what the audit has
    against it; the facts have to be those of a site, with the whole history judged.
    """
    _ = i18n.translator(press.lang)
    view = records.view(press.facts, shown, press.lang)
    at = evidence.standing(press.facts)
    sheet = evidence.sheet(press.facts, shown, view, at, faults, press.lang)
    return press.html(
        "certificate.html",
        f"{_('Certificate of approval')} {shown.number}",
        {shown.number},
        view=view,
        sheet=sheet,
        at=at,
        base=press.url(""),
        code=press.code(sheet.url),
    )


def enclosed(press: Press, shown: Record) -> Iterator[Enclosed]:
    """What the print of a record was made from: its facts as data, as its readers may know them, and, where nothing is covered
    for them, its own files as they lie in Git, acts included, under which the digests can be computed again.
    """
    _ = i18n.translator(press.lang)
    data = tables.to_json(records.data(press.facts, shown))
    yield Enclosed(f"{addresses.slug(shown.number)}.json", data, _("The facts as data"), press.facts.today)
    if press.facts.audience:
        return
    for path in (shown.path, *shown.files, *shown.act_paths):
        name = path.removeprefix(f"{shown.folder}/")
        # A name with folders in it is no name to many a reader of PDF; the description keeps them.
        yield Enclosed(name.replace("/", "-"), shown.tree.read(path), name, press.facts.today)


def _known(facts: Facts, number: str) -> str | None:
    return addresses.record(facts.policy, number) if number in facts.corpus.records else None
