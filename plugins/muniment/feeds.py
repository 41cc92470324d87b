"""Feeds: what was published, what was retired and what changed last, as Atom, for readers who do not want to come and look."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from html import escape

from muniment import i18n, records, validity
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.views import addresses, documents, words

MOST = 100  # entries of a feed: a reader that comes once a month misses none


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news: `day` is when main had it, `key` keeps it the same piece of news in every build, `link` is its page
    from the language's root.
    """

    key: str
    day: str
    title: str
    text: str
    link: str


def titles(lang: Lang) -> dict[str, str]:
    """What each feed is called."""
    _ = i18n.translator(lang)
    return {
        "all": _("Newest records"),
        "published": _("Published documents"),
        "retired": _("Retired documents"),
    }


def atom(facts: Facts, name: str, lang: Lang, address: str) -> bytes:
    """The feed `all`, `published` or `retired` (RFC 4287), newest entries first. `address` is where the site will stand, with a
    slash at its end; without one, links are relative to the feed.
    """
    sources = {"all": _changed, "published": _published, "retired": _retired}
    entries = nlargest(MOST, sources[name](facts, lang), key=lambda entry: (entry.day, entry.key))
    base = (address or "../") + ("" if lang == i18n.LANGS[0] else f"{lang}/")
    own = f"{address and f'{address}feeds/'}{name}{'' if lang == i18n.LANGS[0] else f'.{lang}'}.atom"
    newest = entries[0].day if entries else facts.today
    company = facts.policy.company.render(lang)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{"zh-CN" if lang == "zh" else lang}">',
        f"<id>{_id(facts, f'{name}-{lang}')}</id>",
        f"<title>{escape(titles(lang)[name])} · {escape(company)}</title>",
        f"<updated>{_moment(facts, newest)}</updated>",
        f"<author><name>{escape(company) or 'Muniment'}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape(own)}"/>',
        f'<link rel="alternate" href="{escape(base)}"/>',
        *(_entry(facts, entry, base, lang) for entry in entries),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(facts: Facts, entry: Entry, base: str, lang: Lang) -> str:
    return (
        f"<entry><id>{_id(facts, f'{entry.key}-{lang}')}</id><title>{escape(entry.title)}</title>"
        f"<updated>{_moment(facts, entry.day)}</updated>"
        f'<link href="{escape(base + entry.link)}"/><summary>{escape(entry.text)}</summary></entry>'
    )


def _id(facts: Facts, key: str) -> str:
    """Permanent, and another one in every registry: from its first commit."""
    root = facts.audit.root if facts.audit else facts.policy.company.zh
    return uuid.uuid5(uuid.NAMESPACE_URL, f"muniment:{root}:{key}").urn


def _moment(facts: Facts, day: str) -> str:
    return datetime.fromisoformat(day).replace(tzinfo=facts.policy.zone).isoformat()


def _published(facts: Facts, lang: Lang) -> Iterator[Entry]:
    """Every revision on the day from which it holds."""
    _ = i18n.translator(lang)
    for period in _periods(facts):
        if period.start <= facts.today:
            record = period.record
            yield Entry(
                f"published-{record.number}-{record.revision}",
                period.start,
                f"{record.number} {record.title}",
                _("Revision {n} is in force.").format(n=record.revision),
                documents.revision_link(facts, record),
            )


def _retired(facts: Facts, lang: Lang) -> Iterator[Entry]:
    _ = i18n.translator(lang)
    for period in _periods(facts):
        if period.ended_by in ("retirement", "disposal") and period.end <= facts.today:
            record = period.record
            yield Entry(
                f"ended-{record.number}",
                period.end,
                f"{record.number} {record.title}",
                _("No longer to be used."),
                addresses.record(facts.policy, record.number),
            )


def _periods(facts: Facts) -> Iterable[validity.Period]:
    return (period for each in validity.every(facts).values() for period in each)


def _changed(facts: Facts, lang: Lang) -> Iterator[Entry]:
    """Every record on the day on which main last took a change of it."""
    for record in facts.corpus:
        acts = (path for path in record.act_paths if not records.is_reading(path))
        paths = (record.path, *record.files, *acts)
        day = max((facts.landed.get(path, "") for path in paths), default="")
        if day:
            yield Entry(
                f"changed-{record.number}-{day}",
                day,
                f"{record.number} {record.title}",
                words.state(facts, record, lang),
                addresses.record(facts.policy, record.number),
            )
