"""Bytes of any encoding become the characters that were meant, and never an exception."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.clean.charset import decode, decoder_of

RUSSIAN = "Быстрая лиса прыгает через ленивую собаку и убегает в тёмный лес. " * 4
GERMAN = "Die schöne Straße über den Fluß führt nach Köln, sagte er – „leider“. " * 4
JAPANESE = "日本語の文章です。東京では今日も雨が降っています。" * 4
CHINESE = "中文新闻报道今天的天气很好，人们都出门了。" * 4
GREEK = "Η γρήγορη αλεπού πηδάει πάνω από το τεμπέλικο σκυλί και φεύγει στο δάσος. " * 4
HEBREW = "השועל המהיר קופץ מעל הכלב העצלן ובורח אל היער החשוך בלילה. " * 4
KOREAN = "한국어 기사입니다. 오늘 서울은 맑습니다. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GERMAN, "cp1252"),
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "cp949"),
        (RUSSIAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (JAPANESE, "utf-16-le"),
    ],
)
def test_an_undeclared_encoding_is_guessed(text, encoding):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_goes(encoding):
    assert decode(GERMAN.encode(encoding), "text/plain; charset=koi8-r") == GERMAN


def test_declared_latin1_is_windows_1252():
    assert decode(b"\x93Caf\xe9\x94 \x80 5", "text/html; charset=ISO-8859-1") == "“Café” € 5"


def test_http_goes_before_meta_and_meta_before_a_guess():
    page = '<meta charset="windows-1251"><p>Привет</p>'

    assert "Привет" in decode(page.encode("cp1251"))
    assert "Привет" in decode(page.encode("koi8-r"), "text/html; charset=koi8-r")


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (RUSSIAN, "cp1251", "iso-8859-1"),
        (RUSSIAN, "koi8-r", "windows-1252"),
        (GREEK, "iso8859-7", "iso-8859-1"),
        (HEBREW, "cp1255", "iso-8859-15"),
        (JAPANESE, "cp932", "euc-jp"),
        (JAPANESE, "euc_jp", "shift_jis"),
        (CHINESE, "gb18030", "iso-8859-1"),
        (KOREAN, "cp949", "latin1"),
    ],
)
def test_a_declaration_that_the_bytes_contradict_is_not_believed(text, encoding, declared):
    page = f'<meta charset="{declared}"><p>{text}</p>'

    assert text in decode(page.encode(encoding))


@pytest.mark.parametrize(
    "text", [GERMAN, "Où est-il né ? À l’été, çà et là – déjà. " * 9, GERMAN.upper()]
)
def test_a_declaration_that_may_be_true_is_believed(text):
    assert decode(text.encode("cp1252"), "text/html; charset=iso-8859-1") == text


def test_utf8_declared_as_something_else_is_still_utf8():
    assert decode("naïve café".encode(), "text/html; charset=iso-8859-1") == "naïve café"


def test_a_stray_byte_does_not_change_the_encoding_of_the_rest():
    assert decode(GERMAN.encode() + b"caf\xe9") == GERMAN + "café"


def test_meta_that_says_utf16_cannot_be_right():
    assert "é" in decode('<meta charset="utf-16"><p>é</p>'.encode())


@pytest.mark.parametrize("label", ["base64", "rot13", "utf-7x", "idna", "no such thing", ""])
def test_a_label_that_is_no_encoding_of_text_is_ignored(label):
    assert decoder_of(label) is None
    assert decode(b"plain", f"text/plain; charset={label}") == "plain"


@given(st.binary(max_size=300), st.none() | st.text(max_size=40))
def test_any_bytes_decode_to_text_that_can_be_written(body, content_type):
    text = decode(body, content_type)

    assert "\0" not in text
    text.encode("utf-8")


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf8_comes_through_as_it_is(text):
    assert decode(text.encode(), "text/plain; charset=utf-8") == text
