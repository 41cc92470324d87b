"""A heading that this kind of document needs

The policy `documents` says which headings a kind of document has, so that nothing is forgotten and every reader finds things in
the same place. In a draft this is only a hint.

**To mend it** add the heading and write what belongs there, before you ask for approvals. `## 2. 适用范围` or `第二章 适用范围` counts as
`适用范围`: numbers before it do not matter.
---
正文缺少必备标题

制度 `documents` 规定了各种类文件的必备标题，这样不会漏写，读者也能在固定的位置找到内容。对草稿只作提醒。

**怎么改**：报审之前补上标题和内容。标题前的序号不影响：`## 2. 适用范围`、`第二章 适用范围` 都算 `适用范围`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import ENDED
from muniment.records import Record

RULE = Rule(
    code="DOC007",
    name="missing-heading",
    clauses=("R4.2.1",),
    message=Text(
        en="the text has no heading `{heading}`, which a {kind} needs",
        zh="正文缺少标题 `{heading}`（{kind} 必备）",
    ),
    help=Text(
        en="add a line `## {heading}` with what belongs there; headings of this kind: {wanted}",
        zh="请加上 `## {heading}` 一节并写明内容；该种类的必备标题：{wanted}",
    ),
)

_FENCE = re.compile(r"^(?: {0,3})(```|~~~).*?^(?: {0,3})\1", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$|^(\S.*)\n(?:=+|-+)[ \t]*$", re.MULTILINE)
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十百零〇\d]+[章节条部分]+|[（(]?[一二三四五六七八九十\d]+[)）]?(?:\.\d+)*)[\s.、．:：]*"
)


def check(facts: Facts) -> Iterator[Finding]:
    headings = facts.policy.value("documents", "headings", default={})
    for record in facts.corpus:
        wanted = headings.get(record.data.get("kind"), ())
        state = facts.state(record.number)
        if not wanted or record.type.group != "documents" or record.body is None or state in ENDED:
            continue
        if record.data.get("external"):
            continue  # others wrote it, in their own form
        found = _headings(record)
        for heading in wanted:
            if heading not in found:
                place = Place(f"{record.folder}/{record.number}.md", line=1, column=1)
                kind = record.data["kind"]
                finding = RULE.at(
                    place, number=record.number, heading=heading, kind=kind, wanted="、".join(wanted)
                )
                yield replace(finding, severity="warning") if state == "draft" else finding


def _headings(record: Record) -> set[str]:
    """As they stand there and without the numbers before them."""
    text = _FENCE.sub("", (record.body or "").replace("\r\n", "\n"))
    found = {(match[1] or match[2]).strip("*_ ") for match in _HEADING.finditer(text)}
    return found | {_ORDINAL.sub("", heading) for heading in found}
