"""An alias stands for a value

`*name` repeats a value that was named elsewhere in the file. A record is read by people, often printed, and by other
programs: what it says has to stand where it says it.

**To mend it** write the value. An asterisk that begins a text stands in quotes.
---
用别名代替了值

`*名字` 表示重复文件中别处命名过的值。记录要给人看、要打印、也要给别的程序读，内容必须写在该写的地方。

**怎么改**：直接写出值。以星号开头的普通文字要加引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML032",
    name="alias",
    clauses=("R4.2.1",),
    message=Text(
        en="alias `*{name}` stands for a value written elsewhere", zh="别名 `*{name}` 代替了写在别处的值"
    ),
    help=Text(
        en="write the value itself here; text that begins with `*` stands in quotes",
        zh="在这里直接写出值；以 `*` 开头的文字要加引号",
    ),
)
