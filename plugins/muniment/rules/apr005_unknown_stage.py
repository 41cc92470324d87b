"""A stage that the chain does not have

Which stages a record passes stands in the policy `review`, in the chain of its type. An act for any other stage, or
for the chain of another type, decides nothing.

**To mend it** let `muniment approve` find the stage whose turn it is. If the company wants a further stage, the policy is
changed first, in a pull request of its own.
---
审批链中没有这个环节

一条记录要经过哪些环节，由制度 `review` 中该类型的审批链规定。对别的环节、或者按别的类型的审批链办理，都不起作用。

**怎么改**：用 `muniment approve` 办理，程序会找到当前该办的环节。公司如果要增加环节，应先修改制度，
并单独提交一个合并请求。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR005",
    name="unknown-stage",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` names `{value}`, which this record's chain does not have",
        zh="`{act}` 中的 `{value}` 不在本记录的审批链里",
    ),
    help=Text(
        en="what this record knows: {right}; `muniment status {number}` names the next stage",
        zh="本记录可用：{right}；`muniment status {number}` 会显示下一环节",
    ),
)
