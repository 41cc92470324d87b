"""muniment explain"""

from __future__ import annotations

from difflib import get_close_matches

import click

from muniment import completion
from muniment.findings import Text
from muniment.terminal import Settings, as_command, stop

ORDER = 13
_UNKNOWN = Text(
    "there is no rule {given}{near}; `muniment explain` lists them all",
    "没有规则 {given}{near}；`muniment explain` 列出全部规则",
)
_NEAR = Text(" (did you mean {near}?)", "（是否指 {near}？）")


@as_command()
@click.argument("code", required=False, shell_complete=completion.rules)
def command(settings: Settings, code: str | None) -> None:
    """Say what a finding means and how to mend it; without a CODE list all rules.

    \b
      muniment explain NUM004
      muniment explain gap-in-series
    ---
    说明某条提示的含义和改法；不给 CODE 时列出全部规则。

    \b
      muniment explain NUM004
      muniment explain gap-in-series
    """
    from muniment.check import catalogue

    lang = settings.language()
    rules = catalogue()
    if code is None:
        for entry in rules.values():
            click.echo(f"{entry.rule.code}  {entry.words(lang)[0]}")
        return
    found = rules.get(code.upper()) or next((r for r in rules.values() if r.rule.name == code.lower()), None)
    if found is None:
        near = get_close_matches(code.upper(), list(rules), n=1, cutoff=0.6)
        hint = _NEAR.render(lang, {"near": near[0]}) if near else ""
        stop(settings, _UNKNOWN, given=code, near=hint)
    title, text = found.words(lang)
    clauses = f"  ({', '.join(found.rule.clauses)})" if found.rule.clauses else ""
    click.echo(f"{found.rule.code} {found.rule.name}{clauses}\n\n{title}\n\n{text}")
