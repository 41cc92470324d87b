"""An encrypted file that cannot be one

A file that ends in `.age` is not a whole file of age: it was cut off, converted by a program, or is plain text that was only renamed.
Nobody can read it, or everybody can.

**To mend it** bring back the file from the last good commit. Plain text that was renamed: give it its old name and run `muniment encrypt`.
---
加密文件不完整

以 `.age` 结尾的文件不是完整的 age 加密文件：被截断、被程序转换过，或者只是把明文改了名。要么谁也读不了，要么谁都能读。

**怎么改**：从上一次正确的提交恢复该文件。若只是明文改了名，改回原名，再运行 `muniment encrypt`。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import age
from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="SEC014",
    name="broken-ciphertext",
    clauses=("R5.2.4",),
    message=Text(
        en="`{path}` is no whole file of age",
        zh="`{path}` 不是完整的 age 加密文件",
    ),
    help=Text(
        en="bring it back from Git, or encrypt the plain text: muniment encrypt {number}",
        zh="请从 Git 恢复，或用明文重新加密：muniment encrypt {number}",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        for path in record.ciphers:
            if not age.is_whole(record.tree.read(path)):
                yield RULE.at(Place(path), number=record.number, path=path[len(record.folder) + 1 :])
