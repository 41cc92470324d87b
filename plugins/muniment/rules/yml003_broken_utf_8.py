"""A byte cannot be read as UTF-8

The file is UTF-8 on the whole, but some bytes are no character: it was cut off in transfer, stuck together from two
files, or edited by a program that does not know UTF-8.

**To mend it** go to the line and column, delete the odd sign there (often shown as �) and type the right one. Where
much is lost, restore the file from the last commit in which it was sound.
---
有字节不是 UTF-8

文件总体上是 UTF-8，但个别字节不构成字符：可能是传输中断、两个文件拼接，或被不支持 UTF-8 的程序改过。

**怎么改**：到提示的行、列，删掉异常符号（常显示为 �），重新输入正确的字。损坏较多时，从上一次正确的提交恢复文件。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML003",
    name="broken-utf-8",
    clauses=("R4.2.1",),
    message=Text(
        en="byte `{byte}` at offset {offset} is not UTF-8", zh="第 {offset} 字节处的 `{byte}` 不是 UTF-8"
    ),
    help=Text(
        en="type the character on this line again, or take the file from its last sound commit",
        zh="重新输入这一行的该字符，或从上一次正确的提交取回文件",
    ),
)
