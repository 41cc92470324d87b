"""The demonstration's story as typed values: who wrote, decided and merged what, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))

_START = {"by", "at", "message", "write", "act", "acts"}
_COMMIT = {*_START, "remove", "via"}
_PULL = {"branch", "title", "merged", "by", "commits"}
_ACT = {
    "record", "stage", "chain", "decision", "by", "date",
    "meaning", "comment", "details", "evidence", "source",
}  # fmt: skip


class StoryError(ValueError):
    """What the story gets wrong, one sentence each, with the place in the story."""

    def __init__(self, *mistakes: str) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@contextmanager
def told_at(place: str) -> Iterator[None]:
    """Put the place in the story before the mistakes that come to light there."""
    try:
        yield
    except StoryError as error:
        raise StoryError(*(f"{place}: {mistake}" for mistake in error.mistakes)) from None


@dataclass(frozen=True)
class Act:
    """An act as the story tells it; what it leaves out follows from the record and the commit."""

    record: str
    stage: str
    by: str
    date: str
    chain: str = ""
    decision: str = ""
    meaning: str = ""
    comment: str = ""
    source: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Commit:
    """`write` names versions of records: `XM2024001` is the one of today, `XM2024001@1` an earlier one."""

    place: str
    by: str
    at: datetime
    message: str = ""
    write: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    forge: bool = False


@dataclass(frozen=True)
class Pull:
    """A branch; without `merged` it is still open."""

    place: str
    branch: str
    title: str
    by: str
    merged: datetime | None
    commits: tuple[Commit, ...]


@dataclass(frozen=True)
class Story:
    start: Commit
    versions: Mapping[str, Mapping[str, Any]]
    pulls: tuple[Pull, ...]


def parse(data: Mapping[str, Any]) -> Story:
    """The story in plain values; raises StoryError with all that can be seen without the records."""
    mistakes: list[str] = []
    _known(data, {"start", "versions", "pulls"}, "story", mistakes)
    start = _commit(data.get("start") or {}, "start", "", _START, mistakes)
    pulls = tuple(
        _pull(entry, f"pulls[{index}] {entry.get('branch', '')}".rstrip(), mistakes)
        for index, entry in enumerate(data.get("pulls") or [])
    )
    story = Story(start, data.get("versions") or {}, pulls)
    mistakes += _disorder(story)
    if mistakes:
        raise StoryError(*mistakes)
    return story


def _known(entry: Mapping[str, Any], names: set[str], place: str, mistakes: list[str]) -> None:
    mistakes += [f"{place}: `{name}` means nothing here" for name in entry if name not in names]


def _text(entry: Mapping[str, Any], name: str, place: str, mistakes: list[str], default: str = "") -> str:
    value = entry.get(name, default)
    if not isinstance(value, str) or not value:
        mistakes.append(f"{place}: `{name}` is missing or no text")
        return ""
    return value


def _time(entry: Mapping[str, Any], name: str, place: str, mistakes: list[str]) -> datetime:
    try:
        return datetime.fromisoformat(entry[name]).replace(tzinfo=CHINA)
    except (KeyError, TypeError, ValueError):
        mistakes.append(f"{place}: `{name}` is no time such as 2024-01-10T10:00")
        return datetime.max.replace(tzinfo=CHINA)


def _pull(entry: Mapping[str, Any], place: str, mistakes: list[str]) -> Pull:
    _known(entry, _PULL, place, mistakes)
    merged = _time(entry, "merged", place, mistakes) if entry.get("merged") else None
    by = _text(entry, "by", place, mistakes, "" if merged else "-")
    commits = tuple(
        _commit(commit, f"{place} commits[{index}]", by, _COMMIT, mistakes)
        for index, commit in enumerate(entry.get("commits") or [])
    )
    if not commits:
        mistakes.append(f"{place}: no commits")
    title = _text(entry, "title", place, mistakes)
    return Pull(place, _text(entry, "branch", place, mistakes), title, by, merged, commits)


def _commit(entry: Mapping[str, Any], place: str, by: str, names: set[str], mistakes: list[str]) -> Commit:
    _known(entry, names, place, mistakes)
    at = _time(entry, "at", place, mistakes)
    who = _text(entry, "by", place, mistakes, by)
    listed = [entry["act"]] if "act" in entry else entry.get("acts") or []
    acts = tuple(
        _act(act, f"{place} acts[{index}]" if len(listed) > 1 else place, who, at, mistakes)
        for index, act in enumerate(listed)
    )
    write, remove = tuple(entry.get("write") or ()), tuple(entry.get("remove") or ())
    if not acts and not write and not remove:
        mistakes.append(f"{place}: neither write, remove nor act")
    if not acts or len(acts) > 1:
        _text(entry, "message", place, mistakes)
    if entry.get("via", "forge") != "forge":
        mistakes.append(f"{place}: `via` can only be forge")
    return Commit(place, who, at, entry.get("message", ""), write, remove, acts, "via" in entry)


def _act(entry: Mapping[str, Any], place: str, by: str, at: datetime, mistakes: list[str]) -> Act:
    _known(entry, _ACT, place, mistakes)
    evidence = entry.get("evidence") or []
    files = [evidence] if isinstance(evidence, str | dict) else evidence
    plain = {
        name: entry[name] for name in ("chain", "decision", "meaning", "comment", "source") if name in entry
    }
    return Act(
        record=_text(entry, "record", place, mistakes),
        stage=_text(entry, "stage", place, mistakes),
        by=_text(entry, "by", place, mistakes, by),
        date=_text(entry, "date", place, mistakes, at.date().isoformat()),
        details=entry.get("details") or {},
        evidence=tuple(file if isinstance(file, str) else file["file"] for file in files),
        **plain,
    )


def _disorder(story: Story) -> Iterator[str]:
    """Times that do not go forward: along each branch, and along main."""
    latest = story.start.at
    for pull in story.pulls:
        before = story.start.at
        for commit in pull.commits:
            if commit.at <= before:
                yield f"{commit.place}: {_spoken(commit.at)} is not after {_spoken(before)}"
            before = commit.at
        if pull.merged and pull.merged <= before:
            yield f"{pull.place}: merged {_spoken(pull.merged)}, but its last commit is of {_spoken(before)}"
        if pull.merged and pull.merged <= latest:
            yield f"{pull.place}: merged {_spoken(pull.merged)}, but stands after one of {_spoken(latest)}"
        latest = max(latest, pull.merged or latest)


def _spoken(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")
