"""Fetching over loopback: redirects, limits, codings, and failures in words."""

import gzip
import http.server
import threading
import time
import zlib
from collections.abc import Callable, Iterator

import pytest

from reader.errors import FetchError
from reader.fetch import client, fetch

Answer = Callable[["Handler"], None]


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers each path as the test wrote down."""

    answers: dict[str, Answer]
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.asked.append((self.path, dict(self.headers)))
        self.answers[self.path](self)

    def log_message(self, *_: object) -> None:
        pass


class Server:
    """A server of one's own on loopback."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        handler = type("Own", (Handler,), {"answers": self.answers, "asked": self.asked})
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> "Server":
        def send(handler: Handler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        self.answers[path] = send
        return self

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def cause(url: str, **options: bool) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, **options)
    return str(caught.value)


def test_a_page_comes_with_its_address_and_what_the_server_called_it(server):
    server.answer("/a", b"<p>Hello", Content_Type="text/html; charset=utf-8")

    document = fetch(server.url("/a"))

    assert document.body == b"<p>Hello"
    assert document.url == server.url("/a")
    assert document.content_type == "text/html; charset=utf-8"


def test_the_request_says_who_asks_and_nothing_of_the_person(server):
    server.answer("/a", b"x")

    fetch(server.url("/a"))

    [(_, headers)] = server.asked
    assert headers["User-Agent"].startswith("broadsheet/")
    assert not {"Cookie", "Referer", "Authorization", "Accept-Language"} & set(headers)


def test_redirects_are_followed_and_the_last_address_is_the_documents(server):
    server.answer("/a", status=301, Location="/b?x=1").answer("/b?x=1", b"there")

    document = fetch(server.url("/a"))

    assert (document.url, document.body) == (server.url("/b?x=1"), b"there")


def test_hints_before_an_answer_are_passed_over(server):
    server.answer("/there", b"there")
    there = server.answers["/there"]

    def hint_first(handler):
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" * 2)
        there(handler)

    server.answers["/a"] = hint_first

    assert fetch(server.url("/a")).body == b"there"


def test_what_a_proxy_has_changed_is_a_page_too(server):
    server.answer("/a", b"there", status=203)

    assert fetch(server.url("/a")).body == b"there"


@pytest.mark.parametrize("coding", ["utf-8", "latin-1"])
def test_letters_in_a_redirect_are_read_as_browsers_read_them(server, coding):
    server.answer("/caf%C3%A9", b"there")
    server.answer("/a", status=302, Location="/caf\xe9".encode(coding).decode("latin-1"))

    assert fetch(server.url("/a")).body == b"there"


def test_redirects_in_a_ring_end(server):
    server.answer("/a", status=302, Location="/a")

    assert "redirects in a circle" in cause(server.url("/a"))
    assert len(server.asked) == 1


def test_a_chain_of_redirects_ends(server):
    for n in range(20):
        server.answer(f"/{n}", status=302, Location=f"/{n + 1}")

    assert "redirects more than 10 times" in cause(server.url("/0"))
    assert len(server.asked) == 11


def test_a_private_address_may_not_redirect_to_another_port(server):
    other = Server()
    other.answer("/", b"router")
    server.answer("/a", status=302, Location=other.url("/"))

    assert "private network" in cause(server.url("/a"))
    assert other.asked == []
    other.close()


def test_a_private_address_that_nobody_typed_is_refused(server):
    server.answer("/a", b"router")

    assert "private network" in cause(server.url("/a"), typed=False)
    assert server.asked == []


def test_the_address_connected_to_is_the_one_that_was_checked(server, monkeypatch):
    """A name that answers with a public address first and with loopback later gets nothing."""
    from reader.fetch import connect

    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    monkeypatch.setattr(connect, "addresses", lambda at: next(answers))
    server.answer("/a", status=302, Location=f"http://localhost:{server.port}/b")

    assert "private network" in cause(server.url("/a"))


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:1"])
def test_a_redirect_out_of_http_is_refused(server, location):
    server.answer("/a", status=302, Location=location)

    assert "only http:// and https://" in cause(server.url("/a"))


def test_credentials_in_an_address_are_sent_to_its_host_and_kept_nowhere(server):
    server.answer("/a", b"x")

    document = fetch(f"http://me:secret@127.0.0.1:{server.port}/a")

    [(_, headers)] = server.asked
    assert headers["Authorization"].startswith("Basic ")
    assert "secret" not in str(document.url)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"news " * 999)),
        ("GZIP", gzip.compress(b"news " * 500) + gzip.compress(b"news " * 499)),
        ("deflate", zlib.compress(b"news " * 999)),
        ("deflate", zlib.compress(b"news " * 999)[2:-4]),
        ("deflate, gzip", gzip.compress(zlib.compress(b"news " * 999))),
        ("identity", b"news " * 999),
        ("gzip", gzip.compress(b"news " * 999) + b"\n<!-- 0.1 s -->"),
        ("", gzip.compress(b"news " * 999)),
        ("gzip", gzip.compress(gzip.compress(b"news " * 999))),
        ("utf-8", b"news " * 999),
    ],
    ids="gzip,two parts,zlib,raw deflate,both,none,more after,unsaid,twice,no coding".split(","),
)
def test_codings_are_taken_off(server, coding, packed):
    server.answer("/a", packed, Content_Encoding=coding)

    assert fetch(server.url("/a")).body == b"news " * 999


@pytest.mark.parametrize(
    ("coding", "packed", "said"),
    [
        ("gzip", gzip.compress(b"news " * 999)[:-20], "compression is damaged"),
        ("gzip", b"not gzip at all", "compression is damaged"),
        ("lzma", b"\0?", "not asked for (lzma)"),
        ("gzip, gzip, gzip", b"?", "more than twice"),
    ],
    ids=["cut short", "not packed", "unknown", "thrice"],
)
def test_codings_that_cannot_be_taken_off_are_said(server, coding, packed, said):
    server.answer("/a", packed, Content_Encoding=coding)

    assert said in cause(server.url("/a"))


def test_a_bomb_is_not_unpacked(server):
    server.answer("/a", gzip.compress(bytes(client.LARGEST_DECODED + 5)), Content_Encoding="gzip")

    assert "larger than 25 MB once unpacked" in cause(server.url("/a"))


def test_an_endless_page_is_given_up(server, monkeypatch):
    monkeypatch.setattr(client, "LARGEST_RAW", 1_000_000)

    def flood(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(bytes(65_536))
        except OSError:
            return

    server.answers["/a"] = flood

    assert "larger than 1 MB" in cause(server.url("/a"))


@pytest.mark.parametrize(
    ("where", "drip"),
    [("head", b"X-A: b\r\n"), ("body", b"x")],
)
def test_a_server_that_drips_is_given_up_in_time(server, where, drip):
    def slow(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        try:
            for _ in range(100):
                handler.wfile.write(drip)
                time.sleep(0.05)
        except OSError:
            return

    server.answers["/a"] = slow
    began = time.monotonic()

    with pytest.raises(FetchError, match="did not arrive within"):
        client.Visit(server.url("/a"), seconds=0.4).document()

    assert time.monotonic() - began < 3


def test_an_answer_broken_off_is_a_failure_not_a_short_page(server):
    def short(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")

    server.answers["/a"] = short

    assert "broke off its answer" in cause(server.url("/a"))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (403, "save the page in a browser"),
        (404, "no such page"),
        (418, "gave no page (418"),
        (503, "try again later"),
    ],
)
def test_an_answer_without_a_page_is_put_into_words(server, status, said):
    server.answer("/a", b"sorry", status=status)

    assert said in cause(server.url("/a"))


def test_where_nothing_listens(server):
    port = server.port
    server.close()

    assert "nothing listens there" in cause(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "rubbish", [b"", b"SSH-2.0-x\r\n", b"HTTP/1.0 abc\r\n\r\n", b"\xff" * 70_000]
)
def test_what_is_no_http_is_a_sentence(server, rubbish):
    server.answers["/a"] = lambda handler: handler.wfile.write(rubbish)

    assert cause(server.url("/a")).startswith("cannot fetch http://127.0.0.1")
