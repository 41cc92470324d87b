"""A folder that clashes

Each series has its folder under `records/`. Two folders that differ only by capital letters are one and the same on Windows
and macOS; `policy`, `acts` and `files` have a meaning of their own.

**To mend it** choose another folder before the first record of the series is made. Later the folder cannot change, because the path
of a record follows from its number.
---
系列的文件夹有冲突

每个系列在 `records/` 下有自己的文件夹。只有大小写不同的两个文件夹，在 Windows 和 macOS 上是同一个；`policy`、`acts`、`files`
另有用途。

**怎么改**：在该系列的第一条记录建立之前换一个文件夹。之后就不能换了，因为记录的路径由编号决定。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="POL008",
    name="clashing-folder",
    clauses=("R4.1.2", "R4.3.1"),
    message=Text(
        en="series {letters} lies in `{folder}`, which {reason}",
        zh="系列 {letters} 的文件夹 `{folder}` {reason}",
    ),
    help=Text(
        en="choose another folder, such as {right}; records that are there already stay where they are",
        zh="请换一个文件夹，如 {right}；已有记录的位置不能变",
    ),
)

_TWIN = Text("differs from that of {other} only by capital letters", "与 {other} 的文件夹只有大小写不同")
_TAKEN = Text("has a meaning of its own", "另有用途")


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("numbering")
    if policy is None:
        return
    written: dict[str, tuple[str, str]] = {}
    for letters, series in facts.policy.series.items():
        parts = series.folder.split("/")
        reason: Text | None = None
        if parts[0].lower() == "policy" or {"acts", "files"} & {part.lower() for part in parts}:
            reason = _TAKEN
        for length in range(1, len(parts) + 1):
            folder = "/".join(parts[:length])
            other, name = written.setdefault(folder.lower(), (letters, folder))
            if name != folder and reason is None:
                reason = Text(_TWIN.en.format(other=other), _TWIN.zh.format(other=other))
        if reason is not None:
            place = Place(policy.path, ("series", letters, "folder"))
            right = f"{letters.lower()}-records"
            yield RULE.at(
                place, number="numbering", letters=letters, folder=series.folder, reason=reason, right=right
            )
