"""The text holds an invisible character

Characters without width or that turn the direction of reading come along when text is copied from chats and web pages.
Two names can then look alike and differ, or a line can read otherwise than it says: a way to smuggle something past
a reviewer. The ordinary full-width space is allowed.

**To mend it** delete the place given and type it again by hand; pasting once more brings the character back.
---
文字中有不可见字符

从聊天软件、网页复制文字时，常带入零宽字符或改变文字方向的字符。于是两个名称看着一样却不相同，或者一行字显示的与
实际的不同，审核的人会被瞒过。普通的全角空格不受限制。

**怎么改**：删掉提示的位置，用键盘重新输入；再次粘贴会把它又带回来。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML006",
    name="invisible-character",
    clauses=("R4.2.1",),
    message=Text(en="invisible character `{character}` in the text", zh="文字中有不可见字符 `{character}`"),
    help=Text(en="delete it and type the words around it again", zh="删掉它，并重新输入前后的文字"),
)
