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

_TWIN = Text(
    "meets `{name}` of series {other} where capitals do not count",
    "不分大小写时与系列 {other} 的 `{name}` 重合",
)
_TAKEN = Text("has a meaning of its own", "另有用途")


def check(facts: Facts) -> Iterator[Finding]:
    policy = facts.corpus.records.get("numbering")
    if policy is None:
        return
    written: dict[str, tuple[str, str]] = {}
    for letters, series in facts.policy.series.items():
        parts = series.folder.split("/")
        reason, right = None, series.folder
        if parts[0].lower() == "policy" or {"acts", "files"} & {part.lower() for part in parts}:
            reason, right = _TAKEN, f"{letters.lower()}-records"
        for length in range(1, len(parts) + 1):
            folder = "/".join(parts[:length])
            other, name = written.setdefault(folder.lower(), (letters, folder))
            if name != folder and reason is None:
                reason = Text(*(text.format(name=name, other=other) for text in (_TWIN.en, _TWIN.zh)))
                right = name + series.folder[len(name) :]
        if reason is not None:
            place = Place(policy.path, ("series", letters, "folder"))
            yield RULE.at(
                place,
                number="numbering",
                letters=letters,
                folder=series.folder,
                reason=reason,
                right=right,
            )
