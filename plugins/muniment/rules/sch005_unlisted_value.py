"""A value that is not among the choices

Some fields offer a fixed set of words, so that registers can be filtered and counted. The words are short English names;
the site shows each of them in Chinese and English.

Levels of confidentiality are a company's own: public, internal, confidential, core. The marks of state secrets do not
belong here, and neither does the matter that bears them.
---
值不在可选范围内

有些字段只能从固定的几个词中选择，这样登记表才能筛选和统计。这些词是简短的英文名称，网站上会显示对应的中文和英文。

密级是企业自己的密级：公开、内部、普通商密、核心商密。国家秘密的密级不得使用，带有此类密级的内容也不得存入。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="SCH005",
    name="unlisted-value",
    message=Text(
        en="`{value}` is not a choice for `{field}`",
        zh="`{field}` 不能填 `{value}`",
    ),
    help=Text(
        en="the choices are {allowed}",
        zh="可选：{allowed}",
    ),
)
