"""A file that the record does not list

Whatever lies in `files/` belongs to the record and is approved with it. Lists, prints and the disposal of records go by
the entries under `attachments`, so a file without an entry is overlooked there.

**To mend it** enter it or remove it. Drafts and temporary files of the office program do not belong here.
---
附件未登记

放在 `files/` 里的文件属于这条记录，随它一起审批。清单、打印、销毁都以 `attachments` 中的条目为准，没有登记的文件会被遗漏。

**怎么改**：登记或移除。草稿、办公软件的临时文件不要放在这里。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="DOC005",
    name="unlisted-attachment",
    severity="warning",
    clauses=("R4.3.1",),
    message=Text(
        en="`{file}` lies in files/ and the record does not list it",
        zh="`{file}` 在 files/ 中，记录却没有登记",
    ),
    help=Text(
        en="enter it: `muniment attach {number} {path}`; or take it away",
        zh="请登记：`muniment attach {number} {path}`；或者移除",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        listed = {entry["file"] for entry in record.data.get("attachments") or ()}
        for name in record.attachments:
            if name not in listed:
                path = f"{record.folder}/files/{name}"
                yield RULE.at(Place(path), number=record.number, file=name, path=path)
