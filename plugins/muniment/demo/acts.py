"""Act files of the demonstration: the story says who decided what, the rest follows from the record."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from muniment import edit
from muniment.approvals import READ, READING
from muniment.demo import states
from muniment.demo.states import Files
from muniment.demo.story import Act, StoryError
from muniment.policy import Policy, Stage

# What the signature means, as 21 CFR 11.50 wants it said; by stage, or by chain and stage.
MEANINGS = {
    "department": "初审通过",
    "technical": "专业审核通过",
    "quality": "质量审核通过",
    "legal": "法务审核通过",
    "leader": "批准",
    "retirement/request": "申请废止",
    "retirement/leader": "批准废止",
    "contract/leader": "批准签订合同",
    "disposal/appraisal": "鉴定完毕，同意销毁",
    "disposal/department": "同意销毁",
    "disposal/leader": "批准销毁",
    "loan/department": "同意借阅",
    "signature": "合同已签署",
    "client": "客户已确认",
    "issue": "文档已借出",
    "return": "文档已归还",
    "destruction": "已监督销毁",
    "superior": "同意离职",
    "interview": "离职面谈已完成",
    "formalities": "离职手续已办结",
    "secrecy": "保密审查通过",
    "personnel": "人事审核通过",
    "void": "编号作废",
    "read": "已阅读并理解",
    "reaffirmation": "复审确认继续适用",
}


def made(act: Act, held: Files, policy: Policy, chains: Mapping[str, str | None], evidence: Files) -> Files:
    """The files that the act adds to the folder that holds `held`; `chains` are those of the record types."""
    facts = states.facts(held[f"{act.record}.yaml"], f"{act.record}.yaml")
    revision = facts.get("revision", 1)
    is_reading = act.stage == READ.name
    chain = act.chain or (READING if is_reading else chains.get(facts["type"])) or ""
    stage = READ if is_reading else _stage(act, chain, policy)
    decision = act.decision or ("imported" if act.source else "done" if stage.event else "approved")
    stem = f"{revision}-{f'read-{act.by}' if is_reading else f'{_next_n(held, revision)}-{act.stage}'}"
    brought = _brought(act, stem, evidence)
    fields = {
        "record": act.record,
        "revision": revision,
        "chain": chain,
        "stage": act.stage,
        "decision": decision,
        "by": act.by,
        "date": act.date,
        "content": states.digest(held),
        "meaning": act.meaning or _meaning(act, chain, policy),
        "comment": act.comment,
        "details": act.details,
        "evidence": [
            {"file": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in brought.items()
        ],
        "source": act.source,
    }
    text = edit.dump({name: value for name, value in fields.items() if value not in ("", [], {})})
    return {f"acts/{stem}.yaml": text.encode(), **{f"acts/{name}": data for name, data in brought.items()}}


def _stage(act: Act, chain: str, policy: Policy) -> Stage:
    stages = {stage.name: stage for stage in policy.chains.get(chain, ())}
    if act.stage not in stages:
        raise StoryError(f"{act.record}: chain {chain or '(none)'} has {[*stages]}, not {act.stage}")
    return stages[act.stage]


def _next_n(held: Files, revision: int) -> int:
    start = f"acts/{revision}-"
    taken = (path.removeprefix(start).partition("-")[0] for path in held if path.startswith(start))
    return max((int(n) for n in taken if n.isdecimal()), default=0) + 1


def _brought(act: Act, stem: str, evidence: Files) -> Files:
    brought: dict[str, bytes] = {}
    for path in act.evidence:
        name = stem + PurePosixPath(path).suffix
        if path not in evidence or name in brought:
            raise StoryError(f"evidence/{path} is not there, or a second file of its kind")
        brought[name] = evidence[path]
    return brought


def _meaning(act: Act, chain: str, policy: Policy) -> str:
    label = policy.value("review", "labels", "stages", act.stage, "zh", default=act.stage)
    if act.decision == "rejected":
        return f"{label}未通过"
    if act.decision == "withdrawn":
        return f"撤回{label}"
    return MEANINGS.get(f"{chain}/{act.stage}") or MEANINGS.get(act.stage) or f"{label}通过"
