"""What a source wants to be told before it answers: a login, a header, cookies.

Secrets come from the environment, from a command of the person's own or from the system's keyring,
when they are needed; they are sent to the source's own host alone and are written nowhere.
"""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, LoadError, MozillaCookieJar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import Request

from reader import paths
from reader.errors import FetchError
from reader.fetch.addresses import Target

if TYPE_CHECKING:
    from reader.config import Feed

COMMAND_SECONDS = 60.0
"""A password manager may ask its owner first."""


@dataclass(slots=True)
class Credentials:
    """The secrets of one source."""

    own: Target
    """The address of the source; its host is the only one to be told."""
    settings: Feed
    _told: dict[str, str] | None = None
    _jar: CookieJar | None = None
    _asking: threading.Lock = field(default_factory=threading.Lock)

    def headers(self, at: Target) -> Mapping[str, str]:
        """What to add to a request to `at`. Raises FetchError if a secret cannot be had."""
        with self._asking:
            same_host = (self.own.scheme, *self.own.origin) == (at.scheme, *at.origin)
            if self._told is None and same_host:
                self._told = self._header_values()
            told = dict(self._told or {}) if same_host else {}
            if self.settings.cookies_file and (cookies := self._cookies(at)):
                told["Cookie"] = cookies
            return told

    def _header_values(self) -> dict[str, str]:
        told = dict(self.settings.headers)
        for name, variable in self.settings.headers_env.items():
            told[name] = self._from_environment(variable)
        if self.settings.user is not None:
            login = f"{self.settings.user}:{self._password()}"
            told["Authorization"] = f"Basic {base64.b64encode(login.encode()).decode('ascii')}"
        for name, value in told.items():
            if not (name.isascii() and value.isprintable() and ":" not in name):
                raise FetchError(self.own.url, f"the header {name} of your settings cannot be sent")
        return told

    def _password(self) -> str:
        if self.settings.password_env:
            return self._from_environment(self.settings.password_env)
        if self.settings.password_command:
            return self._from_command(self.settings.password_command)
        if self.settings.password_keyring:
            return self._from_keyring(self.settings.password_keyring)
        return ""

    def _from_environment(self, variable: str) -> str:
        found = os.environ.get(variable)
        if found is None:
            cause = f"your settings take a secret from {variable}, which is not set"
            raise FetchError(self.own.url, cause)
        return found

    def _from_command(self, command: tuple[str, ...]) -> str:
        try:
            said = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_SECONDS,
                check=True,
            ).stdout
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            cause = f"the password command of your settings ({command[0]}) failed"
            raise FetchError(self.own.url, cause) from error
        return said.decode("utf-8", "replace").split("\n", 1)[0].rstrip("\r")

    def _from_keyring(self, service: str) -> str:
        try:
            import keyring
        except ImportError as error:
            cause = "your settings take a password from the keyring: pip install keyring"
            raise FetchError(self.own.url, cause) from error
        try:
            found = keyring.get_password(service, self.settings.user or "")
        except Exception as error:  # each of its backends has failures of its own
            said = str(error).strip().partition("\n")[0] or type(error).__name__
            raise FetchError(self.own.url, f"the keyring cannot be asked: {said}") from error
        if found is None:
            user = self.settings.user
            cause = (
                f"the keyring has no password of {user} for {service}: keyring set {service} {user}"
            )
            raise FetchError(self.own.url, cause)
        return found

    def _cookies(self, at: Target) -> str | None:
        """Those of the person's `cookies.txt` that are meant for this host."""
        if self._jar is None:
            named = Path(self.settings.cookies_file or "").expanduser()
            file = paths.config_file().parent / named
            jar = MozillaCookieJar(file)
            try:
                jar.load(ignore_discard=True, ignore_expires=True)
            except (OSError, LoadError, ValueError) as error:
                cause = f"the cookies file of your settings ({file}) cannot be read"
                raise FetchError(self.own.url, cause) from error
            for cookie in jar:
                if cookie.expires == 0:  # so browsers write one that lasts as long as they do
                    cookie.expires, cookie.discard = None, True
            self._jar = jar
        request = Request(at.url)  # noqa: S310 - nothing is opened: the jar reads its address
        self._jar.add_cookie_header(request)
        return request.get_header("Cookie")
