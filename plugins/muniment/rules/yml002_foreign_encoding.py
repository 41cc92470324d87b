"""A file is written in another encoding

All records are written in UTF-8, the one encoding that every program, system and browser reads alike. Older Chinese
programs and some spreadsheet exports write GB18030 (GBK) or UTF-16 instead; read as UTF-8 their text would be
rubbish, so nothing in the file is judged before that is mended.

**To mend it** open the file in an editor, choose *Save as* and the encoding *UTF-8* (not *UTF-8 with BOM*).
The command in the cure does the same; it leaves the file alone when a character cannot be converted.
---
文件编码不是 UTF-8

所有记录一律用 UTF-8 编码，这样各种程序、系统和浏览器读出来才一致。较老的中文软件和某些表格导出会用 GB18030（GBK）
或 UTF-16，按 UTF-8 读就是乱码，因此改好之前不再检查文件里的其他内容。

**怎么改**：用编辑器打开，选“另存为”，编码选 *UTF-8*（不要选“带 BOM 的 UTF-8”）。提示中的命令效果相同；
遇到不能转换的字符时，它不会改动原文件。
"""

from muniment.findings import Rule, Text

RULE = Rule(
    code="YML002",
    name="foreign-encoding",
    clauses=("R4.2.1",),
    message=Text(en="file is written in {encoding}, not in UTF-8", zh="文件编码是 {encoding}，不是 UTF-8"),
    help=Text(en="save it as UTF-8, or run: {command}", zh="请另存为 UTF-8，或运行：{command}"),
)
