"""Lead pictures: nothing is fetched without the key, nothing hostile reaches the page."""

import asyncio
import io

import drive
import gazette
import pytest
from PIL import Image

from reader.app.screens.picturing import Picturing
from reader.library import Library
from reader.model import Cleaned, SourceKind, When
from reader.store import Incoming


def png(width=32, height=16, colour=(200, 30, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def stand(newsstand):
    return newsstand


HAS_COLOURS = Picturing.__dict__["_has_colours"]


@pytest.fixture
def article(cache, own_home, stand, monkeypatch):
    monkeypatch.setattr(Picturing, "_has_colours", True)

    def make(path="/lamp.png", allowed=True, near=True, added_as=None):
        (own_home / "config.toml").write_text(f"pictures = {str(allowed).lower()}\n")
        with Library.open(cache) as library:
            feed = stand.url("/feed") if near else "https://gazette.example/feed"
            source = library.cache.sources.add(SourceKind.FEED, feed, "Lamps", added_as=added_as)
            text = f"Before it.\n\n![A red lamp]({stand.url(path)})\n*The lamp.*\n\nAfter it."
            when = When(gazette.NOW.isoformat())
            cleaned = Cleaned(title="Lamp", text=text, markdown=text, kind="text", published=when)
            arrival = library.cache.articles.keep(source.id, Incoming("lamp", cleaned=cleaned))
        return arrival.id

    return make


async def shown(reader):
    await reader.press("I")
    for _ in range(1500):
        await asyncio.sleep(0.01)
        if not reader.said.startswith("Fetching"):
            break
    await reader.rest()


async def test_the_key_fetches_and_shows_and_takes_away(cache, stand, article):
    stand.sell("/lamp.png", png())
    async with drive.reading(cache, open_id=article()) as reader:
        assert stand.asked == []
        await shown(reader)
        assert "1 picture here" in reader.said
        assert "▀" * 32 in reader.text()
        assert "[A red lamp]" in reader.text()
        assert "The lamp." in reader.text()
        await reader.press("I")
        assert "▀" not in reader.text()
        assert len(stand.asked) == 1


async def test_without_the_setting_nothing_is_fetched(cache, stand, article):
    async with drive.reading(cache, open_id=article(allowed=False)) as reader:
        await shown(reader)
        assert "pictures = true" in reader.said
        assert stand.asked == []


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (png()[:60], 200, "damaged"),
        pytest.param(png(6000, 6000), 200, "million pixels", id="bomb"),
        (b"<svg/>", 200, "no PNG"),
        (png(1, 1), 200, "too small"),
        (b"", 404, "404"),
        pytest.param(b"x" * 10_000_001, 200, "larger than 10 MB", id="large"),
    ],
)
async def test_what_is_no_picture_says_why(cache, stand, article, body, status, said):
    stand.sell("/lamp.png", body, status)
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        assert said in reader.said
        assert "▀" not in reader.text()


async def test_a_private_address_is_not_asked(cache, stand, article):
    async with drive.reading(cache, open_id=article(near=False)) as reader:
        await shown(reader)
        assert "No picture" in reader.said
        assert stand.asked == []


async def test_a_private_source_that_another_address_led_to_gives_no_pictures(
    cache, stand, article
):
    found = article(added_as="https://gazette.example/")
    async with drive.reading(cache, open_id=found) as reader:
        await shown(reader)
        assert "No picture" in reader.said
        assert stand.asked == []


async def test_a_redirect_into_a_private_network_is_not_followed(cache, stand, article):
    stand.sell("/lamp.png", status=302, Location="http://10.0.0.1/lamp.png")
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        assert "No picture" in reader.said
        assert "private network" in reader.said


async def test_without_colours_the_key_says_so(cache, stand, article, monkeypatch):
    found = article()
    monkeypatch.setattr(Picturing, "_has_colours", HAS_COLOURS)
    monkeypatch.setenv("NO_COLOR", "1")
    async with drive.reading(cache, open_id=found) as reader:
        await reader.press("I")
        assert reader.said.startswith("Pictures need a terminal of 256 colours")
        assert stand.asked == []
