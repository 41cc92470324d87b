"""The driver for MkDocs and ProperDocs: the engine renders the handbook and the theme's sentinels, we write the rest.

Records never enter the engine's navigation, Markdown or page hooks (so other plug-ins never see them): its time grows with
the square of the number of pages. It works in a staging folder and the finished site is brought up to date in place,
because it would otherwise delete and write all pages again.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from html import escape
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from markdown.extensions.toc import slugify_unicode
from mkdocs.commands import build as engine
from mkdocs.config import config_options, load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page as EnginePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from muniment import (
    audience,
    check,
    classification,
    concordance,
    hands,
    i18n,
    lookup,
    project,
    render,
    report,
    resources,
    serving,
    shell,
    site,
    tongues,
)
from muniment.findings import Finding, Lang
from muniment.pages import Card, Page
from muniment.project import Identities
from muniment.shell import Shell, Written, slot
from muniment.views import words

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.utils.templates import TemplateContext

NAME = "muniment"  # of the plug-in and of the theme
ASSETS = "assets/muniment"
SENTINELS = "mu/" + "/".join(str(step) for step in range(2, shell.DEPTH)) + "/"
MOST_SHOWN = 10
_NO_PAGEFIND = (
    "Pagefind is not installed, so the search page looks through titles and first sentences only; "
    "pip install 'muniment[search]' brings it"
)
_TOO_MANY = (
    "for {count} records Pagefind would take more memory than most machines have, so the search page looks through titles and "
    "first sentences only; `search: pagefind` makes the index all the same"
)
log = get_plugin_logger(NAME)
_WORKER = re.compile(r'"search": "([^"]*)assets/javascripts/workers/search\.[^"]+"')
_BANNER = re.compile(r'<aside class="md-banner">(?:(?!</aside>).)*mu-slot-banner-slot.*?</aside>', re.DOTALL)
_ROOTED = re.compile(r'(<a\b[^>]*?\shref=")/(?!/)')
_CHAPTER = re.compile(r"\]\(([\w-]+)\.md[#)]")
_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
}


class Options(Config):  # type: ignore[no-untyped-call]  # MkDocs does not type its __init_subclass__
    """What `mkdocs.yml` may say under `muniment:`. `today` fixes the day that the site speaks of, `at` the moment that it shows.

    `search` is about the index of every word: made where Pagefind is there and can hold it, demanded (`pagefind`), or never made (`titles`).
    """

    audience = config_options.Type(str, default=audience.DEFAULT)
    draft = config_options.Type(bool, default=False)
    today = config_options.Optional(config_options.Type((str, date)))
    at = config_options.Optional(config_options.Type((str, date)))
    english_name = config_options.Type(str, default="")
    search = config_options.Choice(("auto", "pagefind", "titles"), default="auto")


@dataclass(frozen=True)
class Tab:
    """An entry of the bar at the top. The template prints the last two as they are."""

    section: str
    title: str
    url: str
    active_class: str = ""
    current: str = ""

    def marked(self) -> Tab:
        """For a sentinel: whether it is active differs from page to page."""
        active_class, current = shell.tab_markers(self.section)
        return replace(self, active_class=active_class, current=current)

    def active(self) -> Tab:
        return replace(self, active_class=shell.ACTIVE_CLASS, current=shell.CURRENT)


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook: its language, its name in both languages, its address."""

    lang: Lang
    name: str
    url: str


@dataclass
class Run:
    """What one run of the engine starts with, and what it gathers on its way."""

    root: Path
    loaded: project.Loaded
    findings: Sequence[Finding]
    config: MkDocsConfig
    site_dir: str
    names: Mapping[Lang, str]
    palette: Any
    epoch: str | None
    assets: dict[str, str] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    navigations: dict[Lang, Navigation] = field(default_factory=dict)
    sentinels: dict[tuple[Lang, bool], str] = field(default_factory=dict)


@dataclass
class Places:
    """What one bundle of pages adds to the search entries and to the site map."""

    addresses: list[str] = field(default_factory=list)
    entries: list[tuple[Lang, lookup.Entry]] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    def noting(self, parts: Iterable[site.Part], shells: Mapping[Lang, Shell]) -> Iterator[tuple[str, bytes]]:
        """The finished files of a bundle."""
        for part in parts:
            if not isinstance(part, Page):
                yield part.path, part.content
                continue
            self.addresses.append(part.address)
            if part.card is not None:
                self.cards.append(part.card)
            if part.search is not None:
                self.entries.append((part.lang, (part.address or "./", part.title, part.search)))
            yield part.path, shells[part.lang].wrap(part)


class _Words:
    """The index of words, from its beginning to its end."""

    def __init__(self, start: Callable[[], concordance.Making | Mapping[str, bytes]]) -> None:
        self._start = start
        self.making: concordance.Making | Mapping[str, bytes] = {}

    def begin(self) -> None:
        self.making = self._start()

    def stop(self) -> None:
        if isinstance(self.making, concordance.Making):
            self.making.stop()


class MunimentPlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]  # likewise
    """Makes a registry's site; see the top of this module."""

    def __init__(self) -> None:
        self.serving = False
        self.identities: Identities = ()
        self.error: Exception | None = None
        self.written: Written | None = None
        self._parts: Sequence[Written] = ()
        self._stood: object = None
        self._run: Run | None = None

    @property
    def run(self) -> Run:
        if self._run is None:
            raise PluginError("muniment: on_config has not been called")
        return self._run

    # -- before the pages

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.error = None
        _demand(config, self.config)
        root = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        if self.serving:
            self._stood = self._beside(root, config)
        loaded = self._load(root, self._run.loaded.judged if self._run else None)
        findings = check.run(loaded.facts, loaded.faults)
        # What was wrong in the past cannot be mended there; the banner tells of it.
        if self.serving:
            self._warn(findings, loaded)
        elif _errors(findings) and not (self.config.draft or self.config.at):
            raise PluginError(_refusal(findings, loaded))
        english = self.config.english_name or loaded.facts.policy.company.en or config.site_name
        self._run = Run(
            root=root,
            loaded=loaded,
            findings=audience.tellable(loaded.facts, findings, self.config.audience),
            config=config,
            site_dir=config.site_dir,
            names={"zh": config.site_name, "en": english},
            palette=config.theme.get("palette"),
            epoch=os.environ.get("SOURCE_DATE_EPOCH"),
        )
        if loaded.facts.commit is not None:
            os.environ["SOURCE_DATE_EPOCH"] = str(loaded.facts.commit.committer.when)
        _settle(config)
        config.site_dir = tempfile.mkdtemp(prefix="muniment-")
        engine.log.addFilter(self._honest)
        return config

    def _load(self, root: Path, before: project.Judged | None) -> project.Loaded:
        """What lies above the readers is not even opened."""
        identities = self.identities if self.config.audience in classification.CLASSIFIED else ()
        today, at = str(self.config.today or "") or None, str(self.config.at or "") or None
        try:
            return project.load_for_site(root, today, at, identities, before, keep=self.serving)
        except project.NoSuchMoment as problem:
            raise PluginError(f"muniment: nothing is known of `at: {problem.at}`") from problem

    def _honest(self, record: logging.LogRecord) -> bool:
        """The engine's log names the folder that the site goes to, and keeps silent about sentinels."""
        text = record.getMessage()
        if text.startswith("Building documentation to"):
            record.msg, record.args = f"Building documentation to directory: {self.run.site_dir}", ()
        return SENTINELS not in text and "'sitemap.xml' generated empty" not in text

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        self._add_assets(files, config)
        self._add_handbook(files, config)
        for lang in i18n.LANGS:
            for kind in ("bare", "contents"):
                file = File.generated(
                    config,
                    f"{SENTINELS}{lang}-{kind}.md",
                    content="---\nsearch: {exclude: true}\nhide: [navigation"
                    + (", toc" if kind == "bare" else "")
                    + "]\n---\n",
                    inclusion=InclusionLevel.NOT_IN_NAV,
                )
                file.edit_uri = slot("source")
                files.append(file)
        return files

    def _add_assets(self, files: Files, config: MkDocsConfig) -> None:
        """The package's assets."""
        for source in sorted(resources.path("assets").iterdir()):
            content = source.read_bytes()
            uri = f"{ASSETS}/{resources.asset(source.name)}"
            self.run.assets[source.name] = uri
            files.append(File.generated(config, uri, content=content))
        config.extra_css = [self.run.assets["muniment.css"], *config.extra_css]
        scripts = [self.run.assets[name] for name in ("muniment.js", "registers.js")]
        config.extra_javascript = [*scripts, *config.extra_javascript]

    def _add_handbook(self, files: Files, config: MkDocsConfig) -> None:
        """The package's handbook, with the registry's own `docs/zh/` and `docs/en/` added or in its place."""
        own = {file.src_uri for file in files}
        shipped = resources.path("handbook")
        if shipped.resolve() != Path(config.docs_dir).resolve():
            for source in sorted(shipped.rglob("*")):
                uri = source.relative_to(shipped).as_posix()
                if source.is_file() and uri not in own:
                    files.append(File.generated(config, uri, abs_src_path=str(source)))
        for file in list(files):
            lang, _, rest = file.src_uri.partition("/")
            if rest and (lang == "zh" or lang == "en"):
                self._place(file, "zh" if lang == "zh" else "en", rest)
            elif file.is_documentation_page():
                # What else lies in `docs/` is for those who read the repository.
                files.remove(file)

    def _place(self, file: File, lang: Lang, rest: str) -> None:
        """Moves a file of `docs/<lang>/` to the handbook in its language."""
        dest = file.dest_uri.removeprefix(f"{lang}/")
        file.dest_uri = f"{_prefix(lang)}handbook/{dest}"
        file.abs_dest_path = str(Path(file.dest_dir) / file.dest_uri)
        if file.is_documentation_page():
            file.url = file.dest_uri.removesuffix("index.html")
            file.inclusion = InclusionLevel.NOT_IN_NAV
            file.edit_uri = None if file.generated_by else f"docs/{file.src_uri}"
            self.run.chapters[file.src_uri] = Chapter(lang, rest.removesuffix(".md"), file.url)
        else:
            file.url = file.dest_uri

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """One navigation a language: links to the tabs, and the chapters of the handbook."""
        for lang in i18n.LANGS:
            _ = i18n.translator(lang)
            pages = [EnginePage(None, file, config) for file in self._chapters(files, lang)]
            items: list[Any] = [Link(tab.title, tab.url) for tab in _tabs(lang) if tab.section != "handbook"]
            if pages:
                book = Section(_("Handbook"), list(pages))
                for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
                    page.parent, page.previous_page, page.next_page = book, before, after
                items.append(book)
            self.run.navigations[lang] = Navigation(items, pages)
        return self.run.navigations["zh"]

    def _chapters(self, files: Files, lang: Lang) -> list[File]:
        """The handbook's pages in the order in which its `index.md` first names them, then those that it does not."""
        pages = {
            chapter.name: file
            for file in files.documentation_pages()
            if (chapter := self.run.chapters.get(file.src_uri)) and chapter.lang == lang
        }
        index = pages.get("index")
        named = ["index", *_CHAPTER.findall(index.content_string)] if index else []
        places = {name: place for place, name in reversed(list(enumerate(named)))}
        return [pages[name] for name in sorted(pages, key=lambda name: (places.get(name, len(named)), name))]

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """The theme's templates are compiled once for a version of it, not for each build."""
        env.bytecode_cache = render.compiled("theme")
        return env

    # -- one page

    def on_page_markdown(
        self,
        markdown: str,
        *,
        page: EnginePage,
        config: MkDocsConfig,
        files: Files,
    ) -> str:
        page.meta.setdefault("template", "muniment.html")
        return markdown

    def on_page_content(
        self,
        html: str,
        *,
        page: EnginePage,
        config: MkDocsConfig,
        files: Files,
    ) -> str:
        """In the handbook a link with a leading slash leads to a page of the site, in the reader's language."""
        lang = self._lang_of(page)
        way = "../" * page.url.count("/") + _prefix(lang)
        return tongues.mark(_ROOTED.sub(lambda match: match[1] + way, html), lang)

    def _lang_of(self, page: EnginePage) -> Lang:
        if page.file.src_uri.startswith(SENTINELS):
            return "en" if page.file.name.startswith("en-") else "zh"
        chapter = self.run.chapters.get(page.file.src_uri)
        return chapter.lang if chapter else "zh"

    @event_priority(100)
    def on_page_context(
        self,
        context: TemplateContext,
        *,
        page: EnginePage,
        config: MkDocsConfig,
        nav: Navigation,
    ) -> TemplateContext:
        lang = self._lang_of(page)
        is_sentinel = page.file.src_uri.startswith(SENTINELS)
        if is_sentinel:
            _make_sentinel(page, with_contents=page.file.name.endswith("-contents"))
            tabs = [tab.marked() for tab in _tabs(lang)]
        else:
            tabs = [tab.active() if tab.section == "handbook" else tab for tab in _tabs(lang)]
        self._speak(lang, config)
        context["nav"] = self.run.navigations[lang]
        return self._tell(
            context, lang, tabs, slot("switch") if is_sentinel else self._elsewhere(page), is_sentinel
        )

    def _elsewhere(self, page: EnginePage) -> str:
        """The same chapter in the other language, else that language's handbook, else its home page."""
        own = self.run.chapters.get(page.file.src_uri)
        other: Lang = "zh" if own and own.lang == "en" else "en"
        there = {chapter.name: chapter.url for chapter in self.run.chapters.values() if chapter.lang == other}
        return there.get(own.name if own else "", there.get("index", _prefix(other) or "."))

    def _speak(self, lang: Lang, config: MkDocsConfig) -> None:
        """The engine knows one language a site; ours changes with the page."""
        _ = i18n.translator(lang)
        config.theme["language"] = lang
        config.site_name = self.run.names[lang]
        # Given a list, Material puts its links into the head of each page, and its script then asks for a site map beside each
        # of them. A mere yes shows the switch (which is ours) and no more.
        config.extra["alternate"] = True
        config.extra["homepage"] = _prefix(lang) or "."
        palette = copy.deepcopy(self.run.palette)
        for option in palette if isinstance(palette, list) else ():
            if "toggle" in option:
                option["toggle"]["name"] = _(option["toggle"]["name"])
        config.theme["palette"] = palette

    def _tell(
        self, context: TemplateContext, lang: Lang, tabs: list[Tab], elsewhere: str, is_sentinel: bool = False
    ) -> TemplateContext:
        """What the templates of our theme know, under the name `mu`."""
        _ = i18n.translator(lang)
        level = words.LEVELS.get(self.config.audience)
        named: dict[str, Any] = context  # type: ignore[assignment]  # the engine's type names its own entries only
        named["mu"] = {
            "is_sentinel": is_sentinel,
            "tabs": tabs,
            "all_tabs": [(each, _tabs(each)) for each in i18n.LANGS],
            "switch": {
                "url": elsewhere,
                "lang": "en" if lang == "zh" else "zh",
                "title": "English" if lang == "zh" else "中文",
            },
            "banner": slot("banner") if is_sentinel else self._banner(lang),
            "level": _("For readers of the level: {level}").format(
                level=level.render(lang) if level else self.config.audience
            ),
            "revision": _("Built from revision"),
            "repository": _("Go to the repository"),
            "audit": {"url": f"{_prefix(lang)}audit/", "title": _("Audit")},
            "made_with": f"Muniment {metadata.version('muniment')}",
        }
        return context

    def _banner(self, lang: Lang) -> str:
        _ = i18n.translator(lang)
        said, facts = [], self.run.loaded.facts
        if self.config.at and facts.commit is not None:
            text = _("The registry as it was on {day} (commit {commit}), not as it is now")
            said.append(text.format(day=facts.today, commit=facts.commit.id[:10]))
        errors = _errors(self.run.findings)
        if errors:
            text = _("Draft, not for use: the check finds {count} errors ({codes})")
            codes = ", ".join(sorted({error.code for error in errors}))
            said.append(text.format(count=len(errors), codes=codes))
        return escape(_("; ").join(said))

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if template_name != "404.html":
            return context
        self._speak("zh", config)
        context["nav"] = self.run.navigations["zh"]
        return self._tell(context, "zh", _tabs("zh"), "en/")

    @event_priority(-100)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        # The engine's site map knows the handbook only; ours comes with the pages.
        return "" if template_name == "sitemap.xml" else self._with_worker(output, "zh")

    @event_priority(-100)
    def on_post_page(self, output: str, *, page: EnginePage, config: MkDocsConfig) -> str:
        lang = self._lang_of(page)
        html = self._with_worker(output, lang)
        if not page.file.src_uri.startswith(SENTINELS):
            return html
        self.run.sentinels[lang, page.file.name.endswith("-contents")] = html
        return ""

    def _with_worker(self, html: str, lang: Lang) -> str:
        """The page with our search behind Material's box (assets/search.js says why), and with a name for that box."""
        _ = i18n.translator(lang)
        worker = self.run.assets["search.js"]
        html = html.replace(f'<html lang="{lang}"', f'<html lang="{tongues.TAGS[lang]}"', 1)
        html = html.replace('role="dialog">', f'role="dialog" aria-label="{_("Search")}">', 1)
        return _WORKER.sub(lambda match: f'"search": "{match[1]}{worker}?lang={lang}"', html)

    # -- after the engine's own pages

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        try:
            self.written = self._write(config)
        except shell.UnusableTheme as fault:
            raise PluginError(f"muniment: an override of the theme leaves out {fault.marker}") from fault
        finally:
            self._leave(config)

    def _write(self, config: MkDocsConfig) -> Written:
        """Our pages, made by several processes where there are many, then what the engine made and what helps to find them."""
        top, site_url = Path(self.run.site_dir), _address(config)
        # A server that watches for changes builds beside other threads, which a copied process would lack.
        count = 1 if self.serving else hands.count(len(self.run.loaded.facts.corpus))
        bundles, make = self._bundles(site_url), self._maker(top, site_url)
        records = hands.together(lambda at: make(bundles.records[at]), len(bundles.records), count)
        # While Pagefind reads the records, we go on with what looks across them.
        words = _Words(lambda: self._words(top, [card for _, places in records for card in places.cards]))
        try:
            lists = hands.together(lambda at: make(bundles.lists[at]), len(bundles.lists), count, words.begin)
            parts = [*lists, *records]
            rest = shell.put(top, self._rest(config, site_url, [places for _, places in parts]))
            indexed = shell.put(top, _indexed(words.making))
        finally:
            words.stop()
        self._parts = [written for written, _ in parts]
        return shell.finish(top, [rest, indexed, *self._parts])

    def _bundles(self, site_url: str) -> site.Bundles:
        return site.bundles(self.run.loaded.facts, site.Options(self.config.audience, address=site_url))

    def _maker(self, top: Path, site_url: str) -> Callable[[Iterable[site.Part]], tuple[Written, Places]]:
        """Writes a bundle of pages, in the theme as it came from the engine, with the banner of this run."""
        shells = {
            lang: Shell(self._sentinel(lang, "bare"), self._sentinel(lang, "contents"), site_url)
            for lang in i18n.LANGS
        }

        def make(bundle: Iterable[site.Part]) -> tuple[Written, Places]:
            places = Places()
            return shell.put(top, places.noting(bundle, shells)), places

        return make

    def _sentinel(self, lang: Lang, kind: str) -> str:
        html, banner = self.run.sentinels[lang, kind == "contents"], self._banner(lang)
        return html.replace(slot("banner"), banner) if banner else _BANNER.sub("", html)

    def _words(self, top: Path, cards: Sequence[Card]) -> concordance.Making | Mapping[str, bytes]:
        """The index of every word, as it is or in the making. A server that watches for changes must not wait for it."""
        wanted = self.config.search
        if wanted == "titles" or not cards:
            return dict([concordance.none()])
        if not concordance.program():
            if wanted == "pagefind":
                raise PluginError(f"muniment: {_NO_PAGEFIND}; or write `search: auto` in mkdocs.yml")
            log.info(_NO_PAGEFIND)
            return dict([concordance.none()])
        if wanted == "auto" and len(cards) > concordance.MOST:
            log.info(_TOO_MANY.format(count=len(cards)))
            return dict([concordance.none()])
        if (kept := concordance.kept(top, concordance.digest(cards))) is not None:
            return kept
        return dict([concordance.none()]) if self.serving else concordance.Making(cards)

    def _rest(
        self, config: MkDocsConfig, site_url: str, made: Sequence[Places]
    ) -> Iterator[tuple[str, bytes]]:
        """Every file that is none of our pages, path and content."""
        entries: dict[Lang, list[lookup.Entry]] = {lang: [] for lang in i18n.LANGS}
        search = Path(config.site_dir) / "search" / "search_index.json"
        if search.exists():
            for lang, entry in lookup.of_engine(search.read_bytes()):
                entries[lang].append(entry)
            yield "search/search_index.json", lookup.stub()
            search.unlink()
        yield from _staged(config.site_dir)
        for lang in i18n.LANGS:
            entries[lang] += [entry for places in made for of, entry in places.entries if of == lang]
            yield f"search/{lang}.json", lookup.index(entries[lang])
        if site_url:
            chapters = [chapter.url for chapter in self.run.chapters.values()]
            yield from lookup.sitemaps(site_url, [*chapters, *(at for each in made for at in each.addresses)])
        yield "revision.json", self._revision()

    def _revision(self) -> bytes:
        facts = self.run.loaded.facts
        commit, day = "", facts.today
        if facts.commit is not None:
            commit = facts.commit.id
            day = datetime.fromtimestamp(facts.commit.committer.when, facts.policy.zone).date().isoformat()
        return json.dumps({"commit": commit, "date": day, "today": facts.today}).encode()

    def on_build_error(self, *, error: Exception) -> None:
        self.error = error
        if self._run is not None:
            self._leave(self._run.config)

    def _leave(self, config: MkDocsConfig) -> None:
        """Everything that belongs to the engine is as it was."""
        run = self.run
        if config.site_dir != run.site_dir:
            shutil.rmtree(config.site_dir, ignore_errors=True)
        config.site_dir = run.site_dir
        engine.log.removeFilter(self._honest)
        if run.epoch is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = run.epoch

    # -- while somebody edits and looks

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        # A commit need not change a file of the registry; it moves a branch.
        for name in ("records", "schemas", ".git/HEAD", ".git/refs/heads"):
            place = self.run.root / name
            if place.exists():
                server.watch(str(place))
        live, build = serving.Live(Path(config.site_dir)), server.builder
        live.made(self._parts)

        def again() -> None:
            if not self._renew(live):
                live.stop()
                build()
                live.made(self._parts)

        server.builder = again
        server.set_app(live.app(server.serve_request, server.mount_path))
        return server

    def _renew(self, live: serving.Live) -> bool:
        """Lets what is served follow the records; false where more has changed than they. What only the engine makes (the handbook,
        the search index, the site map) stays as it was.
        """
        run = self.run
        if self.config.at or self._beside(run.root, run.config) != self._stood:
            return False
        loaded = self._load(run.root, run.loaded.judged)
        if _framed(loaded) != _framed(run.loaded):
            return False
        findings = check.run(loaded.facts, loaded.faults)
        self._warn(findings, loaded)
        tellable = audience.tellable(loaded.facts, findings, self.config.audience)
        self._run = replace(run, loaded=loaded, findings=tellable)
        site_url = _address(run.config)
        bundles, make = self._bundles(site_url), self._maker(Path(run.site_dir), site_url)
        # In the order in which they were made first, so that most of their files are found at once.
        live.renew([partial(_written, make, bundle) for bundle in (*bundles.lists, *bundles.records)])
        log.info("The records are read; each page is made anew when it is opened")
        return True

    def _beside(self, root: Path, config: MkDocsConfig) -> object:
        """What pages are made from besides the records, as far as people edit it."""
        own = [Path(folder) for folder in config.theme.dirs if root in Path(folder).parents]
        places = [
            root / "schemas",
            root / "mkdocs.yml",
            Path(config.docs_dir),
            *own,
            *map(Path, config.watch),
        ]
        return serving.state(place for place in places if place != root / "records")

    def _warn(self, findings: Sequence[Finding], loaded: project.Loaded) -> None:
        if errors := _errors(findings):
            log.warning(f"the check finds {len(errors)} errors:\n{_listed(errors, loaded)}")


def _indexed(making: concordance.Making | Mapping[str, bytes]) -> Iterable[tuple[str, bytes]]:
    """The files of the index of words, once it is made."""
    try:
        return (making.files() if isinstance(making, concordance.Making) else making).items()
    except concordance.Failure as failure:
        raise PluginError(
            f"muniment: Pagefind failed: {failure}; `search: titles` builds without it"
        ) from failure


def _demand(config: MkDocsConfig, options: Options) -> None:
    """Stops with the cure where `mkdocs.yml` does not fit."""
    if config.theme.name != NAME:
        raise PluginError(
            f"muniment: mkdocs.yml names the theme `{config.theme.name}`; write `theme: {NAME}`"
        )
    if not config.use_directory_urls:
        raise PluginError(
            "muniment: addresses end with a slash; remove `use_directory_urls: false` from mkdocs.yml"
        )
    if options.audience not in audience.LEVELS:
        levels = ", ".join(audience.LEVELS)
        raise PluginError(f"muniment: `audience: {options.audience}` is no level; write one of {levels}")


def _settle(config: MkDocsConfig) -> None:
    """What a registry needs of the engine, so that its `mkdocs.yml` need not say it."""
    config.validation.links.absolute_links = logging.DEBUG  # see on_page_content
    config.validation.nav.omitted_files = logging.DEBUG
    if config.edit_uri and config.edit_uri.endswith("/docs/"):
        # The engine's guess for a forge that it knows; records do not lie in `docs/`.
        config.edit_uri = config.edit_uri.removesuffix("docs/").replace("master", "main")
    for name, options in _EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
            config.mdx_configs.setdefault(name, dict(options))
    # The usual slugs drop Chinese, which leaves `_1`, `_2` … that change when a heading is added.
    config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify_unicode)


def _make_sentinel(page: EnginePage, *, with_contents: bool) -> None:
    """Markers in the place of all that differs from page to page."""
    page.title = slot("title")
    page.content = slot("body")
    page.canonical_url = slot("canonical") if page.canonical_url else None
    top = AnchorLink("", "content", 1)
    if with_contents:
        outer, inner = (
            AnchorLink(slot("outer"), slot("outer"), 2),
            AnchorLink(slot("inner"), slot("inner"), 3),
        )
        outer.children.append(inner)
        top.children.append(outer)
    page.toc = TableOfContents([top])


def _tabs(lang: Lang) -> list[Tab]:
    _ = i18n.translator(lang)
    prefix = _prefix(lang)
    return [
        Tab("home", _("Home"), prefix or "."),
        Tab("documents", _("Documents"), f"{prefix}documents/"),
        Tab("registers", _("Registers"), f"{prefix}registers/"),
        Tab("reports", _("Reports"), f"{prefix}reports/"),
        Tab("rules", _("Rules"), f"{prefix}rules/"),
        Tab("handbook", _("Handbook"), f"{prefix}handbook/"),
        Tab("search", _("Find"), f"{prefix}search/"),
    ]


def _prefix(lang: Lang) -> str:
    return "en/" if lang == "en" else ""


def _staged(folder: str) -> Iterator[tuple[str, bytes]]:
    """The files that the engine made."""
    top = Path(folder)
    for path in sorted(top.rglob("*")):
        if path.is_file():
            yield path.relative_to(top).as_posix(), path.read_bytes()


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "error"]


def _refusal(findings: Sequence[Finding], loaded: project.Loaded) -> str:
    errors = _errors(findings)
    return (
        f"the check finds {len(errors)} errors, and the site is not built (`draft: true` under `muniment:` in mkdocs.yml "
        f"builds it with a banner):\n{_listed(errors, loaded)}"
    )


def _listed(errors: Sequence[Finding], loaded: project.Loaded) -> str:
    first = check.misleading(loaded.facts, errors)
    shown = [*first, *(error for error in errors if error not in first)][:MOST_SHOWN]
    more = len(errors) - MOST_SHOWN
    text = report.text(shown, "zh", loaded.facts.corpus.documents)
    return text + (f"\n… {more} more; `muniment check` shows all" if more > 0 else "")


def _framed(loaded: project.Loaded) -> tuple[object, ...]:
    """What the theme says on every page of the registry as it was read."""
    facts = loaded.facts
    return facts.commit and facts.commit.id, facts.today, facts.policy.company


def _address(config: MkDocsConfig) -> str:
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def _written(
    make: Callable[[Iterable[site.Part]], tuple[Written, Places]], bundle: Iterable[site.Part]
) -> Written:
    return make(bundle)[0]


class SiteFailure(Exception):
    """The site could not be built; the text says why."""


def build(
    root: Path,
    out: Path,
    *,
    audience: str | None = None,
    draft: bool | None = None,
    today: str | None = None,
    at: str | None = None,
    identities: Identities = (),
) -> Written:
    """The whole site of the registry at `root`, the same bytes as `mkdocs build` writes. Raises `SiteFailure`.

    What is encrypted is shown as far as `identities` open it and the audience may know it. What is given replaces what `mkdocs.yml` says. A folder that holds something else than a site of ours is left alone.
    """
    if out.is_dir() and any(out.iterdir()) and not (out / "revision.json").exists():
        raise SiteFailure(f"{out} holds files that are not a site of a registry; name an empty folder")
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(out))
    plugin = config.plugins.get(NAME)
    if not isinstance(plugin, MunimentPlugin):
        raise SiteFailure("mkdocs.yml does not name `muniment` among its plugins")
    plugin.identities = identities
    given = {"audience": audience, "draft": draft, "today": today, "at": at}
    plugin.config.update({name: value for name, value in given.items() if value is not None})
    config.plugins.on_startup(command="build", dirty=False)
    try:
        engine.build(config)
    except Abort as abort:
        raise SiteFailure(str(plugin.error or abort)) from abort
    finally:
        config.plugins.on_shutdown()
    if plugin.written is None:
        raise SiteFailure("the engine did not finish")
    return plugin.written
