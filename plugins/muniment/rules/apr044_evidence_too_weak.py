"""Evidence below what the chain asks for

The policy `review` says under `evidence` how well an approval must be proven: `declared` (the name on the commit), `forge`
(made in the forge's web pages and signed by it) or `signed` (with the person's own key).

**To mend it** set up a key once, then act again. Where nobody is to need a key, the policy can ask for less; that is
for a leader to decide.
---
证据等级低于审批链的要求

制度 `review` 的 `evidence` 规定了审批要证明到什么程度：`declared`（仅提交上的署名）、`forge`（在代码平台网页上办理并由平台签名）、
`signed`（本人密钥签名）。

**怎么改**：先设置一次密钥，然后重新办理。如果不打算要求每个人都有密钥，可以降低制度的要求，由领导决定。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="APR044",
    name="evidence-too-weak",
    clauses=("R4.2.2",),
    message=Text(
        en="act `{act}` in commit {commit} is only `{level}`, its chain asks for `{needed}`",
        zh="`{act}`（提交 {commit}）的证据等级是 `{level}`，该审批链要求 `{needed}`",
    ),
    help=Text(
        en="sign and act again: `muniment keys` sets up signing",
        zh="请签名后重新办理：`muniment keys` 可设置签名",
    ),
)
