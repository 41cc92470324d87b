"""Forms: a record type as a sheet of paper to be filled in by hand, from its schema and its chain alone, still without markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from muniment import i18n
from muniment.facts import Facts
from muniment.fields import Field
from muniment.findings import Lang
from muniment.policy import Stage
from muniment.schemas import RecordType
from muniment.views import values, words

Kind = Literal["line", "date", "time", "choices", "lines", "box"]
# What the head of the sheet says already, what the registry works out, and what nobody fills in on paper.
_UNASKED = (
    *("type", "number", "revision", "updated", "effective", "retention", "hold", "paper", "references"),
    *("attachments", "supersedes", "signing_keys", "age_recipient", "emails"),
)
_ROWS = 5  # of a list of entries
_NESTED = 10  # of one whose entries hold lists themselves
_LINES = 3  # of a list of single values
_FEW = 4  # choices that fit into one cell of a table
_SHORT = 8  # characters of a choice that fits there
_HALF = 26  # characters of all choices together that fit into half the width


@dataclass(frozen=True, slots=True)
class Blank:
    """A place to write: one `line`, a `date`, a `time`, `choices` to tick, numbered `lines`, or a `box` for sentences."""

    kind: Kind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A place to write with its label; `hint` says what belongs there, `ticked` the choice that is usual."""

    label: str
    blank: Blank
    hint: str = ""
    is_required: bool = False
    ticked: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it needs the width of the sheet."""
        room = sum(len(choice) + 3 for choice in self.blank.choices)
        return self.blank.kind in ("box", "lines") or room > _HALF or len(self.hint) > _HALF


@dataclass(frozen=True, slots=True)
class Rows:
    """A table to be filled row by row: what each column is, and how many empty rows there are."""

    heads: tuple[Entry, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet: `rows` of one or two entries each, or a `table`; `title` is empty for the first one."""

    title: str
    hint: str = ""
    is_required: bool = False
    rows: tuple[tuple[Entry, ...], ...] = ()
    table: Rows | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A stage that somebody signs for: who may, what can be said, and what else has to be written down."""

    stage: str
    roles: str
    decisions: tuple[str, ...]
    details: tuple[str, ...]
    needs_evidence: bool


@dataclass(frozen=True, slots=True)
class Form:
    type: str
    title: str
    text: str
    company: str
    series: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...]


def form(facts: Facts, kind: RecordType, lang: Lang) -> Form:
    return Form(
        kind.name,
        values.heading(kind.title.render(lang), lang),
        kind.description.render(lang),
        facts.policy.company.render(lang),
        " / ".join(letters for letters in kind.series if letters != "*"),
        tuple(_sections(facts, kind, lang)),
        tuple(_signature(facts, stage, lang) for stage in facts.policy.chains.get(kind.chain or "", ())),
    )


def _sections(facts: Facts, kind: RecordType, lang: Lang) -> Iterator[Section]:
    """Single fields in a grid, as they come; a group or a list of entries begins a part of its own."""
    grid: list[Entry] = []
    for field in kind.fields:
        if field.name in _UNASKED or _is_settled(field):
            continue
        if field.name == "confidentiality":
            grid.append(_level(facts, kind, field, lang))
        elif _is_table(field) or (field.fields and field.kind == "object"):
            yield from _grid(grid)
            grid = []
            yield from _part(facts, kind, field, lang)
        else:
            grid.append(_entry(facts, kind, field, lang))
    yield from _grid(grid)


def _part(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> Iterator[Section]:
    """A list of entries as a table; a group as a grid, with the tables inside it below."""
    if _is_table(field):
        inner = _columns(field.item) if field.item else ()
        heads = tuple(_head(facts, kind, each, lang) for each in inner)
        is_nested = any(len(each.path) > len(inner[0].path) for each in inner)
        yield replace(_titled(field, lang), table=Rows(heads, _NESTED if is_nested else _ROWS))
        return
    entries = [_entry(facts, kind, each, lang) for each in field.fields if not _is_table(each)]
    yield replace(_titled(field, lang), rows=tuple(_pairs(entries)))
    for each in field.fields:
        if _is_table(each):
            yield from _part(facts, kind, each, lang)


def _is_table(field: Field) -> bool:
    return field.kind == "list" and field.item is not None and bool(field.item.fields)


def _is_settled(field: Field) -> bool:
    """Whether the type leaves no choice."""
    return field.required and (field.default is not None or len(field.values) == 1)


def _titled(field: Field, lang: Lang) -> Section:
    title = values.heading(field.title.render(lang), lang)
    return Section(title, field.description.render(lang), field.required)


def _grid(entries: list[Entry]) -> Iterator[Section]:
    if entries:
        yield Section("", rows=tuple(_pairs(entries)))


def _pairs(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ...]]:
    """Two entries a row where both are narrow, in their order."""
    waiting: Entry | None = None
    for entry in entries:
        if entry.is_wide:
            if waiting:
                yield (waiting,)
            yield (entry,)
            waiting = None
        elif waiting:
            yield (waiting, entry)
            waiting = None
        else:
            waiting = entry
    if waiting:
        yield (waiting,)


def _columns(item: Field) -> tuple[Field, ...]:
    """The columns for a list of objects; a list inside them goes on in the same rows, as tasks do after their phase."""
    found: list[Field] = []
    for field in item.fields:
        if field.item and _is_table(field):
            found += _columns(field.item)
        elif field.kind == "object" and field.fields:
            found += field.fields
        else:
            found.append(field)
    return tuple(found)


def _entry(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> Entry:
    return Entry(
        values.heading(field.title.render(lang), lang),
        _blank(facts, kind, field, lang),
        field.description.render(lang).rstrip("。."),
        field.required,
    )


def _head(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> Entry:
    """A column of a table: choices that do not fit into its cells stand in the hint."""
    entry = _entry(facts, kind, field, lang)
    if field.kind == "boolean":
        return replace(entry, blank=Blank("choices", ("",)), hint="")
    choices = entry.blank.choices
    if not choices or (len(choices) <= _FEW and all(len(choice) <= _SHORT for choice in choices)):
        return replace(entry, hint="" if choices else entry.hint)
    return replace(entry, blank=Blank("line"), hint=" / ".join(choices))


def _level(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> Entry:
    levels = next(each for each in field.fields if each.name == "level").values
    choices = tuple(words.level(level, lang) for level in levels)
    title = values.heading(field.title.render(lang), lang)
    return Entry(title, Blank("choices", choices), ticked=words.level(facts.usual_level(kind), lang))


def _blank(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> Blank:
    _ = i18n.translator(lang)
    inner = field.item if field.kind == "list" and field.item else field
    if choices := _choices(facts, kind, inner, lang):
        return Blank("choices", choices)
    if field.kind == "list":
        return Blank("lines", ("",) * _LINES)
    if field.kind == "boolean":
        return Blank("choices", (_("yes"), _("no")))
    if field.kind in ("date", "time"):
        return Blank("date" if field.kind == "date" else "time")
    return Blank("box" if field.is_long or field.kind in ("markdown", "object", "any") else "line")


def _choices(facts: Facts, kind: RecordType, field: Field, lang: Lang) -> tuple[str, ...]:
    """What a field can be, in the words of its labels or of the policy that lists its values."""
    if field.values:
        return tuple(values.text_of(facts, field, value, lang) for value in field.values)
    if not field.policy:
        return ()
    top, *path = field.policy.split(".")
    names = _listed(facts.policy.value(top, *path), kind.series)
    return tuple(words.value(facts, field.policy, name, lang) or name for name in names)


def _listed(found: Any, series: tuple[str, ...]) -> list[str]:
    """The names in a policy's list, whether it is a list of names or entries, or a mapping; by class, those of the type."""
    if isinstance(found, Mapping) and all(isinstance(each, list) for each in found.values()):
        return [str(name) for letters in series for name in found.get(letters, ())]
    if isinstance(found, Mapping):
        return [str(name) for name in found]
    entries = found if isinstance(found, list) else []
    return [str(next(iter(each.values())) if isinstance(each, Mapping) else each) for each in entries]


def _signature(facts: Facts, stage: Stage, lang: Lang) -> Signature:
    decisions = ("done",) if stage.event else ("approved", "rejected")
    _ = i18n.translator(lang)
    optional = [
        _("{detail} (if any)").format(detail=words.detail(facts, name, lang)) for name in stage.optional
    ]
    return Signature(
        words.stage(facts, stage.name, lang),
        " / ".join(words.role(facts, role, lang) for role in stage.roles),
        tuple(words.decision(name, lang) for name in decisions),
        (*(words.detail(facts, name, lang) for name in stage.details), *optional),
        stage.evidence_required,
    )
