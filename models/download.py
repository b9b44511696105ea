"""Bring one model file from the network: the only thing here that ever asks for one.

Checks the header before the rest is fetched, continues where an earlier process stopped, compares
the digest with the published one, and gives the file its name only then. Runs on the thread that
calls it; `on_progress` may raise to pause, and what has arrived stays.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from models.connection import HttpResponse, HttpsClient
from models.disk import disk_error, make_folder, need_free
from models.errors import CannotDownload
from models.header import MAX_FILE_BYTES, header_length, parse_header
from models.partial import Partial, PartialState
from models.places import MODEL_SUFFIX
from models.sources import DownloadRequest, check_name, with_commit

BLOCK_BYTES = 1 << 18
FIRST_BYTES = 100_000  # 97 % of public headers are shorter
FREE_BYTES = 1 << 30  # what must be left on the disk afterwards
TRIES = 4
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+)")
_FAILURES = {401: "download.login", 403: "download.login", 404: "download.missing"}

Progress = Callable[[int, int], None]  # bytes done, bytes in all


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has arrived whole.

    Attributes:
        is_published: the digest is the one its source published, or a pin.
        source: where it came from, with the commit.
    """

    path: Path
    sha256: str
    is_published: bool
    source: str


def download(
    wanted: DownloadRequest,
    folder: Path,
    quarantine: Path,
    client: HttpsClient | None = None,
    on_progress: Progress = lambda done, total: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Arrived:
    """Download a file into `folder`; continue an earlier attempt.

    Raises:
        CannotDownload, NotSafetensors: it did not arrive as it should; says why.
        DiskFull, NotWritable, DiskError: there is no room for it.
    """
    client = client or HttpsClient()
    make_folder(folder)
    wanted = _described(wanted, client)
    name = check_name(wanted.file_name, any_suffix=bool(wanted.sha256))
    partial = Partial(folder / name)
    if partial.final.exists():
        raise CannotDownload("download.exists", file=name)
    for number in range(TRIES):
        try:
            published, commit = _fetch(wanted, partial, client, on_progress)
            break
        except CannotDownload as error:
            if error.key not in ("download.dropped", "download.offline") or number == TRIES - 1:
                raise
            sleep(2.0**number)
    expected = wanted.sha256 or published
    sha256 = partial.sha256(lambda _: on_progress(partial.bytes_done, partial.bytes_done))
    if expected and sha256 != expected:
        partial.quarantine(quarantine, sha256, expected, wanted.label)
        raise CannotDownload("download.digest", file=name, found=sha256, expected=expected)
    partial.finish()
    return Arrived(partial.final, sha256, bool(expected), with_commit(wanted.label, commit))


def _described(wanted: DownloadRequest, client: HttpsClient) -> DownloadRequest:
    """Ask the host for the name and the digest, where it describes its files."""
    if not wanted.details_url:
        return wanted
    with client.get(wanted.details_url, {}) as reply:
        _refuse_failure(reply)
        text = reply.read_small()
    try:
        files = json.loads(text)["files"]
        models = [file for file in files if str(file["name"]).endswith(MODEL_SUFFIX)]
        file = next((file for file in models if file.get("primary") is True), models[0])
        sha256 = str(file["hashes"]["SHA256"]).lower()
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise CannotDownload("download.answer", host=reply.host) from error
    if not _SHA256.fullmatch(sha256):
        raise CannotDownload("download.answer", host=reply.host)
    return replace(wanted, file_name=check_name(str(file["name"])), sha256=sha256)


def _fetch(
    wanted: DownloadRequest, partial: Partial, client: HttpsClient, on_progress: Progress
) -> tuple[str, str]:
    """Bring the missing bytes; return the published digest and the commit, "" if unknown."""
    state = partial.read(wanted.url)
    done = partial.bytes_done
    if state is not None and done == state.size:
        return state.published, ""
    headers = {"Range": f"bytes={done}-", "If-Range": state.etag} if state is not None else {}
    with client.get(wanted.url, headers) as reply:
        if reply.status == 416:  # what is here is no part of what is there now
            partial.discard()
            raise CannotDownload("download.dropped", host=reply.host)
        _refuse_failure(reply)
        is_resumed = state is not None and _continues(reply, done, state.size)
        if state is None or not is_resumed:
            done, state = 0, _state(wanted, reply)
            partial.discard()
            need_free(partial.final.parent, state.size + FREE_BYTES)
            partial.write_state(state)
        _receive(reply, partial, state, is_resumed, on_progress)
        return state.published, reply.headers.get("x-repo-commit", "")[:64]


def _state(wanted: DownloadRequest, reply: HttpResponse) -> PartialState:
    if reply.status != 200:
        raise CannotDownload("download.answer", host=reply.host)
    size = reply.headers.get("content-length", "")
    if not size.isdecimal() or not 0 < int(size) <= MAX_FILE_BYTES:
        raise CannotDownload("download.length", host=reply.host, size=size[:20] or "-")
    linked = reply.headers.get("x-linked-etag", "").strip('"').lower()
    published = linked if _SHA256.fullmatch(linked) else ""
    etag = reply.headers.get("etag", "")
    is_strong = etag.startswith('"') and len(etag) < 200  # a weak one may name other bytes
    return PartialState(wanted.url, etag if is_strong else "", int(size), published)


def _continues(reply: HttpResponse, done: int, size: int) -> bool:
    """Return whether the answer goes on where the bytes so far end."""
    match = _RANGE.fullmatch(reply.headers.get("content-range", ""))
    return reply.status == 206 and match is not None and match.groups() == (str(done), str(size))


def _refuse_failure(reply: HttpResponse) -> None:
    if reply.status in (200, 206):
        if reply.headers.get("content-type", "").startswith("text/html"):
            raise CannotDownload("download.page", host=reply.host)
        return
    if reply.status in _FAILURES:
        raise CannotDownload(_FAILURES[reply.status], host=reply.host)
    raise CannotDownload("download.status", host=reply.host, status=reply.status)


def _receive(
    reply: HttpResponse,
    partial: Partial,
    state: PartialState,
    is_resumed: bool,
    on_progress: Progress,
) -> None:
    """Write what arrives; check the header as soon as it is there."""
    is_checked = not partial.final.name.endswith(MODEL_SUFFIX)
    done = partial.bytes_done if is_resumed else 0
    with partial.open(is_resumed=is_resumed) as file:
        while block := reply.read(BLOCK_BYTES):
            done += len(block)
            if done > state.size:
                raise CannotDownload("download.length", host=reply.host, size=str(done))
            try:
                file.write(block)
                file.flush()
            except OSError as error:
                raise disk_error(error, partial.path) from error
            if not is_checked and done >= min(FIRST_BYTES, state.size):
                is_checked = _check_header(partial, state.size, done)
            on_progress(done, state.size)
        os.fsync(file.fileno())
    if done < state.size:
        raise CannotDownload("download.dropped", host=reply.host)


def _check_header(partial: Partial, size: int, done: int) -> bool:
    """Refuse what is no model before the rest is fetched; False if the header is not all here."""
    name = partial.final.name
    try:
        length = header_length(name, partial.start(512), size)
        if done < length + 8:
            return False
        parse_header(name, partial.start(length + 8)[8:], size)
    except Exception:
        partial.discard()
        raise
    return True
