"""What is new to the reader stands out on the page, and only what they saw counts as read."""

import io
import json

import newsday
import pytest
from drive import NARROW, WIDE, reading, screens

from reader.library import Library


@pytest.fixture
def day(own_home):
    path = own_home / "broadsheet.db"
    return path, newsday.write(path)


@pytest.fixture
def evening_read(day):
    path, kept = day
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    return path, kept


def roles(reader, words):
    """The roles in which words stand on the page."""
    page = reader.room.page
    found = set()
    for line in range(page.galley.line_count):
        pieces = page.galley.pieces(line)
        text = "".join(part for part, _ in pieces)
        if words in text:
            from reader.app.marking import receding

            at = 0
            start = text.index(words)
            for part, role in receding(pieces, page.galley.spans(line)):
                if at < start + len(words) and start < at + len(part):
                    found.add(role)
                at += len(part)
    return found


async def test_what_was_read_elsewhere_recedes_and_the_masthead_counts_the_news(evening_read):
    path, kept = evening_read
    async with reading(path, open_id=kept["morning"]) as reader:
        assert roles(reader, "pharmacy") == {"known"}
        assert roles(reader, "patients home by") == {"text"}
        assert "of 6 sentences are new to you" in reader.text()
        assert any("▎" in line for line in reader.screen() if "emergency subsidy" in line)


async def test_nothing_is_said_of_news_where_nothing_was_read(day):
    path, kept = day
    async with reading(path, open_id=kept["morning"]) as reader:
        assert "new to you" not in reader.text()
        assert roles(reader, "pharmacy") == {"text"}
        await reader.press("}")
        assert reader.said == "You have read nothing else about this: nothing is marked"


async def test_braces_go_from_one_new_passage_to_the_next(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        passages = reader.room.page.galley.passages
        assert len(passages) >= 2
        seen = []
        for _ in passages:
            await reader.press("}")
            seen.append(reader.said)
        assert seen == [f"New passage {n} of {len(passages)}" for n in range(1, len(passages) + 1)]
        assert "emergency subsidy" in reader.text()
        await reader.press("}")
        assert reader.said == "Nothing after this is new to you"
        await reader.press("{")
        assert reader.said == f"New passage {len(passages) - 1} of {len(passages)}"


async def test_a_new_passage_longer_than_the_screen_is_not_said_to_be_the_end(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True, ends=False)
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        for _ in reader.room.page.galley.passages:
            await reader.press("}")
        await reader.press("}")
        assert reader.said == "The new passage goes on"
        await reader.press("G")
        await reader.press("}")
        assert reader.said == "Nothing after this is new to you"


@pytest.mark.parametrize("height", range(13, 25))
async def test_space_leaves_no_new_text_unread_wherever_a_screen_happens_to_end(own_home, height):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True, ends=False)
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    async with reading(path, size=(80, height)) as reader:
        seen = ""
        await reader.press("space")
        while not reader.said.startswith("That is all"):
            seen += reader.text()
            await reader.press("space")
        assert all(f"Paragraph {number} says" in seen for number in range(1, 40))


async def test_a_key_makes_all_sentences_alike_and_the_choice_is_kept(evening_read):
    path, kept = evening_read
    async with reading(path, open_id=kept["morning"]) as reader:
        assert "▎ " in reader.text().replace("▎\n", "")
        await reader.press("w")
        assert not reader.room.page.shows_news
        assert not any("▎" in line for line in reader.screen() if "emergency subsidy" in line)
    async with reading(path, open_id=kept["morning"]) as reader:
        assert not reader.room.page.shows_news
        await reader.press("w")
        assert any("▎" in line for line in reader.screen() if "emergency subsidy" in line)


async def test_marks_stay_through_a_change_and_a_resize(evening_read):
    path, kept = evening_read
    async with reading(path, open_id=kept["morning"]) as reader:
        await reader.press("s")
        assert roles(reader, "pharmacy") == {"known"}
        await reader.resize(NARROW)
        assert roles(reader, "pharmacy") == {"known"}
        assert "new to you" in reader.text()


async def test_no_line_moves_when_the_marks_arrive(evening_read):
    path, kept = evening_read
    async with reading(path, open_id=kept["morning"]) as reader:
        marked = list(reader.screen())
        reader.room.page.galley.mark(type(reader.room.page.galley.marking)())
        reader.room.page.show_news(False)
        await reader.rest()
        bare = reader.screen()
        changed = [n for n, (a, b) in enumerate(zip(marked, bare, strict=True)) if a[50:] != b[50:]]
        assert all(
            "new to you" in marked[n] or "▎" in marked[n] or "·" in marked[n] for n in changed
        )


async def test_only_what_was_on_the_screen_counts_as_read(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        await reader.rest()
    with Library.open(path) as library:
        assert not library.headlines([kept["morning"]])[0].unread
        marks = dict(library.sentences(kept["evening"]))
        first, last = next(iter(marks)), list(marks)[-1]
        assert marks[first] == "known", "it stood on the first screen"
        assert marks[last] != "known", "it stands at the end, which was never shown"
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        await reader.press("G")
    with Library.open(path) as library:
        assert dict(library.sentences(kept["evening"]))[last] == "known"


async def test_pages_that_are_flown_over_are_not_read(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        await reader.press("G")
        await reader.rest()
    with Library.open(path) as library:
        read = library.cache.articles.text_read(kept["morning"])
        assert "Paragraph 39 " in read
        assert "Paragraph 15 " not in read


async def test_what_runs_by_with_a_key_held_down_is_not_read(own_home, monkeypatch):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    monkeypatch.setattr(screens.reading, "KEEP_SECONDS", 1.5)
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        await reader.press(*"j" * 120)
    with Library.open(path) as library:
        read = library.cache.articles.text_read(kept["morning"])
        assert "The crews of all nine ferries" in read
        assert "emergency subsidy" in read
        assert "Paragraph 15 " not in read


async def test_what_was_read_line_by_line_is_noted_on_leaving(own_home, monkeypatch):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        first_screen = reader.text()
        assert "Paragraph 6 " not in first_screen
        monkeypatch.setattr(screens.reading, "KEEP_SECONDS", 60)  # it never rests
        for _ in range(14):
            await reader.pilot.press("j")
    with Library.open(path) as library:
        assert "Paragraph 6 " in library.cache.articles.text_read(kept["morning"])


async def test_the_passage_after_a_line_was_scrolled_is_the_next_one(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    with Library.open(path) as library:
        library.mark_read([kept["evening"]])
    async with reading(path, size=(80, 24), open_id=kept["morning"]) as reader:
        many = len(reader.room.page.galley.passages)
        await reader.press("}")
        await reader.press("j")
        await reader.press("}")
        assert reader.said == f"New passage 2 of {many}"


async def test_an_article_marked_read_by_key_was_read_whole(own_home):
    path = own_home / "broadsheet.db"
    kept = newsday.write(path, long=True)
    async with reading(path, size=WIDE, open_id=kept["morning"]) as reader:
        await reader.press("u")
        await reader.press("m")
    with Library.open(path) as library:
        assert "known" in dict(library.sentences(kept["evening"])).values()
        assert "Paragraph 15 " in library.cache.articles.text_read(kept["morning"])


async def test_a_copy_that_is_asked_for_is_shown_and_not_the_one_it_is_folded_under(own_home):
    path = own_home / "broadsheet.db"
    copy = {"id": "copy", "title": "Crews at Norvik walk out", "markdown": newsday.EVENING}
    lines = [json.dumps(copy | {"source": "The Copy Sheet", "published": "2026-11-22T18:00:00Z"})]
    kept = newsday.write(path)
    with Library.open(path) as library:
        [arrival] = library.import_lines(io.BytesIO("\n".join(lines).encode()))
    async with reading(path, open_id=arrival.id) as reader:
        assert reader.title == "Crews at Norvik walk out"
    async with reading(path, open_id=kept["evening"]) as reader:
        assert reader.title == "Ferry crews at Norvik walk out"
