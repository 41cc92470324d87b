"""A stage before its turn

The order is fixed: head of department, professional review, quality review. Whoever reviews later relies on those before
him. The last word of each stage counts, and for exactly this content: after a rejection or a change of the text the
row begins again.

**To mend it** get the missing stage first, then act again. Both acts stay in the folder.
---
环节顺序不对

审批顺序是固定的：部门初审、专业审核、质量审核。后面的人要以前面的意见为基础。每个环节以最后一次表态为准，而且只对
同一份内容有效：未通过之后，或者改动文字之后，要从头再走一遍。

**怎么改**：先补上缺少的环节，然后重新办理。两份审批文件都保留。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR022",
    name="stage-out-of-order",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` comes before stage `{before}` has said yes",
        zh="`{act}` 办理时，前一环节 `{before}` 尚未通过",
    ),
    help=Text(
        en="first `{before}`, then `{stage}` again; `muniment status {number}` names whose turn it is",
        zh="请先完成 `{before}`，再重新办理 `{stage}`；`muniment status {number}` 会显示轮到谁",
    ),
)
