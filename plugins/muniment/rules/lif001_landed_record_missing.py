"""A record that had landed is gone

Records are not deleted. What no longer serves is retired: the department applies, a leader of the
company approves, the record stays and says so. A hole in the archive cannot be told from a theft.

**To mend it** bring the folder back as it was (`git checkout` of the last version) and, if it should no longer be used, ask
for its retirement with `muniment retire`.
---
已生效的记录不见了

记录不得删除。不再使用的文件走废止：部门申请，公司领导批准，记录保留并注明废止。档案里缺了一份，
没人分得清是清理还是丢失。

**怎么改**：按原样恢复文件夹；如果确实不再使用，用 `muniment retire` 申请废止。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.numbering import missing

RULE = Rule(
    code="LIF001",
    name="landed-record-missing",
    clauses=("R4.4.3",),
    message=Text(
        en="record `{number}` had landed and is gone",
        zh="记录 `{number}` 已经生效，现在不见了",
    ),
    help=Text(
        en="restore it: `git checkout {commit} -- {folder}`",
        zh="请恢复：`git checkout {commit} -- {folder}`",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for life in missing(facts):
        number = life.path.rpartition("/")[2].removesuffix(".yaml")
        folder = life.path.rpartition("/")[0]
        commit = f"{life.ended[:12]}~" if life.ended else "HEAD"
        yield RULE.at(Place(life.path), number=number, folder=folder, commit=commit)
