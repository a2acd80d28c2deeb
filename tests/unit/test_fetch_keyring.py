"""A password from the system's keyring: asked for when it is needed, kept nowhere."""

from __future__ import annotations

import base64
import sys

import pytest

from reader.model import SourceKind

keyring = pytest.importorskip("keyring", reason="keyring is not installed")


class Shelf(keyring.backend.KeyringBackend):
    priority = 1

    def __init__(self, kept=None, failure=None):
        super().__init__()
        self.kept, self.failure = kept or {}, failure

    def get_password(self, service, username):
        if self.failure:
            raise keyring.errors.KeyringLocked(self.failure)
        return self.kept.get((service, username))

    def set_password(self, service, username, password): ...

    def delete_password(self, service, username): ...


@pytest.fixture
def asked(library, newsstand, own_home):
    """Refresh a source whose password is in a keyring; its outcome and the headers it was sent."""
    url = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
    with open(own_home / "config.toml", "a") as file:
        file.write(f'[source."{url}"]\nuser = "me"\npassword_keyring = "paper"\n')
    library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)
    before = keyring.get_keyring()

    def ask(shelf):
        keyring.set_keyring(shelf)
        [outcome] = library.refresh([url])
        return outcome, newsstand.asked_for("/f")

    yield ask
    keyring.set_keyring(before)


def test_the_password_is_sent_to_its_source(asked, own_home):
    outcome, requests = asked(Shelf({("paper", "me"): "s3cret!"}))
    assert outcome.status == "new"
    login = base64.b64encode(b"me:s3cret!").decode()
    assert requests[0]["Authorization"] == f"Basic {login}"
    for file in own_home.rglob("*"):
        if file.is_file():
            assert b"s3cret!" not in file.read_bytes()
            assert login.encode() not in file.read_bytes()


def test_a_password_that_is_not_there_is_named_with_the_cure(asked):
    outcome, requests = asked(Shelf())
    said = "the keyring has no password of me for paper: keyring set paper me"
    assert outcome.error == said
    assert requests == []


def test_a_keyring_that_is_locked_says_so(asked):
    outcome, requests = asked(Shelf(failure="it is locked"))
    assert outcome.error == "the keyring cannot be asked: it is locked"
    assert requests == []


def test_without_the_library_the_cure_is_named(asked, monkeypatch):
    shelf = Shelf()
    keyring.set_keyring(shelf)
    monkeypatch.setattr(keyring, "set_keyring", lambda _: None)
    monkeypatch.setitem(sys.modules, "keyring", None)
    outcome, requests = asked(shelf)
    said = "your settings take a password from the keyring: pip install keyring"
    assert outcome.error == said
    assert requests == []
