"""The one place that opens connections: https, to allowed hosts, at public addresses only.

A name is looked up once, its addresses are checked, and the connection goes to the address that was
checked: whoever changes the answer in between changes nothing (DNS rebinding). A redirect is a new
request and is checked like the first. A token goes to the host it belongs to and nowhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin, urlsplit

from models.errors import CannotDownload

# where models are published, and where these hosts keep the bytes
HOSTS = ("huggingface.co", ".hf.co", "civitai.com", ".civitai.com")
STORES = (".r2.cloudflarestorage.com",)  # only by a redirect: anybody can rent a place there
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 30.0
REDIRECTS = (301, 302, 303, 307, 308)
MAX_JSON_BYTES = 2_000_000

PORT = 443

Resolver = Callable[[str], list[str]]


def resolve(host: str) -> list[str]:
    """Return the addresses of a host."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return [str(item[4][0]) for item in found]


def dial(address: str) -> socket.socket:
    """Connect to an address that has been checked."""
    return socket.create_connection((address, PORT), timeout=TIMEOUT_SECONDS)


def is_public(address: str) -> bool:
    """Return whether an address is in the open internet."""
    found = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_global and not found.is_multicast


@dataclass(frozen=True, slots=True)
class HttpsClient:
    """A client for GET requests over https to allowed hosts.

    Attributes:
        hosts: allowed names; one with a leading dot allows everything below it.
        tokens: host -> token, sent to that host only; never written anywhere.
        resolver, dial, context: replaced by tests, which have a server of their own.
    """

    hosts: tuple[str, ...] = HOSTS
    tokens: Mapping[str, str] = field(default_factory=dict, repr=False)
    resolver: Resolver = resolve
    dial: Callable[[str], socket.socket] = dial
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @contextmanager
    def get(self, url: str, headers: Mapping[str, str]) -> Iterator[HttpResponse]:
        """Send a GET request, follow redirects, and yield the response.

        Raises:
            CannotDownload: a host, port or address that is not allowed; no response.
        """
        seen: dict[str, str] = {}
        for number in range(MAX_REDIRECTS + 1):
            parts = self._check(url, is_redirect=number > 0)
            # both: a connection lets go of an answer that says "Connection: close"
            with (
                closing(self._connect(parts)) as connection,
                closing(self._request(connection, parts, headers)) as answer,
            ):
                found = {name.lower(): value for name, value in answer.getheaders()}
                if parts.hostname == "huggingface.co":  # says what the bytes elsewhere must be
                    seen |= {k: v for k, v in found.items() if k.startswith(("x-linked", "x-repo"))}
                if answer.status not in REDIRECTS:
                    yield HttpResponse(answer, seen | found, str(parts.hostname))
                    return
                url = _joined(url, found.get("location", ""))
        raise CannotDownload("download.redirects", host=str(parts.hostname))

    def _check(self, url: str, *, is_redirect: bool) -> SplitResult:
        try:
            parts = urlsplit(url)
            port = parts.port or PORT
        except ValueError as error:  # a port that is no number
            raise CannotDownload("download.source", source=url[:80]) from error
        host = parts.hostname or ""
        allowed = (*self.hosts, *(STORES if is_redirect else ()))
        is_listed = any(
            host == name or (name[0] == "." and host.endswith(name)) for name in allowed
        )
        if parts.scheme != "https" or parts.username is not None or port != PORT:
            raise CannotDownload("download.address", host=host[:80])
        if not is_listed:
            raise CannotDownload("download.host", host=host[:80])
        return parts

    def _connect(self, parts: SplitResult) -> http.client.HTTPSConnection:
        host = str(parts.hostname)
        try:
            addresses = self.resolver(host)
            if not addresses or not all(map(is_public, addresses)):
                raise CannotDownload("download.private", host=host)
            connection = http.client.HTTPSConnection(host, PORT, timeout=TIMEOUT_SECONDS)
            connection.sock = self.context.wrap_socket(
                self.dial(addresses[0]), server_hostname=host
            )
        except ssl.SSLError as error:
            raise CannotDownload("download.certificate", host=host) from error
        except OSError as error:
            raise CannotDownload("download.offline", host=host) from error
        return connection

    def _request(
        self,
        connection: http.client.HTTPSConnection,
        parts: SplitResult,
        headers: Mapping[str, str],
    ) -> http.client.HTTPResponse:
        host = str(parts.hostname)
        extra = {"User-Agent": "amumal-playground", "Accept-Encoding": "identity"}
        if host in self.tokens:
            extra["Authorization"] = f"Bearer {self.tokens[host]}"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("GET", target, headers={**headers, **extra})
            return connection.getresponse()
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CannotDownload("download.offline", host=host) from error


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise CannotDownload("download.source", source=location[:80]) from error


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A response that is no redirect; `headers` has lower-case names."""

    answer: http.client.HTTPResponse
    headers: Mapping[str, str]
    host: str

    @property
    def status(self) -> int:
        """Return the status code."""
        return self.answer.status

    def read(self, size: int) -> bytes:
        """Return the next bytes, b"" at the end.

        Raises:
            CannotDownload: the connection broke.
        """
        try:
            return self.answer.read1(size)
        except (OSError, http.client.HTTPException) as error:
            raise CannotDownload("download.dropped", host=self.host) from error

    def read_small(self) -> bytes:
        """Return all of a short response body."""
        data = b""
        while block := self.read(65_536):
            data += block
            if len(data) > MAX_JSON_BYTES:
                raise CannotDownload("download.answer", host=self.host)
        return data
