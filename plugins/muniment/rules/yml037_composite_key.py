"""A field's name is not a word

A field is named by a word. Brackets or a question mark in front of the colon make YAML take a whole list for the name.
Braces written twice, as in templates, do the same.

**To mend it** write a plain name. A value that begins with a brace stands in quotes.
---
字段名不是一个词

字段名应当是一个词。冒号前出现括号或问号，YAML 会把整个列表当成名称；模板里常见的双重花括号也是如此。

**怎么改**：写普通的名称。以花括号开头的值要加引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML037",
    name="composite-key",
    clauses=("R4.2.1",),
    message=Text(en="list or group of fields stands as a field's name", zh="列表或一组字段被用作字段名"),
    help=Text(
        en="a field's name is one word; remove the brackets or the `?` around it",
        zh="字段名只能是一个词；去掉括号或 `?`",
    ),
)
