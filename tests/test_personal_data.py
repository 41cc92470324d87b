"""What is personal stays out of a site for the whole company: no page, list, search entry, chart or file tells of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pytest

import memory
from muniment import site
from muniment.pages import DataFile, Page
from muniment.site import Options
from test_people_reports import GRADED, LEAVING, PLAN, SELECTION, TRAINING

CANARY = "金丝雀"
CAREER = f"""type: career-plan
number: PX20260005
title: 职业发展规划{CANARY}
created: 2026-02-02
staff: YG0003
direction: 架构师{CANARY}
goals:
  - {{goal: 取得证书{CANARY}, by: 2027-12-31}}
"""
REVIEW = f"""type: self-review
number: JX20260011
title: 自评{CANARY}
created: 2026-10-30
staff: YG0003
month: 2026-10
summary: 完成{CANARY}
scores: {{performance: 81.25, attitude: 80, teamwork: 80}}
"""
EVALUATION = f"""type: evaluation
number: JX20260012
title: 评价{CANARY}
created: 2026-10-31
staff: YG0003
month: 2026-10
self_review: JX20260011
by: YG0002
scores: {{performance: 81.25, attitude: 80, teamwork: 80}}
total: 80.75
comment: 继续努力{CANARY}
"""
CHECK = f"""type: background-check
number: BJ20260001
title: 背景审查{CANARY}
created: 2026-01-05
staff: YG0003
post: 保密管理员
date: 2026-01-05
by: YG0005
result: passed
notes: 无异常{CANARY}
"""
FILES: dict[str, str | bytes | None] = {
    **TRAINING,
    **GRADED,
    "ZP20260001": PLAN,
    "ZP20260002": SELECTION.replace("何静", f"何静{CANARY}"),
    "PX20260005": CAREER,
    "JX20260011": REVIEW,
    "JX20260012": EVALUATION,
    "LZ20260001": str(LEAVING["LZ20260001"]).replace("个人发展", f"个人发展{CANARY}"),
    "LZ20260002": LEAVING["LZ20260002"],
    "BJ20260001": CHECK,
}
PERSONAL = (
    *("ZP20260002", "PX20260005", "JX20260001", "JX20260002", "JX20260003", "JX20260011", "JX20260012"),
    *("LZ20260001", "BJ20260001"),
)
_SECRET = re.compile("|".join((CANARY, *PERSONAL, r"80\.75", r"81\.25")))


def texts(part: Page | DataFile) -> Iterator[str]:
    """All that a reader gets of one part of the site."""
    if isinstance(part, Page):
        yield from (part.path, part.title, part.body, part.search or "")
        yield from (heading.title for heading in part.toc)
        return
    yield part.path
    if part.path.endswith((".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(part.content)) as packed:
            yield from (packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    else:
        yield part.content.decode("utf-8", "replace")


def told(level: str) -> dict[str, set[str]]:
    """What of the personal data is told, by the part of the site that tells it."""
    found: dict[str, set[str]] = {}
    for part in site.pages(memory.facts(FILES), Options(audience=level)):
        if "rules/" in part.path:
            continue  # they show the samples of the package, whose numbers begin with 1 as well
        hits = {hit for text in texts(part) for hit in _SECRET.findall(text)}
        if hits:
            found[part.path] = hits
    return found


@pytest.mark.parametrize("level", ["public", "internal"])
def test_a_site_for_the_whole_company_has_no_trace_of_what_is_personal(level: str) -> None:
    assert told(level) == {}


def test_a_site_for_those_who_may_know_has_all_of_it() -> None:
    found = {hit for hits in told("confidential").values() for hit in hits}
    assert {CANARY, *PERSONAL, "80.75", "81.25"} <= found


@pytest.mark.parametrize(
    "name",
    [
        "selection",
        "career-plan",
        "self-review",
        "evaluation",
        "annual-appraisal",
        "departure",
        "background-check",
    ],
)
def test_types_with_personal_data_are_confidential_unless_the_policy_says_otherwise(name: str) -> None:
    assert memory.types()[name].level == "confidential"
