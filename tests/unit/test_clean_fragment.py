"""A fragment of HTML is rendered whole: all its words, with their structure, nothing judged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import fragment


@pytest.mark.parametrize(
    ("html", "markdown", "text"),
    [
        ("only words, 5 * 3 < 16", "only words, 5 * 3 < 16", "only words, 5 * 3 < 16"),
        ("one\n\ntwo", "one\n\ntwo", "one\n\ntwo"),
        ("AT&amp;T &lt;3", "AT&T <3", "AT&T <3"),
        ("<p>a <b>b</b><p>c", "a **b**\n\nc", "a b\n\nc"),
        ("<ul><li>x<li>y</ul>", *["- x\n- y"] * 2),
        ('<a href="/n?a=1">the news</a>', "[the news](https://g.example/n?a=1)", "the news"),
        ("<nav>Even what looks like a menu</nav>", *["Even what looks like a menu"] * 2),
        ("<script>alert(1)</script>", "", ""),
        ("", "", ""),
        ("<!-- nothing -->", "", ""),
    ],
)
def test_a_fragment_is_rendered_whole(html, markdown, text):
    assert fragment.render(html, "https://g.example/feed") == (markdown, text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="<>/&;!-abip \n\"'=\x1b\u202e\ud800", max_size=60))
def test_no_string_is_too_odd(html):
    markdown, text = fragment.render(html)

    assert "\x1b" not in markdown + text
