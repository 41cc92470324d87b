"""Evidence that has changed

The act lists its evidence with a digest, so that a scan cannot be exchanged afterwards. This file is another than
the one that was there when the act was made.

**To mend it** bring the first file back from history. If the first scan was the wrong one, leave it and its act as they are
and act again with the right one.
---
证明文件被换过

审批文件登记了证明文件的校验值，事后不能调换。现有文件不是办理时的那一个。

**怎么改**：从历史记录中恢复原来的文件。如果当初扫描错了，原文件和那次审批保持不动，带上正确的文件重新办理一次。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR010",
    name="evidence-file-differs",
    clauses=("R2.1.3", "R2.3.3"),
    message=Text(
        en="evidence `{file}` is not the file that act `{act}` lists",
        zh="证明文件 `{file}` 与 `{act}` 登记的不是同一个文件",
    ),
    help=Text(
        en="bring back the file that was listed; this one has the digest {found}",
        zh="请恢复当时登记的文件；现有文件的校验值是 {found}",
    ),
)
