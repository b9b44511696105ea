"""What the bytes are when they are no safetensors file, for a sentence that helps.

Knows first bytes only; decides nothing. `models/header.py` asks when a file has failed already.
"""

from __future__ import annotations

import re

from models.errors import NotSafetensors

SNIFFED_BYTES = 512

_PICKLE = re.compile(
    rb"""\x80[\x00-\x05](?s:.)       # protocol 2 and later
    | \(?c[\w.]{1,80}\n[\w.]{1,80}\n # protocol 0 and 1: a global first
    | \(?(?:lp|dp)[0-9]+\n           # protocol 0: a list or a dictionary first
    | [\])}](?:q.|\()                # protocol 1: the same
    """,
    re.VERBOSE | re.DOTALL,
)

# first bytes -> what to call it; file(1)'s magic numbers
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"GGUF", "GGUF"),
    (b"GGML", "GGML"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"RIFF", "RIFF (WebP)"),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"\x93NUMPY", "NumPy"),
    (b"\x89HDF\r\n", "HDF5"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
    (b"#!", "script"),
    (b"\x08\x00\x00\x00TFL3", "TFLite"),
    (b"SQLite format 3", "SQLite"),
)
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<!--", b"<script")


def refuse_other_format(name: str, start: bytes) -> None:
    """Raise NotSafetensors naming what `start` is the start of; return if it is nothing known."""
    if start.startswith(b"version https://git-lfs"):
        raise NotSafetensors("model.lfs_pointer", file=name)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_WEB):
        raise NotSafetensors("model.html", file=name)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")) or _PICKLE.match(start):
        raise NotSafetensors("model.pickle", file=name)
    if start[257:262] == b"ustar":
        raise NotSafetensors("model.other_format", file=name, format="tar")
    for magic, label in _FORMATS:
        if start.startswith(magic):
            raise NotSafetensors("model.other_format", file=name, format=label)
    if text.startswith((b'{"', b"[{", b'{ "')):
        raise NotSafetensors("model.json_page", file=name)
    if not start.strip(b"\x00"):
        raise NotSafetensors("model.zeros", file=name)
    if _is_text(start):
        raise NotSafetensors("model.text_page", file=name)


def _is_text(start: bytes) -> bool:
    try:
        text = start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 3:  # the last character may have been cut
            return False
        text = start[: error.start].decode("utf-8")
    return bool(text) and all(
        character.isprintable() or character in "\r\n\t" for character in text
    )
