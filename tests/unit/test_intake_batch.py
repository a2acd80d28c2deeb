"""Pages of one site, counted: what stands on others, and which others are no others at all."""

from hypothesis import given
from hypothesis import strategies as st

from reader.errors import CleanError
from reader.intake.batch import Page, Site, Wanted, clean_together, same_page
from reader.model import Document

MENU = frozenset({1, 2, 3})


def prints(*own: int) -> frozenset[int]:
    return MENU | frozenset(own)


def site(**pages: frozenset[int]) -> Site:
    made = Site()
    for url, lines in pages.items():
        made.meet(url, lines)
    return made


def test_a_line_is_counted_on_other_pages_only():
    gazette = site(a=prints(10, 11, 12, 13), b=prints(20, 21, 22, 23), c=prints(30, 31, 32, 33))

    assert gazette.seen("a", prints(10, 11, 12, 13)) == {1: 2, 2: 2, 3: 2}


def test_the_same_page_twice_does_not_become_its_own_furniture():
    article = prints(10, 11, 12, 13, 14, 15, 16, 17)
    gazette = site(a=article, print_edition=article | {99}, b=prints(20, 21, 22))

    assert gazette.seen("a", article) == {1: 1, 2: 1, 3: 1}


def test_one_address_twice_is_one_page_however_much_it_changed():
    assert same_page(Page("a", frozenset({1})), Page("a", frozenset({2})))
    assert not same_page(Page(None, frozenset({1})), Page(None, frozenset({2})))
    assert not same_page(Page(None, frozenset()), Page(None, frozenset()))


@given(st.lists(st.frozensets(st.integers(0, 30), min_size=1, max_size=12), max_size=8))
def test_counts_are_never_more_than_the_pages_there_are(pages):
    made = site(**{str(n): lines for n, lines in enumerate(pages)})

    for n, lines in enumerate(pages):
        seen = made.seen(str(n), lines)
        assert set(seen) <= lines
        assert all(0 < count < len(pages) for count in seen.values())


def test_neighbours_that_share_nearly_all_but_their_articles_are_two_pages():
    furniture = "\n".join(f"Section {n}" for n in range(60))
    boat = "The boat lies in the grass behind the reading room, and it is painted green all over."
    gate = "The keeper freed the gate by hand, and the ferry went out two hours late on that day."
    slogan = "The Marsh Herald has told the town what it did not want to know since the year 1891."
    batch = [
        Wanted(name, lambda text=text, url=url: Document(text.encode(), url=url, name="page.txt"))
        for name, url, text in (
            ("a", "https://www.marsh.example/boat", f"{furniture}\n{slogan}\nBoat\n{boat}"),
            ("b", "http://marsh.example/gate", f"{furniture}\n{slogan}\nGate\n{gate}"),
        )
    ]

    cleaned = dict(clean_together(batch))

    assert cleaned["a"].text == boat
    assert cleaned["b"].text == gate


def test_a_batch_answers_every_document_in_order():
    def gone() -> Document:
        raise CleanError("b", "there is no such file")

    words = "The keeper freed the gate by hand, and the ferry went out two hours late that day. "
    batch = [
        Wanted("a", lambda: Document((words * 3).encode())),
        Wanted("b", gone),
        Wanted("c", lambda: Document(b"")),
        Wanted("d", lambda: Document((words * 2).encode())),
    ]

    cleaned = dict(clean_together(batch))

    assert list(cleaned) == ["a", "b", "c", "d"]
    assert cleaned["a"].text
    assert cleaned["d"].text
    assert cleaned["b"].warnings == ("failed: there is no such file",)
    assert cleaned["c"].text == ""
