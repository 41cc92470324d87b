"""A score lies outside the scale of the policy

The policy `personnel` sets the lowest and the highest score (`scale`). Scores of training, of the monthly reviews and of the superior at
the end of the year all keep to it; otherwise they cannot be compared.

**To mend it** correct the score. If it was given on another scale, such as 4 out of 5, convert it.
---
分数超出制度规定的范围

制度 `personnel` 的 `scale` 规定最低分和最高分。培训成绩、月度考核评分和年度上级评分都在此范围内，否则无法比较。

**怎么改**：更正分数。按其他分制评的（如五分制），先换算。
"""

from __future__ import annotations

from collections.abc import Iterator

from muniment import appraisal, personnel
from muniment.appraisal import Number
from muniment.facts import Facts
from muniment.findings import Finding, Place, Pointer, Rule, Text
from muniment.records import Record

RULE = Rule(
    code="STF006",
    name="score-outside-scale",
    clauses=("R3.2.4", "R3.3.1"),
    message=Text(
        en="score `{score}` is outside the scale from {least} to {most}",
        zh="分数 `{score}` 不在 {least} 至 {most} 的范围内",
    ),
    help=Text(
        en="enter a score from {least} to {most}",
        zh="请填写 {least} 至 {most} 之间的分数",
    ),
)


def check(facts: Facts) -> Iterator[Finding]:
    types = ("training-session", "self-review", "evaluation", "annual-appraisal")
    for record in personnel.in_use(facts, *types):
        scale = personnel.policy(facts, str(record.data["created"])).get("scale")
        if scale is None:
            continue
        for pointer, score in _scores(record):
            if not scale["min"] <= score <= scale["max"]:
                yield RULE.at(
                    Place(record.path, pointer),
                    number=record.number,
                    score=appraisal.plain(score),
                    least=appraisal.plain(scale["min"]),
                    most=appraisal.plain(scale["max"]),
                )


def _scores(record: Record) -> Iterator[tuple[Pointer, Number]]:
    results = (record.data.get("evaluation") or {}).get("results") or ()
    for index, result in enumerate(results):
        yield ("evaluation", "results", index, "score"), result["score"]
    for name, score in (record.data.get("scores") or {}).items():
        yield ("scores", name), score
    if "superior_score" in record.data:
        yield ("superior_score",), record.data["superior_score"]
