"""Reading: to whom a document is distributed, who has read which revision and who has not, and when it is reviewed again (B13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from muniment import distribution, fitness, i18n
from muniment.distribution import Circle, Reader
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.records import Act, Record
from muniment.tables import Cell
from muniment.views import forge, values, words
from muniment.views.values import Value

_STANDINGS = {
    "late": (Text("late", "超期未读"), "overdue"),
    "waiting": (Text("to be read", "待阅读"), "due"),
    "read": (Text("read", "已阅读"), "active"),
    "signed": (Text("wrote or approved it", "编写或审批"), "active"),
}


@dataclass(frozen=True, slots=True)
class ReaderView:
    """One person on the list of a document: where he stands, by when he should have read it, and what proves that he has."""

    person: Value
    standing: Cell
    due: str
    day: str
    level: str
    level_title: str
    commit: str
    commit_link: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Who has confirmed one of the earlier revisions, or the present one without being on its list."""

    title: str
    readers: tuple[ReaderView, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """`open` are those who have not read it yet, `done` those who have; `text` counts them in a sentence."""

    text: str
    open: tuple[ReaderView, ...]
    done: tuple[ReaderView, ...]
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """When a document was last found fit for use, and by when it is to be reviewed again."""

    text: str
    tone: str


def view(facts: Facts, record: Record, lang: Lang) -> ReadingView | None:
    """None where nobody is to read it and nobody has."""
    circle = distribution.circle(facts, record.number)
    if circle is None and not record.readings:
        return None
    readers = circle.readers if circle else ()
    on_list = {reader.act.path for reader in readers if reader.act}
    shown = [(reader, _reader(facts, reader, lang)) for reader in readers]
    return ReadingView(
        _counted(circle, lang),
        tuple(each for reader, each in sorted(shown, key=lambda pair: pair[0].due) if reader.is_open),
        tuple(each for reader, each in shown if not reader.is_open),
        tuple(_earlier(facts, record, on_list, lang)),
    )


def _counted(circle: Circle | None, lang: Lang) -> str:
    _ = i18n.translator(lang)
    if circle is None:
        return _("It is distributed to nobody at present.")
    said = _("Revision {n}: {read} of {all} people have read it, {late} are late.")
    read, late = circle.count("read", "signed"), circle.count("late")
    return said.format(n=circle.record.revision, read=read, all=len(circle.readers), late=late)


def _reader(facts: Facts, reader: Reader, lang: Lang) -> ReaderView:
    return _shown(facts, reader.staff, reader.standing, reader.due, reader.day, reader.act, lang)


def _shown(
    facts: Facts, staff: str, standing: str, due: str, day: str, act: Act | None, lang: Lang
) -> ReaderView:
    proven = facts.proofs.get(act.path) if act else None
    title, tone = _STANDINGS[standing]
    return ReaderView(
        values.reference(facts, staff, lang),
        Cell(title.render(lang), standing, tone=tone),
        due,
        day,
        proven.level if proven else "",
        words.evidence(proven.level, lang) if proven else "",
        proven.commit if proven else "",
        forge.commit(facts.policy, proven.commit) if proven else "",
    )


def _earlier(facts: Facts, record: Record, on_list: set[str], lang: Lang) -> list[Earlier]:
    _ = i18n.translator(lang)
    others = [act for act in record.readings if act.path not in on_list]
    found = []
    for revision in sorted({act.revision for act in others}, reverse=True):
        acts = sorted((act for act in others if act.revision == revision), key=lambda act: (act.date, act.by))
        readers = tuple(_shown(facts, act.by, "read", "", act.date, act, lang) for act in acts)
        found.append(Earlier(_("rev. {n}").format(n=revision), readers))
    return found


def review(facts: Facts, record: Record, lang: Lang) -> ReviewView | None:
    """None where it is not reviewed from time to time."""
    _ = i18n.translator(lang)
    found = fitness.review(facts, record)
    if found is None:
        return None
    gap = " " if lang == "en" else ""
    if found.act is not None:
        said = _("Found still fit for use on {day} by {name}.").format(
            day=found.last, name=facts.title(found.act.by)
        )
        conclusion = str((found.act.data.get("details") or {}).get("conclusion") or "")
        said += gap + _("Conclusion: {text}.").format(text=conclusion.rstrip("。.")) if conclusion else ""
    else:
        said = _("In force since {day}, not reviewed since.").format(day=found.last)
    standing = found.standing(facts.today)
    late = (
        _("It should have been reviewed by {day}.")
        if standing == "overdue"
        else _("To be reviewed by {day}.")
    )
    return ReviewView(
        f"{said}{gap}{late.format(day=found.due)}", "draft" if standing == "overdue" else "info"
    )


def data(facts: Facts, record: Record) -> dict[str, Any]:
    """`distribution` and `review` of a record's JSON; None where there is neither."""
    circle, found = distribution.circle(facts, record.number), fitness.review(facts, record)
    return {
        "distribution": {
            "since": circle.since,
            "readers": [
                {
                    "staff": reader.staff,
                    "standing": reader.standing,
                    "due": reader.due,
                    "day": reader.day or None,
                }
                for reader in circle.readers
            ],
        }
        if circle
        else None,
        "review": {"last": found.last, "due": found.due, "by": found.act.by if found.act else None}
        if found
        else None,
    }
