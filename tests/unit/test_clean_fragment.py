"""A fragment of HTML is rendered whole: all its words, with their structure, nothing judged."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import boxes, fragment, tree
from reader.clean.whole import rendered


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
    [
        *"gate Nobody 1.5 2024 said, “so” a-b It's (no) 50% ! — naïve 水門 5. #1 C++".split(),
        *("*", "_", "…", "-", "+", ":", "", "[he]", "](", "$5", "AT&amp;T", "&lt; 6", "|", "`"),
        *("\u00a0", "x\u200by", "e\u0301", "\u202ehidden", "\x07", "\x1b[31m"),
        *"&amp; &#8217; &nbsp; &shy; &nosuch; &rang; &#150; &#x2014; &quot".split(),
        *("<br>", "<br/><br>", "<br ><!-- more -->", "<!-->", "<hr/>", "<img/src=/a.png/alt=b>"),
        "<img src='/a.png?b=1&amp;c=2' alt='b' src='/z.png' />",
        '<img alt="it\'s" src="/a.png?b=1&c=2">',
        '<img src="/a.png?b=1&copy" alt="a > b">',
        "<script>if (a<b) { c() }</script>",
        "<iframe src='/v'></iframe>",
    ]
)
ELEMENTS = st.sampled_from(
    [
        *("p", "p", "div", "b", "i", "em", "strong", "span", "h2", "blockquote", "ul", "ol", "li"),
        *(
            "a href=/x",
            "a href='/x'",
            "a href=\"https://a.example/(1)?b=c&amp;d\" class='e'",
            "a href='https://a.example/(1)'",
            "a href=#n",
            "noscript",
            "u",
            "ol start=3",
        ),
        *(
            "article",
            "figure",
            "figure",
            "figcaption",
            "cite",
            "pre",
            "td",
            "P",
            "p class='lead'",
            "p/",
            "span/",
        ),
    ]
)


@st.composite
def odd_html(draw, depth=0):
    pieces = draw(st.lists(WORDS | st.just(None), max_size=6))
    out = []
    for piece in pieces:
        if piece is not None:
            out.append(draw(st.sampled_from(["", " ", "\n"])) + piece)
        elif depth < 4:
            element = draw(ELEMENTS)
            end = draw(st.sampled_from([f"</{element.split()[0]}>"] * 6 + ["", "</p>", "</ul>"]))
            out.append(f"<{element}>{draw(odd_html(depth + 1))}{end}")
    return "".join(out)


def test_a_control_character_after_a_line_of_code_costs_no_entry_its_markup():
    html = "<p>See <b>this</b>:</p><pre>one<br>&#7;two</pre>"

    assert fragment.render(html) == ("See **this**:\n\n```\none\ntwo\n```", "See this:\n\none\ntwo")


def both_ways(html):
    """What the short way gives, or None, and what the long way gives."""
    root = tree.parse(html)
    assert root is not None
    short = fragment._surely(html, "https://g.example/")
    page = boxes.cut(root)
    return short, rendered(page, set(range(len(page.leaves))), "https://g.example/")


def test_spans_in_spans_without_end_are_read():
    html = f"<p>{'<span>' * 5_000}deep{'</span>' * 5_000}</p>"

    assert fragment.render(html) == ("deep", "deep")


@settings(max_examples=200, deadline=None)
@given(odd_html())
def test_the_short_way_gives_what_the_long_way_gives(html):
    short, long = both_ways(f"<p>{html}</p>")
    assert short in (None, long)


@pytest.mark.parametrize(
    "html",
    [
        "<p>Plain <a href='/x'>link</a>, <b>strong</b> and <i>soft</i>.</p><p>More.</p>",
        "<blockquote><p>One.</p><p>Two.</p></blockquote><h2>Next</h2><p>On.</p>",
        "<div><ul><li>one</li><li><a href='/2'>two</a></li></ul><ol><li>a</li></ol></div>",
        "<p><a href='/p'><img src='/p.png' alt='Map'></a></p>A line<br>broken<br><br>New",
        "<!-- wp:p --><p class='lead'>It&#8217;s&nbsp;new<br />\nhere</p>\n<!-- /wp:p -->",
        "<p>No end<p>of <a href='/x?a=1&amp;b=2'>one</a><ul><li>item</li></ul>",
        '<p>AT&amp;T paid $5 million, "[he] said"; x = 1 | {2} ^ 3 at https://a.example/x</p>',
        "<p>5 &lt; 6 * 7</p><p>a_b costs ~5 `</p><p>1. No list</p><p>- nor # this</p>",
        "<p><b>Bold: </b>then <a href='/x'> spaced</a>, <em>so <a href='/y'>it</a></em></p>",
        "<h2><strong>Bold</strong></h2><p><a href='/x'><b>so</b></a> it is</p>",
        "<figure><img src='/p.png'><figcaption>By <a href='/x'>AP</a></figcaption></figure>",
    ],
)
def test_what_most_entries_are_made_of_goes_the_short_way(html):
    short, long = both_ways(html)
    assert short == long


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a</li></ul><ul><li>b</li></ul>",  # one list, if written without care
        "<div><ul><li>a</li></ul></div><div><ul><li>b</li></ul></div>",
        "a<br><img src='/p.png' alt='Map'><br>b",  # no blank line between
        "<p>x<span><noscript><img src='/p.png' alt='Map'></noscript></span></p>",
        "wo<em>rd</em>s",
        "look!<a href='/x'>here</a>",
        "<p>one<p/>two</p>",  # closed for one parser, open for another
        "<p>&rang; &#150; &copy 2024</p>",
        "<p><b>one<p>two</b>",
        "<p>a_b_ and *c* and `d` and ~~e~~ \\ f</p>",
        "<p>[a](b) [^1] &amp;lt; &lt;b&gt; <b>*</b></p>",
        "<p>]<br>(b)</p><p>[<a href='/x'>a</a>](b)</p>",
        "<p><a href='/x'>^ up</a>(b)</p>",
        "<p>one<i> </i>two</p>",
        "<ul><li>1. one</li><li># two</li></ul><h2>- three #</h2>",
        "<p>| a | b |<br>|---|---|</p>",
        "<style>p { color: red }</style><time>now</time>",
        "<div><font>The bridge over the river is closed today.<br> <br>\nDrivers take the road by "
        "the mill.</font></div>",
    ],
)
def test_the_ways_do_not_part_where_they_once_did(html):
    short, long = both_ways(html)
    assert short in (None, long)
