"""An act under another name

An act lies in `acts/` under a name that says what it is: revision, running number, stage, as in `2-3-quality.yaml`. Where the
name and the inside say different things nobody can tell which of them was meant.

**To mend it** use `muniment approve`, which names the file. On a page of the forge, change the name before you commit; an act
that has been committed is not renamed: remove it from the branch and add it again.
---
审批文件的名称不符

审批文件放在 `acts/` 里，文件名说明它是什么：版次、序号、环节，例如 `2-3-quality.yaml`。名称和内容说法不一，
就没人知道以哪个为准。

**怎么改**：用 `muniment approve` 办理，文件名由程序确定。在代码平台的网页上办理时，提交之前改好文件名；
已经提交的审批文件不要改名，应从分支中移除后重新添加。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR002",
    name="act-file-name",
    clauses=("R4.2.2",),
    message=Text(
        en="`{name}` is not the name that an act with these facts has",
        zh="`{name}` 与其中所写的版次、环节不一致",
    ),
    help=Text(
        en="an act's file is revision, running number and stage: `{right}`",
        zh="文件名应为“版次-序号-环节”：`{right}`",
    ),
)
