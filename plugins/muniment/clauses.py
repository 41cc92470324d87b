"""Clauses of the regulation, in short words of our own: what schemas, rules and reports name when they put one into effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from muniment.findings import Text


@dataclass(frozen=True, slots=True)
class Means:
    """Something beside types, rules and reports that puts a clause into effect: a `page` of the site (from the language's
    root) or a `command` of muniment.
    """

    title: Text
    page: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """`text` says what the regulation wants."""

    text: Text
    means: tuple[Means, ...] = ()


SECTIONS: Mapping[str, Text] = {
    "1": Text("General", "总则"),
    "2": Text("Service process", "服务流程规范"),
    "3": Text("Technical staff", "技术人员管理规范"),
    "4": Text("Technical documents", "技术文档管理规范"),
    "5": Text("Confidentiality", "保密管理规范"),
}

_REGULATION = Means(
    Text("the regulation itself, a controlled document of class GL", "规范本身，属管理文档（GL），受控"),
    page="documents/class/GL/",
)
_AUDIT = Means(Text("audit of the whole history", "全部历史的审计"), page="audit/", command="audit")
_MARKS = Means(Text("the level on every page and list", "每个页面和清单上的密级标识"))
_AUDIENCES = Means(
    Text("a site for each audience, without anything above it", "按读者范围构建站点，不含更高密级的内容"),
    command="build",
)

CLAUSES: Mapping[str, Clause] = {
    "R1.1": Clause(
        Text("One standard for all technical-service work", "所有技术服务工作执行统一标准"), (_REGULATION,)
    ),
    "R1.2": Clause(
        Text(
            "It applies to consulting, development, transfer, training, support and the like",
            "适用于技术咨询、开发、转让、培训、支持等服务",
        )
    ),
    "R1.3": Clause(
        Text(
            "Lawful, customer first, quality first, teamwork, continuous improvement",
            "合法合规、客户至上、质量第一、团队协作、持续改进",
        )
    ),
    "R2.1.1": Clause(
        Text(
            "The client's background, goals and demands are surveyed, and the client signs",
            "调研客户的背景、目标和需求，由客户签字确认",
        )
    ),
    "R2.1.2": Clause(
        Text(
            "Feasibility, economics and time are assessed before accepting or declining",
            "承接前评估技术可行性、经济合理性和时间要求，提出承接或不承接的建议",
        )
    ),
    "R2.1.3": Clause(
        Text(
            "A contract with all clauses, reviewed by the legal department before it is signed",
            "签订条款完备的合同，签署前经法务审核",
        )
    ),
    "R2.2.1": Clause(
        Text(
            "An implementation plan by phase, with milestones and persons in charge, confirmed by the client",
            "制定分阶段的实施计划，明确里程碑和责任人，由客户确认",
        )
    ),
    "R2.2.2": Clause(
        Text("A team with fitting skills in which every duty is assigned", "组建技能匹配、职责明确的项目团队")
    ),
    "R2.2.3": Clause(Text("A work log and regular progress meetings", "填写工作日志，定期召开进度会议")),
    "R2.2.4": Clause(
        Text(
            "Results are inspected against a standard and reworked until they pass",
            "对照标准检验成果，不合格的返工直至合格",
        )
    ),
    "R2.3.1": Clause(
        Text(
            "Acceptance is applied for with results, test reports and evidence",
            "提交验收申请，附成果文件、测试报告和其他证明材料",
        )
    ),
    "R2.3.2": Clause(Text("Client and team prepare for acceptance", "客户与项目团队做好验收准备")),
    "R2.3.3": Clause(
        Text(
            "A group of three sides checks by set methods and states a conclusion",
            "由客户代表、公司专家和质量人员组成验收组，按规定方式验收并作出结论",
        )
    ),
    "R2.3.4": Clause(
        Text(
            "Passed: the client signs and pays; failed: rework and another round",
            "通过的由客户签字并收款；未通过的整改后重新申请验收",
        )
    ),
    "R2.4.1": Clause(
        Text("Free support in the agreed period, with a published contact", "约定期内免费支持，公布联系方式")
    ),
    "R2.4.2": Clause(
        Text(
            "Quick answers; urgency and complexity decide how and by when",
            "快速响应，按紧急程度和复杂程度确定处理方式和时限",
        )
    ),
    "R2.4.3": Clause(
        Text(
            "Problems are solved, experts confer on hard cases, and the client is kept informed",
            "分析并解决问题，疑难问题由专家会商，及时向客户反馈",
        )
    ),
    "R2.4.4": Clause(
        Text(
            "A record for each case, and regular reviews that draw lessons",
            "逐次填写售后服务记录单，定期总结经验",
        )
    ),
    "R3.1.1": Clause(
        Text(
            "A yearly recruitment plan: posts, numbers, requirements",
            "制定年度招聘计划，明确岗位、人数和要求",
        )
    ),
    "R3.1.2": Clause(Text("Several channels of recruitment", "采用多种招聘渠道")),
    "R3.1.3": Clause(
        Text(
            "Résumé, written test, interview and practical test decide who is hired",
            "经简历筛选、笔试、面试和实操确定录用名单",
        )
    ),
    "R3.2.1": Clause(Text("A yearly training plan", "制定年度培训计划")),
    "R3.2.2": Clause(
        Text(
            "Training covers technique, process and rules, and soft skills",
            "培训内容涵盖专业技术、流程制度和通用能力",
        )
    ),
    "R3.2.3": Clause(
        Text(
            "Internal, external and online training by set instructors",
            "采用内部、外部、在线等方式，落实讲师",
        )
    ),
    "R3.2.4": Clause(
        Text("Training is evaluated, and the plan adjusted by it", "评价培训效果，并据此调整计划")
    ),
    "R3.2.5": Clause(
        Text(
            "Careers are planned; certificates are encouraged and rewarded",
            "制定职业发展规划，鼓励并奖励取得证书",
        )
    ),
    "R3.3.1": Clause(
        Text(
            "Performance, attitude and teamwork are measured and weighed",
            "从业绩、态度、协作三方面设定并量化考核指标",
        )
    ),
    "R3.3.2": Clause(
        Text(
            "Each month a self-review, then the superior's evaluation, collected by personnel",
            "每月先自评、再由上级评价，由人事部门汇总",
        )
    ),
    "R3.3.3": Clause(
        Text(
            "The twelve months and the superior's yearly evaluation decide the grade",
            "年度等级由十二个月成绩和上级年度评价决定",
        )
    ),
    "R3.3.4": Clause(
        Text("Results feed pay, promotion and training", "考核结果用于薪酬、晋升和培训，有奖有惩")
    ),
    "R3.4.1": Clause(Text("Who leaves applies in time", "离职须按规定天数提前申请")),
    "R3.4.2": Clause(Text("The head of department talks with who leaves", "部门负责人与离职人员面谈")),
    "R3.4.3": Clause(
        Text(
            "Materials, projects and open tasks are handed over to a successor",
            "资料、项目状态和未完任务移交给接收人",
        )
    ),
    "R3.4.4": Clause(
        Text(
            "Property returned, wages settled, social insurance ended",
            "归还物品、结清工资、停缴社会保险",
        )
    ),
    "R4.1.1": Clause(
        Text(
            "Four classes of documents: project, technical, management, others",
            "文档分为项目、技术、管理、其他四类",
        ),
        (Means(Text("index of documents", "文件索引"), page="documents/"),),
    ),
    "R4.1.2": Clause(
        Text(
            "A number of class, year and running number, without gaps, for ever",
            "编号由类别、年份和流水号组成，连续不断号，终身不变",
        ),
        (Means(Text("next free number", "取下一个编号"), command="new"),),
    ),
    "R4.2.1": Clause(
        Text(
            "Documents are complete, clear, exact and in the set form", "文档完整、清楚、准确，符合规定格式"
        ),
        (Means(Text("the check of every change", "每次变更的检查"), page="rules/", command="check"),),
    ),
    "R4.2.2": Clause(
        Text(
            "First, professional and quality review by different people before publication",
            "初审、专业审核、质量审核依次由不同人员完成后发布归档",
        ),
        (_AUDIT,),
    ),
    "R4.3.1": Clause(
        Text(
            "Electronic and paper copies side by side, backed up and bound by class and year",
            "电子与纸质并存：电子文档定期备份，纸质文档按类别和年份装订",
        )
    ),
    "R4.3.2": Clause(Text("Retention by importance and kind", "按重要程度和种类确定保管期限")),
    "R4.3.3": Clause(
        Text(
            "Borrowing is applied for, approved, returned in time and checked",
            "借阅须申请、批准，按期归还并检查完好情况",
        )
    ),
    "R4.4.1": Clause(Text("Documents are kept up to date", "及时更新文档")),
    "R4.4.2": Clause(
        Text(
            "An update goes through the same review and bears its date",
            "更新后重新履行审核程序，注明更新日期",
        )
    ),
    "R4.4.3": Clause(
        Text(
            "What no longer serves is retired by a leader and marked as such",
            "不再适用的文档经批准废止并作标识，防止误用",
        )
    ),
    "R5.1": Clause(
        Text(
            "Client, technical, business and other information is classified",
            "明确客户、技术、商务和其他信息的保密范围和密级",
        ),
        (_MARKS,),
    ),
    "R5.2.1": Clause(
        Text(
            "Agreements, education and background checks of people with access",
            "签订保密协议，开展保密教育，对涉密岗位进行背景审查",
        )
    ),
    "R5.2.2": Clause(Text("Physical safety of places, devices and media", "场所、设备和介质的物理防护")),
    "R5.2.3": Clause(Text("Network safety and rights of access", "网络防护与访问权限管理")),
    "R5.2.4": Clause(
        Text(
            "Classified documents are marked, encrypted, and read by those who may",
            "涉密文件标明密级、加密存储，限知悉范围内人员查阅",
        ),
        (_MARKS, _AUDIENCES),
    ),
    "R5.3": Clause(
        Text(
            "Somebody watches over confidentiality; departments are inspected and faults corrected",
            "设保密管理员，定期抽查各部门，发现问题及时整改",
        )
    ),
}


def section(clause: str) -> str:
    """The number of the section that a clause stands in."""
    return clause[1:].partition(".")[0]
