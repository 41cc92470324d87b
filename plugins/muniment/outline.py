"""Outline: a record as plain text for a terminal, from the same view that its page is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from muniment import i18n
from muniment.findings import Lang
from muniment.tables import Cell, Column, Table, text_width, to_text
from muniment.views.attachments import Attachment
from muniment.views.record import ChainView, RecordView, Signing, StageView
from muniment.views.values import Entry, Value

_COMMITS = 10  # the newest; the page and `git log` have the others
_USES = 20


def text(view: RecordView, lang: Lang) -> str:
    """Heading, facts, attachments, chains, who names it, the last changes."""
    _ = i18n.translator(lang)
    blocks: list[tuple[str, Iterable[str]]] = [
        ("", _head(view, lang)),
        (_("Facts"), _entries((*view.facts, *view.sections), lang)),
        (_("Paper copy"), _entries(view.paper, lang)),
        (_("Attachments"), map(_attachment, view.attachments)),
        *((chain.title, _chain(chain, lang)) for chain in view.chains if not _is_founded(view)),
        (
            _("Earlier approvals ({n})").format(n=len(view.earlier)),
            (_signing(act, lang) for act in view.earlier),
        ),
        (_("Where it is used"), _uses(view, lang)),
        (_("History"), _changes(view, lang)),
    ]
    shown = []
    for title, lines in blocks:
        found = list(lines)
        if found and title:
            shown += ["", title, *(f"  {line}".rstrip() for line in found)]
        else:
            shown += found
    return "\n".join(shown) + "\n"


def _is_founded(view: RecordView) -> bool:
    """In force because the first commit brought it: its chain was never walked and waits for nobody."""
    return view.given and not any(stage.act for chain in view.chains for stage in chain.stages)


def _head(view: RecordView, lang: Lang) -> Iterator[str]:
    _ = i18n.translator(lang)
    yield view.number if view.title == view.number else f"{view.number}  {view.title}"
    department = _plain(view.department, lang) if view.department else ""
    marks = (view.type_title, view.revision, view.state.text, view.level.text, department)
    yield " · ".join(mark for mark in marks if mark)
    yield view.source
    if view.banner is not None:
        instead = _(", ").join(_plain(each, lang) for each in view.banner.successors)
        yield f"*** {view.banner.title}  {view.banner.date}  {view.banner.reason}".rstrip()
        if instead:
            yield f"*** {_('Use instead:')} {instead}"
    if view.secret is not None:
        yield f"*** {view.secret.text}"


# -- Facts --------------------------------------------------------------------------------------------------


def _entries(entries: Iterable[Entry], lang: Lang) -> Iterator[str]:
    """A line a fact, labels in a column; what needs more room stands below its label."""
    found = [(entry.label, list(_lines(entry.value, lang))) for entry in entries]
    column = min(max((text_width(label) for label, _ in found), default=0), 24)
    for label, lines in found:
        if len(lines) == 1:
            yield f"{label}{' ' * (column - text_width(label))}  {lines[0]}"
        else:
            yield label
            yield from (f"  {line}" for line in lines)


def _lines(value: Value, lang: Lang) -> Iterator[str]:
    if value.kind == "table":
        columns = tuple(Column(str(place), head) for place, head in enumerate(value.heads))
        rows = tuple(tuple(Cell("; ".join(_lines(cell, lang))) for cell in row) for row in value.rows)
        yield from to_text(Table("", columns, rows)).splitlines()
    elif value.kind == "fields":
        yield from _entries(value.entries, lang)
    elif value.kind == "list":
        for item in value.items:
            first, *rest = list(_lines(item, lang)) or [""]
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield from _plain(value, lang).splitlines() or [""]


def _plain(value: Value, lang: Lang) -> str:
    if value.kind == "inline":
        _ = i18n.translator(lang)
        return _(", ").join(_plain(item, lang) for item in value.items)
    if value.kind in ("name", "reference"):
        return f"{value.note} {value.text}".strip()
    return value.text


def _attachment(attachment: Attachment) -> str:
    title = "" if attachment.title == attachment.name else f"  {attachment.title}"
    return f"{attachment.name}{title}  {attachment.size:,} B"


# -- Chains and history -------------------------------------------------------------------------------------


def _chain(chain: ChainView, lang: Lang) -> Iterator[str]:
    for stage in chain.stages:
        yield f"{'✓' if stage.is_done else '→' if stage.is_next else '·'} {_stage(stage, lang)}"


def _stage(stage: StageView, lang: Lang) -> str:
    _ = i18n.translator(lang)
    if stage.act is not None:
        return _signing(stage.act, lang)
    if not stage.is_next:
        return f"{stage.title} ({stage.roles})" if stage.roles else stage.title
    who = _(", ").join(_plain(each, lang) for each in stage.holders)
    return f"{stage.title}  {_('waiting for')} {who or stage.roles + ': ' + _('nobody holds this role')}"


def _signing(act: Signing, lang: Lang) -> str:
    comment = f"  “{act.comment}”" if act.comment else ""
    level = f"  [{act.level_title}]" if act.level_title else ""
    when = act.date.replace("T", " ", 1)
    return f"{act.stage}  {act.decision_title}  {_plain(act.by, lang)}  {when}{level}{comment}"


def _uses(view: RecordView, lang: Lang) -> Iterator[str]:
    _ = i18n.translator(lang)
    for group in view.uses:
        for use in group.rows[:_USES]:
            yield f"{use.number.text}  {use.title}  ({use.fields})  {use.state.text}".rstrip()
        if group.total > _USES:
            yield f"{group.title}{_(': ')}{_('and {n} more').format(n=group.total - len(group.rows[:_USES]))}"


def _changes(view: RecordView, lang: Lang) -> Iterator[str]:
    _ = i18n.translator(lang)
    for change in view.changes[:_COMMITS]:
        yield f"{change.commit[:10]}  {change.when}  {change.who}  {change.subject}"
    if len(view.changes) > _COMMITS:
        yield _("and {n} more").format(n=len(view.changes) - _COMMITS)
