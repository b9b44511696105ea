"""A small text file of a person's own is read: styles.csv, a list of words.

Knows encodings, sizes and characters that have no business in a prompt. Does not know what the text
means.
"""

from __future__ import annotations

from pathlib import Path

from models.composed import composed
from models.disk import disk_error
from models.header import open_regular
from pipelines.contract.errors import InvalidRequest

BAD = frozenset(map(chr, (*range(0x20), 0x7F))) - set("\t\n\r")


def read_text_file(path: Path, most_bytes: int) -> str:
    """Return the text of a file, in NFC, with plain line ends.

    UTF-8, UTF-16 with a mark, or what Excel writes in Korea (cp949).

    Raises:
        InvalidRequest: it is too large, or no text; names the file and the line.
        DiskError: it cannot be read.
        ModelFileError: it is a folder, a pipe or a device.
    """
    try:
        with open_regular(path) as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise disk_error(error, path) from error
    if len(data) > most_bytes:
        raise InvalidRequest("prompt.file.large", file=path.name, limit_kb=most_bytes // 1024)
    return parse_text_file(data, path.name)


def parse_text_file(data: bytes, file: str) -> str:
    """Return the text of the bytes of a file called `file`, or raise InvalidRequest."""
    text = _decoded(data, file)
    text = composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    for line, written in enumerate(text.split("\n"), start=1):
        if not BAD.isdisjoint(written):
            raise InvalidRequest("prompt.file.binary", file=file, line=line)
    return text


def _decoded(data: bytes, file: str) -> str:
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    line = 1
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            line = max(line, data.count(b"\n", 0, error.start) + 1)  # of the better guess
    raise InvalidRequest("prompt.file.binary", file=file, line=line)
