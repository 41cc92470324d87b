"""Lines end as on Windows

Windows ends a line with two characters, all other systems and our own commands with one (LF). Mixed line ends make
Git show whole files as changed, so that reviewers overlook what really changed.

**To mend it** choose LF in the editor (it is often shown at the lower edge) and save the file.
---
行尾是 Windows 格式

Windows 用两个字符换行，其他系统和本程序用一个（LF）。混用会使 Git 把整个文件显示为已修改，审核时容易漏看真正的改动。

**怎么改**：在编辑器里把换行符改为 LF（通常在窗口底部），再保存。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML007",
    name="crlf-line-end",
    clauses=("R4.2.1",),
    message=Text(en="lines end in CRLF ({count} lines)", zh="行尾是 CRLF（{count} 行）"),
    help=Text(en="set the editor's line ends to LF and save", zh="把编辑器的换行符设为 LF 后保存"),
    severity="warning",
)
