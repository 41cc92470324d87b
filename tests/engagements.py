"""One engagement told in full: accepted in the second round after rework, with a late milestone, meetings, money, tickets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256

import memory
from samples import SAMPLES

Files = Mapping[str, str | bytes | None]
NUMBER = "FW20260001"
_SAMPLE = SAMPLES / "PRJ025" / "good"

PROJECT = """\
type: project
number: FW20260001
title: 订单系统升级
created: 2026-01-05
updated: 2026-07-10
client: KH0001
service_type: development
manager: YG0006
stage: after_sales
team:
  - {staff: YG0003, duty: 开发, from: 2026-01-26, to: 2026-07-31}
  - {staff: YG0004, duty: 质量, from: 2026-01-26}
payments:
  - {date: 2026-02-06, amount: 90000, receipt: SJ-2026-0011}
  - {date: 2026-07-20, amount: 150000.50, receipt: SJ-2026-0077}
after_sales: {contact: 周敏, phone: 010-12345680, until: 2027-07-09}
"""
CONTRACT = """\
  - {due: 2026-02-28, amount: 90000, condition: 合同生效}
  - {due: 2026-07-31, amount: 180000, condition: 验收通过}
  - {due: 2027-07-31, amount: 30000, condition: 质保期满}
"""
PLAN = """\
type: implementation-plan
number: XM2026004
revision: 1
title: 订单系统升级实施计划
class: XM
kind: plan
department: BM01
author: YG0006
created: 2026-01-26
updated: 2026-01-26
project: FW20260001
contract: XM2026003
phases:
  - name: 设计
    tasks:
      - {name: 概要设计, responsible: YG0006, start: 2026-02-02, due: 2026-02-27}
      - {name: 设计评审, responsible: YG0004, start: 2026-03-02, due: 2026-03-06, milestone: true}
  - name: 开发
    tasks:
      - {name: 订单模块, responsible: YG0003, start: 2026-03-09, due: 2026-05-29}
      - {name: 批量导入, responsible: YG0003, start: 2026-05-11, due: 2026-06-05, milestone: true}
      - {name: 用户手册, responsible: YG0006, start: 2026-06-01, due: 2026-06-30}
"""
LOG = """\
type: work-log
number: XM2026009
title: 订单系统升级工作日志
class: XM
kind: log
created: 2026-02-02
project: FW20260001
entries:
  - {date: 2026-02-03, by: YG0003, hours: 6, progress: 完成接口梳理。}
  - {date: 2026-02-25, by: YG0006, hours: 7.5, progress: 概要设计定稿。, done: [概要设计]}
  - {date: 2026-03-05, by: YG0004, hours: 3, progress: 设计评审通过。, done: [设计评审]}
  - {date: 2026-05-28, by: YG0003, hours: 8, progress: 订单模块联调完成。, problem: 测试库太小。, solution: 客户扩容。, done: [订单模块]}
  - {date: 2026-07-02, by: YG0003, hours: 8, progress: 支持五万行导入。, problem: 导入时界面没有进度。, done: [批量导入]}
"""
MEETINGS = {
    "HY20260001": """\
type: progress-meeting
number: HY20260001
title: 四月例会
created: 2026-04-10
project: FW20260001
date: 2026-04-10
attendees: [YG0003, YG0006]
progress: 订单模块过半。
problems: 测试库太小。
actions:
  - {what: 请客户扩容测试库, owner: YG0006, due: 2026-04-24, done: 2026-04-22}
  - {what: 整理操作录像, owner: YG0003, due: 2026-08-31}
""",
}
INSPECTIONS = {
    "ZJ20260001": """\
type: quality-inspection
number: ZJ20260001
title: 订单模块检验
created: 2026-06-01
project: FW20260001
object: 订单模块
standard: 测试用例 1–40 全部通过
maker: YG0003
rounds:
  - {date: 2026-06-02, inspector: YG0004, result: failed, defects: [用例 7 不通过, 用例 21 不通过], rework_due: 2026-06-05}
  - {date: 2026-06-08, inspector: YG0004, result: passed}
""",
}


def ticket(number: str, title: str, reported: str, responded: str, solved: str, *lines: str) -> str:
    told = [
        "type: service-ticket",
        f"number: {number}",
        f"title: {title}",
        f"created: {reported[:10]}",
        "project: FW20260001",
        "client: KH0001",
        f"reported_at: {reported}",
        f"problem: {title}。",
        "urgency: high",
        "complexity: simple",
    ]
    if responded:
        told += [f"responded_at: {responded}"]
        told += ["steps:", f"  - {{at: {responded}, by: YG0003, kind: response, text: 已联系客户。}}"]
    if solved:
        told += [f"solved_at: {solved}", "solution: 已修复。"]
    return "\n".join([*told, *lines]) + "\n"


# A working day of the base runs from 9 to 12 and from 13 to 18; high and simple: 2 hours to answer, 8 to solve.
TICKETS = {
    "SH20260001": ticket(
        "SH20260001",
        "报表无法导出",
        "2026-08-03T09:30",
        "2026-08-03T10:00",
        "2026-08-03T15:30",
        "cause: 软件缺陷",
        "client_confirmation: {name: 赵敏, date: 2026-08-04}",
        "satisfaction: 5",
        "closed: 2026-08-04",
    ),
    "SH20260002": ticket(
        "SH20260002",
        "登录缓慢",
        "2026-09-04T16:00",
        "2026-09-04T17:00",
        "2026-09-10T14:00",
        "cause: 通信网络",
        "client_confirmation: {name: 赵敏, date: 2026-09-11}",
        "satisfaction: 2",
        "closed: 2026-09-11",
    ),
    "SH20260003": ticket("SH20260003", "报表缺列", "2026-11-02T09:00", "2026-11-02T14:30", ""),
}


@cache
def files() -> dict[str, str | bytes | None]:
    """Everything that is laid over the base."""
    found: dict[str, str | bytes | None] = {
        file.relative_to(_SAMPLE).as_posix(): file.read_bytes()
        for file in _SAMPLE.rglob("*")
        if file.is_file()
    }
    contract = found["records/documents/XM/2026/XM2026003/XM2026003.yaml"]
    assert isinstance(contract, bytes)
    head, _, rest = contract.decode().partition("payment_terms:\n")
    rest = "".join(line for line in rest.splitlines(keepends=True) if not line.startswith("  -"))
    found[f"records/projects/2026/{NUMBER}/{NUMBER}.yaml"] = PROJECT
    told = {
        "XM2026003": f"{head}payment_terms:\n{CONTRACT}{rest}",
        "XM2026004": PLAN,
        "XM2026009": LOG,
        **MEETINGS,
        **INSPECTIONS,
        **TICKETS,
    }
    found |= {f"{memory.folder(number)}/{number}.yaml": text for number, text in told.items()}
    return found | _signed(found)


def _signed(found: Files) -> dict[str, str | bytes | None]:
    """The acts of contract and plan, over their text as it is told here."""
    tops = {number: f"{memory.folder(number)}/acts/" for number in ("XM2026003", "XM2026004")}
    plain = dict(found)
    new = {
        **memory.acts(
            plain,
            "XM2026003",
            ("legal", "YG0005", "2026-01-20", "chain: contract"),
            ("leader", "YG0001", "2026-01-21", "chain: contract"),
            (
                "signature",
                "YG0006",
                "2026-01-23",
                "chain: contract",
                "decision: done",
                "details: {client_signatory: 赵敏, signed: 2026-01-23}",
                *_evidence(plain, f"{tops['XM2026003']}1-3-signature.txt"),
            ),
        ),
        **memory.acts(
            plain,
            "XM2026004",
            ("department", "YG0002", "2026-01-27", "chain: plan-confirmed"),
            ("technical", "YG0003", "2026-01-28", "chain: plan-confirmed"),
            ("quality", "YG0004", "2026-01-29", "chain: plan-confirmed"),
            (
                "client",
                "YG0006",
                "2026-01-30",
                "chain: plan-confirmed",
                "decision: done",
                "details: {name: 赵敏, position: 信息部经理, date: 2026-01-30}",
                *_evidence(plain, f"{tops['XM2026004']}1-4-client.txt"),
            ),
        ),
    }
    return {f"{memory.folder(path[:9])}{path[9:]}": text for path, text in new.items()}


def _evidence(found: Files, path: str) -> tuple[str, ...]:
    content = found[path]
    assert isinstance(content, bytes)
    return ("evidence:", f"  - {{file: {path.rpartition('/')[2]}, sha256: {sha256(content).hexdigest()}}}")
