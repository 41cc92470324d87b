"""A kind that does not belong to its class

The regulation sorts documents into four classes, each with its kinds: a test report is a project document, a manual a technical
one. Class and kind decide how long a document is kept, which headings it needs and where its paper copy stands. The policy
`documents` lists the kinds.

**To mend it** choose one of the kinds that the help names. If the kind is right and the class wrong, the number is wrong, too,
because it begins with the class: `muniment renumber` moves a new record. A further kind is added to the policy first.
---
种类不属于所在类别

制度把文档分为四类，每类有各自的种类：测试文档属于项目文档，操作手册属于技术文档。类别和种类决定保管期限、必备标题和纸质件的
存放位置。可用的种类列在制度 `documents` 中。

**怎么改**：从提示列出的种类中选一个。如果种类没错、类别错了，那么编号也错了，因为编号以类别开头：新记录可用 `muniment renumber`
移动。确需新的种类，先修改制度。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text

RULE = Rule(
    code="DOC001",
    name="kind-of-another-class",
    clauses=("R4.1.1",),
    message=Text(
        en="`{kind}` is not a kind of class {letters}",
        zh="`{kind}` 不是 {letters} 类的种类",
    ),
    help=Text(
        en="{hint}class {letters} has: {known}",
        zh="{hint}{letters} 类的种类：{known}",
    ),
)

_NEAR = Text("did you mean {near}? ", "是否指 {near}？")
_ELSEWHERE = Text("it is a kind of class {owner}; ", "它是 {owner} 类的种类；")
_NO_HINT = Text("", "")


def check(facts: Facts) -> Iterator[Finding]:
    kinds: Mapping[str, Sequence[str]] = facts.policy.value("documents", "kinds", default={})
    for record in facts.corpus:
        letters, kind = record.data.get("class"), record.data.get("kind")
        known = kinds.get(str(letters))
        if record.type.group != "documents" or known is None or not isinstance(kind, str) or kind in known:
            continue
        yield RULE.at(
            Place(record.path, ("kind",)),
            number=record.number,
            kind=kind,
            letters=letters,
            known=", ".join(known),
            hint=_hint(kind, kinds, known),
        )


def _hint(kind: str, kinds: Mapping[str, Sequence[str]], known: Sequence[str]) -> Text:
    owner = next((letters for letters, entries in kinds.items() if kind in entries), None)
    near = get_close_matches(kind, known, n=1, cutoff=0.6)
    if owner:
        return _filled(_ELSEWHERE, owner=owner)
    return _filled(_NEAR, near=near[0]) if near else _NO_HINT


def _filled(text: Text, **params: str) -> Text:
    return Text(text.render("en", params), text.render("zh", params))
