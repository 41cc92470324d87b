"""A quote is not closed

A text that begins with a quotation mark ends with the same one. Without it YAML takes the next lines for a part of the
text, up to the next quotation mark in the file.

**To mend it** put the second mark where the text ends. A mark within the text is written twice, or the text
is put in the other kind of quotes.
---
引号没有成对

以引号开头的文字必须以同样的引号结束。漏了后一个，YAML 会把后面的行都当成这段文字，直到文件里下一个引号为止。

**怎么改**：在文字结束处补上引号。文字里面本身有引号时，改用另一种引号括起来。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML022",
    name="unclosed-quote",
    clauses=("R4.2.1",),
    message=Text(en="quote `{quote}` is opened here and not closed", zh="引号 `{quote}` 在此开始，没有结束"),
    help=Text(en="put the closing `{quote}` at the end of the text", zh="在文字末尾补上 `{quote}`"),
)
