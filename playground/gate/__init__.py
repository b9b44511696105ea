"""Who may come in: the ASGI layers in front of every face of the playground.

Knows requests, cookies and passwords. Knows no page, no jobs and no pictures: a route learns from
`visitor(scope)` whose request it is and whether it comes from the machine itself.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from starlette.middleware import Middleware

from playground.gate.fence import Fence
from playground.gate.guard import Guard
from playground.gate.headers import SafeHeaders
from playground.gate.hosts import LOOPBACK_NAMES, HostList
from playground.gate.login import LoginWall, Sessions
from playground.gate.owner import KEY_BYTES, OwnerKey, OwnerProof
from playground.gate.owner_door import OwnerDoor
from playground.gate.subpath import Subpath, page_url, route_path
from playground.gate.visitors import Visitor, Visitors, visitor

__all__ = [
    "Gate",
    "GateSettings",
    "HostList",
    "Visitor",
    "page_url",
    "route_path",
    "visitor",
]


@dataclass(frozen=True, slots=True)
class GateSettings:
    """What the launcher decided about who may come in.

    Attributes:
        hosts: further names this machine is reached by (--server-name, --public-host).
        listens_beyond_loopback: other machines can connect; their way of naming this one counts.
        credentials: (user, password) pairs; () means no login.
        subpath: "/name" where a reverse proxy serves the page below a path, "" at the root.
        is_shared: a tunnel will connect for people elsewhere (--share).
        owner_key: signs the owner's links; None makes one that lasts as long as the process.
    """

    hosts: tuple[str, ...] = ()
    listens_beyond_loopback: bool = False
    credentials: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    subpath: str = ""
    is_shared: bool = False
    owner_key: OwnerKey | None = field(default=None, repr=False)

    @property
    def needs_proof(self) -> bool:
        """Whether others may come in, so that the person at the machine has to prove it."""
        return bool(
            self.credentials
            or self.subpath
            or self.is_shared
            or self.listens_beyond_loopback
            or set(self.hosts) - LOOPBACK_NAMES
        )


class Gate:
    """The layers of one server, and the names it goes by while it runs."""

    def __init__(self, settings: GateSettings) -> None:
        self.hosts = HostList(settings.hosts, with_own_addresses=settings.listens_beyond_loopback)
        self.doorkeeper = Sessions(settings.credentials)
        key = settings.owner_key or OwnerKey(secrets.token_bytes(KEY_BYTES))
        self.owner = OwnerProof(key, is_needed=settings.needs_proof)
        self._subpath = settings.subpath
        self._trusts_proxy = bool(settings.subpath or set(settings.hosts) - LOOPBACK_NAMES)

    def allow_host(self, host: str) -> None:
        """Accept one more Host header, e.g. the share link's, from now on."""
        self.owner.need()
        self.hosts.add(host)

    def middleware(self) -> list[Middleware]:
        """Return the layers, outermost first."""
        below = [Middleware(Subpath, subpath=self._subpath)] if self._subpath else []
        return [
            *below,
            Middleware(SafeHeaders),
            Middleware(Guard, hosts=self.hosts),
            Middleware(OwnerDoor, proof=self.owner),
            Middleware(LoginWall, doorkeeper=self.doorkeeper),
            Middleware(Visitors, trusts_proxy=self._trusts_proxy),
            Middleware(Fence),
        ]
