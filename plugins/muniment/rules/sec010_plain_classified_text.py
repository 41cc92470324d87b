"""A classified text in plain sight

The body and the files of a confidential or core record, and what its acts bring as evidence, lie in Git encrypted to those who may read it. Everybody who can clone the
repository reads what lies there in plain text, today and in every later copy.

**To mend it** run the command in the help; it encrypts body and attachments together, and enters custodian and readers. If the plain text was
committed before, it is in the history: tell the secrecy officer. A scan beside an act that is committed stays as it is, since acts never
change: begin the branch anew, or the next revision. If the record is not that secret, its level is wrong.
---
涉密内容以明文存放

普通商密、核心商密记录的正文、附件和审批凭据，必须加密后才能存入 Git，只有应知悉的人能够读取。以明文存放，凡能克隆仓库的人都能看到，今后
每一份副本也都带着它。

**怎么改**：运行提示中的命令，正文和附件会一并加密，并登记保管人和知悉人员。明文如果已经提交过，就留在历史里，请告知保密管理员。
已经提交的审批凭据不能再改动，请重做该分支，或开始下一版。
如果内容并不涉密，请改正密级。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import classification
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.views.words import LEVELS

RULE = Rule(
    code="SEC010",
    name="plain-classified-text",
    clauses=("R5.2.4",),
    message=Text(
        en="`{path}` of a record that is {level} lies there in plain text",
        zh="密级为“{level}”的记录，`{path}` 是明文",
    ),
    help=Text(
        en="encrypt it: muniment encrypt {number}",
        zh="请加密：muniment encrypt {number}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if facts.level(record) in classification.CLASSIFIED:
            level = LEVELS[facts.level(record)]
            for path in (*classification.plain_texts(record), *classification.plain_evidence(record)):
                shown = path[len(record.folder) + 1 :]
                yield RULE.at(Place(path), number=record.number, path=shown, level=level)
