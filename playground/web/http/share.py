"""The share link: Gradio's relay, with its program checked before it is run.

Our own in place of `gradio.networking.setup_tunnel` for the sake of one thing: Gradio checks the
digest of the relay program only right after the download and keeps a file that failed the check;
here it is checked every time, before use. Network is touched because the person asked for a link,
and only after the local page is up.
"""

from __future__ import annotations

import hashlib
import logging
import os
import platform
import secrets
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from models import disk
from models.errors import PlaygroundError

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30
REASON_LENGTH = 200  # of what the relay program said; its log can be long


class ShareFailed(PlaygroundError):
    """There is no share link; the page goes on locally."""


def share_in_background(
    port: int, on_link: Callable[[str], None], on_failure: Callable[[PlaygroundError], None]
) -> threading.Thread:
    """Ask for a link in a thread of its own; exactly one of the two functions is called."""

    def ask() -> None:
        try:
            link = open_link(port)
        except PlaygroundError as error:
            on_failure(error)
        except Exception as error:  # the border: whatever the relay does, the page goes on
            log.debug("no share link", exc_info=True)
            on_failure(ShareFailed("share.failed", reason=_short(error)))
        else:
            on_link(link)

    thread = threading.Thread(target=ask, name="share", daemon=True)
    thread.start()
    return thread


def host_of(link: str) -> str:
    """Return the Host header that visitors of the link send."""
    return urlsplit(link).netloc


def open_link(port: int) -> str:
    """Return the public address of the local port."""
    from gradio import tunneling

    ready_program()
    host, host_port, certificate = _relay_server()
    token = secrets.token_urlsafe(32)
    tunnel = tunneling.Tunnel(host, host_port, "127.0.0.1", port, token, str(certificate))
    try:
        link = tunnel.start_tunnel()
    except ValueError as error:  # what the relay program said
        raise ShareFailed("share.failed", reason=_short(error)) from error
    return str(link).replace("http://", "https://", 1)


def _relay_server() -> tuple[str, int, Path]:
    """Ask Gradio which relay to use. Not through its own function, which writes into the cwd."""
    import httpx
    from gradio import networking

    try:
        answer = httpx.get(networking.GRADIO_API_SERVER, timeout=TIMEOUT_SECONDS)
        answer.raise_for_status()
        relay = answer.json()[0]
        found = (str(relay["host"]), int(relay["port"]), str(relay["root_ca"]))
    except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
        raise ShareFailed("share.offline", reason=_short(error)) from error
    folder = Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    certificate = folder / "share-certificate.pem"
    disk.write_atomically(certificate, found[2].encode())
    return found[0], found[1], certificate


def ready_program() -> Path:
    """Return the relay program after checking its digest; fetch it when there is none."""
    import httpx
    from gradio import tunneling
    from gradio.exceptions import ChecksumMismatchError

    path = Path(tunneling.BINARY_PATH)
    expected = tunneling.CHECKSUMS.get(tunneling.BINARY_URL)
    if expected is None:
        system = f"{platform.system()} {platform.machine()}"
        raise ShareFailed("share.unknown_system", system=system)
    if not path.exists():
        try:
            tunneling.Tunnel.download_binary()
        except (httpx.HTTPError, OSError) as error:
            path.unlink(missing_ok=True)
            raise ShareFailed("share.offline", reason=_short(error)) from error
        except ChecksumMismatchError as error:  # the digest below decides
            log.debug("download of the relay program: %r", error)
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        path.unlink(missing_ok=True)
        raise ShareFailed("share.bad_program", path=str(path))
    return path


def _short(error: BaseException) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:REASON_LENGTH]
