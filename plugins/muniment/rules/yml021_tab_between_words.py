"""A tab stands where spaces are needed

YAML shows by the number of leading spaces what belongs to what. A tab has no fixed width, so it is not allowed
there; between words it usually comes from a spreadsheet and hides where a column ended.

**To mend it** delete the tab and type spaces, two for each level. Editors can do that for you (*Convert tabs to
spaces*). A tab that is really part of a text stands in quotes.
---
该用空格的地方用了制表符

YAML 靠行首空格的个数表示层次。制表符没有固定宽度，因此不能用来缩进；夹在词语之间的制表符多半来自电子表格，
看不出原来在哪里分列。

**怎么改**：删掉制表符，改用空格，每层两个。编辑器一般有“制表符转换为空格”的功能。文字里确实需要制表符时，
给整段文字加引号。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML021",
    name="tab-between-words",
    clauses=("R4.2.1",),
    message=Text(en="tab where YAML needs spaces", zh="此处是制表符，YAML 需要空格"),
    help=Text(en="replace the tab with spaces (two for each level)", zh="把制表符换成空格（每层两个）"),
)
