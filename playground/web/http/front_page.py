"""The first answer: Gradio's page with our own head; nothing flashes and nothing is English.

Gradio adds css=, head= and the title only after its scripts have run, and always says lang="en".
This layer writes them into the HTML of "/". A template of our own would have to carry Gradio's
configuration and the names of its scripts, which change with every release; so its template is
changed instead, and should it look different one day, the page still works: what is not found is
not replaced.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any

from playground.gate import route_path
from playground.gate.headers import page_policy
from playground.messages import Language, text
from playground.web.kit.wording import language_of, script_words

LANG = re.compile(r'(<html\s+lang=")en(")')
MANIFEST = re.compile(r'(<link rel="manifest" href=")/')  # the one absolute address in the template
FOREIGN_META = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)

STYLE = '<link rel="stylesheet" href="./ui/{name}">'
HEAD = """<title>{title}</title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="./ui/icon.svg" type="image/svg+xml">
<link rel="preload" href="./ui/fonts/PretendardVariable.woff2" as="font" type="font/woff2"
 crossorigin>
{styles}
<script>
window.amumal = {{ words: {words}, theme: "{theme}", events: {{}} }};
window.amumal.page = import("./ui/page.js").then((page) => page.start());
</script></head>"""


class FrontPage:
    """Rewrite the HTML of "/"; hand everything else on.

    Args:
        theme: "light", "dark" or "auto": what a browser that has not chosen sees.
        styles: names of the styles, in the order in which they build on each other.
    """

    def __init__(self, app: Any, *, theme: str, styles: Sequence[str]) -> None:
        self._app = app
        self._styles = "\n".join(STYLE.format(name=escape(name)) for name in styles)
        self._theme = theme if theme in ("light", "dark") else "auto"

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http" or route_path(scope) != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # Compressed HTML could not be rewritten.
        headers = [pair for pair in scope["headers"] if pair[0].lower() != b"accept-encoding"]
        language = language_of(scope)
        start: dict[str, Any] = {}
        body = b""

        async def rewrite(message: Any) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                return  # an extension, e.g. what a test client wants to know of the template
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            whole = self._dressed(body, language) if start["status"] == 200 else body
            kept = [
                pair
                for pair in start["headers"]
                if pair[0].lower() not in (b"content-length", b"cache-control")
            ]
            own = [
                (b"content-length", str(len(whole)).encode()),
                (b"cache-control", b"no-store"),
                (b"content-language", language.value.encode()),
                (b"vary", b"Accept-Language, Cookie"),
                (b"content-security-policy", page_policy(scripts_in(whole)).encode()),
            ]
            await send({**start, "headers": kept + own})
            await send({"type": "http.response.body", "body": whole})

        await self._app({**scope, "headers": headers}, receive, rewrite)

    def _dressed(self, body: bytes, language: Language) -> bytes:
        page = LANG.sub(rf"\g<1>{language.value}\g<2>", body.decode("utf-8"), count=1)
        page = FOREIGN_META.sub("", page)
        page = MANIFEST.sub(r"\g<1>./", page)
        head = HEAD.format(
            title=escape(text("page.title", language)),
            words=script_words(language),
            theme=self._theme,
            styles=self._styles,
        )
        return page.replace("</head>", head, 1).encode("utf-8")


def scripts_in(page: bytes) -> list[str]:
    """Return the text of every script that stands in a page, as a browser hashes it.

    >>> scripts_in(b'<script src="a.js"></script><script>b()</script>')
    ['b()']
    """
    found = SCRIPT.findall(page.decode("utf-8").replace("\r\n", "\n"))
    return [text_ for attributes, text_ in found if "src=" not in attributes]
