"""A reading of other content

A reading names the digest of what was read: facts, text and attachments of that revision. It is not that of the revision in
the folder, so something else was read, or the file was copied from elsewhere.

**To mend it** take the file out of the branch and confirm again with `muniment read NUMBER`, which writes the digest. Where the record
itself was changed without a new revision, bring the approved version back.
---
阅读的内容与该版不同

阅读确认里写着所读内容的校验值，涵盖该版的各项信息、正文和附件。它与文件夹里这一版的校验值不同：读的是别的内容，或者文件是从别处复制的。

**怎么改**：从分支中移除该文件，用 `muniment read 编号` 重新确认，校验值会自动写入。如果是记录本身未升版就改动了，请恢复审批过的版本。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR051",
    name="reading-of-other-content",
    clauses=("R4.2.2", "R4.4.2"),
    message=Text(
        en="`{act}` names other content than this revision holds",
        zh="`{act}` 确认阅读的内容与该版现有内容不同",
    ),
    help=Text(
        en="read and confirm again: `muniment read {number}`",
        zh="请重新阅读并确认：`muniment read {number}`",
    ),
)
