"""What every command shares: languages, the registry it runs in, progress, and how a run ends."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

import click

from muniment.findings import Lang, Text

if TYPE_CHECKING:
    from muniment.age import Identity
    from muniment.project import Loaded

# Also in `audience`, which is too much to read for a page of help.
LEVELS = ("public", "internal", "confidential", "core")
FINE, FOUND, USAGE, NO_VERDICT, OUR_FAULT = 0, 1, 2, 3, 70
NO_VERDICT_WORDS = Text(
    "no verdict: this copy of the repository is not whole ({missing}); clone it without --depth and --filter",
    "无法下结论：本地副本不完整（{missing}）；请不带 --depth、--filter 重新克隆",
)
Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])
_NO_REGISTRY = Text(
    "no registry here: neither {start} nor a folder above it holds records/policy;"
    " change into one, or make one with `muniment init DIR`",
    "这里不是登记库：{start} 及其上级文件夹都没有 records/policy；请进入登记库的文件夹，或用 `muniment init DIR` 新建",
)
_NO_MOMENT = Text(
    "nothing is known of `{at}`: it is no commit here, and as a day it must be written like {first}, the registry's first, or later",
    "不知道 `{at}` 是什么时候：它不是本仓库的提交；日期请写成 {first} 的样子，并且不早于这一天（登记库的第一天）",
)
_NO_PAST = Text(
    "without a Git history nothing is known of `{at}`; a registry begins one with `git init` and a first commit",
    "没有 Git 历史，无从知道 `{at}` 时的情况；用 `git init` 和首次提交开始历史",
)
IDENTITY, PASSPHRASE = "MUNIMENT_IDENTITY", "MUNIMENT_PASSPHRASE"
_NO_IDENTITY = Text(
    "the identity {path} cannot be read: {why}; make one: muniment keys identity",
    "无法读取解密私钥 {path}：{why}；可新建：muniment keys identity",
)
_BAD_IDENTITY: dict[str, Text] = {
    "public": Text(
        "{path} is a public key, which opens nothing; give the private key, which lies beside it without .pub",
        "{path} 是公钥，不能解密；请给出私钥（同名、不带 .pub 的文件）",
    ),
    "kind": Text(
        "{path} is a key that cannot decrypt; use an ssh-ed25519 key, or make one: muniment keys identity",
        "{path} 这种密钥不能解密；请使用 ssh-ed25519 密钥，或新建：muniment keys identity",
    ),
    "passphrase": Text(
        "{path} is locked by a passphrase, and the one given does not fit; type it at a terminal, or set MUNIMENT_PASSPHRASE",
        "{path} 设有口令，给出的口令不对；请在终端中输入，或设置 MUNIMENT_PASSPHRASE",
    ),
    "none": Text(
        "{path} holds no private key, neither of age nor of SSH; make one: muniment keys identity",
        "{path} 中没有私钥（age 或 SSH）；可新建：muniment keys identity",
    ),
}
# What a line of Chinese may be broken between: words of other scripts stay whole, stops stay behind their word.
_PIECES = re.compile(r"(?:[!-~]+|\s|[^!-~\s])[，。；：、）”？！]*")
# What click itself writes into help pages.
_OF_CLICK = {
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
    "[default: ": "[默认：",
    "[required]": "[必填]",
}


@dataclass(frozen=True)
class Settings:
    """What stood before or after the command; `None` where nothing was said."""

    lang: Lang | None = None
    today: str | None = None
    start: Path = Path()
    at: str | None = None
    identity: tuple[Path, ...] = ()
    audience: str | None = None

    @cached_property
    def root(self) -> Path:
        from muniment import project

        try:
            return project.find_root(self.start)
        except project.NoRegistry as problem:
            stop(self, _NO_REGISTRY, start=problem.start)

    def load(self, *, history: bool = False, judged: bool = False) -> Loaded:
        """The registry; with its `history`, and with what a site shows of it `judged` by the audit."""
        from muniment import project

        root = self.root
        try:
            with progress(self, Text("reading the registry", "正在读取登记库")):
                if judged:
                    loaded = project.load_for_site(root, self.today, self.at, self.identities)
                else:
                    loaded = project.load(
                        root, self.today, history=history, at=self.at, identities=self.identities
                    )
                return loaded if self.audience is None else project.narrowed(loaded, self.audience)
        except project.NoSuchMoment as problem:
            stop(self, *no_such_moment(problem.first), at=problem.at, first=problem.first)

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """The keys to read encrypted records with: those of `--identity`, else of the environment. Ends the run where a file
        holds none.
        """
        named = self.identity or tuple(
            Path(name) for name in os.environ.get(IDENTITY, "").split(os.pathsep) if name
        )
        return tuple(each for path in named for each in _identities(self, path))

    def language(self, loaded: Loaded | None = None) -> Lang:
        """What was asked for, else what the registry's policy names first, else the terminal's."""
        if self.lang is not None:
            return self.lang
        if loaded is not None:
            return _first(loaded.facts.policy.value("organization", "languages"))
        return self._own_language or terminal_language()

    @cached_property
    def _own_language(self) -> Lang | None:
        """The registry's, from the one file that says it; nothing outside a registry or where it cannot be read."""
        from muniment import project, source

        try:
            path = project.find_root(self.start) / "records/policy/organization/organization.yaml"
            document = source.load("", path.read_bytes()).document
        except (project.NoRegistry, OSError):
            return None
        return _first(document.data.get("languages")) if document else None


def no_such_moment(first: str) -> tuple[Text, int]:
    """What to say of a moment that the history does not reach, and with which code to end."""
    return (_NO_MOMENT if first else _NO_PAST), USAGE


def _identities(settings: Settings, path: Path) -> tuple[Identity, ...]:
    from muniment import age

    try:
        content = path.expanduser().read_bytes()
    except OSError as problem:
        stop(settings, _NO_IDENTITY, path=path, why=problem.strerror)
    try:
        return age.identities(content)
    except age.BadIdentity as problem:
        if problem.reason != "passphrase":
            stop(settings, _BAD_IDENTITY[problem.reason], path=path)
    try:
        return age.identities(content, _passphrase(settings, path))
    except age.BadIdentity as problem:
        stop(settings, _BAD_IDENTITY[problem.reason], path=path)


def _passphrase(settings: Settings, path: Path) -> str:
    """From the environment, else from the person at the terminal."""
    given = os.environ.get(PASSPHRASE)
    if given is None and sys.stdin.isatty():
        asked = Text(f"Passphrase of {path}", f"{path} 的口令").render(settings.language())
        given = click.prompt(asked, hide_input=True, err=True)
    return given or ""


def _first(languages: object) -> Lang:
    return "en" if isinstance(languages, list) and languages[:1] == ["en"] else "zh"


def terminal_language() -> Lang:
    """From the environment, as other programs take it."""
    stated = os.environ.get("MUNIMENT_LANG") or os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES")
    return "zh" if (stated or os.environ.get("LANG", "")).lower().startswith("zh") else "en"


def asked_language(arguments: Sequence[str]) -> Lang | None:
    """The value of `--lang` wherever it stands, for what is said before the command line has been read to its end."""
    for place, argument in enumerate(arguments):
        name, found, value = argument.partition("=")
        if name == "--lang":
            value = value if found else "".join(arguments[place + 1 : place + 2])
            if value in ("zh", "en"):
                return cast(Lang, value)
    return None


def stop(settings: Settings, reason: Text, code: int = USAGE, /, **params: object) -> NoReturn:
    """End the run with a sentence on standard error."""
    click.echo(reason.render(settings.language(), params), err=True)
    raise SystemExit(code)


def say(settings: Settings, words: Text, loaded: Loaded | None = None, /, **params: object) -> None:
    """A sentence about what was done, on standard error, so that data can be piped."""
    click.echo(words.render(settings.language(loaded), params), err=True)


@contextmanager
def progress(settings: Settings, doing: Text) -> Iterator[None]:
    """Tells a person at a terminal what takes longer than a second, and for how long by now."""
    if not sys.stderr.isatty():
        yield
        return
    words = doing.render(settings.language())
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


# -- Commands and their help -------------------------------------------------------------------------------


class BilingualCommand(click.Command):
    """Its docstring and the help of its options hold both languages, halves parted by a line `---`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # `--help` and a mistake must speak the language even where `--lang` stands behind them.
        lang = asked_language(args)
        if lang is not None:
            ctx.obj = replace(settings_of(ctx), lang=lang)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            wrong.ctx = wrong.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        if _help_language(ctx) == "zh":
            pieces = pieces.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…")
            formatter.write_usage(ctx.command_path, pieces, prefix="用法：")
        else:
            formatter.write_usage(ctx.command_path, pieces)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = _help_language(ctx)
        text = half(cleandoc(self.help or ""), lang)
        formatter.write_paragraph()
        with formatter.indentation():
            width = formatter.width - formatter.current_indent
            formatter.write_text(broken(text, width) if lang == "zh" else text)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        lang = _help_language(ctx)
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        rows = [row for each in options if (row := each.get_help_record(ctx)) is not None]
        shown = [(name, half(_of_click(text) if lang == "zh" else text, lang)) for name, text in rows]
        write_list(formatter, Text("Options", "选项").render(lang), shown, lang)

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click's signature
        context = click.get_current_context(silent=True)
        lang = _help_language(context) if context else terminal_language()
        return half(self.help, lang).partition("\n")[0].strip()


def write_list(
    formatter: click.HelpFormatter, title: str, rows: Sequence[tuple[str, str]], lang: Lang
) -> None:
    """A section of names and what they mean."""
    if not rows:
        return
    first = min(max(len(name) for name, _ in rows), 30) + 2
    width = max(formatter.width - first - 4, 20)
    with formatter.section(title):
        formatter.write_dl([(name, broken(text, width) if lang == "zh" else text) for name, text in rows])


def _help_language(ctx: click.Context) -> Lang:
    """The terminal's unless one was asked for: reading the registry's policy would make help slow."""
    return settings_of(ctx).lang or terminal_language()


def _of_click(text: str) -> str:
    """Click's own words in Chinese."""
    for english, chinese in _OF_CLICK.items():
        text = text.replace(english, chinese)
    return text


def half(text: str | None, lang: Lang) -> str:
    """The English or the Chinese half of a help text; what click adds in brackets belongs to both."""
    english, found, chinese = (text or "").partition("---")
    if not found or lang == "zh":
        return (chinese if found else english).strip()
    _, opened, note = chinese.rpartition("  [")
    return f"{english.strip()}  [{note}" if opened else english.strip()


def broken(text: str, width: int) -> str:
    """Chinese paragraphs broken where the line ends: click counts characters, of which these take two places."""
    shown = []
    for paragraph in text.split("\n\n"):
        if paragraph.lstrip().startswith("\b"):
            shown.append(paragraph)
        else:
            words = "".join(line.strip() for line in paragraph.splitlines())
            shown.append("\b\n" + "\n".join(_rows(words, width)))
    return "\n\n".join(shown)


def _rows(text: str, width: int) -> Iterator[str]:
    row, used = "", 0
    for piece in _PIECES.findall(text):
        places = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in piece)
        if row and used + places > width:
            yield row.rstrip()
            row, used = "", 0
        row, used = row + piece, used + places
    if row:
        yield row


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


def _set_at(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.obj = replace(settings_of(ctx), at=value)


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


def at_option(function: Wrapped) -> Wrapped:
    """`--at REV|DATE`, for commands that can look back."""
    return click.option(
        "--at",
        metavar="REV|DATE",
        callback=_set_at,
        expose_value=False,
        help="The registry as it was at the end of a day, or at a commit. --- 某日终了时（或某个提交时）的登记库。",
    )(function)


def audience_option(function: Wrapped) -> Wrapped:
    """`--audience LEVEL`, for commands whose output is handed on."""
    return click.option(
        "--audience",
        type=click.Choice(LEVELS),
        callback=_set_audience,
        expose_value=False,
        help="Only what readers of this level may know; everything by default. --- 只含该密级读者可知的内容；默认全部。",
    )(function)


def _set_audience(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.obj = replace(settings_of(ctx), audience=value)


def identity_option(function: Wrapped) -> Wrapped:
    """`--identity FILE`, for commands that read what is encrypted."""
    return click.option(
        "--identity",
        "identity",
        type=click.Path(path_type=Path),
        multiple=True,
        metavar="FILE",
        callback=_set_identity,
        expose_value=False,
        help="Private key to read encrypted records with; else MUNIMENT_IDENTITY. --- 解密用的私钥文件；不写则取 MUNIMENT_IDENTITY。",
    )(function)


def _set_identity(ctx: click.Context, _: click.Parameter, value: tuple[Path, ...]) -> None:
    if value:
        ctx.obj = replace(settings_of(ctx), identity=value)


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
