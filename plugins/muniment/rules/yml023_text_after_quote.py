"""Text follows a closed quote

A value that begins with a quotation mark is over at the second one. What follows on the line has no place.

**To mend it** put the whole value in one pair of quotes, or take the quotes away. Where the quoted words are part of the
text use Chinese marks “ ” or put single quotes around the whole.
---
引号结束后还有文字

以引号开头的值，到第二个引号就结束了，同一行后面的文字没有归属。

**怎么改**：用一对引号括住整个值，或者去掉引号。如果引号本来就是文字的一部分，改用中文引号“ ”，或在最外面加单引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML023",
    name="text-after-quote",
    clauses=("R4.2.1",),
    message=Text(en="text follows the closing quote `{quote}`", zh="引号 `{quote}` 结束之后还有文字"),
    help=Text(en="put the whole value in one pair of quotes", zh="把整个值放进同一对引号"),
)
