"""A fragment of HTML is rendered whole: all its words, with their structure, nothing judged."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.clean import boxes, fragment, tree
from reader.clean.page import rendered


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


WORDS = st.sampled_from(
    "gate Nobody 1.5 2024 said, “so” a-b It's \u00a0 (no) 50% ! — naïve 水門 x\u200by 5. #1 C++ * "
    "_ e\u0301 … \u202ehidden &amp;".split(" ")
)
ELEMENTS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "i",
        "em",
        "a href=/x",
        "a href='https://a.example/(1)'",
        "span",
        "h2",
        "strong",
    ]
)


@st.composite
def simple_html(draw, depth=0):
    pieces = draw(st.lists(WORDS | st.just(None), max_size=6))
    out = []
    for piece in pieces:
        if piece is not None:
            out.append(draw(st.sampled_from(["", " ", "\n"])) + piece)
        elif depth < 3:
            element = draw(ELEMENTS)
            out.append(f"<{element}>{draw(simple_html(depth + 1))}</{element.split()[0]}>")
    return "".join(out)


@settings(max_examples=60, deadline=None)
@given(simple_html())
def test_the_short_way_gives_what_the_long_way_gives(html):
    root = tree.parse(f"<p>{html}</p>")
    assume(root is not None)
    page = boxes.cut(root)
    assume(fragment._is_simple(root, page))

    markdown, text = fragment._simply(page, "https://g.example/")
    wanted = rendered(page, set(range(len(page.leaves))), "https://g.example/")

    assert markdown == wanted[0]
    assert text.split() == wanted[1].split()
    assert text.count("\n\n") == wanted[1].count("\n\n")
