"""A mark of state secrets

绝密, 机密 and 秘密 as a mark belong to the law on state secrets. Matter under that law may not be kept in an ordinary
repository, and a company's own secrets may not bear these marks. The word 商业秘密 in a sentence is an ordinary word and not meant here.

**To mend it** if the matter really is a state secret: do not commit it, do not send it on, tell the secrecy officer. What was
committed stays in history and in every clone; the officer decides what has to be done. If the mark was only meant to say that
it is confidential, take it out and set `confidentiality.level`.
---
带有国家秘密的标志

“绝密”“机密”“秘密”作为密级标志，属于国家秘密的法定标志。国家秘密不得存放在普通的代码仓库中，企业自己的商业秘密也不得使用这些
标志。正文里作为普通词语的“商业秘密”不受影响。

**怎么改**：如果确属国家秘密，不要提交，不要转发，立即告知保密管理员。已经提交的内容会留在历史记录和每一份克隆里，由保密管理员
决定如何处理。如果只是想说明需要保密，去掉标志，改填 `confidentiality.level`。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.slips import line_column

RULE = Rule(
    code="SEC001",
    name="state-secret-mark",
    clauses=("R5.1", "R5.2.4"),
    message=Text(
        en="`{mark}` is a mark of state secrets",
        zh="`{mark}` 是国家秘密的标志",
    ),
    help=Text(
        en="such matter does not belong here: stop, tell the secrecy officer; own secrets are `confidential` or `core`",
        zh="此类内容不得存入本系统：请停止操作并告知保密管理员；企业商业秘密请用 `confidential` 或 `core`",
    ),
)

_WORD = "(?P<mark>绝密|机密|秘密)"
# A mark stands alone on its line, before a star or a term (机密★10年), in brackets, or after 密级.
_MARK = re.compile(
    rf"^[ \t\u3000#*]*{_WORD}[ \t\u3000*]*$"
    rf"|{_WORD.replace('mark', 'starred')}[ \t\u3000]*[★☆]"
    rf"|[【\[〔(（]{_WORD.replace('mark', 'bracketed')}[】\]〕)）]"
    rf"|密[ \t\u3000]*级[ \t\u3000]*[：:][ \t\u3000*]*{_WORD.replace('mark', 'level')}",
    re.MULTILINE,
)


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        for pointer, text in _texts(record.data, ()):
            found = _MARK.search(text)
            if found:
                yield RULE.at(
                    Place(record.path, pointer), number=record.number, mark=found[found.lastgroup or 0]
                )
        found = _MARK.search(record.body or "")
        if found:
            line, column = line_column(record.body or "", found.start(found.lastgroup or 0))
            place = Place(f"{record.folder}/{record.number}.md", line=line, column=column)
            yield RULE.at(place, number=record.number, mark=found[found.lastgroup or 0])


def _texts(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*pointer, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*pointer, index))
