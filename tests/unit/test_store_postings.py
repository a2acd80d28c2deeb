"""Postings are packed by term and block of articles; what comes out is what went in."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from reader.store import postings

TERMS = st.integers(0, 2**32 - 1) | st.sampled_from([0, 1, 2**32 - 1])
ARTICLES = st.integers(1, 3 * postings.BLOCK) | st.integers(1, 2**40)
NOTED = st.dictionaries(st.tuples(TERMS, ARTICLES), st.integers(0, 1000), max_size=40)


@given(NOTED, st.data())
def test_what_was_noted_comes_back_in_order_whatever_came_together(noted, data):
    with sqlite3.connect(":memory:") as conn:
        conn.execute(postings.TABLES)
        rows = [(term, article, weight) for (term, article), weight in noted.items()]
        at = data.draw(st.integers(0, len(rows)))
        postings.add(conn, rows[:at])
        postings.add(conn, rows[at:])
        assert list(postings.every(conn)) == sorted(rows)


@given(NOTED, st.data())
def test_what_is_taken_out_leaves_the_rest(noted, data):
    with sqlite3.connect(":memory:") as conn:
        conn.execute(postings.TABLES)
        rows = [(term, article, weight) for (term, article), weight in noted.items()]
        postings.add(conn, rows)
        gone = data.draw(st.sampled_from([article for _, article, _ in rows] or [7]))
        postings.remove(conn, gone, [term for term, article, _ in rows if article == gone])
        assert list(postings.every(conn)) == sorted(row for row in rows if row[1] != gone)


@given(NOTED, st.dictionaries(TERMS, st.integers(1, 255), max_size=5))
def test_sums_are_those_of_a_table_with_a_row_for_each(noted, weight_of):
    weight_of |= {term: 3 for term, _ in list(noted)[:3]}
    expected = {}
    for (term, article), weight in noted.items():
        if term in weight_of:
            expected[article] = expected.get(article, 0) + weight_of[term] * weight
    with sqlite3.connect(":memory:") as conn:
        conn.execute(postings.TABLES)
        postings.add(conn, [(term, article, w) for (term, article), w in noted.items()])
        assert postings.sums(conn, weight_of) == expected


def test_a_term_without_articles_takes_no_room():
    with sqlite3.connect(":memory:") as conn:
        conn.execute(postings.TABLES)
        postings.add(conn, [(5, 1, 10), (5, 2, 20)])
        postings.remove(conn, 1, [5])
        postings.remove(conn, 2, [5, 6])
        assert conn.execute("SELECT count(*) FROM posted").fetchone() == (0,)
