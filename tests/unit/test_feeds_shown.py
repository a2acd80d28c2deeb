"""What a person sees of the entries of feeds as they are: toots, films, episodes, galleries."""

import pytest

from reader.model import View

SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


@pytest.fixture
def shown(library, newsstand):
    """The articles of a feed, in its order, as they come out of the cache."""

    def published(body: str | bytes):
        if isinstance(body, str):
            body = body.encode()
        ids = [arrival.id for arrival in library.add([newsstand.sell("/f", body)])]
        assert set(ids) == set(library.ids(View("all")))
        return [library.article(id) for id in sorted(ids, reverse=True)]

    return published


def rss(*items: str, more: str = "<link>https://gazette.example/</link>") -> str:
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        f'<rss version="2.0" {SPACES}><channel><title>Gazette</title>{more}{listed}</channel></rss>'
    )


def picture(name: str, told: str = "", more: str = 'medium="image"') -> str:
    said = f'<media:description type="plain">{told}</media:description>' if told else ""
    return f'<media:content url="https://pictures.example/{name}" {more}>{said}</media:content>'


PNG = 'type="image/png"'


def test_a_toot_is_called_by_its_words_or_by_what_is_on_its_picture(shown):
    words, only_picture = shown(
        rss(
            f"<guid>1</guid><description>&lt;p&gt;A cat slept.&lt;/p&gt;</description>"
            f"{picture('cat.png', 'A cat in a [basket]', PNG)}",
            f"<guid>2</guid><description></description>{picture('boat.png', 'A boat')}",
        )
    )

    assert words.title == "A cat slept."
    assert words.markdown.endswith(r"![A cat in a \[basket\]](https://pictures.example/cat.png)"), (
        "and no file of type image/png"
    )
    assert words.text == "A cat slept."
    assert (only_picture.title, only_picture.text) == ("A boat", "")
    assert "teaser" not in words.warnings, "of a note there is no more to fetch"


def test_of_a_picture_in_several_sizes_one_is_shown(shown):
    sizes = [
        picture(f"ferry.jpg?width={width}", more=f'width="{width}"') for width in (140, 700, 460)
    ]
    group = [picture(name, more='medium="image" width="9"') for name in ("a.jpg", "b.jpg")]
    in_text = "&lt;img src='https://pictures.example/c-300x200.jpg'&gt;"
    newspaper, gallery, shop = shown(
        rss(
            f"<title>Ferry</title><guid>1</guid>{''.join(sizes)}",
            f"<title>Gallery</title><guid>2</guid><media:group>{''.join(group)}</media:group>",
            f"<title>Shop</title><guid>3</guid><description>{in_text}</description>"
            f"{picture('c.jpg')}",
        )
    )

    assert newspaper.markdown == "![](https://pictures.example/ferry.jpg?width=700)"
    assert gallery.markdown == "![](https://pictures.example/a.jpg)"
    assert shop.markdown == "![](https://pictures.example/c-300x200.jpg)"


def test_the_portrait_of_who_writes_is_no_picture_of_an_entry(shown):
    """As WordPress puts it beside each."""
    for article in shown(
        rss(*(f"<title>{n}</title><guid>{n}</guid>{picture('ann.jpg')}" for n in "12"))
    ):
        assert article.markdown == ""


def test_a_thumbnail_stands_in_for_an_entry_that_has_nothing_else(shown):
    thumbnail = '<media:thumbnail url="https://pictures.example/{}.jpg"/>'
    bare, told = shown(
        rss(
            f"<title>Bare</title><guid>1</guid>{thumbnail.format(1)}",
            f"<title>Told</title><guid>2</guid><description>Words</description>{thumbnail.format(2)}",
        )
    )

    assert bare.markdown == "![](https://pictures.example/1.jpg)"
    assert told.markdown == "Words"


def test_a_film_has_no_link_to_what_nothing_plays_and_is_no_teaser(shown):
    [film] = shown(
        rss(
            "<title>Film</title><link>https://films.example/1</link><media:group><media:content "
            'url="https://films.example/v/1" type="application/x-shockwave-flash"/>'
            "<media:description>What it shows</media:description></media:group>"
        )
    )

    assert film.markdown == "What it shows"
    assert "teaser" not in film.warnings, "its page is a player"


def test_an_episode_without_a_title_is_not_called_by_its_type(shown):
    [episode] = shown(
        rss(
            "<guid>1</guid><description>About locks</description>"
            '<enclosure url="https://pod.example/1.mp3" type="audio/mpeg" length="5000000"/>'
        )
    )

    assert episode.title == "About locks"
    assert episode.markdown.endswith("[audio/mpeg, 5 MB](https://pod.example/1.mp3)")


def test_a_text_that_stands_elsewhere_is_no_file(shown):
    [entry] = shown(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><title/>'
        "<id>https://gazette.example/1</id><updated>2025-02-01T00:00:00Z</updated>"
        '<content type="html" src="https://gazette.example/1.html"/></entry></feed>'
    )

    assert (entry.title, entry.markdown) == ("gazette.example/1", "")


def test_an_entry_of_which_there_is_but_an_address_is_kept_and_one_of_nothing_left_out(shown):
    bare, seen = shown(
        rss("<link>https://gazette.example/?p=1</link>", f"<guid>2</guid>{picture('a.jpg')}", "")
    )

    assert (bare.title, seen.title) == ("gazette.example/?p=1", "pictures.example/a.jpg")


CHAPTERS = "About locks &lt;3\nand sluices\n\n0:00 Gate\n1:30 Keeper\nhttps://locks.example/a_b_c."


def test_the_lines_of_what_a_film_or_an_episode_tells_stay_lines(shown):
    """As YouTube and podcasts list chapters, with addresses that can be followed."""
    film, episode = shown(
        rss(
            f"<title>Film</title><guid>1</guid><media:description>{CHAPTERS}</media:description>",
            "<title>Episode</title><guid>2</guid><description>Locks</description>"
            f"<itunes:summary>{CHAPTERS}</itunes:summary>",
        )
    )

    for article in (film, episode):
        assert article.text == (
            "About locks <3\nand sluices\n\n0:00 Gate\n1:30 Keeper\nhttps://locks.example/a_b_c."
        )
        assert "](https://locks.example/a_b_c)." in article.markdown


def test_lines_of_a_text_that_was_wrapped_for_a_page_are_joined(shown):
    wrapped = (
        "The gate of the old lock stuck for the third time this month, and the\n"
        "keeper said that he would rather be a baker. The council will meet\n"
        "on Friday."
    )
    paragraphs = "\n".join(["The lock gate stuck once more. " * 5] * 2)
    [one, two] = shown(
        rss(
            f"<title>1</title><guid>1</guid><description>{wrapped}</description>",
            f"<title>2</title><guid>2</guid><description>{paragraphs}</description>",
        )
    )

    assert one.text == wrapped.replace("\n", " ")
    assert two.text.count("\n\n") == 1


ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry>{}</entry></feed>'
PARAGRAPHS = "&lt;p&gt;One &amp;amp; all.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"


@pytest.mark.parametrize(
    "body",
    [
        ATOM.format(f"<id>1</id><title>T</title><summary>{PARAGRAPHS}</summary>"),
        rss(f"<title>T</title><description>{PARAGRAPHS.replace('&', '&amp;')}</description>"),
        rss(
            "<title>T</title><description>"
            "<![CDATA[<p>One <![CDATA[&amp; all.]]]]><![CDATA[></p><p>Two.</p>]]></description>"
        ),
    ],
    ids=["called text", "escaped twice", "CDATA twice"],
)
def test_html_that_is_wrapped_once_too_often_is_read_as_html(shown, body):
    [entry] = shown(body)

    assert entry.text == "One & all.\n\nTwo."


@pytest.mark.parametrize(
    ("title", "seen"),
    [
        ("Ren&amp;#233; &amp;amp; Zo&amp;euml;", "René & Zoë"),
        ("1 &lt; 2 &amp;amp;&amp;amp; List&lt;T&gt;", "1 < 2 && List<T>"),
        ("What &amp;lt; means", "What &lt; means"),
    ],
)
def test_a_title_that_is_called_text_has_its_letters(shown, title, seen):
    [entry] = shown(ATOM.format(f"<id>1</id><title>{title}</title>"))

    assert entry.title == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (b"Don&#146;t &#x97; &#8217;", "Don’t — ’"),
        (b"Don\xc2\x92t c\xc2\x9cur", "Don’t cœur"),
        (b"So &#xD83D;&#xDE00; &#55357;&#56832;", "So 😀 😀"),
        ("L’été à Paris: “chaud”".encode().decode("latin-1").encode(), "L’été à Paris: “chaud”"),
        ("Ã la carte".encode(), "Ã la carte"),
    ],
    ids=["numbers", "controls", "halves", "UTF-8 twice", "once"],
)
@pytest.mark.parametrize("section", [b"%s", b"<![CDATA[%s]]>"], ids=["", "CDATA"])
def test_letters_that_a_program_spoiled_are_as_they_were_written(shown, written, seen, section):
    said = section % written
    items = b"<title>" + said + b"</title><description>" + said + b"</description>"
    [entry] = shown(rss("ITEM").encode().replace(b"ITEM", items))

    assert (entry.title, entry.text) == (seen, seen)


GERMAN = ("Die Schleuse klemmt wieder", "Der Bäcker und das Mehl", "Wie es mit der Brücke war",
          "Was die Katze auf dem Dach sah", "Ein Sturm hat die Eiche gefällt", "Nach dem Regen",
          "Sie haben den Pokal nicht", "Wir sind auch im Winter hier")  # fmt: skip


@pytest.mark.parametrize("declared", ["", "<language>en-us</language>"])
def test_a_short_entry_is_in_the_language_of_its_feed(shown, declared):
    """Whose software calls every feed English."""
    items = [f"<title>{title}</title><description>Los!</description>" for title in GERMAN]

    assert {article.language for article in shown(rss(*items, more=declared))} == {"de"}


def test_a_word_is_too_little_to_tell_a_language_by(shown):
    word, script = shown(
        rss("<title>D</title><description>D</description>", "<title>新华社北京电</title>")
    )

    assert (word.language, script.language) == (None, "zh")


@pytest.mark.parametrize(
    ("last", "stays"),
    [
        ("The post <a href='{page}'>A</a> appeared first on <a href='{home}'>Z</a>.", False),
        ("Beitrag <a href='{page}?utm_source=x'>A</a> erschien auf <a href='{home}'>Z</a>", False),
        ("More: <a href='https://other.example/'>O</a> and <a href='{page}'>A</a>.", True),
        ("The post <a href='{page}'>A</a> is the first of three on this <a href='{home}'>site</a>, "
         "and the next will come as soon as the gate is mended.", True),
    ],
)  # fmt: skip
def test_the_line_by_which_a_blog_signs_each_entry_is_left_out(shown, last, stays):
    page, home = "https://gazette.example/a", "https://gazette.example"
    html = f"<p>The gate is stuck.</p>\n<p>{last.format(page=page, home=home)}</p>"
    [article] = shown(
        rss(
            f"<title>A</title><link>{page}</link><description><![CDATA[{html}]]></description>"
            f"<content:encoded><![CDATA[{html}]]></content:encoded>"
        )
    )

    assert (article.text != "The gate is stuck.") is stays


def test_a_link_to_the_comments_can_be_followed_but_is_no_text(shown):
    """As Hacker News sends with every story."""
    talk = "https://talk.example/item?id=1"
    [story] = shown(
        rss(
            f"<title>A gate</title><link>https://gates.example/a</link><comments>{talk}</comments>"
            f'<description><![CDATA[<a href="{talk}">Comments</a>]]></description>'
        )
    )

    assert (story.text, story.markdown) == ("", f"[Comments]({talk})")
    assert story.headline.summary is None


JSON = '{"version": "https://jsonfeed.org/version/1.1", "title": "G", "items": ['


def test_a_json_feed_that_breaks_off_keeps_what_came(shown):
    [entry] = shown(JSON + '{"id": "1", "content_text": "One, {two]"}, {"id": "2", "content_te')

    assert (entry.headline.source, entry.text) == ("G", "One, {two]")


def test_what_follows_the_end_of_a_json_feed_is_passed_over(shown):
    [entry] = shown(JSON + '{"id": "1", "content_text": "One"}]}<!-- 0.2 s -->')

    assert (entry.headline.source, entry.text) == ("G", "One")


def test_the_pictures_of_a_json_feed_are_shown_and_name_what_has_no_words(shown):
    beside, alone, bare = shown(
        JSON + '{"id": "1", "content_text": "A gate", "image": "https://p.example/a.jpg"},'
        '{"id": "2", "content_html": "<img src=\'https://p.example/b.jpg\' alt=\'A [b]\'>"},'
        '{"id": "3", "content_html": "<img src=\'https://p.example/c.jpg\'>"}]}'
    )

    assert beside.markdown == "A gate\n\n![](https://p.example/a.jpg)"
    assert (alone.title, bare.title) == ("A [b]", "p.example/c.jpg")


def test_films_and_sounds_within_a_text_can_be_followed(shown):
    html = (
        '<p>See this.</p><iframe title="A [gate]" src="https://www.films.example/embed/1?a=1&amp;b=2"'
        ' allowfullscreen></iframe><video poster="/p.jpg"><source src="/2.mp4"></video>'
        '<audio controls src="/3.mp3"></audio><iframe src="https://ads.example/frame"></iframe>'
    )
    [entry] = shown(
        rss(
            f"<title>A</title><link>https://gazette.example/a</link>"
            f"<content:encoded><![CDATA[{html}]]></content:encoded>"
        )
    )

    assert entry.markdown == (
        "See this.\n\n[A \\[gate\\], video](https://www.films.example/embed/1?a=1&b=2)\n\n"
        "[video](https://gazette.example/2.mp4)\n\n[audio](https://gazette.example/3.mp3)"
    )
    assert entry.text == "See this.\n\nA [gate], video\n\nvideo\n\naudio"
