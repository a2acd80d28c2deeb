"""Lists of feeds as other readers write them, well or badly, and as we write them ourselves."""

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.exchange import feeds, opml
from reader.exchange.feeds import Listed, PassedOver
from reader.library import Library
from reader.model import Source, SourceId, SourceKind
from reader.text import safe

FEED = "https://gazette.example/feed"


def listed(body: str, *, whole: bool = True) -> list[tuple[str | None, str | None, str]]:
    """(folder, title, address) of every feed."""
    return [(each.folder, each.title, each.address) for each in met(body, whole=whole)[0]]


def met(body: str, *, whole: bool = True) -> tuple[list[Listed], list[PassedOver]]:
    text = f'<?xml version="1.0"?><opml version="2.0"><body>{body}</body></opml>' if whole else body
    found = list(opml.read(text))
    return (
        [each for each in found if isinstance(each, Listed)],
        [each for each in found if isinstance(each, PassedOver)],
    )


@pytest.mark.parametrize(
    ("body", "folder", "title", "address"),
    [
        (f'<outline text="G" xmlUrl="{FEED}"/>', None, "G", FEED),
        (f'<outline title="G" xmlUrl="{FEED}"/>', None, "G", FEED),
        (f'<outline text="" title="G" type="rss" xmlurl="{FEED}"/>', None, "G", FEED),
        (f"<outline text='G' type='atom' XMLURL='{FEED}'></outline>", None, "G", FEED),
        (f'<outline text="G" type="rss" url="{FEED}"/>', None, "G", FEED),
        (f"<outline text=G xmlUrl={FEED}/>", None, "G", FEED),
        (f"<outline\n text = 'G'\n xmlUrl\t=\t'{FEED}'\n/>", None, "G", FEED),
        (f'<outline text="A"><outline text="G" xmlUrl="{FEED}"/></outline>', "A", "G", FEED),
        (
            f'<outline text="A"><outline title="B"><outline text="G" xmlUrl="{FEED}"/>',
            "A/B",
            "G",
            FEED,
        ),
        (f'<outline text="G" category="/a/b,/c" xmlUrl="{FEED}"/>', None, "G", FEED),
        (f'<outline text="A & B" xmlUrl="{FEED}?a=1&b=2"/>', None, "A & B", f"{FEED}?a=1&b=2"),
        (f'<outline text="G" xmlUrl="{FEED}?a=1&copy=2"/>', None, "G", f"{FEED}?a=1&copy=2"),
        (f'<outline text="Caf&eacute; &#233; &#xe9;" xmlUrl="{FEED}"/>', None, "Café é é", FEED),
        (f'<outline text="Q&amp;amp;A" xmlUrl="{FEED}"/>', None, "Q&A", FEED),
        (f'<outline text="a > b &lt; c" xmlUrl="{FEED}"/>', None, "a > b < c", FEED),
        (f'<ol:outline text="G" ol:xmlUrl="{FEED}" frss:x="1"/>', None, "G", FEED),
        (f'<outline text="\x1b]0;x\x07G\u202e" xmlUrl="{FEED}"/>', None, "G", FEED),
        (f'<!-- <outline xmlUrl="x"/> --><outline text="G" xmlUrl="{FEED}"/>', None, "G", FEED),
    ],
)
def test_a_feed_is_read_however_it_is_written(body, folder, title, address):
    category = "a/b" if "category" in body else None

    assert listed(body) == [(folder or category, title, address)]


def test_a_file_that_is_cut_off_gives_what_it_has_and_says_so():
    [found], [said] = met(
        f'<opml><body><outline text="G" xmlUrl="{FEED}"/><outline text="H" xm', whole=False
    )

    assert found.title == "G"
    assert "cut off" in said.reason


def test_lost_end_tags_and_needless_ones_do_no_harm():
    body = f'</outline><outline text="A"></outline></outline><outline text="G" xmlUrl="{FEED}"/>'

    assert listed(body) == [(None, "G", FEED)]


def test_a_feed_that_holds_feeds_is_no_folder():
    body = f'<outline text="G" xmlUrl="{FEED}"><outline text="H" xmlUrl="{FEED}2"/></outline>'

    assert listed(body) == [(None, "G", FEED), (None, "H", FEED + "2")]


def test_folders_end_at_a_depth():
    body = "".join(f'<outline text="{at}">' for at in range(20_000))
    [(folder, _, _)] = listed(f'{body}<outline text="G" xmlUrl="{FEED}"/>')

    assert folder == "0/1/2/3/4/5"


@pytest.mark.parametrize(
    ("outline", "reason"),
    [
        ('<outline type="include" url="https://a.example/more.opml"/>', "another list"),
        ('<outline type="link" url="https://a.example/page"/>', "broadsheet add"),
        ('<outline type="rss" htmlUrl="https://a.example/"/>', "looks for the site's feed"),
        ('<outline type="rss" text="nothing"/>', "no address"),
        (f'<outline isComment="true" xmlUrl="{FEED}"/>', "commented out"),
        (f'<outline text="A xmlUrl="{FEED}"/>', "a quote is missing"),
    ],
)
def test_what_is_no_feed_is_named_with_its_reason(outline, reason):
    found, [said] = met(outline)

    assert not found
    assert reason in said.reason


def test_what_is_under_a_comment_is_commented_out_too():
    found, said = met(
        f'<outline isComment="true" text="old"><outline text="x"><outline xmlUrl="{FEED}"/>'
        f'</outline></outline><outline xmlUrl="{FEED}2"/>'
    )

    assert [each.address for each in found] == [FEED + "2"]
    assert [each.status for each in said] == ["skipped"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        (FEED, FEED),
        ("HTTP://Gazette.Example:80/f", "http://gazette.example/f"),
        ("https://gazette.example:443", "https://gazette.example/"),
        ("https://gazette.example:8443/f#top", "https://gazette.example:8443/f"),
        ("feed://gazette.example/f", "https://gazette.example/f"),
        ("feed:http://gazette.example/f", "http://gazette.example/f"),
        ("http://[::1]:8080/f", "http://[::1]:8080/f"),
        ("http://127.0.0.1/`touch x`", "http://127.0.0.1/%60touch%20x%60"),
    ],
)
def test_an_address_is_kept_in_one_form(address, kept):
    assert feeds.followed(address) == (kept, None)
    assert feeds.followed(kept) == (kept, None)


def test_a_password_stays_outside():
    kept, remark = feeds.followed("https://me:secret@gazette.example/f")

    assert kept == "https://gazette.example/f"
    assert "password" in (remark or "")


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("|touch /tmp/pwned", "run a command"),
        ("exec:touch /tmp/pwned", "run a command"),
        ("EXEC:x", "run a command"),
        ("filter:~/bin/f:https://gazette.example/f", "broadsheet add https://gazette.example/f`"),
        ('query:x:unread = "yes"', "query feed"),
        ("file:///etc/passwd", "no address of the web"),
        ("/etc/passwd", "no address of the web"),
        ("javascript:alert(1)", "no address of the web"),
        ("mailto:a@b.example", "no address of the web"),
        ("", "no address"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address, reason):
    with pytest.raises(feeds.NotAFeed, match=reason.replace("(", "\\(")):
        feeds.followed(address)


def bring(library: Library, text: str, **how: bool):
    return list(library.import_collection(io.BytesIO(text.encode()), "feeds.opml", **how))


def of_library(library: Library) -> list[tuple[str | None, ...]]:
    return [(s.folder, s.title, s.url, s.home) for s in library.sources()]


def test_feeds_become_sources_once(library):
    text = (
        '<opml><body><outline text="News">'
        f'<outline text="Gazette" xmlUrl="{FEED}" htmlUrl="https://gazette.example/"/>'
        f'<outline text="Again" xmlUrl="HTTPS://GAZETTE.example:443/feed"/>'
        f'<outline text="F" xmlUrl="{FEED}2" filtercmd="touch /tmp/pwned"/>'
        "</outline></body></opml>"
    )
    arrivals = bring(library, text)

    assert [each.status for each in arrivals] == ["added", "skipped", "added"]
    assert "filter command is left out" in (arrivals[2].reason or "")
    assert of_library(library) == [
        ("News", "F", FEED + "2", None),
        ("News", "Gazette", FEED, "https://gazette.example/"),
    ]
    assert {source.kind for source in library.sources()} == {SourceKind.FEED}
    assert [each.status for each in bring(library, text)] == ["skipped"] * 3


def test_a_long_list_that_is_here_is_looked_up_in_a_few_questions(library):
    outlines = "".join(f'<outline text="Feed {n}" xmlUrl="{FEED}{n}"/>' for n in range(1_100))
    text = f"<opml><body>{outlines}</body></opml>"
    assert {each.status for each in bring(library, text)} == {"added"}

    asked: list[str] = []
    with library.cache.write() as conn:
        conn.set_trace_callback(asked.append)
    again = bring(library, text)

    assert [each.status for each in again] == ["skipped"] * 1_100
    assert [each.source for each in again[:2]] == ["Feed 0", "Feed 1"]
    assert 0 < len(asked) < 30
    assert len(library.sources()) == 1_100


def test_a_source_stays_where_the_person_put_it(library):
    library.cache.sources.add(SourceKind.FEED, FEED, "Mine", folder="Here")
    library.cache.sources.add(SourceKind.FEED, FEED + "2", "Loose")
    [one, two] = bring(
        library,
        f'<opml><body><outline text="There"><outline text="G" xmlUrl="{FEED}"/>'
        f'<outline text="H" xmlUrl="{FEED}2"/></outline></body></opml>',
    )

    assert (one.status, two.status) == ("skipped", "updated")
    assert of_library(library) == [
        ("Here", "Mine", FEED, None),
        ("There", "Loose", FEED + "2", None),
    ]


def test_a_rehearsal_keeps_nothing(library):
    [arrival] = bring(
        library, f'<opml><body><outline text="G" xmlUrl="{FEED}"/></body></opml>', dry_run=True
    )

    assert (arrival.status, arrival.title) == ("added", "G")
    assert library.sources() == []


def test_what_was_removed_comes_back(library):
    source = library.cache.sources.add(SourceKind.FEED, FEED, "G")
    library.remove_source(source.id)

    [arrival] = bring(library, f'<opml><body><outline text="G" xmlUrl="{FEED}"/></body></opml>')

    assert arrival.status == "added"
    assert len(library.sources()) == 1


NAMES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["A/B", "A/B/C", "A", "/", "A//B", "a/ b", "Q&amp;A", "&#38;", "<x>", "\"'", "]]>"]
    ),
    st.text(alphabet="ab/&;#<>\"' \n\t\ufffe\u202e\x1b\ud800", max_size=12),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), min_size=1, max_size=8))
def test_what_is_written_is_read_as_it_was(named):
    sources = []
    for at, (name, folder, has_home) in enumerate(named):
        home = f"https://h.example/{at}?a=1&b=2" if has_home else None
        url = f"https://h.example/f?{at}&x='y'"
        title, folder = safe.line(name) or url, safe.line(folder) or None
        sources.append(Source(SourceId(at), SourceKind.FEED, url, title, home=home, folder=folder))

    text = "".join(opml.write(sources))

    ET.fromstring(text.encode())
    read = [each for each in opml.read(text) if isinstance(each, Listed)]
    assert {(each.address, each.title, each.folder, each.home) for each in read} == {
        (source.url, source.title, source.folder, source.home) for source in sources
    }


def test_what_is_exported_is_imported_as_it_was(library, tmp_path):
    for at, name in enumerate(["A/B", "A", "Q&amp;A", "a/ b", "\"'<>", "]]>", "\u202e", ""]):
        library.cache.sources.add(
            SourceKind.FEED, f"{FEED}?{at}&b", name, folder=name, home=f"https://h.example/{at}"
        )
    text = "".join(opml.write(library.sources()))
    with Library.open(tmp_path / "other.db") as other:
        bring(other, text)

        assert of_library(other) == of_library(library)
        assert "".join(opml.write(other.sources())).split("<body>")[1] == text.split("<body>")[1]


def test_folders_in_folders_are_written_as_other_readers_read_them(library):
    for folder, name in (("A/B", "one"), ("A", "two"), ("A/B", "three"), (None, "four")):
        library.cache.sources.add(SourceKind.FEED, f"{FEED}/{name}", name, folder=folder)
    library.cache.sources.add(SourceKind.PAGE, "https://a.example/page", "a page")

    tree = ET.fromstring("".join(opml.write(library.sources())))

    [a] = [each for each in tree.iter("outline") if each.get("text") == "A"]
    assert [each.get("text") for each in tree.findall("./body/outline")] == ["four", "A"]
    assert [each.get("text") for each in a] == ["two", "B"]
    assert [each.get("text") for each in a[1]] == ["one", "three"]
    assert len(list(tree.iter("outline"))) == 6
