"""Words: what people call stages, roles, states and levels, in the words of the company's own policy where it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from muniment import audience, i18n, lifecycle
from muniment.facts import Facts
from muniment.findings import Lang, Text
from muniment.recall import recalled
from muniment.records import Record
from muniment.schemas import RecordType

_STAFF = Text("a member of staff", "本公司人员")

LEVELS: Mapping[str, Text] = {
    "public": Text("public", "公开"),
    "internal": Text("internal", "内部"),
    "confidential": Text("confidential", "普通商密"),
    "core": Text("core", "核心商密"),
}
GROUPS: Mapping[str, Text] = {
    "documents": Text("Documents", "受控文件"),
    "projects": Text("Projects and service", "项目与服务"),
    "organization": Text("Organization", "组织"),
    "people": Text("People", "人员管理"),
    "archive": Text("Archive", "档案"),
    "secrecy": Text("Confidentiality", "保密"),
    "policy": Text("Policies", "制度"),
}
DECISIONS: Mapping[str, Text] = {
    "approved": Text("approved", "同意"),
    "rejected": Text("rejected", "退回"),
    "withdrawn": Text("withdrawn", "撤回"),
    "done": Text("done", "已办理"),
    "imported": Text("imported", "导入"),
}
EVIDENCE: Mapping[str, Text] = {
    "signed": Text("signed", "已签名"),
    "forge": Text("by the forge", "平台担保"),
    "declared": Text("declared", "仅声明"),
    "imported": Text("imported", "导入"),
    "given": Text("from the first commit", "首次提交带入"),
    "unproven": Text("not in the history", "历史中没有"),
}
# What each level is, and what it is worth (trust.md).
EVIDENCE_MEANS: Mapping[str, tuple[Text, Text]] = {
    "signed": (
        Text(
            "The commit was signed with a key that the staff register holds for that person.",
            "提交由人员档案中登记在本人名下的密钥签名。",
        ),
        Text("As much as that person's care for the key.", "与本人保管密钥的谨慎程度相当。"),
    ),
    "forge": (
        Text(
            "The commit was made in the forge's web editor and signed with the forge's registered key; its author is that "
            "person's address.",
            "提交在代码平台网页上完成，由已登记的平台密钥签名，作者为本人的邮箱地址。",
        ),
        Text("As much as the forge and its administrators.", "取决于代码平台及其管理员。"),
    ),
    "declared": (
        Text("Only the author line names the person.", "只有提交的作者一栏写明是谁。"),
        Text("Stops mistakes, not forgers.", "能防疏忽，不能防冒名。"),
    ),
    "imported": (
        Text(
            "Decided before the registry existed, on paper or in an older system; the act names where the proof lies.",
            "登记库建立之前在纸面或旧系统中作出的决定；记录写明凭据在哪里。",
        ),
        Text("As much as that proof, and the import.", "取决于原凭据和导入工作。"),
    ),
    "given": (
        Text(
            "Came with the registry's first commit, which is the root of trust.",
            "随登记库的首次提交带入；首次提交是信任的起点。",
        ),
        Text("As much as those who made the first commit.", "取决于首次提交的人。"),
    ),
}
RULES: Mapping[str, Text] = {
    "YML": Text("Strict YAML and files", "YAML 与文件"),
    "SCH": Text("Fits its type", "符合类型"),
    "NUM": Text("Numbers", "编号"),
    "REF": Text("References", "引用"),
    "DOC": Text("Body, attachments, headings, paper", "正文、附件、标题、纸质件"),
    "LIF": Text("Life-cycle, revisions, deletion", "生命周期、版次、删除"),
    "APR": Text("Approvals and evidence", "审批与证据"),
    "POL": Text("Policy", "制度"),
    "PRJ": Text("Projects and service", "项目与服务"),
    "STF": Text("Staff, training, performance, departure", "人员、培训、绩效、离职"),
    "RET": Text("Retention, holds, disposal", "保管期限、冻结、销毁"),
    "LOA": Text("Loans", "借阅"),
    "SEC": Text("Confidentiality", "保密"),
    "SIT": Text("The built site", "站点"),
    "GIT": Text("Merges, clones, repository", "合并、克隆、仓库"),
}
CHAINS: Mapping[str, Text] = {
    "document": Text("Review", "审核"),
    "retirement": Text("Retirement", "废止"),
    "contract": Text("Contract", "合同审批"),
    "client": Text("Client's confirmation", "客户确认"),
    "plan-confirmed": Text("Review and confirmation", "审核与客户确认"),
    "loan": Text("Loan", "借阅"),
    "plan": Text("Plan", "计划审批"),
    "disposal": Text("Disposal", "鉴定与销毁"),
    "departure": Text("Departure", "离职办理"),
    "grant": Text("Grant", "授权审批"),
    "organization": Text("Approval", "审批"),
    "void": Text("Voiding", "编号作废"),
    "reaffirmation": Text("Periodic review", "定期复审"),
    "reading": Text("Reading", "阅读"),
}


def pick(names: object, lang: Lang, default: str) -> str:
    """The entry of `{zh: …, en: …}` for the language, else the other one."""
    if isinstance(names, Text):
        return names.render(lang)
    if isinstance(names, Mapping):
        return str(names.get(lang) or names.get("en") or names.get("zh") or default)
    return default


@recalled
def _label(facts: Facts, table: str, name: str, lang: Lang) -> str:
    return pick(
        facts.policy.value("review", "labels", table, name), lang, name.replace("-", " ").replace("_", " ")
    )


def stage(facts: Facts, name: str, lang: Lang) -> str:
    return _label(facts, "stages", name, lang)


def role(facts: Facts, name: str, lang: Lang) -> str:
    return _label(facts, "roles", name, lang)


def staff(lang: Lang) -> str:
    """Somebody of the company of whom no more is told."""
    return _STAFF.render(lang)


def detail(facts: Facts, name: str, lang: Lang) -> str:
    return _label(facts, "details", name, lang)


@recalled
def chain(facts: Facts, name: str, lang: Lang) -> str:
    own = facts.policy.value("review", "labels", "chains", name)
    return pick(own or CHAINS.get(name), lang, name)


def state(facts: Facts, record: Record, lang: Lang) -> str:
    return state_name(facts, record.type, facts.state(record.number), lang)


def state_name(facts: Facts, kind: RecordType, name: str, lang: Lang) -> str:
    """The word for a state: the type's own, else the policy's, else ours."""
    for own in kind.states:
        if own.name == name:
            return own.title.render(lang)
    if kind.state_field:
        declared = next((each for each in kind.fields if each.name == kind.state_field), None)
        if declared and name in declared.labels:
            return declared.labels[name].render(lang)
    return any_state(facts, name, lang)


@recalled
def any_state(facts: Facts, name: str, lang: Lang) -> str:
    """The word for a state whatever the type."""
    own = facts.policy.value("review", "labels", "states", name)
    return pick(own or lifecycle.STATES.get(name), lang, name)


def decision(name: str, lang: Lang) -> str:
    return pick(DECISIONS.get(name), lang, name)


def level(name: str, lang: Lang) -> str:
    return pick(LEVELS.get(name), lang, name)


def withheld(facts: Facts, lang: Lang, *types: str) -> str:
    """What stands in place of a list whose records are above the readers; empty where they may know these types."""
    _ = i18n.translator(lang)
    names = audience.withholds(facts, *types)
    if not names and facts.corpus.is_closed(*types):
        return _(
            "These records are encrypted, and no key at hand opens them, so they are neither shown nor counted here."
        )
    if not names:
        return ""
    kind = facts.types[names[0]]
    if audience.is_closed(facts, kind.name):
        return _(
            "Records of the type “{type}” are encrypted, and no key that opens all of them was at hand, so they are neither shown nor "
            "counted here."
        ).format(type=kind.title.render(lang))
    return _(
        "Records of the type “{type}” are of level “{level}”. This site is for readers of level “{audience}”, so they are neither "
        "shown nor counted here."
    ).format(
        type=kind.title.render(lang),
        level=level(facts.usual_level(kind), lang),
        audience=level(facts.audience, lang),
    )


def evidence(name: str, lang: Lang) -> str:
    return pick(EVIDENCE.get(name), lang, name)


def evidence_means(name: str, lang: Lang) -> tuple[str, str]:
    """What a level is, and what it is worth."""
    return pick(EVIDENCE_MEANS[name][0], lang, ""), pick(EVIDENCE_MEANS[name][1], lang, "")


def group(name: str, lang: Lang) -> str:
    return pick(GROUPS.get(name), lang, name)


@recalled
def value(facts: Facts, policy: str, name: str, lang: Lang) -> str | None:
    """What policy calls a value that it lists: `policy` is a pointer such as `documents.kinds`."""
    top, *path = policy.split(".")
    own = facts.policy.value(top, *path, name)
    if isinstance(own, Mapping) and own.keys() & {"zh", "en"}:
        return pick(own, lang, name)
    label: Any = facts.policy.value(top, "labels", name)
    return pick(label, lang, name) if label else None
