"""Dates as papers print them, never more precise than they are."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import When
from reader.text.dates import ago, find, moment, parse, parse_line, when


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("January 23, 2023", "2023-01-23"),
        ("Cached at: 04/20/26, 02:43 PM", "2026-04-20T14:43"),
        ("12. März 2024", "2024-03-12"),
        ("12.03.2024 08:15 Uhr", "2024-03-12T08:15"),
        ("le 3 février 2024 à 14h30", "2024-02-03T14:30"),
        ("1er mars 2024", "2024-03-01"),
        ("Publicado el 5 de noviembre de 2026 a las 10:30", "2026-11-05T10:30"),
        ("Mon, 02 Nov 2026 10:00:00 GMT", "2026-11-02T10:00:00+00:00"),
        ("2026-11-02T10:00:00+02:00", "2026-11-02T10:00:00+02:00"),
        ("14:05, 3 Nov 2026", "2026-11-03T14:05"),
        ("Опубликовано 5 ноября 2026, 12:30", "2026-11-05T12:30"),
        ("5 Kasım 2026", "2026-11-05"),
        ("5 november 2026 kl. 14.30", "2026-11-05T14:30"),
        ("5.11.2026 klo 14.30", "2026-11-05T14:30"),
        ("2026年4月20日 14時05分", "2026-04-20T14:05"),
        ("2026년 4월 20일", "2026-04-20"),
        ("٥ نوفمبر ٢٠٢٦", "2026-11-05"),
        ("५ नवंबर 2026", "2026-11-05"),
        ("Nov. 5th, 2026 at 9 a.m.", "2026-11-05T09:00"),
        ("October 20, 2026 12:04 am", "2026-10-20T00:04"),
        ("03/11/2026", "2026-11-03"),
        ("11/03/2026 3pm", "2026-11-03T15:00"),
        ("12/25/2023", "2023-12-25"),
        ("2026년 4월 5일 오후 2:43", "2026-04-05T14:43"),
        ("2026年4月20日(月) 下午2:43", "2026-04-20T14:43"),
        ("20 апреля 2026 г., 14:43", "2026-04-20T14:43"),
        ("20 Nisan 2026 Pazartesi 14:43", "2026-04-20T14:43"),
        ("20 نيسان 2026", "2026-04-20"),
        ("ngày 20 tháng 4 năm 2026", "2026-04-20"),
        ("20 เมษายน 2569", "2026-04-20"),
        ("2026. április 20. 14:43", "2026-04-20T14:43"),
        ("2026. gada 20. aprīlis", "2026-04-20"),
        ("2026 m. balandžio 20 d.", "2026-04-20"),
        ("20-Apr-26", "2026-04-20"),
        ("2:43 p.m. EDT, April 20, 2026", "2026-04-20T14:43-04:00"),
        ("April 20, 2026, 2:43 PM ET", "2026-04-20T14:43"),
        ("Published 14:43 BST 20 April 2026", "2026-04-20T14:43+01:00"),
        ("Sat May  5 14:43:00 UTC 2026", "2026-05-05T14:43:00+00:00"),
        ("2026-04-20T14:43:00.123456+02:00", "2026-04-20T14:43:00+02:00"),
        ("20 April 2026. 10. A list goes on", "2026-04-20"),
        ("On 5 March 2024, 3.50 was the price", "2024-03-05"),
        ("5. März 2024, 9.05 Uhr", "2024-03-05T09:05"),
    ],
)
def test_a_date_as_it_is_printed(text, iso):
    assert parse(text) == iso


@pytest.mark.parametrize(
    "text",
    ["", "1 minute read", "the 2023 report", "May 2023 was warm", "25 July", "version 1.2.24",
     "tel 12-34-56", "31/31/2026", "February 30, 2026", "10.5.1"],
)  # fmt: skip
def test_what_is_not_a_whole_date_is_none(text):
    assert parse(text) is None


def test_a_line_is_a_date_only_if_little_else_stands_there():
    assert parse_line("Published on Monday, January 23, 2023") == ("2023-01-23", (21, 37))
    assert parse_line("On January 23, 2023 the council met to discuss the wall again") is None


@given(st.text())
def test_no_text_is_an_error(text):
    found = find(text)
    assert found is None or moment(found[0]).tzinfo is not None


@pytest.mark.parametrize("sign", ["1 ", "20 April ", "12:30 ", " ", "1.1.", ":", "2026 "])
def test_a_flood_of_numbers_is_searched_in_bounded_time(sign):
    begun = time.process_time()
    find(sign * 100_000 + "20 April 2026")
    find("20 April 2026" + sign * 100_000)
    assert time.process_time() - begun < 2


def test_ages_are_told_as_people_tell_them():
    now = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    told = {
        timedelta(seconds=20): "now",
        timedelta(minutes=5): "5 min ago",
        timedelta(hours=3): "3 h ago",
        timedelta(days=1): "yesterday",
        timedelta(days=3): "Fri",
        timedelta(days=20): "3 Nov",
        timedelta(days=700): "23 Dec 2024",
    }
    assert {age: ago(now - age, now) for age in told} == told
    assert ago(now - timedelta(hours=3), now, brief=True) == "3 h"


def test_a_date_in_words():
    assert when(When("2026-11-03")) == "Tue 3 Nov 2026"
    assert when(When("2026-11-03T14:05:00+00:00")) == "Tue 3 Nov 2026, 14:05"
    assert when(When("soon")) == "soon"
