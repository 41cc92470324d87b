"""A character has a meaning of its own here

Some signs mean something to YAML when a value begins with them: `@`, `%`, `*`, `&`, `!`, `|`, `>` and the grave accent;
a bracket without its partner has no place either.

**To mend it** put the value in quotes when the sign belongs to it, else delete the sign.
---
这里的字符有特殊含义

有些符号放在值的开头，对 YAML 有特殊含义：`@`、`%`、`*`、`&`、`!`、`|`、`>` 和反引号；单独一个括号也没有归属。

**怎么改**：如果符号属于文字本身，就给整个值加引号；否则删掉。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML030",
    name="unexpected-character",
    clauses=("R4.2.1",),
    message=Text(en="character `{character}` cannot stand here", zh="字符 `{character}` 不能出现在这里"),
    help=Text(en="put the value in quotes, or delete the character", zh="给整个值加引号，或删去这个字符"),
)
