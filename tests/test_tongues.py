"""Chinese on an English page says that it is Chinese."""

from __future__ import annotations

import pytest

from muniment import tongues


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<td>文件</td>", '<td lang="zh-CN">文件</td>'),
        ('<a href="x">《售后办法》（试行）</a>', '<a href="x" lang="zh-CN">《售后办法》（试行）</a>'),
        (
            "<p>Reason: 已并入 XM2025002 第 1 项。</p>",
            '<p>Reason: <span lang="zh-CN">已并入 XM2025002 第 1 项。</span></p>',
        ),
        ("<p>要点 <b>Key</b></p>", '<p><span lang="zh-CN">要点</span> <b>Key</b></p>'),
        ("<p><b>Key</b> 要点</p>", '<p><b>Key</b> <span lang="zh-CN">要点</span></p>'),
        ("<br/>要点</p>", '<br/><span lang="zh-CN">要点</span></p>'),
        ("<br>要点</p>", '<br><span lang="zh-CN">要点</span></p>'),
        ('<a lang="zh-CN">中文</a>', '<a lang="zh-CN">中文</a>'),
        ("<text>GL 管理 1</text>", '<text lang="zh-CN">GL 管理 1</text>'),
        ('<a title="中文">Text</a>', '<a title="中文">Text</a>'),
        ("<p>&lt;b&gt;中&lt;/b&gt;</p>", '<p>&lt;b&gt;<span lang="zh-CN">中</span>&lt;/b&gt;</p>'),
    ],
)
def test_chinese_is_marked_where_it_stands(html: str, marked: str) -> None:
    assert tongues.mark(html, "en") == marked
    assert tongues.mark(marked, "en") == marked
    assert tongues.mark(html, "zh") == html


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("<p>规范</p>", "zh"),
        ("<p>The rules of 溯衡 are as follows.</p>", "en"),
        ("<p>数据采集接口采用 MQTT 协议，主题见附表。</p>", "zh"),
        ("", "zh"),
    ],
)
def test_a_text_is_in_the_language_of_most_of_it(text: str, spoken: str) -> None:
    assert tongues.of(text) == spoken
    assert tongues.attribute(text, "zh" if spoken == "zh" else "en") == ""
