"""HTTPS: certificates are verified, also through a proxy; who does not want that says so for one
source. Cookies of a `cookies.txt` go to their host alone."""

from __future__ import annotations

import http.server
import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from reader.errors import FetchError
from reader.fetch import connect, fetch
from reader.model import SourceKind

trustme = pytest.importorskip("trustme", reason="trustme is not installed")

FEED = b"""<rss version="2.0"><channel><title>Sealed</title>
<item><guid>1</guid><title>One</title><description>Came sealed.</description></item>
</channel></rss>"""


class Secure:
    """A server that speaks TLS, for a name that its certificate holds."""

    def __init__(self, authority: trustme.CA, *names: str) -> None:
        self.asked: list[dict[str, str]] = []
        stand = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                stand.asked.append(dict(self.headers))
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml")
                self.end_headers()
                self.wfile.write(FEED)

            def log_message(self, *_: object) -> None: ...

        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(context)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class Tunnel:
    """A proxy that knows one name, and connects it to a port of this machine."""

    def __init__(self, port: int) -> None:
        self.told: list[str] = []
        self._port = port
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://me:pw@127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                threading.Thread(target=self._carry, args=(line,), daemon=True).start()

    def _carry(self, line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += line.recv(4096)
        self.told.append(head.decode())
        with line, socket.create_connection(("127.0.0.1", self._port)) as far:
            line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with suppress(OSError):
                while True:
                    for end in select.select([line, far], [], [])[0]:
                        part = end.recv(65_536)
                        if not part:
                            return
                        (far if end is line else line).sendall(part)

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    """An authority that this machine trusts."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "trusted.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    connect._trust.cache_clear()
    yield made
    connect._trust.cache_clear()


def test_a_certificate_that_is_trusted_opens_the_door(authority):
    server = Secure(authority, "127.0.0.1")
    assert fetch(f"https://127.0.0.1:{server.port}/f").body == FEED
    server.close()


@pytest.mark.parametrize("wrong", ["stranger", "other name"])
def test_a_certificate_that_is_not_is_said_and_nothing_is_sent(authority, wrong):
    maker = trustme.CA() if wrong == "stranger" else authority
    server = Secure(maker, "127.0.0.1" if wrong == "stranger" else "paper.example")
    with pytest.raises(FetchError) as refused:
        fetch(f"https://127.0.0.1:{server.port}/f")
    assert "certificate" in str(refused.value)
    assert server.asked == []
    server.close()


def test_verifying_is_left_out_for_the_one_source_that_says_so(library, authority, own_home):
    server, other = (Secure(trustme.CA(), "127.0.0.1") for _ in range(2))
    urls = [f"https://127.0.0.1:{each.port}/f" for each in (server, other)]
    (own_home / "config.toml").write_text(
        f'[fetch]\nhost_interval_seconds = 0\n[source."{urls[0]}"]\nverify_tls = false\n'
    )
    for url in urls:
        library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)

    outcomes = {outcome.url: outcome for outcome in library.refresh()}

    assert outcomes[urls[0]].new == 1
    assert outcomes[urls[1]].status == "error"
    assert "certificate" in (outcomes[urls[1]].error or "")
    server.close()
    other.close()


def test_a_tunnel_through_a_proxy_is_sealed_for_the_name_that_was_asked(authority, monkeypatch):
    server = Secure(authority, "paper.invalid")
    tunnel = Tunnel(server.port)
    monkeypatch.setenv("https_proxy", tunnel.url)

    assert fetch("https://paper.invalid/f").body == FEED

    [told] = tunnel.told
    assert told.startswith("CONNECT paper.invalid:443 ")
    assert "Proxy-Authorization: Basic bWU6cHc=" in told
    assert "Proxy-Authorization" not in server.asked[0]
    tunnel.close()
    server.close()


def test_a_proxy_that_opens_another_door_is_found_out(authority, monkeypatch):
    server = Secure(authority, "elsewhere.example")
    tunnel = Tunnel(server.port)
    monkeypatch.setenv("https_proxy", tunnel.url)
    with pytest.raises(FetchError, match="certificate"):
        fetch("https://paper.invalid/f")
    assert server.asked == []
    tunnel.close()
    server.close()


COOKIES = """# Netscape HTTP Cookie File
127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tabc123
.other.example\tTRUE\t/\tFALSE\t0\tother\tnot-for-us
127.0.0.1\tFALSE\t/\tTRUE\t0\tsealed\tonly-by-https
"""


def test_cookies_go_to_their_own_host_and_sealed_ones_only_sealed(
    library, newsstand, authority, own_home
):
    (own_home / "cookies.txt").write_text(COOKIES)
    server = Secure(authority, "127.0.0.1")
    plain = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
    urls = [plain, f"https://127.0.0.1:{server.port}/f"]
    with open(own_home / "config.toml", "a") as file:
        for url in urls:
            file.write(f'[source."{url}"]\ncookies_file = "{own_home / "cookies.txt"}"\n')
    for url in urls:
        library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)

    list(library.refresh())

    assert newsstand.asked_for("/f")[0]["Cookie"] == "session=abc123"
    assert server.asked[0]["Cookie"] == "session=abc123; sealed=only-by-https"
    server.close()


def test_a_cookies_file_that_cannot_be_read_is_named(library, newsstand, own_home):
    url = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
    with open(own_home / "config.toml", "a") as file:
        file.write(f'[source."{url}"]\ncookies_file = "/nowhere/cookies.txt"\n')
    library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)
    [outcome] = library.refresh()
    said = "the cookies file of your settings (/nowhere/cookies.txt) cannot be read"
    assert outcome.error == said
    assert newsstand.asked_for("/f") == []
