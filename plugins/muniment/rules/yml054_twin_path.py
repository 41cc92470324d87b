"""A path can be taken for another

Two paths that differ only in capitals, or in how an accent is stored, are one file on some computers and two on others: a
clone there loses one. A letter of another script, such as a Cyrillic К for a Latin K, makes a number that looks right and
is not found.

**To mend it** rename the file or folder with letters typed on the ordinary keyboard.
---
路径容易与另一个混淆

只有大小写不同，或只是重音符号存储方式不同的两个路径，在有的电脑上是一个文件，在有的电脑上是两个，克隆时会丢掉一个。
用了别种文字的字母（例如用西里尔字母 К 代替拉丁字母 K），编号看着没错，却查不到。

**怎么改**：用普通键盘重新输入名称。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML054",
    name="twin-path",
    clauses=("R4.2.1",),
    message=Text(en="`{path}` could be taken for `{other}`", zh="`{path}` 易与 `{other}` 混淆"),
    help=Text(en="rename it, or delete the one that is not meant", zh="改名，或删去不需要的那个"),
)
