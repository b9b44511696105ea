"""Read chat exports of KakaoTalk: the messages, without their authors and times.

Decides whether a text is an export, refuses one that it cannot take apart, and joins the lines of a
message. What a line looks like is in `chat_stamps`, what is no message in `chat_notices`. Names and
times are thrown away; a message keeps its line number only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from pipelines.contract.errors import CorpusError
from pipelines.text.corpus import chat_table
from pipelines.text.corpus.chat_notices import is_notice
from pipelines.text.corpus.chat_stamps import (
    STAMPED,
    TITLE,
    ChatLine,
    ChatLineKind,
    plain,
    read_line,
)

Numbered = tuple[int, str]  # line number in the source, text

LOOKED_AT = 400  # lines that tell what kind of file it is
TITLE_WITHIN = 8  # lines of the beginning that may be its title
ENOUGH = 0.3  # share of lines that has to look like a message or a day
FEW_HEADS, FEW_HEADS_SHARE = 3, 0.2  # times that people write into a message
LONGEST_MESSAGE = 2_000  # characters; what goes on is a message of its own
LONGEST_NAME = 60


def conversation(lines: Sequence[str]) -> Iterator[Numbered] | None:
    """Return the messages of a chat export, None when this is none.

    Raises CorpusError for an export whose lines cannot be told apart: taken as plain text, it would
    keep names, days and times.
    """
    if chat_table.is_table(lines):
        return _from_table(lines)
    looked = [plain(line) for line in islice(lines, LOOKED_AT) if line.strip()]
    read = [read_line(line) for line in looked]
    said = sum(line.kind is ChatLineKind.MESSAGE for line in read)
    known = sum(line.kind is not ChatLineKind.OTHER for line in read)
    if any(TITLE.fullmatch(line[:300]) for line in looked[:TITLE_WITHIN]):
        if not said or _unknown_heads(read) > FEW_HEADS + said * FEW_HEADS_SHARE:
            raise CorpusError("corpus.chat")
        return _from_lines(lines)
    is_chat = said and (known == len(read) or (known >= 3 and known >= len(read) * ENOUGH))
    return _from_lines(lines) if is_chat else None


def _unknown_heads(read: Sequence[ChatLine]) -> int:
    """Return how many lines look like the beginning of a message in a form of their own."""
    return sum(
        line.kind is ChatLineKind.OTHER and bool(STAMPED.match(line.text[:300])) for line in read
    )


def _from_lines(lines: Sequence[str]) -> Iterator[Numbered]:
    names = _SpeakerNames()
    number, held = 0, ""  # the message that may go on
    for place, line in enumerate(lines, start=1):
        whole = plain(line)
        if not whole:
            continue
        read = read_line(whole)
        if read.kind is ChatLineKind.OTHER and not is_notice(whole):
            if number and len(held) + len(whole) < LONGEST_MESSAGE:
                held = f"{held} {whole}"
            elif number:
                yield from _message(number, held, names)
                number, held = place, whole
            continue
        yield from _message(number, held, names)
        number, held = 0, ""  # behind a notice nothing goes on but the notice
        if read.kind is ChatLineKind.MESSAGE:
            names.add(read.name)
            if not is_notice(read.text):
                number, held = place, read.text
    yield from _message(number, held, names)


def _from_table(lines: Sequence[str]) -> Iterator[Numbered]:
    names = _SpeakerNames()
    for row in chat_table.rows(lines):
        if row.name and not is_notice(plain(row.text)):
            names.add(row.name)
            yield from _message(row.line, " ".join(row.text.split()), names)


def _message(number: int, text: str, names: _SpeakerNames) -> Iterator[Numbered]:
    message = names.without(text).strip() if number else ""
    if message:
        yield number, message


class _SpeakerNames:
    """Who has spoken so far: a name behind an @ is taken out of what is said."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def add(self, name: str) -> None:
        """Remember somebody."""
        if 0 < len(name) <= LONGEST_NAME:
            self._names.add(name)

    def without(self, text: str) -> str:
        """Return the text without the names that it calls.

        A call is an @ and the name of somebody who speaks here.
        """
        parts = text.split("@")
        kept = [parts[0]]
        for part in parts[1:]:
            called = next(
                (end for end in range(min(LONGEST_NAME, len(part)), 0, -1)
                 if part[:end] in self._names), 0
            )  # fmt: skip
            kept.append(part[called:] if called else f"@{part}")
        return "".join(kept)
