"""An invisible character in the text

Characters without width and characters that turn the direction of reading come along with pasted text. A line may then
read otherwise than it says: a limit of 100 looks like 001, an approver agrees to what is not there.

**To mend it** delete the place and type it again by hand; pasting brings the character back.
---
正文中有不可见字符

零宽字符、改变文字方向的字符常随粘贴进来。于是显示的与实际写的不一样：限值 100 看起来像 001，审批人同意的并不是文中写的。

**怎么改**：删掉提示的位置，用键盘重新输入；再次粘贴会把它又带回来。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.slips import INVISIBLE_CHARACTER, code_point, line_column

RULE = Rule(
    code="DOC009",
    name="hidden-character",
    clauses=("R4.2.1",),
    message=Text(
        en="the text holds the invisible character `{character}`",
        zh="正文中有不可见字符 `{character}`",
    ),
    help=Text(
        en="delete it and type the words around it again",
        zh="删掉它，并重新输入前后的文字",
    ),
)

# A mark at the very start says "UTF-8" and hides nothing; the joiner makes one picture of several.
_HARMLESS = "\ufeff"
_JOINER = "\u200d"


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        text = record.body or ""
        start = 1 if text.startswith(_HARMLESS) else 0
        for found in INVISIBLE_CHARACTER.finditer(text, start):
            if found[0] == _JOINER and not (text[found.start() - 1 : found.start()]).isalnum():
                continue
            line, column = line_column(text, found.start())
            place = Place(f"{record.folder}/{record.number}.md", line=line, column=column)
            yield RULE.at(place, number=record.number, character=code_point(found[0]))
            break
