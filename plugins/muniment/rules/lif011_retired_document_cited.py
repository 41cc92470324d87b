"""A retired document is cited without its successor

A document in force that points to a retired one sends its readers to what no longer holds. It may name the retired one for
the record, when it names the successor, too. The document that replaces it lists it under `supersedes` and needs nothing more.

**To mend it** add the successor that the help names to `references`, or put it in the place of the retired one. If nothing took its place,
take the reference out and look whether the text still needs it. That is a change of content: revise, then review.
---
引用了已废止的文件，未写明替代文件

现行文件指向已废止的文件，会把读者引到不再有效的内容上。可以保留对旧文件的引用，但要同时写明替代文件。替代它的文件在
`supersedes` 中列出即可，不必另写。

**怎么改**：把提示中的替代文件加入 `references`，或者用它替换旧文件。没有替代文件的，删除引用，并看看正文是否还需要它。
这属于内容变更，要升版并重新审批。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.lifecycle import ENDED
from muniment.records import Record

RULE = Rule(
    code="LIF011",
    name="retired-document-cited",
    clauses=("R4.4.3",),
    message=Text(
        en="`{target}` is retired, and no successor is named beside it",
        zh="`{target}` 已废止，引用中没有写明替代文件",
    ),
    help=Text(
        en="name {successor} in `references`, too",
        zh="请在 `references` 中同时写上 {successor}",
    ),
)

_REMOVE = Text("nothing replaces it: take it out of `references`", "它没有替代文件：请从 `references` 中删除")
_NOT_IN_FORCE = (*ENDED, "draft", "in_review")


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        named = record.data.get("references") or ()
        if not named or record.type.group != "documents" or facts.state(record.number) in _NOT_IN_FORCE:
            continue
        said = {*named, *(record.data.get("supersedes") or ()), record.number}
        for index, target in enumerate(named):
            if facts.state(target) != "retired" or target in (record.data.get("supersedes") or ()):
                continue
            successors = _successors(facts, facts.corpus.records[target])
            if said.isdisjoint(successors):
                yield RULE.at(
                    Place(record.path, ("references", index)),
                    number=record.number,
                    help=None if successors else _REMOVE,
                    target=target,
                    successor=", ".join(successors),
                )


def _successors(facts: Facts, record: Record) -> tuple[str, ...]:
    """What the request for retirement names, and what says that it supersedes the record."""
    found = [
        str(act.data["details"]["successor"])
        for act in record.acts
        if act.chain == "retirement" and (act.data.get("details") or {}).get("successor")
    ]
    replacing = [
        reference.source.number
        for reference in facts.referrers.get(record.number, ())
        if reference.pointer[:1] == ("supersedes",)
    ]
    return tuple(dict.fromkeys((*found, *replacing)))
