"""Lead pictures: nothing is fetched without the key, nothing hostile reaches the page."""

import asyncio
import io
import threading

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


def encoded(format, mode="RGB", frames=1, **options) -> bytes:
    """A picture whose left half is red and whose right half is blue, in one of the formats."""
    image = Image.new("RGB", (64, 32), (200, 30, 40))
    image.paste((20, 40, 200), (32, 0, 64, 32))
    image = image.convert(mode)
    if frames > 1:
        options |= {"save_all": True, "append_images": [Image.new("RGB", (64, 32), "green")]}
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def colours_shown(reader) -> list[tuple[int, int, int]]:
    """The colours of the first row of the picture, each once, from left to right."""
    for strip in reader.app.screen._compositor.render_strips():
        row = [s.style.color.triplet for s in strip if "▀" in s.text and s.style]
        if row:
            return list(dict.fromkeys(tuple(colour) for colour in row))
    return []


def nearly(shown, wanted) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(shown, wanted, strict=True))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(encoded("PNG"), id="png"),
        pytest.param(encoded("PNG", "P"), id="png-palette"),
        pytest.param(encoded("JPEG", quality=95), id="jpeg"),
        pytest.param(encoded("JPEG", quality=95, progressive=True), id="jpeg-progressive"),
        pytest.param(encoded("JPEG", "CMYK", quality=95), id="jpeg-cmyk"),
        pytest.param(encoded("WEBP", lossless=True), id="webp"),
        pytest.param(encoded("WEBP", frames=2), id="webp-animated"),
        pytest.param(encoded("GIF"), id="gif"),
        pytest.param(encoded("GIF", frames=2), id="gif-animated"),
    ],
)
async def test_every_format_shows_its_first_frame_in_its_colours(cache, stand, article, body):
    stand.sell("/lamp.png", body)
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        assert "1 picture here" in reader.said
        found = colours_shown(reader)
        assert nearly(found[0], (200, 30, 40))
        assert nearly(found[-1], (20, 40, 200))


async def test_a_greyscale_jpeg_and_one_of_sixteen_bits_are_shown(cache, stand, article):
    out = io.BytesIO()
    Image.new("I;16", (64, 32), 40_000).save(out, "PNG")
    for body in (encoded("JPEG", "L"), out.getvalue()):
        stand.sell("/lamp.png", body)
        async with drive.reading(cache, open_id=article()) as reader:
            await shown(reader)
            assert "1 picture here" in reader.said
            [grey, *_] = colours_shown(reader)
            assert len(set(grey)) == 1


async def test_what_is_transparent_is_white(cache, stand, article):
    out = io.BytesIO()
    Image.new("RGBA", (32, 16), (0, 0, 0, 0)).save(out, "PNG")
    stand.sell("/lamp.png", out.getvalue())
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        assert colours_shown(reader) == [(255, 255, 255)]


async def test_a_resized_terminal_sets_the_picture_again_and_nothing_is_asked(
    cache, stand, article
):
    stand.sell("/lamp.png", png(640, 320))
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        wide = reader.text().count("▀")
        for size in (drive.MEDIUM, drive.NARROW, (21, 6), (20, 5), (200, 60), drive.WIDE):
            await reader.resize(size)
            lines = [line for line in reader.screen() if "▀" in line]
            assert all(len(line.strip()) <= size[0] for line in lines)
        assert reader.text().count("▀") == wide
        assert len(stand.asked) == 1


async def test_a_picture_does_not_fill_a_small_page(cache, stand, article):
    stand.sell("/lamp.png", png(300, 900))
    async with drive.reading(cache, size=drive.NARROW, open_id=article()) as reader:
        await shown(reader)
        await reader.press("j", "j", "j", "j")
        lines = [line for line in reader.screen() if "▀" in line]
        assert 0 < len(lines) <= reader.room.page.size.height - 3


@pytest.fixture
def waiting(stand):
    """A server that is asked for the picture and waits; it goes on when the test says so."""
    asked, go_on = threading.Event(), threading.Event()

    def respond(handler):
        asked.set()
        go_on.wait(10)
        handler.send_response_only(200)
        handler.end_headers()
        handler.wfile.write(png())

    stand.pages["/lamp.png"] = respond
    yield asked, go_on
    go_on.set()


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 15)


async def test_keys_are_answered_while_a_server_is_slow(cache, stand, article, waiting):
    asked, go_on = waiting
    async with drive.reading(cache, open_id=article()) as reader:
        await reader.press("I")
        assert reader.said == "Fetching 1 picture …"
        await until(asked)
        await reader.press("q", "j")
        assert reader.title != "Lamp"
        go_on.set()
        for _ in range(1500):
            await asyncio.sleep(0.01)
            if reader.said:
                break
        assert "▀" not in reader.text(), "what came belongs to another article"
        await reader.press("k", "enter")
        assert reader.title == "Lamp"
        assert "▀" in reader.text()


async def test_the_key_again_calls_a_slow_server_off(cache, stand, article, waiting):
    asked, go_on = waiting
    async with drive.reading(cache, open_id=article()) as reader:
        await reader.press("I")
        await until(asked)
        await reader.press("I")
        assert reader.said == "No more pictures are fetched"
        go_on.set()
        await asyncio.sleep(0.3)
        await reader.rest()
        assert "▀" not in reader.text()
        assert not reader.room.picture_getter.running


async def test_leaving_while_a_server_is_slow_leaves_no_child(cache, stand, article, waiting):
    asked, _ = waiting
    async with drive.reading(cache, open_id=article()) as reader:
        await reader.press("I")
        await until(asked)
        child = reader.room.picture_getter._process
    for _ in range(500):
        if child.returncode is not None:
            break
        await asyncio.sleep(0.01)
    assert child.returncode is not None


async def test_without_pillow_the_key_says_how_to_get_it(
    cache, stand, article, monkeypatch, tmp_path
):
    # As if it were not installed: a finder that says so, at the child's start.
    hides = (
        "import sys\n"
        "class Hides:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] == 'PIL':\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hides())\n"
        "import importlib.util as util\n"
        "found = util.find_spec\n"
        "util.find_spec = lambda name, *more: None if name == 'PIL' else found(name, *more)\n"
    )
    (tmp_path / "sitecustomize.py").write_text(hides)
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{drive.Path(__file__).parents[2]}")
    stand.sell("/lamp.png", png())
    async with drive.reading(cache, open_id=article()) as reader:
        await shown(reader)
        assert reader.said == "No picture: Pictures need Pillow: pip install 'broadsheet[pictures]'"
        assert stand.asked == []


def landscape() -> bytes:
    """A sky, a sun and a sea, drawn here."""
    image = Image.new("RGB", (320, 160))
    for y in range(160):
        for x in range(320):
            sky = (70 + y // 2, 120 + y // 2, 200 - y // 4)
            sea = (20, 60 + y // 4, 90 + (x + y) % 12)
            sun = (x - 230) ** 2 + (y - 60) ** 2 < 26**2
            image.putpixel((x, y), (250, 200, 90) if sun else sky if y < 100 else sea)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("theme", ["paper", "ink"])
def test_picture_of_a_picture(cache, stand, article, picture, theme):
    stand.sell("/lamp.png", landscape())
    assert picture(drive.WIDE, open_id=article(), theme=theme, then=shown)


def test_picture_of_a_picture_in_a_small_terminal(cache, stand, article, picture):
    stand.sell("/lamp.png", landscape())
    assert picture(drive.NARROW, "j", "j", "j", open_id=article(), theme="sepia", then=shown)
