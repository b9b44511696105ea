"""Where a request comes from, as far as nobody can make it up: for limits, never for rights.

Knows addresses and headers; knows neither cookies nor passwords.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from playground.gate.hosts import header, is_forwarded, is_loopback

IPV6_PREFIX = 64  # a provider gives each household one such network, all of it theirs


def source_of(scope: Any, *, trusts_proxy: bool) -> str:
    """Return the network address a request came from.

    A proxy on this machine adds the address it sees at the end of X-Forwarded-For; what stands
    before that may be made up, and so is all of it where no proxy was announced.

    Args:
        trusts_proxy: flags say that there is a proxy on this machine.

    >>> source_of({"client": ("2001:db8::7", 1), "headers": []}, trusts_proxy=False)
    '2001:db8::/64'
    """
    client = scope.get("client")
    address = str(client[0]) if client else ""
    if not is_forwarded(scope):
        return _network(address) or "?"
    if trusts_proxy and is_loopback(address):
        told = _network(header(scope, b"x-forwarded-for").rpartition(",")[2].strip())
        if told:
            return told
    return f"{_network(address) or '?'} (forwarded)"


def _network(address: str) -> str:
    """Return an address, and of IPv6 the network; "" for what is none."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(ip), IPV6_PREFIX), strict=False))
        return str(ip.ipv4_mapped)
    return str(ip)
