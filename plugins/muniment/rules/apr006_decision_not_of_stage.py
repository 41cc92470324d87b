"""A decision that the stage does not take

A stage of review is decided: approved, rejected or withdrawn. A stage at which something happens (signature,
handing out, return, confirmation) is done or it is not. `imported` is only for what was decided before the registry began.

**To mend it** act again with the right word: `muniment approve` and `muniment reject` for decisions, `muniment act` for
what happened.
---
结论不适用于该环节

审核环节的结论是同意、不同意或撤回；签署、借出、归还、客户确认这类“办理”环节，只有已办理一种。`imported`
只用于登记库启用之前已经审批过的内容。

**怎么改**：用正确的命令重新办理：审核用 `muniment approve` 或 `muniment reject`，办理用 `muniment act`。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR006",
    name="decision-not-of-stage",
    clauses=("R4.2.2",),
    message=Text(
        en="decision `{value}` does not fit the stage of act `{act}`",
        zh="`{act}` 的结论 `{value}` 不适用于该环节",
    ),
    help=Text(
        en="this stage takes: {allowed}",
        zh="该环节可用的结论：{allowed}",
    ),
)
