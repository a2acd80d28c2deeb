"""Rendering a page: what structure comes out as, and that its text is never another."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import boxes, tree
from reader.clean.addresses import resolver
from reader.clean.render import Renderer
from reader.clean.whole import read_text
from reader.text.markdown import plain


def rendered(body: str, base: str = "https://news.example/a/b.html") -> str:
    page = boxes.cut(tree.parse(f"<html><body>{body}</body></html>"))
    return Renderer(page, set(range(len(page.leaves))), resolver(base)).markdown()


CASES = {
    "headings": ("<h2>What <b>broke</b></h2><h4>Lamps</h4>", "## What broke\n\n#### Lamps"),
    "nested lists are tight": (
        "<ul><li>mole<ul><li>lamp</li><li>rail</li></ul></li><li>cranes</li></ul>",
        "- mole\n  - lamp\n  - rail\n- cranes",
    ),
    "a list straight in a list is of the item before": (
        "<ul><li>mole</li><ul><li>lamp</li></ul></ul>",
        "- mole\n  - lamp",
    ),
    "a nested list that begins later is set off": (
        '<ul><li>mole<ol start="2"><li>lamp</li></ol></li></ul>',
        "- mole\n\n  2. lamp",
    ),
    "numbers begin where the page begins": (
        '<ol start="3"><li>third</li><li>fourth</li></ol>',
        "3. third\n4. fourth",
    ),
    "two lists in a row stay two": (
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        "- a\n\n* b",
    ),
    "paragraphs that two breaks part in a font": (
        "<table><tr><td><font size=3>The bridge over the river was closed to all traffic today."
        "<br><br>\nDrivers must take the road by the mill until it has been mended.</font></td>"
        "</tr></table>",
        "The bridge over the river was closed to all traffic today.\n\n"
        "Drivers must take the road by the mill until it has been mended.",
    ),
    "what a page made for phones shows besides": (
        "<p>One.</p><amp-ad><div>Publicidade</div></amp-ad><amp-sidebar><ul><li>Home</li></ul>"
        "</amp-sidebar><p>Two.</p>",
        "One.\n\nTwo.",
    ),
    "quotes": ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "> One.\n>\n> Two."),
    "code with its language": (
        '<pre><code class="language-python">def f():\n    return 1\n</code></pre>',
        "```python\ndef f():\n    return 1\n```",
    ),
    "code that holds a fence": ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
    "inline code with backticks": ("<p>Use <code>a`b</code>.</p>", "Use ``a`b``."),
    "code spans that touch": ("<p><code>a</code><code>b</code> c</p>", "`ab` c"),
    "a table with a head": (
        "<table><caption>Costs</caption><tr><th>Part</th><th>Cost</th></tr>"
        "<tr><td>Mole</td><td>1 | 2</td></tr></table>",
        "*Costs*\n\n| Part | Cost |\n| --- | --- |\n| Mole | 1 \\| 2 |",
    ),
    "a row of a picture and what belongs to it is no table": (
        "<table><tr><td><a href='/1'><img src='/a.jpg' alt='Lock'></a></td><td><div><p>One.</p>"
        "<p>Two.</p></div> sent by <a href='/ann'>Ann</a></td></tr></table>",
        "![Lock](https://news.example/a.jpg)\n\nOne.\n\nTwo.\n\n"
        "sent by [Ann](https://news.example/ann)",
    ),
    "a table that lays out a page is no table": (
        '<table role="presentation"><tr><td><p>Left.</p></td><td><p>Right.</p></td></tr></table>',
        "Left.\n\nRight.",
    ),
    "a figure with its caption": (
        '<figure><img src="/m.jpg" alt="The mole">'
        "<figcaption>The <i>mole</i>.</figcaption></figure>",
        "![The mole](https://news.example/m.jpg)\n*The mole.*",
    ),
    "icons and counters are no pictures": (
        '<p><img src="/pixel.gif" width="1"> Text <img src="data:image/png;base64,x"></p>',
        "Text",
    ),
    "powers are no part of the number they raise": (
        "<p>10<sup>6</sup> m<sup class='x'>2</sup>, <i>x</i><sup>-n</sup>, CO<sub>2</sub>, "
        "1<sup>st</sup>, it broke.<sup>1</sup></p>",
        "10⁶ m², _x_⁻ⁿ, CO2, 1st, it broke.¹",
    ),
    "definitions": (
        "<dl><dt>Mole</dt><dd>A wall in the sea.</dd><dd>An animal.</dd></dl>",
        "Mole\n: A wall in the sea.\n: An animal.",
    ),
    "footnotes": (
        '<p>It broke.<sup><a href="#n1">1</a></sup></p>'
        '<ol><li id="n1">At night. <a href="#r1">↩</a></li></ol>',
        "It broke.[^1]\n\n[^1]: At night.",
    ),
    "links are resolved, other schemes lose their link only": (
        '<p><a href="../c">up</a> <a href="javascript:x()">no</a> '
        '<a href="mailto:a@b.example">m</a></p>',
        "[up](https://news.example/c) no [m](mailto:a@b.example)",
    ),
    "an address with a bracket": (
        '<p><a href="https://x.example/a)b">t</a></p>',
        "[t](https://x.example/a%29b)",
    ),
    "one space between siblings, none where the page has none": (
        "<p>a<b> b</b><i>c</i> <u>d</u></p>",
        "a **b**_c_ d",
    ),
    "breaks": ("<p>one<br>two</p>", "one\\\ntwo"),
    "two breaks part paragraphs": ("<div>one<br><br>two</div>", "one\n\ntwo"),
    "emphasis that touches its like is one": ("<p><b>a</b><b>b</b></p>", "**ab**"),
    "emphasis that would not close is dropped": ("<p><b>Note:</b>text</p>", "Note:text"),
    "sub and sup stay text": ("<p>H<sub>2</sub>O</p>", "H2O"),
    "rules only between blocks": ("<hr><p>a</p><hr><hr><p>b</p><hr>", "a\n\n---\n\nb"),
    "an exclamation before a link": (
        '<p>Oh!<a href="https://x.example/">x</a></p>',
        "Oh\\![x](https://x.example/)",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_structure(case: str) -> None:
    body, markdown = CASES[case]
    assert rendered(body) == markdown


UNTOUCHED = ["5 * 3 = 15", "snake_case_name", "a [x] b", "1 < 2 & 3 > 2", "C# and F#", "-5 degrees"]
ESCAPED = {
    "# not a heading": "\\# not a heading",
    "- not an item": "\\- not an item",
    "1. not an item": "1\\. not an item",
    "1968. A year": "1968\\. A year",
    "> not a quote": "\\> not a quote",
    "*not emphasised*": "\\*not emphasised\\*",
    "[not](a-link)": "\\[not\\](a-link)",
    "[x]: not a reference": "\\[x]: not a reference",
    "&amp;amp; &amp;copy;": "\\&amp; \\&copy;",
    "&lt;b&gt;": "\\<b>",
    "back\\*slash": "back\\\\*slash",
    "===": "\\===",
    ": not a definition": "\\: not a definition",
}


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_reads_the_same_is_not_escaped(text: str) -> None:
    assert rendered(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>") == text


@pytest.mark.parametrize("text", ESCAPED)
def test_what_would_read_differently_is_escaped(text: str) -> None:
    assert rendered(f"<p>{text}</p>") == ESCAPED[text]


WORDS = st.text(alphabet="ab Zé1.,:;!?*_`~[](){}<>#+-=|\\\"'&/^\n字", min_size=1, max_size=14)
INLINE = st.recursive(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
            st.sampled_from(
                ["b", "i", "em", "strong", "span", "code", "u", "s", "sub", 'a href="/x_y(z)"']
            ),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.just("<br>")
    ),
    max_leaves=6,
)
LINES = st.lists(INLINE, min_size=1, max_size=4).map("".join)
BLOCK = st.recursive(
    st.builds(
        lambda tag, line: f"<{tag}>{line}</{tag}>",
        st.sampled_from(["p", "h2", "h3", "div", "li", "figcaption", "dt", "dd"]),
        LINES,
    ),
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["div", "ul", "ol", "blockquote", "li", "section", "dl", "figure"]),
            st.lists(inner, min_size=1, max_size=3),
        )
        | st.builds(
            lambda cells: (
                f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></table>"
            ),
            st.lists(LINES, min_size=2, max_size=3),
        )
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(BLOCK, min_size=1, max_size=4).map("".join))
def test_the_text_of_any_page_comes_back_word_for_word(body: str) -> None:
    page = boxes.cut(tree.parse(f"<html><body>{body}</body></html>"))
    renderer = Renderer(page, set(range(len(page.leaves))), resolver("https://news.example/"))
    found = read_text(renderer.markdown())
    assert sorted(boxes.words_of(found)) == sorted(renderer.words())


SIGNS = st.text(alphabet="aB *_`~[]()<>#+-=|\\!&:.1\n", min_size=1, max_size=30)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SIGNS)
def test_a_paragraph_of_any_signs_reads_as_itself(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert plain(rendered(f"<p>{escaped}</p>")) == " ".join(text.split())
