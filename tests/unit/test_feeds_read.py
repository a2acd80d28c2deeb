"""One record from every format of feeds, sound or broken."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import FeedError, NotAFeed
from reader.feeds import Enclosure, Entry, Feed, Rhythm, read

URL = "https://gazette.example/feed.xml"


def rss(item: str = "", channel: str = "", prolog: str = "", spaces: str = "") -> bytes:
    return (
        f'{prolog}<rss version="2.0" {spaces}><channel><title>The Gazette</title>{channel}'
        f"<item>{item}</item></channel></rss>"
    ).encode()


def entry_of(item: str, **facts: str) -> Entry:
    [entry] = read(rss(item, **facts), url=URL).entries
    return entry


def test_rss_gives_every_field_of_the_record():
    feed = read(
        rss(
            """<guid isPermaLink="false"> urn:7 </guid><title>Gate &lt;b&gt;stuck&lt;/b&gt;</title>
            <link>/gate</link><author>ilse@example.org (Ilse Brandt)</author>
            <pubDate>Thu, 01 Jan 2026 19:48:21 +0200</pubDate>
            <description>Short.</description>
            <content:encoded><![CDATA[<p>Long <a href="more">words</a>.</p><p>End</p>]]>
            </content:encoded>
            <category>Locks</category><category>Locks</category><dc:subject>Boats</dc:subject>
            <enclosure url="/a.mp3" type="audio/mpeg" length="12"/><comments>/talk</comments>""",
            """<link>https://gazette.example/</link><description>News of &amp;amp; from the river
            </description><language>en_GB</language><managingEditor>Mo</managingEditor>
            <lastBuildDate>2026-01-02T03:04:05Z</lastBuildDate><ttl>90</ttl>
            <skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours>
            <skipDays><day>Sunday</day></skipDays>
            <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>""",
            spaces='xmlns:content="http://purl.org/rss/1.0/modules/content/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"',
        ),
        url=URL,
    )

    assert feed.entries == (
        Entry(
            id="urn:7",
            title="Gate stuck",
            url="https://gazette.example/gate",
            authors=("Ilse Brandt",),
            published="2026-01-01T19:48:21+02:00",
            summary="Short.",
            content='<p>Long <a href="https://gazette.example/more">words</a>.</p><p>End</p>',
            text="Long words.\n\nEnd",
            tags=("Locks", "Boats"),
            enclosures=(Enclosure("https://gazette.example/a.mp3", "audio/mpeg", 12),),
            comments="https://gazette.example/talk",
            base="https://gazette.example/gate",
        ),
    )
    assert feed == Feed(
        title="The Gazette",
        url=URL,
        home="https://gazette.example/",
        description="News of & from the river",
        language="en-GB",
        format="RSS 2.0",
        authors=("Mo",),
        updated="2026-01-02T03:04:05+00:00",
        rhythm=Rhythm(90, 21_600, (0, 3), (6,)),
        entries=feed.entries,
    )


def test_atom_with_its_kinds_of_text_and_links():
    body = b"""<?xml version="1.0"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://zeitung.example/a/">
      <title type="html">Die &lt;em&gt;Zeitung&lt;/em&gt;</title>
      <link rel="self" href="feed"/><link href="/"/>
      <author><name>Redaktion</name></author><updated>2026-02-03</updated>
      <entry><id>tag:zeitung.example,2026:1</id><title>1 &lt; 2 &amp; List&lt;T&gt;</title>
        <link rel="enclosure" href="b.mp3" type="audio/mpeg"/><link href="b"/>
        <published>2026-02-01T10:00:00Z</published><updated>2026-02-02T10:00:00Z</updated>
        <category term="x" label="Wirtschaft"/><summary>Nur &lt;b&gt; Text</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Ein
          <a href="c">Bild</a><br/>neu</div></content></entry>
    </feed>"""

    feed = read(body)

    [entry] = feed.entries
    assert (feed.title, feed.home, feed.url) == (
        "Die Zeitung",
        "https://zeitung.example/",
        "https://zeitung.example/a/feed",
    )
    assert (feed.language, feed.format, feed.updated) == ("de", "Atom 1.0", "2026-02-03")
    assert entry.title == "1 < 2 & List<T>"
    assert entry.url == "https://zeitung.example/a/b"
    assert entry.authors == ("Redaktion",), "an entry without authors has those of its feed"
    assert entry.summary == "Nur &lt;b&gt; Text"
    assert entry.text == "Ein Bild\nneu"
    assert 'href="https://zeitung.example/a/c"' in (entry.content or "")
    assert (entry.tags, entry.language) == (("Wirtschaft",), "de")
    assert entry.enclosures == (Enclosure("https://zeitung.example/a/b.mp3", "audio/mpeg"),)


def test_rdf_keeps_its_items_beside_the_channel():
    body = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="x"><title>Old</title><link>https://old.example/</link></channel>
      <item rdf:about="https://old.example/1"><title>One</title><link>https://old.example/1</link>
      <dc:date>2003-12-31T10:14:55Z</dc:date><dc:creator>Ann</dc:creator></item></rdf:RDF>"""

    feed = read(body)

    [entry] = feed.entries
    assert (feed.format, entry.id, entry.authors) == ("RSS 1.0", "https://old.example/1", ("Ann",))
    assert entry.published == entry.updated == "2003-12-31T10:14:55+00:00"


def test_json_feed_with_what_has_the_wrong_type():
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "home_page_url": "https://j.example/",
        "authors": [{"name": "Jo"}, 7],
        "items": [
            {
                "id": 12345678901234567890123,
                "url": "/one",
                "content_html": "<p>Hi <script>x</script>you</p>",
                "date_published": "2026-03-04T05:06:07+01:00",
                "tags": ["a", None, "b"],
                "attachments": [
                    {"url": "/f.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9},
                    3,
                ],
            },
            {"id": "2", "title": [], "content_text": "a < b\n\nc", "summary": {}, "url": {}},
            "x",
            None,
        ],
    }

    feed = read(json.dumps(told).encode(), url="https://j.example/feed.json")

    one, two = feed.entries
    assert (feed.format, feed.home) == ("JSON Feed 1.1", "https://j.example/")
    assert (one.id, one.url, one.authors) == (
        "12345678901234567890123",
        "https://j.example/one",
        ("Jo",),
    )
    assert (one.content, one.text, one.tags) == ("<p>Hi you</p>", "Hi you", ("a", "b"))
    assert one.enclosures == (Enclosure("https://j.example/f.mp3", "audio/mpeg", 9),)
    assert (two.title, two.url, two.text) == (None, None, "a < b\n\nc")


def test_the_film_of_an_entry_brings_its_text():
    entry = entry_of(
        "<media:group><media:title>A film</media:title><media:description>What it shows"
        '</media:description><media:content url="https://v.example/1.mp4" type="video/mp4" '
        'fileSize="77"/></media:group>',
        spaces='xmlns:media="http://search.yahoo.com/mrss/"',
    )

    assert (entry.title, entry.text) == ("A film", "What it shows")
    assert entry.enclosures == (Enclosure("https://v.example/1.mp4", "video/mp4", 77),)


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<guid>https://g.example/1</guid>", "https://g.example/1"),
        ('<guid isPermaLink="false">https://g.example/1</guid>', None),
        ("<guid>urn:1</guid>", None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>  https://g.example/a b\n</link>", "https://g.example/a%20b"),
        (
            '<link>https://t.example/</link><o:origLink xmlns:o="http://rssnamespace.org/'
            'feedburner/ext/1.0">https://g.example/1</o:origLink>',
            "https://g.example/1",
        ),
    ],
)
def test_which_page_an_entry_lists(item, url):
    assert entry_of(item).url == url


@pytest.mark.parametrize(
    ("home", "url"),
    [
        ("https://gazette.example/news/", "https://gazette.example/1"),
        ("https://feeds.example/", "https://feeds.example/1"),
        ("/", "https://feeds.example/1"),
        ("http://[x", "https://feeds.example/1"),
    ],
)
def test_addresses_in_the_feed_of_a_distributor_are_those_of_the_site(home, url):
    listed = rss("<link>/1</link><description>&lt;a href='/1'&gt;1&lt;/a&gt;</description>",
                 f"<link>{home}</link>")  # fmt: skip

    [entry] = read(listed, url="https://feeds.example/gazette").entries

    assert (entry.url, entry.summary) == (url, f'<a href="{url}">1</a>')


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>jane@example.org (Jane Doe)</author>", ("Jane Doe",)),
        ("<author>Jane Doe &lt;jane@example.org&gt;</author>", ("Jane Doe",)),
        ("<author>jane@example.org</author>", ("jane@example.org",)),
        ("<author>desk@example.org</author><dc:creator>Jane</dc:creator>", ("Jane",)),
        ("<author>Jane</author><dc:creator>desk@example.org</dc:creator>", ("Jane",)),
        ("<dc:creator>Jane</dc:creator><dc:creator>Joe</dc:creator>", ("Jane", "Joe")),
        ("<dc:creator>By Jane Doe</dc:creator>", ("Jane Doe",)),
        ("<dc:creator>Von Änne Öst</dc:creator>", ("Änne Öst",)),
        ("<dc:creator>Von Neumann</dc:creator>", ("Von Neumann",)),
        ("<dc:creator>BY JANE DOE</dc:creator>", ("JANE DOE",)),
    ],
)
def test_authors_are_names(author, names):
    entry = entry_of(author, spaces='xmlns:dc="http://purl.org/dc/elements/1.1/"')
    assert entry.authors == names


@pytest.mark.parametrize(
    ("told", "when"),
    [
        ("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21+00:00"),
        ("01 Jan 04 19:48 EST", "2004-01-01T19:48-05:00"),
        ("2003-12-31", "2003-12-31"),
        ("2003-335", "2003-12-01"),
        ("20031231T101455Z", "2003-12-31T10:14:55+00:00"),
        ("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00"),
        ("Di, 12. März 2024 14:05", "2024-03-12T14:05"),
        ("Thu, 01 Jan 2004 24:00:00 GMT", "2004-01-02T00:00:00+00:00"),
        ("1078444146", "2004-03-04T23:49:06+00:00"),
        ("2003-12-31 10:14 PM", "2003-12-31T22:14"),
        ("2003-12-31T10:14:55Z[UTC]", "2003-12-31T10:14:55+00:00"),
        ("2003-07-31T10:14:55+02:00[Europe/Berlin]", "2003-07-31T10:14:55+02:00"),
        ("Thu, 31 Jul 2003 10:14:55 Europe/Berlin", "2003-07-31T10:14:55+02:00"),
        ("Thu, 31 Jul 2003 10:14:55 Middle/Earth", "2003-07-31T10:14:55"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("0001-01-01T00:00:00Z", None),
        ("Sat, 32 Feb 2020 00:00:00 GMT", None),
        ("99999999999999999999", None),
        ("soon", None),
    ],
)
def test_dates_as_feeds_write_them(told, when):
    assert entry_of(f"<pubDate>{told}</pubDate>").published == when


BROKEN = {
    "names of HTML characters": (b"caf&eacute;&nbsp;noir", "café noir", "mended"),
    "a bare ampersand": (b"caf\xc3\xa9 noir & blanc", "café noir & blanc", "mended"),
    "an unknown entity": (b"caf\xc3\xa9 &noir;", "café &noir;", "mended"),
    "a control character": (b"caf\xc3\xa9\x0b noir", "café noir", "mended"),
    "a reference to a control": (b"caf\xc3\xa9&#8; noir", "café noir", "mended"),
    "cp1252 that says UTF-8": (b"caf\xe9 noir, le th\xe9 vert", "café noir, le thé vert", None),
    "an undeclared prefix": (b"caf\xc3\xa9<x:y/> noir", "café noir", "mended"),
    "a less-than sign": (b"caf\xc3\xa9 < noir", "café < noir", "mended"),
    "a terminal's command": (b"caf\xc3\xa9\x1b]0;pwned\x07 \x1b[31mnoir", "café noir", "mended"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_no_letter_is_lost_of_a_feed_with(fault):
    inside, title, warning = BROKEN[fault]
    body = b'<?xml version="1.0" encoding="utf-8"?>' + rss("<title>@</title><link>/1</link>")

    feed = read(body.replace(b"@", inside), url=URL)

    assert [entry.title for entry in feed.entries] == [title]
    assert feed.warnings == ((warning,) if warning else ())


@pytest.mark.parametrize(
    "junk",
    [
        b"<br />\n<b>Warning</b>: mysql in <b>/x.php</b> on line 3<br />\n",
        b"\n\n  ",
        b"\xef\xbb\xbf",
        b"<!-- <rss> --><?php ?>\n",
    ],
)
def test_junk_before_a_feed_is_passed_over(junk):
    body = junk + b'<?xml version="1.0"?>' + rss("<title>Here</title>")
    assert [entry.title for entry in read(body).entries] == ["Here"]


def test_what_follows_the_end_is_passed_over():
    feed = read(rss("<title>Here</title>") + b"<script>count()</script>")
    assert ([e.title for e in feed.entries], feed.warnings) == (["Here"], ("mended",))


def test_a_truncated_feed_keeps_what_came():
    whole = rss(
        "<title>One</title></item><item><title>Two</title></item><item><title>Three</title>"
    )

    feed = read(whole[: whole.index(b"Three") + 2], url=URL)

    assert [entry.title for entry in feed.entries][:2] == ["One", "Two"]
    assert feed.warnings == ("damaged",)


def test_tags_that_close_wrongly_lose_no_entry():
    feed = read(rss("<title>One <b>bold</title></item><item><title>Two</title>"), url=URL)
    assert [entry.title for entry in feed.entries] == ["One bold", "Two"]


def test_an_entity_that_a_feed_declares_itself_is_written_out():
    prolog = '<!DOCTYPE rss [<!ENTITY firm "Brandt &#38; Co"><!ENTITY % x SYSTEM "file:///x">]>'
    entry = entry_of("<title>&firm;</title>", prolog=prolog)
    assert entry.title == "Brandt & Co"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"\0" * 100, "empty"),
        (b"<!doctype html><html><body><!-- <rdf:RDF> --><p>x</p></body></html>", "a web page"),
        (b"<opml><body/></opml>", "OPML"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b'{"a": 1}', "no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "not sound JSON"),
        (b"Dear all, the gate is stuck.", "something else"),
        (b"<rss><channel>" + b"<a>" * 5000, "deeper"),
        (b"<rss><channel><title", "too damaged"),
        (b"<rss>" + b" " * 25_000_001, "larger than 25 MB"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(body, says):
    with pytest.raises(FeedError, match=says):
        read(body)


def test_a_page_is_told_from_a_feed_that_cannot_be_read():
    with pytest.raises(NotAFeed):
        read(b"<html><head><title>x</title></head></html>")


BOMB = """<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]>"""


@pytest.mark.parametrize(
    "subset",
    [
        BOMB,
        f'<!DOCTYPE rss [<!ENTITY c "{"x" * 20_000}">]>',
    ],
)
def test_entities_that_grow_are_refused(subset):
    with pytest.raises(FeedError, match="XML bombs"):
        read(rss("<title>&c;</title>", prolog=subset))


def test_an_entity_that_would_have_to_be_fetched_is_left_as_it_is_written(tmp_path):
    (tmp_path / "secret").write_text("secret")
    prolog = f'<!DOCTYPE rss [<!ENTITY c SYSTEM "file://{tmp_path}/secret">]>'
    assert entry_of("<title>[&c;]</title>", prolog=prolog).title == "[&c;]"


SAFE = {
    "<p onclick=x>a</p><script>alert(1)</script>": "<p>a</p>",
    '<a href="javascript:alert(1)">a</a>': "<a>a</a>",
    '<a href=" java\tscript:x">a</a>': "<a>a</a>",
    '<img src="data:image/png;base64,AA" alt="x">a': "a",
    'a<iframe src="https://v.example/"></iframe> b': "a b",
    "a <style>p{}</style><form><input value=x>b</form>": "a b",
    "<svg><title>a</title><style><img src=x onerror=alert(1)></style></svg>": "a",
    "<math><mi>a</mi><mo>+</mo></math>": "a+",
    '<a href="mailto:a@b.example">m</a>': '<a href="mailto:a@b.example">m</a>',
    "1 < 2 and <b>3</b>": "1 &lt; 2 and <b>3</b>",
    "<!DOCTYPE": "&lt;!DOCTYPE",
    '<img src="/p.png">': '<img src="https://gazette.example/p.png">',
    "<noscript><img src=/p.png></noscript>": '<img src="https://gazette.example/p.png">',
}


@pytest.mark.parametrize("html", SAFE)
def test_html_is_sanitised_and_its_text_kept(html):
    assert entry_of(f"<description><![CDATA[{html}]]></description>").summary == SAFE[html]


def test_text_has_the_blocks_of_the_html():
    html = "<h2>A</h2><p>b <i>c</i><br>d</p><ul><li>e<li>f</ul><pre>g\n  h</pre>i"
    entry = entry_of(f"<description><![CDATA[{html}]]></description>")
    assert entry.text == "A\n\nb c\nd\n\ne\n\nf\n\ng\n  h\n\ni"


def test_read_raw_leaves_the_html_to_a_cleaner():
    html = '<p onclick="x">a <a href="b">c</a></p>'
    [entry] = read(rss(f"<description><![CDATA[{html}]]></description>"), url=URL, raw=True).entries
    assert (entry.summary, entry.text, entry.base) == (html, "", URL)


def test_an_enormous_id_stays_distinct_and_small():
    one, two = (entry_of(f"<guid>{'g' * 50_000}{n}</guid>").id for n in "12")
    assert one != two
    assert one is not None
    assert len(one) <= 2000


def test_a_feed_without_entries_is_a_feed():
    feed = read(b'<feed xmlns="http://www.w3.org/2005/Atom"><title>New</title></feed>')
    assert (feed.title, feed.entries, feed.warnings) == ("New", (), ())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_no_bytes_make_it_fail_otherwise(inserted, at, dropped):
    body = rss("<title>One</title><description>&lt;p&gt;x&lt;/p&gt;</description>", "<ttl>5</ttl>")
    at %= len(body)
    with contextlib.suppress(FeedError):
        read(body[:at] + inserted + body[at + dropped :], url=URL)


WORDS = "The last words that came before the line broke off"
BROKEN_OFF = {
    "in a description": f"<item><title>Two</title><description>{WORDS}",
    "in escaped HTML": f'<item><title>Two</title><description>&lt;p&gt;{WORDS}&lt;a href="ht',
    "in CDATA": f"<item><title>Two</title><description><![CDATA[<p>{WORDS}",
    "in the full text": f"<item><title>Two</title><content:encoded><![CDATA[<p>{WORDS}",
    "in a tag": f"<item><title>Two</title><description>{WORDS}</descri",
    "in CDATA of a feed that ends": f"<item><title>Two</title><description><![CDATA[<p>{WORDS}"
    "</channel></rss>",
    "in CDATA before another entry": f"<item><title>Two</title><description><![CDATA[<p>{WORDS}"
    "</description></item><item><title>Three</title></item></channel></rss>",
    "in CDATA before more CDATA": f"<item><title>Two</title><description><![CDATA[<p>{WORDS}"
    "</description></item><item><title>Three</title><description><![CDATA[x]]></description>"
    "</item></channel></rss>",
}


@pytest.mark.parametrize("where", BROKEN_OFF)
def test_what_had_come_of_a_text_that_broke_off_is_kept(where):
    begun = rss("<title>One</title>").partition(b"</channel>")[0]

    feed = read(begun + BROKEN_OFF[where].encode(), url=URL)

    after = ["Three"] if "Three" in BROKEN_OFF[where] else []
    assert [entry.title for entry in feed.entries] == ["One", "Two", *after]
    assert feed.entries[1].text == WORDS
    assert feed.warnings == ("damaged",)


def test_cdata_that_is_spoken_of_is_no_cdata_that_was_left_open():
    said = "<description><![CDATA[Write <![CDATA[ and what you mean & more.]]></description><b>"
    assert entry_of(said).text == "Write <![CDATA[ and what you mean & more."
