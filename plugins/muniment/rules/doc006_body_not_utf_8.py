"""A text in another encoding

The text was saved in an old encoding, mostly GBK, or some of its bytes are damaged. On another computer it turns into
signs that nobody can read.

**To mend it** open it in the editor with the right encoding, save it as UTF-8 and look at it once more. If there are damaged
places, take them from the original.
---
正文不是 UTF-8 编码

正文是用旧编码（多半是 GBK）保存的，或者有字节损坏。换一台电脑打开就是乱码。

**怎么改**：在编辑器中按正确的编码打开，另存为 UTF-8，再看一遍。有损坏的地方，对照原件补上。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.charsets import foreign_encoding
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="DOC006",
    name="body-not-utf-8",
    clauses=("R4.2.1",),
    message=Text(
        en="the text `{file}` is not UTF-8{encoding}",
        zh="正文 `{file}` 不是 UTF-8 编码{encoding}",
    ),
    help=Text(
        en="save it as UTF-8 in the editor",
        zh="请在编辑器中另存为 UTF-8 编码",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        path = f"{record.folder}/{record.number}.md"
        if path not in record.files:
            continue
        content = record.tree.read(path)
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as problem:
            line = content.count(b"\n", 0, problem.start) + 1
            name = foreign_encoding(content)
            encoding = Text(f"; it looks like {name}", f"，看起来是 {name}") if name else ""
            place = Place(path, line=line, column=1)
            yield RULE.at(place, number=record.number, file=f"{record.number}.md", encoding=encoding)
