"""The path below which the page lives behind a reverse proxy (--subpath), known in one place.

A proxy either hands the whole path on (/amumal/visit) or takes the prefix away (/visit). Both
arrive here first and leave as ASGI has it: `root_path` is the prefix, and `path` begins with it.
Whatever compares a path of ours asks `route_path`; addresses that go out to a browser are relative
to the page, so that only this module, the cookies and Gradio know the prefix.
"""

from __future__ import annotations

from typing import Any

from starlette.responses import RedirectResponse


def route_path(scope: Any) -> str:
    """Return the path below the prefix, as the routes are written.

    >>> route_path({"path": "/amumal/visit", "root_path": "/amumal"})
    '/visit'
    >>> route_path({"path": "/amumalian", "root_path": "/amumal"}), route_path({"path": "/visit"})
    ('/amumalian', '/visit')
    """
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] if _is_below(path, root) else path


def cookie_path(scope: Any) -> str:
    """Return the Path of our cookies: what else the proxy serves must not get them."""
    return str(scope.get("root_path", "")) or "/"


def page_url(origin: str, subpath: str) -> str:
    """Return the address of the page at an origin.

    >>> page_url("http://127.0.0.1:7860", ""), page_url("http://127.0.0.1:7860", "/amumal")
    ('http://127.0.0.1:7860', 'http://127.0.0.1:7860/amumal/')
    """
    return f"{origin}{subpath}/" if subpath else origin


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root}/")


class Subpath:
    """Let requests in with and without the prefix; send "/amumal" on to "/amumal/".

    Without the slash the page's relative addresses would lead out of the prefix.
    """

    def __init__(self, app: Any, *, subpath: str) -> None:
        self._app = app
        self._subpath = subpath

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        if scope["type"] == "http" and path == self._subpath:
            query = scope.get("query_string", b"").decode("latin-1")
            home = f"{path}/?{query}" if query else f"{path}/"
            await RedirectResponse(home, 307)(scope, receive, send)
            return
        whole = path if _is_below(path, self._subpath) else self._subpath + path
        inside = {**scope, "root_path": self._subpath, "path": whole}
        inside.pop("raw_path", None)  # of the request as it came; nobody may trust the old one
        await self._app(inside, receive, send)
