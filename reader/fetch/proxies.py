"""Proxies, as the environment names them (`http_proxy`, `https_proxy`, `no_proxy`).

A proxy looks names up itself, so what it connects to cannot be checked here; names that this
machine can look up are checked all the same, and so are bare addresses. What lies on this machine
is never asked for through another.
"""

from __future__ import annotations

import base64
import ipaddress
from urllib.request import getproxies, proxy_bypass

from reader.errors import FetchError
from reader.fetch.addresses import Target, target


def proxy_for(at: Target) -> Target | None:
    """The proxy to ask for an address, or None to ask its host itself. Raises FetchError."""
    told = getproxies()
    named = told.get(at.scheme) or told.get("all")
    if not named or _is_here(at.host) or proxy_bypass(f"{at.host}:{at.port}"):
        return None
    proxy = target(named if "://" in named else f"http://{named}")
    if proxy.scheme != "http":
        cause = f"the proxy of your environment ({proxy.scheme}://…) is not of the kind http://"
        raise FetchError(at.url, cause)
    return proxy


def authorization(proxy: Target) -> dict[str, str]:
    """What a proxy wants to be told, from its address."""
    if not proxy.credentials:
        return {}
    told = base64.b64encode(proxy.credentials.encode()).decode("ascii")
    return {"Proxy-Authorization": f"Basic {told}"}


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
