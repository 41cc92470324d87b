"""The text holds a control character

Control characters (a NUL, a bell, a line end of old systems) come from terminals, databases or damaged files. They
cannot be seen, and programs treat them differently: some stop reading there.

**To mend it** delete the character at the line and column given. When it stands for a line break in a long text, use
a new line; a text of several lines begins with `|`.
---
文字中有控制字符

控制字符（空字符、响铃、旧系统的换行符等）来自终端、数据库或损坏的文件。它们看不见，各程序处理方式不同，
有的读到那里就停。

**怎么改**：到提示的行、列把它删掉。如果它代表长文字里的换行，就真正另起一行；多行文字以 `|` 开头。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML005",
    name="control-character",
    clauses=("R4.2.1",),
    message=Text(en="control character `{character}` in the text", zh="文字中有控制字符 `{character}`"),
    help=Text(
        en="delete the character, or write a line break as a new line", zh="删掉这个字符；需要换行就另起一行"
    ),
)
