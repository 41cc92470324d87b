"""Findings: what is wrong, where, and how to mend it; the words of a rule in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Lang = Literal["zh", "en"]
Severity = Literal["error", "warning"]
Pointer = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages; `{name}` stands for a parameter of the finding."""

    en: str
    zh: str

    def render(self, lang: Lang, params: Mapping[str, object] | None = None) -> str:
        template = self.zh if lang == "zh" else self.en
        if not params:
            return template
        return template.format_map(
            {key: value.render(lang) if isinstance(value, Text) else value for key, value in params.items()}
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file relative to the registry (with `/`) and a value inside it.

    The value is named symbolically (`("fee", "amount")`); the shell resolves it to a line and a
    column once, at the end. `line` and `column` count from 1; 0 means not known, or a whole file.
    `on_key` points at the field's name instead of its value.
    """

    path: str
    pointer: Pointer = ()
    on_key: bool = False
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that explains a finding, with a short note."""

    place: Place
    note: Text
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, found by a stage below the rules, which knows the name of the rule but not the rule."""

    rule: str
    place: Place
    params: Mapping[str, object] = field(default_factory=dict)
    number: str | None = None
    related: tuple[Related, ...] = ()
    help: Text | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault in the words of its rule."""

    code: str
    severity: Severity
    place: Place
    message: Text
    help: Text | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    number: str | None = None
    related: tuple[Related, ...] = ()

    def words(self, lang: Lang) -> tuple[str, str]:
        """The message and the cure (empty where there is none) in one language."""
        params = {"number": self.number, **self.params} if self.number else self.params
        return (self.message.render(lang, params), self.help.render(lang, params) if self.help else "")


@dataclass(frozen=True, slots=True)
class Rule:
    """The declaration of one rule; the docstring of its module is its page."""

    code: str
    name: str
    message: Text
    help: Text | None = None
    severity: Severity = "error"
    clauses: tuple[str, ...] = ()

    def at(
        self,
        place: Place,
        *,
        number: str | None = None,
        related: tuple[Related, ...] = (),
        help: Text | None = None,
        **params: object,
    ) -> Finding:
        """A finding of this rule; `params` fill the rule's message and help, `help` replaces the rule's own."""
        return Finding(
            self.code, self.severity, place, self.message, help or self.help, params, number, related
        )

    def of(self, fault: Fault) -> Finding:
        """The finding for a fault that a lower stage reported under this rule's name."""
        return self.at(
            fault.place, number=fault.number, related=fault.related, help=fault.help, **dict(fault.params)
        )
