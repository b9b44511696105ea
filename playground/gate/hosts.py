"""Names and addresses: which Host headers are ours, which requests come from the machine itself.

A page on the internet can point its own name at 127.0.0.1 (DNS rebinding), so a Host header that
is not in the list is refused, and "local" needs a local name as well as a local address.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
# A header of this kind means that somebody else made the connection for the visitor: a proxy, a
# tunnel, a network that delivers pages. What begins so, or ends so, whoever invents it.
FORWARDING = re.compile(
    rb"(?:x-)?forwarded|via$|x-real|x-original-(?:for|host)|x-envoy-|x-client-ip|x-cluster-client-ip"
    rb"|(?:.*-)?client-ip$|(?:.*-)?connecting-ip(?:v6)?$|cf-|cdn-loop$|fly-|fastly-|tailscale-"
    rb"|ngrok-|x-azure-|x-arr-|x-appengine-|x-amzn-trace-id$|x-cloud-trace-context$|x-vercel-"
    rb"|x-nf-|x-proxy|x-remote-|x-host$|x-proxyuser-ip$|x-gateway-|x-scheme$|front-end-https$",
    re.IGNORECASE,
)


def host_name(host: str) -> str:
    """Return the name in a Host header without its port, lower case; "" when it is malformed.

    >>> host_name("LocalHost:7860"), host_name("[::1]:7860"), host_name("evil@127.0.0.1")
    ('localhost', '::1', '')
    """
    host = host.strip().lower()
    if host.startswith("["):
        name, closed, rest = host[1:].partition("]")
        if not closed or (rest and not _is_port(rest)):
            return ""
        with contextlib.suppress(ValueError):
            return str(ipaddress.IPv6Address(name))
        return ""
    name, colon, port = host.partition(":")
    if colon and not _is_port(colon + port):
        return ""
    return name.rstrip(".") if name and not set(name) & set("/\\@?# ") else ""


def _is_port(text: str) -> bool:
    return text[:1] == ":" and text[1:].isascii() and text[1:].isdigit() and len(text) <= 6


def header(scope: Any, name: bytes) -> str:
    """Return a header of an ASGI scope, "" when it is missing."""
    for key, value in scope["headers"]:
        if key.lower() == name:
            return str(value.decode("latin-1"))
    return ""


def is_loopback(address: str) -> bool:
    """Return whether an address of a peer is this machine's loopback."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None)
    return bool((mapped or ip).is_loopback)


def is_forwarded(scope: Any) -> bool:
    """Return whether a proxy or a tunnel stands between us and the visitor."""
    return any(FORWARDING.match(key.replace(b"_", b"-")) for key, _ in scope["headers"])


def was_renamed(scope: Any) -> bool:
    """Return whether a browser calls us by another name than the request does.

    That is what a proxy does that puts its own name for us into Host. No web site can pretend it:
    only the browser itself says that a request is of the same origin.
    """
    if header(scope, b"sec-fetch-site") != "same-origin":
        return False
    with contextlib.suppress(ValueError):
        named = urlsplit(header(scope, b"referer")).netloc.lower()
        return bool(named) and named != header(scope, b"host").lower()
    return False


def is_local(scope: Any) -> bool:
    """Return whether a request looks as if the person at the machine itself sent it.

    Proves nothing where a proxy runs: nginx passes nothing on about the visitor unless told to,
    and then everybody on the internet looks so. Then owner.py decides.
    """
    client = scope.get("client")
    return (
        client is not None
        and is_loopback(client[0])
        and host_name(header(scope, b"host")) in LOOPBACK_NAMES
        and not is_forwarded(scope)
        and not scope.get("root_path")
    )


def own_addresses() -> frozenset[str]:
    """Return the names and addresses other machines can call this one by, as far as it knows."""
    names = {socket.gethostname().lower(), socket.getfqdn().lower()}
    names |= {f"{name}.local" for name in tuple(names) if "." not in name}
    found = set(names)
    for name in names:
        with contextlib.suppress(OSError):
            found |= {str(entry[4][0]).split("%")[0] for entry in socket.getaddrinfo(name, None)}
    for family, probe in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        # Connecting a datagram socket sends nothing; it only asks which address would be used.
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((probe, 9))
            found.add(str(sock.getsockname()[0]).split("%")[0])
    return frozenset(found)


class HostList:
    """The Host headers this server answers to."""

    def __init__(self, hosts: Iterable[str] = (), *, with_own_addresses: bool = False) -> None:
        self._names = set(LOOPBACK_NAMES)
        if with_own_addresses:
            self._names |= own_addresses()
        for host in hosts:
            self.add(host)

    def add(self, host: str) -> None:
        """Accept `host` too; the address that means "every interface" is nobody's name."""
        bare = host.strip().lower()
        name = host_name(f"[{bare}]" if bare.count(":") > 1 and bare[0] != "[" else bare)
        if name and name not in ("0.0.0.0", "::"):  # noqa: S104
            self._names.add(name)

    def __contains__(self, host: object) -> bool:
        return isinstance(host, str) and host_name(host) in self._names
