"""A published document without text

A document in force must be there to be read: as text in the `.md` file of the same name, or as a file in `files/`. A title
and a place on a shelf do not replace it; the regulation wants an electronic copy beside every paper.

A form needs no text besides: a needs survey or a contract whose fields are filled in says there all that it has to say.

**To mend it** add the text or the scan. That is a change of content, so the record gets its next revision and is reviewed again.
---
已发布的文件没有内容

现行有效的文件必须有内容可读：写在同名的 `.md` 文件里，或者放在 `files/` 里。只有标题和架号不行，制度要求电子件与纸质件并存。

表单不必另写正文：调研表、合同这类有专用字段的，填好的字段就是内容。

**怎么改**：补上正文或扫描件。这属于内容变更，要升版并重新审批。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment.facts import Facts
from muniment.findings import Finding, Place, Rule, Text
from muniment.schemas import RecordType

RULE = Rule(
    code="DOC002",
    name="document-without-text",
    clauses=("R4.2.1", "R4.3.1"),
    message=Text(
        en="document `{number}` is {state} and has neither text nor file",
        zh="文件 `{number}` {state}，却既没有正文也没有附件",
    ),
    help=Text(
        en="write {number}.md beside it, or attach the file: `muniment attach {number} FILE`",
        zh="请在旁边编写 {number}.md，或者附上文件：`muniment attach {number} 文件`",
    ),
)

# Fields that say which kind of document this is, and nothing of what it says.
_LABELS = ("class", "kind")
_NOT_YET = ("draft", "in_review", "retired", "disposed", "void")


def check(facts: Facts) -> Iterator[Finding]:
    for record in facts.corpus:
        if record.type.group != "documents" or record.type.chain is None:
            continue
        has_text = (record.body or "").strip() or record.attachments or record.encrypted
        if not has_text and not _is_form(record.type) and facts.state(record.number) not in _NOT_YET:
            state = facts.state_title(record)
            yield RULE.at(Place(record.path, ("title",)), number=record.number, state=state)


def _is_form(kind: RecordType) -> bool:
    """Whether a type asks for content in fields of its own."""
    return any(each.required and not each.envelope and each.name not in _LABELS for each in kind.fields)
