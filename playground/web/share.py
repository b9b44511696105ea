"""The share link: Gradio's relay, with its program checked before it is run.

Gradio checks the digest of the relay program only right after the download and keeps a file that
failed the check; here it is checked every time, before use. Network is touched because the person
asked for a link, and only after the local page is up.
"""

from __future__ import annotations

import hashlib
import logging
import platform
import secrets
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from models.errors import PlaygroundError

log = logging.getLogger(__name__)

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
    from gradio import networking, tunneling

    program = ready_program()
    log.debug("relay program %s is the known one", program)
    try:
        link = networking.setup_tunnel(
            local_host="127.0.0.1",
            local_port=port,
            share_token=secrets.token_urlsafe(32),
            share_server_address=None,
            share_server_tls_certificate=None,
        )
    except RuntimeError as error:  # Gradio's word for "no answer from its server"
        raise ShareFailed("share.offline", reason=_short(error.__cause__ or error)) from error
    except ValueError as error:
        raise ShareFailed("share.failed", reason=_short(error)) from error
    finally:
        assert program == Path(tunneling.BINARY_PATH)  # noqa: S101
    return str(link).replace("http://", "https://", 1)


def ready_program() -> Path:
    """Return the relay program after checking its digest; fetch it when there is none."""
    import httpx
    from gradio import tunneling

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
        except Exception as error:  # gradio's ChecksumMismatchError: the digest below decides
            log.debug("download of the relay program: %r", error)
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        path.unlink(missing_ok=True)
        raise ShareFailed("share.bad_program", path=str(path))
    return path


def _short(error: BaseException) -> str:
    said = " ".join(str(error).split()) or type(error).__name__
    return said[:REASON_LENGTH]
