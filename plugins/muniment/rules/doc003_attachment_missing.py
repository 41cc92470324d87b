"""A listed attachment that is not there

The record says that a file belongs to it, and the file does not exist: forgotten in a copy, or spelt otherwise (a scan saved as
`.PDF`, a space too many).

**To mend it** put the file where the help says under exactly that name, or correct the name in the record.
---
登记的附件不存在

记录写明有这个附件，文件却不在：复制时漏了，或者名称对不上（扫描件存成了 `.PDF`、多了一个空格）。

**怎么改**：把文件按这个名称放到提示的位置，或者改正记录中的名称。
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="DOC003",
    name="attachment-missing",
    clauses=("R4.3.1",),
    message=Text(
        en="attachment `{file}` is not in files/",
        zh="附件 `{file}` 不在 files/ 中",
    ),
    help=Text(
        en="put it into {folder}/files/, or take the entry out{hint}",
        zh="请放入 {folder}/files/，或者删除该条目{hint}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if record.number in facts.destroyed:
            continue
        for index, entry in enumerate(record.data.get("attachments") or ()):
            if entry["file"] in record.attachments:
                continue
            near = get_close_matches(entry["file"], record.attachments, n=1, cutoff=0.6)
            yield RULE.at(
                Place(record.path, ("attachments", index, "file")),
                number=record.number,
                file=entry["file"],
                folder=record.folder,
                hint=Text(f"; {near[0]} is there", f"；目录中有 {near[0]}") if near else "",
            )
