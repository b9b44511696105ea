"""A small text file of a person's own is read: styles.csv, a list of words.

Knows encodings, sizes and characters that have no business in a prompt. Does not know what the text
means.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from models.composed import composed
from models.disk import disk_error
from models.header import open_regular
from pipelines.contract.errors import InvalidRequest

BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def is_text(written: str) -> bool:
    """Return whether there is nothing but text, with blanks and line ends, in a text."""
    return BAD.search(written) is None


def read_text_file(path: Path, most_bytes: int) -> str:
    """Return the text of a file, in NFC, with plain line ends.

    UTF-8, UTF-16 with a mark, or what Excel writes in Korea (cp949).

    Raises:
        InvalidRequest: it is too large, or no text; names the file and the line.
        DiskError: it cannot be read.
        ModelFileError: it is a folder, a pipe or a device.
    """
    return parse_text_file(_bytes(path, most_bytes), path.name)


def read_marked_text(path: Path, most_bytes: int) -> str:
    """Return the text of a file of which single lines may be no text: `is_text` tells of each.

    Bytes that mean nothing become lone surrogates, so that the lines around them can be read.

    Raises:
        InvalidRequest: it is too large.
        DiskError: it cannot be read.
    """
    data = _bytes(path, most_bytes)
    try:
        text = _decoded(data, path.name)
    except InvalidRequest:
        text = data.removeprefix(codecs.BOM_UTF8).decode(errors="surrogateescape")
    return _plain(text)


def parse_text_file(data: bytes, file: str) -> str:
    """Return the text of the bytes of a file called `file`, or raise InvalidRequest."""
    text = _plain(_decoded(data, file))
    odd = BAD.search(text)
    if odd is not None:
        line = text.count("\n", 0, odd.start()) + 1
        raise InvalidRequest("prompt.file.binary", file=file, line=line)
    return text


def _bytes(path: Path, most_bytes: int) -> bytes:
    try:
        with open_regular(path) as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise disk_error(error, path) from error
    if len(data) > most_bytes:
        raise InvalidRequest("prompt.file.large", file=path.name, limit_kb=most_bytes // 1024)
    return data


def _plain(text: str) -> str:
    """Return a text in NFC with plain line ends."""
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(data: bytes, file: str) -> str:
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    line = 1
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line = max(line, data.count(b"\n", 0, error.start) + 1)  # of the better guess
    raise InvalidRequest("prompt.file.binary", file=file, line=line)
