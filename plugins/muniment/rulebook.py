"""The rule book: the pages of the rules, which depend on nothing but the package."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from muniment import bodies, check, i18n, render, resources
from muniment.bodies import Surroundings
from muniment.check import RuleModule
from muniment.findings import Lang
from muniment.pages import Heading, Page
from muniment.views import addresses, words

_SAMPLE_SUFFIXES = (".yaml", ".md", ".json", ".txt", ".removed")
_SAMPLE_LARGEST = 4_000  # characters of one file on a rule's page


def pages(lang: Lang) -> Iterator[Page]:
    """The list of all rules, and a page for each with its samples."""
    yield from _rules(lang)  # made when the bundle's turn comes, by the hand that took it


@cache  # they depend on the package alone, and a server that watches for changes builds again and again
def _rules(lang: Lang) -> tuple[Page, ...]:
    _ = i18n.translator(lang)
    pages: list[Page] = []
    groups: dict[str, list[Mapping[str, str]]] = {}
    for code, module in check.catalogue().items():
        title, text = module.words(lang)
        pages.append(_rule_page(module, title, text, lang))
        groups.setdefault(code[:3], []).append(
            {"code": code, "title": title, "url": addresses.rule(code), "severity": module.rule.severity}
        )
    shown = [
        {"letters": letters, "title": words.pick(words.RULES.get(letters), lang, ""), "rules": entries}
        for letters, entries in sorted(groups.items(), key=lambda group: _place(group[0]))
    ]
    body = render.page("rules.html", lang, "rules/", groups=shown)
    toc = tuple(Heading(str(group["letters"]), f"{group['letters']} {group['title']}") for group in shown)
    return (*pages, Page("rules/", lang, _("Rules"), body, toc, search=_("Rules"), section="rules"))


def _place(letters: str) -> int:
    order = list(words.RULES)
    return order.index(letters) if letters in order else len(order)


def _rule_page(module: RuleModule, title: str, text: str, lang: Lang) -> Page:
    _ = i18n.translator(lang)
    rule = module.rule
    url = addresses.rule(rule.code)
    explained = bodies.render(text, Surroundings.alone(url))
    samples = [
        (name, heading, files)
        for name, heading in (("bad", _("A sample that is found")), ("good", _("The same done right")))
        if (files := _sample(rule.code, name))
    ]
    shown = {
        "code": rule.code,
        "name": rule.name,
        "title": title,
        "severity": rule.severity,
        "clauses": rule.clauses,
        "message": rule.message.render(lang),
        "help": rule.help.render(lang) if rule.help else "",
        "samples": [{"name": name, "title": heading, "files": files} for name, heading, files in samples],
    }
    toc = (
        Heading("message", _("What it says")),
        Heading("meaning", _("What it means")),
        *(Heading(name, heading) for name, heading, _files in samples),
    )
    body = render.page("rule.html", lang, url, rule=shown, text=render.Markup(explained.html))
    search = f"{rule.code} {title} {rule.message.render(lang)}"
    return Page(url, lang, f"{rule.code} {title}", body, toc, search=search, section="rules")


@cache  # the same in both languages
def _sample(code: str, side: str) -> tuple[Mapping[str, str], ...]:
    """The text files of one side of a rule's sample, which ships with the package."""
    top = str(resources.path("samples") / code / side)
    paths = sorted(
        f"{folder}/{name}".removeprefix(f"{top}/").split("/")
        for folder, _, names in os.walk(top)
        for name in names
        if name.endswith(_SAMPLE_SUFFIXES)
    )
    files = {"/".join(parts): Path(top, *parts) for parts in paths}
    return tuple({"path": path, "text": _shortened(file)} for path, file in files.items() if file.is_file())


def _shortened(file: Path) -> str:
    text = file.read_bytes().decode("utf-8", "replace")
    return text if len(text) <= _SAMPLE_LARGEST else text[:_SAMPLE_LARGEST] + "\n…"
