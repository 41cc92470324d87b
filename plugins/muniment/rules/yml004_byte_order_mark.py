"""A file begins with a byte order mark

Some Windows programs put three unseen bytes before UTF-8 text. They belong to no field, spoil comparisons and make the
same facts give different digests, so records are written without them.

**To mend it** choose *UTF-8* rather than *UTF-8 with BOM* when you save.
---
文件开头有字节顺序标记

有些 Windows 程序会在 UTF-8 文本前加三个看不见的字节。它们不属于任何字段，却会影响比较，使同样的事实算出不同的摘要，
所以记录一律不带 BOM。

**怎么改**：保存时选择 *UTF-8*，不要选“带 BOM 的 UTF-8”。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML004",
    name="byte-order-mark",
    clauses=("R4.2.1",),
    message=Text(en="file begins with a byte order mark (BOM)", zh="文件以字节顺序标记（BOM）开头"),
    help=Text(en="save it as UTF-8 without BOM", zh="请另存为“UTF-8（无 BOM）”"),
)
