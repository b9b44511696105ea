"""Our cookies, read and set: no script can read them, and over https they stay there.

Knows no names of cookies and nobody's rights.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from typing import Any

from playground.gate.hosts import header
from playground.gate.subpath import cookie_path


def read_cookie(scope: Any, name: str) -> str:
    """Return a cookie of the request, "" when it is missing or malformed."""
    try:
        cookies = SimpleCookie(header(scope, b"cookie"))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


def is_https(scope: Any) -> bool:
    """Return whether the visitor's own connection is encrypted."""
    forwarded = header(scope, b"x-forwarded-proto").split(",")[0].strip()
    return "https" in (scope.get("scheme"), forwarded)


def set_cookie(scope: Any, name: str, value: str, max_age: int, same_site: str) -> bytes:
    """Return a Set-Cookie header value that no script can read."""
    secure = "; Secure" if is_https(scope) else ""
    return (
        f"{name}={value}; Max-Age={max_age}; Path={cookie_path(scope)}; HttpOnly; "
        f"SameSite={same_site}{secure}"
    ).encode()
