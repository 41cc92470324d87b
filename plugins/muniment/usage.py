"""What is said when a command line cannot be understood, in both languages: click knows only English."""

from __future__ import annotations

import re

import click

from muniment.findings import Lang, Text

_NO_OPTION = Text("there is no option `{name}`{near}", "没有选项 `{name}`{near}")
_NO_COMMAND = Text("there is no command `{name}`{near}", "没有命令 `{name}`{near}")
_NEAR = Text(" (did you mean `{near}`?)", "（是否指 `{near}`？）")
_MISSING = Text("{name} is missing", "缺少 {name}")
_EXTRA = Text("too much was given: `{given}`", "多余的内容：`{given}`")
_NO_VALUE = Text("option `{name}` wants a value", "选项 `{name}` 后面要写内容")
_NEEDS_NONE = Text("option `{name}` takes no value", "选项 `{name}` 后面不写内容")
_CHOICE = Text("{name} is one of {choices}, not `{given}`", "{name} 可选 {choices}，没有 `{given}`")
_DATE = Text(
    "{name} is a date such as 2026-05-06, not `{given}`", "{name} 是日期，如 2026-05-06，而不是 `{given}`"
)
_NO_FOLDER = Text("{name}: there is no folder `{given}`", "{name}：没有文件夹 `{given}`")
_NO_FILE = Text("{name}: there is no file `{given}`", "{name}：没有文件 `{given}`")
_FILE = Text("{name}: `{given}` is a file, not a folder", "{name}：`{given}` 是文件，不是文件夹")
_FOLDER = Text("{name}: `{given}` is a folder, not a file", "{name}：`{given}` 是文件夹，不是文件")
_CLOSED = Text("{name}: there is no permission for `{given}`", "{name}：没有权限访问 `{given}`")
_OTHER = Text("{name}: {said}", "{name}：{said}")
_PLAIN = Text("{said}", "{said}")
_HELP = Text("`{command} --help` shows how it is used, with examples", "`{command} --help` 显示用法和例子")
_QUOTED = re.compile(r"'([^']*)'")
_BRACKETED = re.compile(r"\((.*)\)", re.DOTALL)


class NoSuchCommand(click.UsageError):
    """A word in the place of a command that is none."""

    def __init__(self, name: str, known: list[str], context: click.Context) -> None:
        super().__init__(name, context)
        self.name = name
        self.known = known


def sentence(problem: click.ClickException, lang: Lang) -> str:
    """What was wrong, and the command that shows how it is right."""
    said = _words(problem, lang)
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    command = context.command_path if context else "muniment"
    return f"{said}\n{_HELP.render(lang, {'command': command})}"


def near(given: str, known: list[str], lang: Lang) -> str:
    """The nearest of what is known, in brackets; nothing where none is near."""
    from difflib import get_close_matches  # only who slips needs it

    found = get_close_matches(given, known, n=1, cutoff=0.5)
    return _NEAR.render(lang, {"near": found[0]}) if found else ""


def _words(problem: click.ClickException, lang: Lang) -> str:
    if isinstance(problem, NoSuchCommand):
        hint = near(problem.name, problem.known, lang)
        return _NO_COMMAND.render(lang, {"name": problem.name, "near": hint})
    if isinstance(problem, click.NoSuchOption):
        hint = near(problem.option_name, _options(problem.ctx), lang)
        return _NO_OPTION.render(lang, {"name": problem.option_name, "near": hint})
    if isinstance(problem, click.BadOptionUsage):
        words = _NEEDS_NONE if "does not take" in problem.message else _NO_VALUE
        return words.render(lang, {"name": problem.option_name})
    if isinstance(problem, click.BadParameter):
        return _parameter(problem, lang)
    if problem.message.startswith("Got unexpected extra argument"):
        given = _BRACKETED.search(problem.message)
        return _EXTRA.render(lang, {"given": given[1] if given else ""})
    return problem.format_message()


def _options(context: click.Context | None) -> list[str]:
    if context is None:
        return []
    return [
        name for option in context.command.get_params(context) for name in option.opts if name[:2] == "--"
    ]


def _parameter(problem: click.BadParameter, lang: Lang) -> str:
    name = _name(problem.param)
    if isinstance(problem, click.MissingParameter):
        return _MISSING.render(lang, {"name": name})
    quoted = _QUOTED.search(problem.message)
    given = quoted[1] if quoted else ""
    kind = problem.param.type if problem.param else None
    if isinstance(kind, click.Choice):
        choices = (", " if lang == "en" else "、").join(str(choice) for choice in kind.choices)
        return _CHOICE.render(lang, {"name": name, "choices": choices, "given": given})
    if isinstance(kind, click.DateTime):
        return _DATE.render(lang, {"name": name, "given": given})
    if isinstance(kind, click.Path):
        return _path(kind, problem.message).render(lang, {"name": name, "given": given})
    return (_OTHER if name else _PLAIN).render(lang, {"name": name, "said": problem.message})


def _path(kind: click.Path, message: str) -> Text:
    for words, said in (("is a file", _FILE), ("is a directory", _FOLDER), ("is not", _CLOSED)):
        if words in message:
            return said
    return _NO_FILE if kind.file_okay else _NO_FOLDER


def _name(parameter: click.Parameter | None) -> str:
    """An option by its longest name, an argument by what stands in the help."""
    if isinstance(parameter, click.Option):
        return f"`{max(parameter.opts, key=len)}`"
    return parameter.human_readable_name if parameter else ""
