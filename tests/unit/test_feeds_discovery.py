"""Where a site keeps its feeds."""

import pytest

from reader.feeds import Candidate, discover, discovery

AT = "https://gazette.example/news/today"


def head(inside: str) -> bytes:
    return f"<html><head>{inside}</head><body><p>News</p></body></html>".encode()


def test_what_a_page_announces_comes_in_its_order_with_comments_last():
    page = head(
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
        '<link rel=alternate type="application/atom+xml; charset=utf-8" title="News" href="atom">'
        '<link rel="Alternate feed" type="application/feed+json" href="//x.example/f.json">'
        '<link rel="alternate" type="text/html" hreflang="de" href="/de">'
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">'
        '<link rel="alternate" type="application/rss+xml" href="javascript:x">'
    )

    assert discover(page, AT) == [
        Candidate("News", "https://gazette.example/news/atom", "atom"),
        Candidate(None, "https://x.example/f.json", "json"),
        Candidate("Comments", "https://gazette.example/comments/feed", "rss"),
    ]


def test_addresses_are_relative_to_the_base_of_the_page():
    page = head('<base href="/b/"><link rel=alternate type="text/xml" href="f.xml">')
    assert [each.url for each in discover(page, AT)] == ["https://gazette.example/b/f.xml"]


KNOWN = {
    "https://www.youtube.com/channel/UC" + "x" * 22: "https://www.youtube.com/feeds/videos.xml?"
    "channel_id=UC" + "x" * 22,
    "https://www.youtube.com/playlist?list=PL1": "https://www.youtube.com/feeds/videos.xml?"
    "playlist_id=PL1",
    "https://old.reddit.com/r/python/": "https://www.reddit.com/r/python/.rss",
    "https://github.com/python/cpython/tree/main": "https://github.com/python/cpython/"
    "releases.atom",
    "https://github.com/gvanrossum": "https://github.com/gvanrossum.atom",
    "https://news.ycombinator.com/item?id=1": "https://news.ycombinator.com/rss",
    "https://word.substack.com/p/x": "https://word.substack.com/feed",
    "https://arxiv.org/list/cs.CL/recent": "https://rss.arxiv.org/rss/cs.CL",
    "https://medium.com/@jane/a-story-1": "https://medium.com/feed/@jane",
    "https://blog.blogspot.com/2024/01/x.html": "https://blog.blogspot.com/feeds/posts/default",
    "https://pypi.org/project/lxml/": "https://pypi.org/rss/project/lxml/releases.xml",
}


@pytest.mark.parametrize("url", KNOWN)
def test_known_sites_have_their_rules(url):
    assert discover(b"<html></html>", url)[0].url == KNOWN[url]


MADE_BY = {
    '"channelId":"UC' + "y" * 22 + '"': (
        "https://www.youtube.com/@someone",
        "https://www.youtube.com/feeds/videos.xml?channel_id=UC" + "y" * 22,
    ),
    "Mastodon": ("https://social.example/@jane", "https://social.example/@jane.rss"),
    '<meta name="generator" content="WordPress 6.5">': (AT, "https://gazette.example/feed/"),
    '<meta name="generator" content="Ghost 5.0">': (AT, "https://gazette.example/rss/"),
}


@pytest.mark.parametrize("mark", MADE_BY)
def test_the_software_of_a_page_tells_where_its_feed_is(mark):
    url, feed = MADE_BY[mark]
    assert discover(head(mark), url)[0].url == feed


def test_a_link_that_looks_like_a_feed_goes_before_guesses():
    found = discover(b'<p><a href="/blog/rss.xml">Subscribe</a> <a href="/rss-news">x</a>', AT)
    assert found == [Candidate("Subscribe", "https://gazette.example/blog/rss.xml")]


def test_guesses_are_made_where_nothing_is_known():
    found = [each.url for each in discover(head(""), AT)]
    assert found[0] == "https://gazette.example/news/feed"
    assert "https://gazette.example/atom.xml" in found
    assert all(each.kind is None for each in discover(head(""), AT))


@pytest.mark.parametrize(
    "url", ["", "file:///etc/passwd", "javascript:x", "http://[", "mailto:a@b"]
)
def test_an_odd_address_has_no_feeds(url):
    assert discover(head(""), url) == []


@pytest.mark.parametrize("page", [b"", b"\0" * 50, b"<link " * 5000, b"<div>" * 9000])
def test_an_odd_page_is_no_trouble(page):
    assert discover(page, AT)


@pytest.mark.parametrize(
    ("url", "feeds"),
    [
        ("https://www.youtube.com/channel/UC-" + "x" * 18 + "-yz/videos", 1),
        ("https://www.reddit.com/r/python/?sort=new", 1),
        ("https://pypi.org/project/a-long-name/", 1),
        ("https://github.com/some/awesome-go-list", 3),
        ("https://github.com/some/one/blob/main/notes.md", 0),
        ("https://github.com/some/one/releases.atom", 0),
        ("https://www.reddit.com/r/python/.rss", 0),
        ("https://www.reddit.com/r/python/comments/1a2b3c/a_question/", 0),
        ("https://word.substack.com/p/an-article-of-it", 0),
        ("https://en.wikipedia.org/wiki/Newspaper", 0),
        ("https://gazette.example/r/python", 0),
    ],
)
def test_a_list_of_a_known_site_is_told_by_its_address(url, feeds):
    assert len(discovery.known_listing(url)) == feeds
