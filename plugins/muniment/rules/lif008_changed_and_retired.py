"""Changed and retired at once

A retirement is about the document that everybody knows. One that changes the text in the same step would retire a text that
was never in force, and hide a change at the end.

**To mend it** leave the content as it is on main and retire it. The name of the successor is a detail of the request, nothing
needs to be written into the document.
---
同一步中既改动又废止

废止针对的是大家都知道的那份文件。同时改动文字，等于废止了一份从未生效的内容，还把改动藏在了最后一步。

**怎么改**：内容保持与 main 一致，只办理废止。替代文件写在废止申请里，不需要改文件本身。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="LIF008",
    name="changed-and-retired",
    clauses=("R4.4.3",),
    message=Text(
        en="record `{number}` is changed and retired in one step",
        zh="记录 `{number}` 在同一步中既改动又废止",
    ),
    help=Text(
        en="retire it in a pull request that leaves the content alone: `muniment retire {number}`",
        zh="请在不改动内容的合并请求中废止：`muniment retire {number}`",
    ),
)
