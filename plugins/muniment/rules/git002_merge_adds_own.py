"""A merge that brings something of its own

A merge joins what two sides wrote. What it adds beyond that nobody has written, reviewed or approved under his name; in most views of a
pull request it does not even appear.

**To mend it** merge again without further changes. Write what is needed in an ordinary commit, then the stages follow for
this content.
---
合并提交夹带了内容

合并只是把两边写的东西合在一起。多出来的部分没有人署名编写，也没有人审过、批过；在大多数合并请求页面上甚至看不到。

**怎么改**：重新合并，不做其他改动。需要的内容用普通提交写入，再对这份内容走各环节。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="GIT002",
    name="merge-adds-own",
    clauses=("R4.2.2",),
    message=Text(
        en="merge {commit} adds to `{path}` what neither side had",
        zh="合并 {commit} 在 `{path}` 中加入了两边都没有的内容",
    ),
    help=Text(
        en="make the change in a commit of its own before the merge, under the name of whoever wrote it",
        zh="请在合并之前用单独的提交作出改动，由编写人署名",
    ),
)
