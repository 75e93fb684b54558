"""Foreign HTML fragments: what people should read stays, what could harm them goes."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from gemeinwerk.core.schemas.xzufi import plain_text, safe_html
from tests.paths import STANDARDS

TEXTS = [
    text
    for path in sorted((STANDARDS / "xzufi" / "leistungstexte").glob("*.json"))
    for text in json.loads(path.read_text())["texte"].values()
]
TAGS = {"p", "ul", "ol", "li", "strong", "em", "sub", "sup", "h3", "h4", "a", "br"}
TAGS |= {"table", "tbody", "thead", "tr", "td", "th"}


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_real_texts_keep_every_word(number: int) -> None:
    safe = safe_html(TEXTS[number])
    assert plain_text(safe) == plain_text(TEXTS[number])
    assert safe.count("<li>") == TEXTS[number].count("<li>")


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [
        ("<script>alert(1)</script>Text", "Text"),
        ("<p onclick='x()'>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>", ""),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="java\nscript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href=" &#106;avascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="data:text/html,x">a</a>', "<a>a</a>"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<svg><script>1</script></svg>b", "b"),
        ("<b><i>offen", "<strong><em>offen</em></strong>"),
        ("<b>x</p></b>y", "<strong>x</strong>y"),
        ("<iframe src=//boese.example></iframe>c", "c"),
        ("<style>*{display:none}</style>d", "d"),
        ("</div></p>e", "e"),
        ("<h1>Titel</h1>", "<h3>Titel</h3>"),
        (
            '<a href="https://muster.example/?a=1&amp;b=%22">x</a>',
            '<a href="https://muster.example/?a=1&amp;b=%22" rel="noopener noreferrer">x</a>',
        ),
    ],
)
def test_hostile_fragments_lose_their_sting(hostile: str, safe: str) -> None:
    assert safe_html(hostile) == safe


PIECES = ["<", ">", "<p", "<a href=", "'", '"', "javascript:", "<script>", "</script>", "<!--"]
PIECES += ["-->", "<![CDATA[", "]]>", "<b>", "</b>", "&lt;", "&#60;", " on", "=", "x", "<li>", "<?"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join) | st.text(max_size=60))
def test_only_allowed_elements_come_out(fragment: str) -> None:
    safe = safe_html(fragment)
    assert set(re.findall(r"</?([a-z0-9]+)", safe)) <= TAGS
    assert safe_html(safe) == safe
    tree = lxml_html.fromstring(f"<div>{safe}</div>") if "\0" not in safe else None
    for element in tree.iter() if tree is not None and re.fullmatch(r"[ -~]*", safe) else ():
        assert set(element.attrib) <= {"href", "rel"}
