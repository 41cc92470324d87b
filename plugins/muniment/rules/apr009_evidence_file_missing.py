"""Evidence that an act needs is not there

The client does not work in this registry. That he signed or confirmed is shown by the scan of the signed paper, which lies
beside the act under the same name and is listed in it with its digest.

**To mend it** scan the signed page and act again with the file. A scan that lies elsewhere (in `files/`, on a drive) does not count,
because nobody could see when it came.
---
缺少审批所需的证明文件

客户不在本登记库里操作。客户签署或确认过，要靠签字件的扫描件来证明：扫描件与审批文件放在一起、同名，并在其中登记校验值。

**怎么改**：扫描签字页，带上文件重新办理。放在别处的扫描件（`files/` 或网盘里）不算，因为看不出是什么时候放进去的。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR009",
    name="evidence-file-missing",
    clauses=("R2.1.3", "R2.3.3"),
    message=Text(
        en="act `{act}` brings no evidence `{file}`",
        zh="`{act}` 没有附上证明文件 `{file}`",
    ),
    help=Text(
        en="put the signed scan beside the act: `muniment act {number} STAGE --evidence FILE` copies and lists it",
        zh="请把签字扫描件与审批文件放在一起：`muniment act {number} 环节 --evidence 文件` 会复制并登记",
    ),
)
