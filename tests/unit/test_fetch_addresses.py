"""Which addresses may be asked, and how they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import FetchError
from reader.fetch.addresses import is_public, redirected, target


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "2001:db8::1",
    ],
)
def test_what_is_not_the_open_internet(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111", "64:ff9b::5db8:d70e"])
def test_what_is(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("http://Example.org", "http://example.org/"),
        ("  https://example.org:443/a b\n", "https://example.org/a%20b"),
        ("http://example.org:8080/?q=ü#top", "http://example.org:8080/?q=%C3%BC"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://a.example/%20%zz?a=b%26c", "https://a.example/%20%zz?a=b%26c"),
        ("https://me:pw@a.example/", "https://a.example/"),
        ("https://a.example/\r\nHost: evil", "https://a.example/Host:%20evil"),
    ],
)
def test_an_address_is_written_one_way(said, url):
    assert target(said).url == url


@pytest.mark.parametrize(
    "said",
    [
        "",
        "x",
        "file:///etc/passwd",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "//a/b",
        "http://a b/",
        "http://a\x00.example@",
        "javascript:alert(1)",
        "http://" + "ü" * 300,
    ],
)
def test_what_is_no_address_is_refused(said):
    with pytest.raises(FetchError):
        target(said)


@given(st.text())
def test_no_text_breaks_it_and_no_control_gets_through(said):
    try:
        found = target("http://" + said)
    except FetchError:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
    assert " " not in found.url


def test_credentials_stay_on_their_host():
    here = target("https://me:pw@a.example/x")

    assert redirected(here, "/y").credentials == "me:pw"
    assert redirected(here, "https://b.example/").credentials is None
    assert redirected(here, "http://a.example/").credentials is None
