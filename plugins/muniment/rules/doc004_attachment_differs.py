"""An attachment that was exchanged

Each attachment is entered with its SHA-256, a number that changes when a single byte does. This one differs: the
file was edited, saved again by another program, or exchanged.

**To mend it** bring back the file that was entered, if the change was not meant. If it was, enter the file anew; approvals are
then asked for again.
---
附件被换过

每个附件都登记了 SHA-256 校验值，改动一个字节校验值就不同。这个附件对不上：被编辑过、被别的软件另存过，或者被调换了。

**怎么改**：不该改的，恢复登记时的文件；确实要换的，重新登记，并重新报审。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="DOC004",
    name="attachment-differs",
    clauses=("R4.3.1",),
    message=Text(
        en="attachment `{file}` is not the file that was entered",
        zh="附件 `{file}` 与登记的不是同一个文件",
    ),
    help=Text(
        en="bring the file back; or, if the new one is meant, write `sha256: {found}`",
        zh="请恢复原文件；如果要用现在的文件，请写 `sha256: {found}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        for index, entry in enumerate(record.data.get("attachments") or ()):
            if entry["file"] not in record.attachments:
                continue
            found = record.tree.sha256(f"{record.folder}/files/{entry['file']}")
            if found != entry["sha256"]:
                place = Place(record.path, ("attachments", index, "sha256"))
                yield RULE.at(place, number=record.number, file=entry["file"], found=found)
