"""The handbook's page of commands, docs/zh|en/command-line.md, made from the commands' own help."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from pathlib import Path

import click

from muniment.cli import muniment
from muniment.findings import Lang
from muniment.i18n import LANGS
from muniment.terminal import half

DOCS = Path(__file__).resolve().parent.parent / "docs"
VERSION = "Show the version and exit."  # what click itself says
MARK = "<!-- Made by scripts/command_line.py from the commands' own help; edit that. -->"

WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "title": "命令行",
        "introduction": (
            "在登记库的任何子文件夹里都可以运行。`muniment --help` 列出全部命令，`muniment check --help` 给出一个命令的用法和例子。"
            "输出的语言默认取制度 `organization` 里的第一种语言。"
        ),
        "common": "每个命令都有的选项",
        "option": "选项",
        "usage": "[选项]",
        "does": "作用",
        "version": "显示版本。",
        "exits": "退出码",
        "code": "退出码",
        "meaning": "含义",
    },
    "en": {
        "title": "Command line",
        "introduction": (
            "Run it in any folder of a registry. `muniment --help` lists the commands, `muniment check --help` teaches one by example.\n"
            "What is printed is in the first language of the policy `organization` unless you say otherwise."
        ),
        "common": "Options of every command",
        "option": "option",
        "usage": "[options]",
        "does": "does",
        "version": VERSION,
        "exits": "Exit codes",
        "code": "exit code",
        "meaning": "meaning",
    },
}
EXITS: dict[Lang, tuple[tuple[int, str], ...]] = {
    "zh": (
        (0, "正常"),
        (1, "有需要改正的问题"),
        (2, "用法不对"),
        (3, "无法下结论：历史不完整"),
        (70, "本程序的缺陷"),
    ),
    "en": (
        (0, "fine"),
        (1, "findings that have to be mended"),
        (2, "wrong use"),
        (3, "no verdict: history is incomplete"),
        (70, "a fault of the program"),
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="say whether the pages are up to date, write nothing"
    )
    only_check = parser.parse_args().check
    stale = [lang for lang in LANGS if not is_current(lang)]
    for lang in stale:
        if only_check:
            print(f"docs/{lang}/command-line.md is not what the commands say of themselves", file=sys.stderr)
        else:
            place(lang).write_text(render(lang), encoding="utf-8")
    if stale and only_check:
        print("To mend it: python scripts/command_line.py", file=sys.stderr)
    return 1 if stale and only_check else 0


def place(lang: Lang) -> Path:
    return DOCS / lang / "command-line.md"


def is_current(lang: Lang) -> bool:
    return place(lang).is_file() and place(lang).read_text(encoding="utf-8") == render(lang)


def render(lang: Lang) -> str:
    words = WORDS[lang]
    context = muniment.make_context("muniment", [], resilient_parsing=True)
    commands = [
        (name, found)
        for name in muniment.list_commands(context)
        if (found := muniment.get_command(context, name))
    ]
    shared = {option.name for option in options(muniment)}
    rows = [f"| {code} | {meaning} |" for code, meaning in EXITS[lang]]
    parts = [
        f"# {words['title']}\n\n{MARK}\n\n{words['introduction']}",
        f"## {words['common']}\n\n{table(options(muniment), lang)}",
        *(section(name, command, shared, lang) for name, command in commands if not command.hidden),
        "\n".join(
            [f"## {words['exits']}\n", f"| {words['code']} | {words['meaning']} |", "|---|---|", *rows]
        ),
    ]
    return "\n\n".join(parts) + "\n"


def section(name: str, command: click.Command, shared: set[str], lang: Lang) -> str:
    with command.make_context(f"muniment {name}", [], resilient_parsing=True) as context:
        usage = " ".join(("muniment", name, *command.collect_usage_pieces(context)))
    usage = usage.replace("[OPTIONS]", WORDS[lang]["usage"])
    own = [option for option in options(command) if option.name not in shared]
    parts = [f"## {name}", f"`{usage}`", *paragraphs(half(cleandoc(command.help or ""), lang), lang)]
    return "\n\n".join([*parts, table(own, lang)] if own else parts)


def paragraphs(text: str, lang: Lang) -> Iterator[str]:
    """Help as Markdown: what click prints as it stands, the examples, is a block of code."""
    for paragraph in text.split("\n\n"):
        lines = paragraph.strip("\n").splitlines()
        if lines and lines[0].strip() == "\b":
            yield "```sh\n" + "\n".join(line.strip() for line in lines[1:]) + "\n```"
        elif lines:
            # A line end between Chinese characters would show as a space.
            yield ("" if lang == "zh" else "\n").join(line.strip() for line in lines)


def options(command: click.Command) -> list[click.Option]:
    return [each for each in command.params if isinstance(each, click.Option) and not each.hidden]


def table(rows: Iterable[click.Option], lang: Lang) -> str:
    words = WORDS[lang]
    lines = [f"| {words['option']} | {words['does']} |", "|---|---|"]
    for option in rows:
        value = "" if option.is_flag else f" {option.make_metavar(click.Context(muniment))}"
        names = ", ".join(f"`{name}{value}`".replace("|", "/") for name in option.opts)
        lines.append(
            f"| {names} | {words['version'] if option.help == VERSION else half(option.help, lang)} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
