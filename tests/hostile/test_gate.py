"""Nothing hostile passes the gate, and nothing good is lost at it."""

import importlib.util
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text import safe
from reader.text.layout import lay_out
from reader.text.markdown import blocks, plain
from reader.text.width import cells

HOSTILE = {
    "clipboard by OSC 52": "a\x1b]52;c;ZXZpbA==\x07b",
    "title by OSC 0": "a\x1b]0;pwned\x07b",
    "title, ended by ST": "a\x1b]0;pwned\x1b\\b",
    "eight-bit OSC": "a\x9d0;pwned\x9cb",
    "clear screen": "a\x1b[2Jb",
    "eight-bit CSI": "a\x9b31mb",
    "device control": "a\x1bP$q q\x1b\\b",
    "an escape that takes a letter": "a\x1b(Bb",
    "halves that join": "a\x1b\x1b[[2Jb",
    "right-to-left override": "a\u202eb",
    "isolates": "a\u2066\u2069b",
    "tag characters": "a\U000e0041\U000e007fb",
    "NUL and DEL": "a\x00\x7fb",
    "lone surrogate": "a\ud800b",
    "zero width space and joiner of words": "a\u200b\u2060b",
}
ALPHABET = st.text(
    st.one_of(
        st.sampled_from(
            "\x1b\x9b\x9d\x90\x07\\[]0;mJ\u202e\u2066\U000e0041\u200b\u0301\x00\n\r\t 字é"
        ),
        st.characters(),
    )
)
JOINERS = "\u200c\u200d"


def unsafe(text: str, allowed: str = "") -> list[str]:
    return [
        c
        for c in text
        if unicodedata.category(c) in ("Cc", "Cf", "Cs")
        and c not in allowed + JOINERS
        and c not in SIGNS
    ]


SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Visible signs of Arabic, Syriac and Kaithi that Unicode files under format characters."""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_a_terminal_would_obey_is_taken_out(text):
    assert safe.line(text).replace(" ", "") in ("ab", "a2Jb", "a")
    assert not unsafe(safe.prose(text), "\n")


@given(ALPHABET)
def test_a_line_has_no_control_of_any_kind(text):
    assert not unsafe(safe.line(text))


@given(ALPHABET)
def test_prose_has_no_control_but_line_ends(text):
    assert not unsafe(safe.prose(text), "\n")


@given(ALPHABET)
def test_the_gate_may_be_passed_twice(text):
    once = safe.line(text)
    assert safe.line(once) == once
    assert safe.prose(safe.prose(text)) == safe.prose(text)


@given(st.one_of(ALPHABET, st.text(st.sampled_from("ab \n“”éé\u0301\u0308\u20dd\u1161\u09be\x85"))))
def test_the_short_look_over_a_text_finds_all_that_the_long_one_does(text):
    short = safe.prose(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(safe, "_has_only_sound_letters", lambda text: False)
        assert short == safe.prose(text)


def test_letters_of_every_script_pass():
    kept = "Ærø, naïve café — “quotes” 東京 한국어 العربية हिन्दी नहीं می‌خواهم 👩‍👩‍👧 ½ €"
    assert safe.line(kept) == kept


def test_markup_is_only_text():
    for title in ("[/b]", "[/", "[@click=app.quit]x[/]", "$primary"):
        assert safe.line(title) == title


def test_a_line_is_capped_and_says_so():
    assert safe.line("x" * 20_000) == "x" * 499 + "…"


def test_a_pile_of_marks_is_cut_down():
    assert len(safe.line("e" + "\u0301" * 10_000)) < 12


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u05b7\u05b0", "\u0e48\u0e38", "\u0344"])
def test_a_pile_of_any_script_costs_no_time(marks):
    begun = time.process_time()
    assert len(safe.prose("e" + marks * 100_000)) < 12
    assert time.process_time() - begun < 2


def test_a_paragraph_without_end_is_capped():
    assert len(safe.prose("x" * 300_000)) == safe.PARAGRAPH_CAP


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://news.example/a b", "https://news.example/a%20b"),
        ("HTTP://News.Example:8080/x?q=ü#f", "http://news.example:8080/x?q=%C3%BC#f"),
        ("https://exämple.com/", "https://xn--exmple-cua.com/"),
        ("mailto:desk@news.example?subject=x", "mailto:desk@news.example"),
        ("https://news.example/\x1b]0;x\x07", "https://news.example/%1B%5D0;x%07"),
        ("java\nscript:alert(1)", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("--remote-debugging-port=1", None),
        ("ssh://host", None),
        ("https://", None),
        ("https://[::1", None),
        ("https://ho st/", None),
    ],
)
def test_links_are_web_addresses_or_nothing(url, kept):
    assert safe.link(url) == kept


@given(st.text())
def test_a_link_is_ascii_and_never_an_option(text):
    link = safe.link(text)
    assert link is None or (link.isascii() and link.isprintable() and link[0] in "hm")


def test_a_host_that_mixes_scripts_is_shown_in_punycode():
    assert safe.shown_host("https://аpple.com/") == "xn--pple-43d.com"
    assert safe.shown_host("https://www.bücher.example/") == "bücher.example"


@given(st.text())
def test_a_file_name_stays_in_its_folder(title):
    name = safe.file_name(title, ".md")
    assert name.endswith(".md")
    assert len(name.encode()) <= 200
    assert "/" not in name
    assert "\\" not in name
    assert name[0] not in ".-"


def test_a_file_name_keeps_what_a_dash_says():
    assert (
        safe.file_name("Council votes 11–8 to rebuild", ".md") == "Council votes 11-8 to rebuild.md"
    )


@pytest.mark.parametrize("title", ["CON", "../../etc/passwd", "", ".bashrc", "-rf", "a/b"])
def test_file_names_that_are_traps(title):
    name = safe.file_name(title, ".md")
    assert name not in ("CON.md", ".md")
    assert ".." not in name


@pytest.fixture(scope="module")
def hostile(shared):
    spec = importlib.util.spec_from_file_location("hostile", shared / "bench" / "hostile_inputs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_hostile_titles_of_the_corpus(hostile):
    titles = list(hostile.cases("title", "cell", "filename"))
    assert len(titles) > 90
    for name, _kind, payload, _expected in titles:
        assert not hostile.bad_output(safe.line(payload)), name
        assert not hostile.bad_output(safe.file_name(payload, ".md")), name


def test_the_hostile_addresses_of_the_corpus(hostile):
    for name, _kind, payload, _expected in hostile.cases("url"):
        kept = safe.link(payload)
        assert kept is None or kept.startswith(("http://", "https://", "mailto:")), name
        assert kept is None or not hostile.bad_output(kept), name


FLOODS = {
    "paragraphs": "a\n\n",
    "list items": "- a\n",
    "nested lists": "- " * 20 + "a\n",
    "definitions": "a\n: b\n\n",
    "tables": "a|b\n-|-\n\n",
    "emphasis": "*a* ",
    "links without end": "[a](",
    "addresses": "<http://a> ",
}


@pytest.mark.parametrize("sign", FLOODS.values(), ids=FLOODS.keys())
def test_a_flood_of_one_sign_is_read_in_bounded_time_and_none_of_it_lost(sign):
    flood = (sign * 50 + "\n") * (300_000 // len(sign * 50))
    begun = time.process_time()
    text = plain(flood + "\n\nthe end")
    assert time.process_time() - begun < 8
    assert text.endswith("the end")
    assert text.count("a") >= flood.count("a")


def test_the_hostile_markdown_of_the_corpus_is_set_within_its_width(hostile):
    for name, _kind, payload, _expected in hostile.cases("markdown", heavy=True):
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload
        layout = lay_out(blocks(text), 60, first_lines=400)
        for line in layout.lines:
            assert not hostile.bad_output(line.text), name
            assert cells(line.text) <= 60, name


def test_many_long_paragraphs_pass_in_one_look():
    text = "\n".join(["x" * 20_000] * 70) + "\u00e9"
    begun = time.process_time()
    assert len(safe.prose(text)) == len(text)
    assert time.process_time() - begun < 2  # it took 18 s when each letter was tried
