"""What every command shares: languages, the registry it runs in, progress, and how a run ends."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from muniment.findings import Lang, Text

if TYPE_CHECKING:
    from muniment.project import Loaded

FINE, FOUND, USAGE, NO_VERDICT, OUR_FAULT = 0, 1, 2, 3, 70
Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])


@dataclass(frozen=True)
class Settings:
    """What stood before or after the command; `None` where nothing was said."""

    lang: Lang | None = None
    today: str | None = None
    start: Path = Path()

    @cached_property
    def root(self) -> Path:
        from muniment import project

        try:
            return project.find_root(self.start)
        except project.NoRegistry as problem:
            stop(
                self,
                Text(
                    f"no registry here: neither {problem.start} nor a folder above it holds records/policy;"
                    " change into one, or make one with `muniment init DIR`",
                    f"这里不是登记库：{problem.start} 及其上级文件夹都没有 records/policy；请进入登记库的文件夹，"
                    "或用 `muniment init DIR` 新建",
                ),
            )

    def load(self, *, history: bool = False) -> Loaded:
        from muniment import project

        root = self.root
        with progress(self, Text("reading the registry", "正在读取登记库")):
            return project.load(root, self.today, history=history)

    def language(self, loaded: Loaded | None = None) -> Lang:
        """What was asked for, else what the policy `organization` names first, else the terminal's."""
        if self.lang is not None:
            return self.lang
        if loaded is not None:
            named = loaded.facts.policy.value("organization", "languages", default=["zh"])
            return "en" if named and named[0] == "en" else "zh"
        return terminal_language()


def terminal_language() -> Lang:
    """From the environment, as other programs take it."""
    stated = os.environ.get("MUNIMENT_LANG") or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
    return "zh" if (stated or os.environ.get("LANG", "")).lower().startswith("zh") else "en"


def stop(settings: Settings, reason: Text, code: int = USAGE, **params: object) -> NoReturn:
    """End the run with a sentence on standard error."""
    click.echo(reason.render(settings.lang or terminal_language(), params), err=True)
    raise SystemExit(code)


def say(settings: Settings, words: Text, loaded: Loaded | None = None, **params: object) -> None:
    """A sentence about what was done, on standard error, so that data can be piped."""
    click.echo(words.render(settings.language(loaded), params), err=True)


@contextmanager
def progress(settings: Settings, doing: Text) -> Iterator[None]:
    """Tells a person at a terminal what takes longer than a second, and for how long by now."""
    if not sys.stderr.isatty():
        yield
        return
    words = doing.render(settings.lang or terminal_language())
    over = threading.Event()
    began = time.monotonic()

    def tell() -> None:
        while not over.wait(1):
            click.echo(f"\r{words} … {time.monotonic() - began:.0f} s", err=True, nl=False)

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
        if time.monotonic() - began > 1:
            click.echo("\r\033[K", err=True, nl=False)


class BilingualCommand(click.Command):
    """Its docstring and the help of its options hold both languages, halves parted by a line `---`."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = settings_of(ctx).lang or terminal_language()
        whole, self.help = self.help, half(self.help, lang)
        saved = [(option, option.help) for option in self.params if isinstance(option, click.Option)]
        for option, text in saved:
            option.help = half(text, lang)
        try:
            super().format_help(ctx, formatter)
        finally:
            self.help = whole
            for option, text in saved:
                option.help = text

    def get_short_help_str(self, limit: int = 45) -> str:
        lang = terminal_language()
        context = click.get_current_context(silent=True)
        if context is not None:
            lang = settings_of(context).lang or lang
        return half(self.help, lang).partition("\n")[0].strip()[: limit + 40]


def half(text: str | None, lang: Lang) -> str:
    """The English or the Chinese half of a help text."""
    english, found, chinese = (text or "").partition("---")
    return (chinese if lang == "zh" and found else english).strip()


def settings_of(ctx: click.Context) -> Settings:
    """The settings so far; a command's own options are laid over those before it."""
    found = ctx.find_object(Settings)
    return found if found is not None else Settings()


def _set_lang(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.obj = replace(settings_of(ctx), lang=cast(Lang, value))


def _set_today(ctx: click.Context, _: click.Parameter, value: Any) -> None:
    if value is not None:
        ctx.obj = replace(settings_of(ctx), today=value.date().isoformat())


def _set_start(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.obj = replace(settings_of(ctx), start=value)


def common(function: Wrapped) -> Wrapped:
    """`--lang` and `--today`, which stand before or after the command."""
    function = click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=_set_lang,
        expose_value=False,
        is_eager=True,
        help="Language of what is printed. --- 输出语言。",
    )(function)
    return click.option(
        "--today",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        callback=_set_today,
        expose_value=False,
        help="The day that counts as today, as 2026-05-06. --- 视作今天的日期，如 2026-05-06。",
    )(function)


def start_option(function: Wrapped) -> Wrapped:
    """`-C DIR`, as git has it."""
    return click.option(
        "-C",
        "start",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        metavar="DIR",
        callback=_set_start,
        expose_value=False,
        help="Run as if started in DIR. --- 视作在 DIR 中运行。",
    )(function)


def as_command(**attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with both languages and the common options; its function gets the settings first."""

    def wrap(function: Callable[..., Any]) -> click.Command:
        def run(*arguments: Any, **options: Any) -> Any:
            return function(settings_of(click.get_current_context()), *arguments, **options)

        run.__doc__ = function.__doc__
        run.__name__ = function.__name__
        run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]  # click's own way
        return click.command(cls=BilingualCommand, **attributes)(common(run))

    return wrap
