"""The site: every page and every data file, a pure function of what is known, for one audience."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from muniment import (
    age,
    audience,
    bodies,
    charts,
    check,
    dashboards,
    dues,
    feeds,
    home,
    i18n,
    render,
    reports,
    resources,
    rulebook,
    shapes,
    tables,
    validity,
)
from muniment.bodies import Body, Surroundings
from muniment.charts import Chart
from muniment.facts import Facts
from muniment.findings import Lang
from muniment.pages import DataFile, Heading, Page
from muniment.recall import recalled
from muniment.records import Record
from muniment.reports import Report
from muniment.schemas import RecordType
from muniment.tables import Table
from muniment.views import (
    addresses,
    attachments,
    cards,
    documents,
    evidence,
    forms,
    marks,
    registers,
    relations,
    revisions,
)
from muniment.views import engagement as engagements
from muniment.views import record as records
from muniment.views import timeline as timelines
from muniment.views.engagement import EngagementView
from muniment.views.evidence import Said, Sheet, Standing
from muniment.views.record import RecordView
from muniment.views.registers import Shard
from muniment.views.revisions import Comparison, Earlier
from muniment.views.timeline import Deadline

Part = Page | DataFile
# Characters of bodies that a browser loads to search in, and how many each text has of them at least: a registry of some
# hundred texts is searched to the last word, one of ten thousand by titles and first sentences.
_SEARCHED = 600_000
_SEARCHED_LEAST = 160
# Where finished rows come into a page: a template would look through all of them for what is Chinese, again for each page.
_ROWS = render.Markup("<!--mu:rows-->")
_SHARE = 25  # records whose pages are made by one hand before it looks for the next


@dataclass(frozen=True)
class Options:
    """`audience` is the level that the readers may know; nothing above it is looked at. `address` is where the site will stand,
    with a slash at its end, for feeds that are read elsewhere; empty where nobody knows.
    """

    audience: str = audience.DEFAULT
    langs: tuple[Lang, ...] = i18n.LANGS
    address: str = ""


@dataclass(frozen=True)
class Bundles:
    """The whole site in bundles that can be made at the same time, each at most about a second's work: what looks across
    records, and the records themselves.
    """

    lists: Sequence[Iterator[Part]]
    records: Sequence[Iterator[Part]]


def pages(facts: Facts, options: Options = Options()) -> Iterator[Part]:
    """The whole site, records last. Raises `ValueError` for an unknown audience."""
    made = bundles(facts, options)
    return chain.from_iterable((*made.lists, *made.records))


def bundles(facts: Facts, options: Options = Options()) -> Bundles:
    """The same in bundles. Raises `ValueError` for an unknown audience."""
    facts = audience.narrow(facts, options.audience)
    at = evidence.standing(facts)
    _known = facts.standings, facts.referrers, _searched(facts)  # once, before the bundles part ways
    every = tuple(facts.corpus)
    shares = [every[start : start + _SHARE] for start in range(0, len(every), _SHARE)]
    lists = [
        *(bundle for lang in options.langs for bundle in _lists(facts, at, lang)),
        chain.from_iterable(rulebook.pages(lang) for lang in options.langs),
        _data(facts, at, options),
    ]
    shown = [_records(facts, at, options.langs, share) for share in shares]
    if not marks.classified(facts):  # nobody has to look whether a page shows it
        return Bundles(lists, shown)
    return Bundles([_marked(facts, each) for each in lists], [_marked(facts, each) for each in shown])


def _marked(facts: Facts, parts: Iterable[Part]) -> Iterator[Part]:
    """Each page that shows anything classified, with the mark of the highest of it at its head."""
    for part in parts:
        mark = None
        if isinstance(part, Page) and part.section != "rules":
            mark = marks.of(facts, marks.named(part.body) | part.also, part.lang)
        yield replace(part, body=mark.html + part.body) if mark and isinstance(part, Page) else part


def _lists(facts: Facts, at: Standing, lang: Lang) -> list[Iterator[Part]]:
    return [
        chain(_home(facts, at, lang), _search(facts, lang), _documents(facts, lang)),
        _registers(facts, lang),
        _reports(facts, lang),
        _audit_page(facts, at, lang),
    ]


def _data(facts: Facts, at: Standing, options: Options) -> Iterator[DataFile]:
    for lang in options.langs:
        yield DataFile(f"feeds/due{_ending(lang)}.ics", dues.calendar(facts, lang, options.address))
        for group in dues.GROUPS:
            content = dues.calendar(facts, lang, options.address, group)
            yield DataFile(f"feeds/due-{group}{_ending(lang)}.ics", content)
        for name in feeds.titles(lang):
            yield DataFile(
                f"feeds/{name}{_ending(lang)}.atom", feeds.atom(facts, name, lang, options.address)
            )
    yield DataFile("search/numbers.json", cards.numbers_json(facts))
    yield DataFile("search/facets.json", cards.facets_json(facts))
    yield DataFile("records.json", records_json(facts))
    yield DataFile("audit.json", audit_json(facts, at))
    for path, content in shapes.files(facts.types):
        yield DataFile(path, content)


# -- Lists ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _List:
    """A table with its place in the site. `data` is where its files lie, without their endings, `form` the sheet to fill in by hand."""

    url: str
    title: str
    table: Table
    id: str
    section: str
    text: str = ""
    data: str = ""
    series: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    switch: tuple[Mapping[str, object], ...] = ()
    form: str = ""


def _list_pages(facts: Facts, shown: _List, lang: Lang) -> Iterator[Page]:
    """The page of a table; where it is too long for one, its newest rows, and a page for each of its parts."""
    parts = registers.shards(facts, shown.table, lang)
    if not parts:
        yield _list_page(shown, lang)
        return
    drawn = render.drawn(shown.table, lang)
    spread = _spread(shown.url, parts, drawn)
    everything = marks.named("".join(drawn.rows)) if marks.classified(facts) else frozenset[str]()
    yield replace(_list_page(shown, lang, spread), also=frozenset(everything))
    for part in parts:
        title = f"{shown.title} {part.title}"
        table = replace(shown.table, title=title, rows=shown.table.rows[part.start : part.stop])
        own = replace(shown, url=f"{shown.url}{part.name}/", title=title, table=table, charts=())
        yield _list_page(own, lang, _part(spread, part, own.url, drawn))


@dataclass(frozen=True)
class _Spread:
    """What a page shows of a table that is spread over several: some of its rows, finished, and the links to its `pages`, of
    which the one at `home` is the first. That one filters the rows of all `parts`, which its script takes from their pages
    (where `deep` leads to the language's root); `facets` says what there is to choose from.
    """

    rows: render.Markup
    total: int
    pages: tuple[Mapping[str, object], ...]
    home: str
    deep: str
    parts: tuple[str, ...] = ()
    facets: Mapping[str, str] = field(default_factory=dict)


def _spread(home: str, parts: tuple[Shard, ...], drawn: render.Drawn, url: str = "") -> _Spread:
    """The first rows of the table whose own page is `home`, on that page or another one at `url`."""
    count = registers.FIRST_ROWS
    newest: Mapping[str, object] = {"title": "", "url": home, "count": count, "is_here": True}
    others: Iterable[Mapping[str, object]] = (
        {"title": part.title, "url": f"{home}{part.name}/", "count": part.count, "is_here": False}
        for part in parts
    )
    return _Spread(
        rows=drawn.at("../" * (url or home).count("/"), 0, count),
        total=len(drawn.rows),
        pages=(newest, *others),
        home=home,
        deep="../" * (home.count("/") + 1),
        parts=tuple(part.name for part in parts),
        facets={name: json.dumps(counted, ensure_ascii=False) for name, counted in drawn.facets.items()},
    )


def _part(spread: _Spread, part: Shard, url: str, drawn: render.Drawn) -> _Spread:
    """The page of one part."""
    pages = tuple({**page, "is_here": page["url"] == url} for page in spread.pages)
    rows = drawn.at("../" * url.count("/"), part.start, part.stop)
    return replace(spread, rows=rows, pages=pages, parts=(), facets={})


def _list_page(shown: _List, lang: Lang, spread: _Spread | None = None) -> Page:
    body = render.page(
        "register.html",
        lang,
        shown.url,
        title=shown.title,
        text=shown.text,
        table=shown.table,
        id=shown.id,
        switch=shown.switch,
        spread=spread and replace(spread, rows=_ROWS),
        data=_downloads(shown.data, lang),
        series=shown.series,
        form=shown.form,
        charts=[(chart, _chart_downloads(shown.data, chart, lang)) for chart in shown.charts],
    )
    if spread:
        body = body.replace(_ROWS, spread.rows)
    toc = [Heading(f"picture-{chart.name}", chart.title) for chart in shown.charts]
    if toc:
        _ = i18n.translator(lang)
        toc.append(Heading("rows", _("The list")))
    return Page(shown.url, lang, shown.title, body, tuple(toc), section=shown.section)


def _downloads(path: str, lang: Lang) -> tuple[Mapping[str, str], ...]:
    """The files of a table: CSV and XLSX in the page's language, JSON the same for all."""
    if not path:
        return ()
    ending = _ending(lang)
    return (
        {"title": "CSV", "path": f"{path}{ending}.csv"},
        {"title": "XLSX", "path": f"{path}{ending}.xlsx"},
        {"title": "JSON", "path": f"{path}.json"},
    )


def _chart_downloads(path: str, chart: Chart, lang: Lang) -> tuple[Mapping[str, str], ...]:
    """The figures of a chart, beside the files of its report."""
    return () if chart.is_empty else _downloads(f"{path}.{chart.name}", lang)


def _ending(lang: Lang) -> str:
    return "" if lang == i18n.LANGS[0] else f".{lang}"


def _files(facts: Facts, path: str, table: Table, lang: Lang) -> Iterator[DataFile]:
    ending = _ending(lang)
    mark = marks.of_table(facts, table, lang)
    yield DataFile(f"{path}{ending}.csv", tables.to_csv(table))
    yield DataFile(f"{path}{ending}.xlsx", tables.to_xlsx(table, mark.text if mark else ""))
    if not ending:
        yield DataFile(f"{path}.json", tables.rows_json(table))
    yield DataFile(f"{shapes.FOLDER}{path}{ending}.json", shapes.of_table(table))


def _registers(facts: Facts, lang: Lang) -> Iterator[Part]:
    _ = i18n.translator(lang)
    groups = []
    for name, title, kinds in registers.groups(facts, lang):
        entries = []
        for kind in kinds:
            shown = _register(facts, kind, lang)
            yield from _list_pages(facts, shown, lang)
            yield from _files(facts, shown.data, shown.table, lang)
            if shown.form:
                yield _form_page(facts, kind, lang)
            entries.append(
                {"title": shown.title, "url": shown.url, "count": len(shown.table), "text": shown.text}
            )
        groups.append({"name": name, "title": title, "registers": entries})
    body = render.page("registers.html", lang, "registers/", groups=groups)
    toc = tuple(Heading(str(group["name"]), str(group["title"])) for group in groups)
    yield Page("registers/", lang, _("Registers"), body, toc, section="registers")


def _register(facts: Facts, kind: RecordType, lang: Lang) -> _List:
    shown = registers.register(facts, kind, lang)
    data = f"registers/{addresses.slug(kind.name)}"
    return _List(
        shown.url,
        shown.title,
        shown.table,
        kind.name,
        "registers",
        shown.text,
        data,
        shown.series,
        form="" if kind.group == "policy" else addresses.form(kind.name),
    )


def _form_page(facts: Facts, kind: RecordType, lang: Lang) -> Page:
    """The empty sheet; it says nothing about any record, so that every audience may have it."""
    _ = i18n.translator(lang)
    url = addresses.form(kind.name)
    shown = forms.form(facts, kind, lang)
    title = _("Blank form: {type}").format(type=shown.title)
    body = render.page("form.html", lang, url, form=shown, register=addresses.register(kind.name))
    return Page(url, lang, title, body, search=title, section="registers")


def _documents(facts: Facts, lang: Lang) -> Iterator[Page]:
    _ = i18n.translator(lang)
    titles = {
        "class": _("By class"),
        "kind": _("By kind"),
        "department": _("By department"),
        "year": _("By year"),
        "state": _("By state"),
    }
    found = documents.indexes(facts, lang)
    every = documents.every(facts, lang)
    groups = []
    for name, title in titles.items():
        entries = []
        for index in found[name]:
            table = documents.table(index, every)
            heading = f"{_('Documents')}{_(': ')}{index.title}"
            shown = _List(index.url, heading, table, f"documents-{name}", "documents")
            yield from _list_pages(facts, shown, lang)
            entries.append({"title": index.title, "url": index.url, "count": len(table)})
        if entries:
            groups.append({"name": f"by-{name}", "title": title, "indexes": entries})
    table = documents.master_list(facts, lang)
    parts = registers.shards(facts, table, lang)
    home = addresses.report(documents.MASTER_LIST)
    spread = _spread(home, parts, render.drawn(table, lang), "documents/") if parts else None
    body = render.page(
        "documents.html",
        lang,
        "documents/",
        groups=groups,
        table=table,
        spread=spread and replace(spread, rows=_ROWS),
        data=_downloads("reports/in-force", lang),
    ).replace(_ROWS, spread.rows if spread else "")
    toc = tuple(Heading(str(group["name"]), str(group["title"])) for group in groups)
    toc += (Heading("in-force", table.title),)
    yield Page("documents/", lang, _("Documents"), body, toc, section="documents")


def _reports(facts: Facts, lang: Lang) -> Iterator[Part]:
    _ = i18n.translator(lang)
    # Under the part of the regulation that a report serves first, in the order in which people look for things.
    parts = {
        "R4": _("Documents and archive"),
        "R2": _("Projects and service"),
        "R3": _("People"),
        "R5": _("Confidentiality"),
        "R1": _("The whole"),
    }
    entries: dict[str, list[Mapping[str, object]]] = {part: [] for part in parts}
    made: dict[str, _List] = {}
    for report in reports.catalogue().values():
        shown = made[report.name] = _report(facts, report, lang)
        if report.name == documents.MASTER_LIST:
            snapshots = list(_snapshots(facts, shown, lang))
            shown = snapshots.pop(0)
            for each in snapshots:
                yield from _list_pages(facts, each, lang)
                yield from _files(facts, each.data, each.table, lang)
        yield from _list_pages(facts, shown, lang)
        yield from _files(facts, shown.data, shown.table, lang)
        for chart in shown.charts:
            if not chart.is_empty:
                yield from _files(facts, f"{shown.data}.{chart.name}", charts.table(chart), lang)
        entries[report.clauses[0][:2]].append(
            {
                "title": shown.title,
                "url": shown.url,
                "count": len(shown.table),
                "text": bodies.opening(shown.text),
            }
        )
    judged = _("Who approved what at which level of evidence, judged from the whole history.")
    entries["R1"].append(
        {"title": _("Audit"), "url": addresses.audit(), "count": len(facts.proofs), "text": judged}
    )
    groups = [
        {"name": f"part-{part[1:]}", "title": title, "reports": entries[part]}
        for part, title in parts.items()
        if entries[part]
    ]
    yield from _dashboards(facts, made, lang)
    calendars = [(f"feeds/due{_ending(lang)}.ics", _("all"))]
    calendars += [
        (f"feeds/due-{name}{_ending(lang)}.ics", title.render(lang)) for name, title in dues.GROUPS.items()
    ]
    body = render.page(
        "reports.html",
        lang,
        "reports/",
        dashboards=dashboards.DASHBOARDS,
        groups=groups,
        calendars=calendars,
        feeds=[(f"feeds/{name}{_ending(lang)}.atom", title) for name, title in feeds.titles(lang).items()],
    )
    toc: tuple[Heading, ...] = (Heading("dashboards", _("Dashboards")),)
    toc += tuple(Heading(str(group["name"]), str(group["title"])) for group in groups)
    yield Page("reports/", lang, _("Reports"), body, toc, section="reports")


def _dashboards(facts: Facts, made: Mapping[str, _List], lang: Lang) -> Iterator[Page]:
    """Their figures and pictures are those of the reports just made, and so are the files that say the same."""
    found = {name: each.table for name, each in made.items()}
    drawn = {name: each.charts for name, each in made.items()}
    for each in dashboards.DASHBOARDS:
        shown = dashboards.view(facts, each, found, drawn, lang)
        url = addresses.dashboard(each.name)
        files = {item.data: _downloads(item.data, lang) for item in shown.pictures}
        body = render.page("dashboard.html", lang, url, shown=shown, files=files)
        toc = [Heading(item.name, item.title) for item in shown.lists]
        toc += [Heading(f"picture-{item.chart.name}", item.chart.title) for item in shown.pictures]
        yield Page(
            url, lang, shown.title, body, tuple(toc), search=f"{shown.title} {shown.text}", section="reports"
        )


def _snapshots(facts: Facts, now: _List, lang: Lang) -> Iterator[_List]:
    """The master list as it is, then as it was at the ends of years, each leading to the others."""
    _ = i18n.translator(lang)
    past = [
        replace(
            now,
            url=f"{now.url}{day}/",
            title=f"{now.title} {day}",
            table=documents.master_list(facts, lang, day),
            text=_("What people had to act on at the end of this day."),
            data=f"{now.data}/{day}",
            charts=(),
        )
        for day in validity.snapshots(facts)
    ]
    named = [(now, _("today")), *((each, each.url.rstrip("/").rpartition("/")[2]) for each in past)]
    for here, _name in named if past else [(now, "")]:
        switch = tuple(
            {"title": name, "url": each.url, "count": len(each.table), "is_here": each is here}
            for each, name in named
        )
        yield replace(here, switch=switch if past else ())


def _report(facts: Facts, report: Report, lang: Lang) -> _List:
    url = addresses.report(report.name)
    return _List(
        url,
        report.title.render(lang),
        report.table(facts, lang),
        report.name,
        "reports",
        render.Markup(bodies.render(report.text(lang), Surroundings.alone(url)).html),
        url.rstrip("/"),
        charts=report.charts(facts, lang),
    )


def _home(facts: Facts, at: Standing, lang: Lang) -> Iterator[Page]:
    shown = home.view(facts, lang)
    files = {item.data: _downloads(item.data, lang) for item in shown.pictures}
    body = render.page("home.html", lang, "", home=shown, at=at, files=files)
    yield Page("", lang, shown.company or "Muniment", body, section="home", source="")


def _search(facts: Facts, lang: Lang) -> Iterator[Page]:
    _ = i18n.translator(lang)
    url = addresses.search()
    worker = {name: resources.asset(f"{name}.js") for name in ("find", "find-worker", "search")}
    body = render.page(
        "search.html",
        lang,
        url,
        facets=cards.facets(facts, lang),
        scripts=worker,
        example=next((record.number for record in documents.of(facts)), ""),
    )
    yield Page(url, lang, _("Find"), body, section="search", also=frozenset(facts.corpus.records))


# -- Audit ----------------------------------------------------------------------------------------------------


def audit_json(facts: Facts, at: Standing) -> bytes:
    """`audit.json`: the verdict on the history, what stands behind each act, and the open gaps."""
    return tables.to_json(evidence.data(facts, at, objections(facts, "en"), gaps(facts, "en")))


def objections(facts: Facts, lang: Lang) -> tuple[Said, ...]:
    """What the audit found, in the words of the rules."""
    faults = facts.audit.faults if facts.audit else ()
    found = check.locate(check.in_words(faults), facts.corpus.documents)
    return tuple(evidence.said(check.sort(found), lang))


def gaps(facts: Facts, lang: Lang) -> Table:
    """The rows of the report on numbers that have gaps."""
    table = reports.catalogue()["gaps"].table(facts, lang)
    at = {column.name: place for place, column in enumerate(table.columns)}
    kept = [at[name] for name in ("series", "year", "missing", "reason")]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows if row[at["missing"]].text),
    )


def _audit_page(facts: Facts, at: Standing, lang: Lang) -> Iterator[Page]:
    _ = i18n.translator(lang)
    url = addresses.audit()
    body = render.page(
        "audit.html",
        lang,
        url,
        at=at,
        faults=objections(facts, lang),
        levels=evidence.levels(facts, lang),
        gaps=gaps(facts, lang),
        records=len(facts.corpus),
    )
    toc = (
        Heading("span", _("What was judged")),
        Heading("levels", _("Levels of evidence")),
        Heading("gaps", _("Open gaps in numbers")),
        Heading("repeat", _("How to repeat it")),
        Heading("limits", _("What this does not prove")),
    )
    search = f"{_('Audit')} {_('Levels of evidence')} {_('What this does not prove')}"
    yield Page(url, lang, _("Audit"), body, toc, search=search, section="reports")


# -- Records --------------------------------------------------------------------------------------------------


def _records(facts: Facts, at: Standing, langs: Iterable[Lang], share: Iterable[Record]) -> Iterator[Part]:
    people = records.addressees(facts)
    langs = tuple(langs)
    searched = _searched(facts)
    for record in share:
        body = _body(facts, record)
        for lang in langs:
            view = records.view(facts, record, lang, people)
            shown = _engagement(facts, record, lang)
            page = _record_page(facts, record, view, body, lang, searched, shown)
            if lang == langs[0]:
                said = bodies.text_of(body.html) if body else ""
                page = replace(page, card=cards.card(facts, record, view, said))
            yield page
            if record.acts:
                faults = _objections(facts, lang).get(record.number, ())
                yield _evidence_page(evidence.sheet(facts, record, view, at, faults, lang), view, at, lang)
            if view.revisions:
                yield from _revision_pages(facts, record, view, lang)
        yield from record_files(facts, record)


@recalled
def _searched(facts: Facts) -> int:
    """How many characters of each text are searched, counted once for all bundles."""
    texts = sum(any(path.endswith(".md") for path in record.files) for record in facts.corpus)
    return max(_SEARCHED // max(texts, 1), _SEARCHED_LEAST)


def _engagement(facts: Facts, record: Record, lang: Lang) -> EngagementView | None:
    """What a project's page shows beyond its facts; None for any other record, and where its facts cannot be opened."""
    return engagements.view(facts, record, lang) if engagements.is_open(record) else None


@recalled
def _objections(facts: Facts, lang: Lang) -> Mapping[str, tuple[Said, ...]]:
    """What the audit found, by the record that it is about."""
    found: dict[str, list[Said]] = {}
    for each in objections(facts, lang):
        found.setdefault(each.number, []).append(each)
    return {number: tuple(each) for number, each in found.items()}


def _evidence_page(sheet: Sheet, view: RecordView, at: Standing, lang: Lang) -> Page:
    _ = i18n.translator(lang)
    folder = view.source.rpartition("/")[0]
    body = render.page("evidence.html", lang, sheet.url, sheet=sheet, view=view, at=at, folder=folder)
    toc = [
        Heading(f"round-{place}", each.title)
        for place, each in zip(range(len(sheet.rounds), 0, -1), sheet.rounds, strict=True)
    ]
    toc.append(Heading("verify", _("How to check this yourself")))
    title = _("Evidence of {number}").format(number=f"{view.number} {view.title}")
    return Page(sheet.url, lang, title, body, tuple(toc), section=_section(view))


def _revision_pages(facts: Facts, record: Record, view: RecordView, lang: Lang) -> Iterator[Part]:
    """What each revision changed against the one before on one page, and a page for any two; each as JSON once."""
    _ = i18n.translator(lang)
    found = revisions.comparisons(facts, record, view.revisions, lang)
    url = addresses.revisions(facts.policy, record.number)
    body = render.page("revisions.html", lang, url, view=view, comparisons=found)
    toc = [Heading("compare", _("Compare any two"))]
    toc += [
        Heading(
            f"r{each.before}-{each.number}",
            _("From revision {old} to {new}").format(old=each.before, new=each.number),
        )
        for each in view.revisions
        if each.before
    ]
    named = f"{view.number} {view.title}"
    title = _("Revisions of {number}").format(number=named)
    yield Page(url, lang, title, body, tuple(toc), section=_section(view))
    for (old, new), item in found.items():
        title = _("{number}, from revision {old} to {new}").format(number=named, old=old, new=new)
        body = render.page("difference.html", lang, item.url, view=view, item=item)
        yield Page(item.url, lang, title, body, tuple(_changes(item, lang)), section=_section(view))
    for each in revisions.earlier(facts, record, view.revisions, lang):
        yield _earlier_page(facts, each, view, lang)
        if not _ending(lang):
            yield from _beside(each.record, each.shown.page)
    if not _ending(lang):
        about = [revisions.about(each) for each in view.revisions]
        yield DataFile(f"{url}revisions.json", tables.to_json(about))
        for item in found.values():
            yield DataFile(f"{item.url}difference.json", tables.to_json(revisions.data(item)))


def _earlier_page(facts: Facts, shown: Earlier, view: RecordView, lang: Lang) -> Page:
    """The record in one of its earlier revisions, which says on its face that it is no longer the one to use."""
    _ = i18n.translator(lang)
    body = _body(facts, shown.record, shown.shown.page)
    html = _with_files(body, shown.shown.page, lang)
    toc = [Heading("facts", _("Facts"))]
    if body:
        toc.append(Heading("text", _("Text")))
        toc += [heading for heading in body.headings if heading.level <= 4]
    for anchor, title, is_there in (
        ("attachments", _("Attachments"), shown.attachments),
        ("chain", _("Approvals"), shown.signings),
    ):
        if is_there:
            toc.append(Heading(anchor, title))
    title = f"{view.number} {shown.title} {shown.shown.title}"
    made = render.page(
        "revision.html", lang, shown.shown.page, item=shown, view=view, body=render.Markup(html)
    )
    return Page(shown.shown.page, lang, title, made, tuple(toc), section=_section(view))


def _with_files(body: Body | None, url: str, lang: Lang) -> str:
    """The text with its links to attachments leading to where a page at `url` keeps them."""
    up = "../" * (url.count("/") + (lang != i18n.LANGS[0]))
    return body.html.replace(f'"{bodies.FILES}', f'"{up}{url}files/') if body else ""


def _changes(item: Comparison, lang: Lang) -> Iterator[Heading]:
    _ = i18n.translator(lang)
    pair = f"{item.old.number}-{item.new.number}"
    for name, title, is_there in (
        ("facts", _("Facts"), item.fields),
        ("text", _("Text"), item.body),
        ("files", _("Attachments"), item.files),
    ):
        if is_there:
            yield Heading(f"{name}-{pair}", title)


def record_files(facts: Facts, record: Record) -> Iterator[DataFile]:
    """What lies beside a record's page: its JSON, its attachments, the evidence of its acts."""
    url = addresses.record(facts.policy, record.number)
    name = addresses.slug(record.number)
    yield DataFile(f"{url}{name}.json", tables.to_json(records.data(facts, record)))
    if engagements.is_open(record):
        yield DataFile(f"{url}engagement.json", tables.to_json(engagements.data(facts, record)))
    yield from _beside(record, url)


def _beside(record: Record, url: str) -> Iterator[DataFile]:
    for source, target in attachments.files(record, url):
        content = attachments.content_of(record, source)
        if content is not None:
            yield DataFile(target, content)


def _body(facts: Facts, record: Record, url: str = "") -> Body | None:
    """Rendered once for all languages: only the way to attachments differs. `url` is the page's, by default the record's own."""
    if not record.body:
        return None
    url = url or addresses.record(facts.policy, record.number)
    around = Surroundings(
        record.title,
        record.number,
        "../" * url.count("/"),
        frozenset(name.removesuffix(age.SUFFIX) for name in record.attachments),
        _finder(facts),
    )
    return bodies.render(record.body, around)


def _finder(facts: Facts) -> Callable[[str], str | None]:
    known = facts.corpus.records
    return lambda number: addresses.record(facts.policy, number) if number in known else None


def _record_page(
    facts: Facts,
    record: Record,
    view: RecordView,
    body: Body | None,
    lang: Lang,
    searched: int,
    shown: EngagementView | None,
) -> Page:
    related = relations.relations(facts, record, view, lang, engagements.TOLD_TYPES if shown else ())
    lived = None if shown else timelines.timeline(facts, record, view, lang, _deadlines(facts, record, lang))
    if shown:
        told = tuple(entry for entry in view.sections if entry.name not in engagements.TOLD)
        others = tuple(uses for uses in view.uses if uses.type_name not in engagements.TOLD_TYPES)
        view = replace(view, sections=told, uses=others)
    html = _with_files(body, view.url, lang)
    said = f" {bodies.text_of(body.html)[:searched]}" if body else ""
    return Page(
        view.url,
        lang,
        view.number if view.title == view.number else f"{view.number} {view.title}",
        render.page(
            "record.html",
            lang,
            view.url,
            view=view,
            body=render.Markup(html),
            has_evidence=bool(view.signings),
            engagement=shown,
            relations=related,
            timeline=lived,
        ),
        tuple(_contents(view, body, lang, shown, has_relations=related is not None, has_lived=bool(lived))),
        # A retired document is reached by its address, by links and by the list of retired ones; a void number says so.
        None
        if view.banner and view.banner.state != "void"
        else f"{view.number} {view.title} {view.type_title} {view.state.text}{said}",
        view.source,
        _section(view),
    )


def _section(view: RecordView) -> str:
    """The tab under which a reader looks for such a record."""
    return "documents" if view.register == addresses.register("document") else "registers"


def _deadlines(facts: Facts, record: Record, lang: Lang) -> tuple[Deadline, ...]:
    """What falls due about a record, as the calendar has it."""
    name = f"{__name__}.dues.{lang}"
    kept = facts.kept.get(name)
    if isinstance(kept, dict):
        return tuple(kept.get(record.number, ()))
    found: dict[str, list[Deadline]] = {}
    for due in dues.waiting(facts, lang):
        found.setdefault(due.number, []).append(Deadline(due.day, due.what, due.kind))
    facts.kept[name] = found
    return tuple(found.get(record.number, ()))


def _contents(
    view: RecordView,
    body: Body | None,
    lang: Lang,
    shown: EngagementView | None = None,
    *,
    has_relations: bool = False,
    has_lived: bool = False,
) -> Iterator[Heading]:
    """The sections that the template shows, with the body's own headings below theirs."""
    _ = i18n.translator(lang)
    if shown:
        yield Heading(shown.forms.name, shown.forms.title)
    if view.facts or view.sections:
        yield Heading("facts", _("Facts"))
    if shown:
        yield from (Heading(section.name, section.title) for section in shown.sections)
        yield Heading("timeline", _("Timeline"))
    if view.uses_first:
        if has_relations:
            yield Heading("relations", _("Relations"))
        if view.uses:
            yield Heading("uses", _("Related records"))
    if body:
        yield Heading("text", _("Text"))
        yield from (heading for heading in body.headings if heading.level <= 4)
    for anchor, title, is_there in (
        ("attachments", _("Attachments"), view.attachments),
        ("chain", _("Approvals"), view.chains),
        ("reading", _("Distribution and reading"), view.reading),
        ("review", _("Periodic review"), view.review),
        ("revisions", _("Revisions"), view.revisions),
        ("timeline", _("Timeline"), has_lived),
        ("history", _("History"), view.changes and not has_lived),
        ("relations", _("Relations"), has_relations and not view.uses_first),
        ("uses", _("Where it is used"), view.uses and not view.uses_first),
        ("keeping", _("Keeping"), view.keeping),
        ("paper", _("Paper copy"), view.paper),
    ):
        if is_there:
            yield Heading(anchor, title)
    yield Heading("source", _("Source and data"))


def records_json(facts: Facts) -> bytes:
    """`records.json`: every record in a line."""
    return tables.to_json(
        [
            {
                "number": record.number,
                "type": record.type.name,
                "title": record.title,
                "state": facts.state(record.number),
                "level": facts.level(record),
                "url": addresses.record(facts.policy, record.number),
            }
            for record in facts.corpus
        ]
    )
