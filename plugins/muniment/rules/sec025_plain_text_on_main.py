"""Plain text of something classified in the history of main

A commit that main has holds in plain text what was classified at that time. Every clone has it, and no later commit takes it out: encrypting
the record today protects only what is written from now on. The check of the pull request would have stopped it (SEC011); it was
merged all the same.

**To mend it** treat it as a leak: tell the secrecy officer, and change what can still be changed (a password, a price, a plan). Encrypt the record
if it is not. If the registry is young and few have cloned it, the history can be written anew from there on; that ends every seal and every
signature after it.
---
main 的历史中有涉密明文

main 上的某次提交以明文存放了当时已定密的内容。每一份克隆都有它，后来的提交去不掉：现在再加密，只能保护今后写入的内容。合并请求的
检查本应拦下（SEC011），但它还是被合并了。

**怎么改**：按泄密处理：报告保密管理员，还能更换的内容（口令、报价、方案）尽快更换；记录尚未加密的，立即加密。登记库刚建立、克隆很少时，可以从
该处起重写历史，但其后的封印和签名全部失效。
"""

from __future__ import annotations

from muniment.findings import Rule, Text

RULE = Rule(
    code="SEC025",
    name="plain-text-on-main",
    clauses=("R5.2.4",),
    message=Text(
        en="main holds `{path}` in plain text since commit {commit}",
        zh="main 自提交 {commit} 起存有 `{path}` 的明文",
    ),
    help=Text(
        en="treat it as a leak and tell the secrecy officer; no later commit takes it out",
        zh="请按泄密处理并报告保密管理员；后来的提交去不掉它",
    ),
)
