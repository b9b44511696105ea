"""The hand-written half of the corpus: lines, paragraphs, dialogues and question forms.

Knows the files in written/ and what each line of them may be; a mistake is raised with its file and
line. Does not know what they are used for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from models.composed import composed
from pipelines.contract.text_options import SentenceFamily
from pipelines.text.korean.blocklist import is_clean

FOLDER = Path(__file__).parent / "written"
MAX_CHARACTERS = 400  # the longest paragraph; more is a mistake in the file
FOREIGN = re.compile(r"[0-9A-Za-z]")
LABELS = ("0", "1", "2")
HELD = "held"

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class QuestionReply:
    """A question, its reply, and the mood it asks for: 0 everyday, 1 gloomy, 2 tender."""

    question: str
    reply: str
    label: int


@dataclass(frozen=True, slots=True)
class Form:
    """A way to ask, with blanks: `{N:은/는} 왜 {V:을까}?`

    Attributes:
        families: sentence patterns that answer it best.
        is_held: kept out of training, for measuring.
    """

    text: str
    families: tuple[SentenceFamily, ...]
    is_held: bool


@dataclass(frozen=True, slots=True)
class WrittenTexts:
    """Everything that was written by hand."""

    lines: tuple[str, ...]
    paragraphs: tuple[str, ...]
    pairs: tuple[QuestionReply, ...]
    forms: tuple[Form, ...]
    prompts: tuple[str, ...]


def read_written(folder: Path = FOLDER) -> WrittenTexts:
    """Return what the folder holds; raise ValueError for the first mistake."""
    return WrittenTexts(
        _read(folder / "lines.txt", parse_line),
        _paragraphs(folder / "paragraphs.txt"),
        _read(folder / "dialogues.tsv", parse_pair),
        _read(folder / "questions.tsv", parse_form),
        _read(folder / "prompts.txt", parse_line),
    )


def _read(path: Path, parse: Callable[[str], Row]) -> tuple[Row, ...]:
    """Return the rows of a file, each one once; what meets the block list is passed over."""
    return tuple(dict.fromkeys(row for _, row in numbered(path, parse) if _is_clean(row)))


def _paragraphs(path: Path) -> tuple[str, ...]:
    """Return the paragraphs of a file: one sentence a line, a blank line between paragraphs."""
    found: list[list[str]] = [[]]
    last = 0
    for number, sentence in numbered(path, parse_line):
        if number != last + 1:
            found.append([])
        found[-1].append(sentence)
        last = number
    joined = (" ".join(sentences) for sentences in found if sentences)
    return tuple(text for text in dict.fromkeys(joined) if is_clean(text))


def _is_clean(row: object) -> bool:
    """Return whether nothing in a row is on the block list, which also refuses harmless ones."""
    if isinstance(row, QuestionReply):
        return is_clean(row.question) and is_clean(row.reply)
    return not isinstance(row, str) or is_clean(row)


def numbered(path: Path, parse: Callable[[str], Row]) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line number; raise ValueError naming file and line of a mistake."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield number, parse(line)
        except ValueError as error:
            raise ValueError(f"{path.name}, line {number}: {error}") from None


def parse_line(line: str) -> str:
    """Return a line as it is; raise ValueError for what a corpus of ours must not hold."""
    if composed(line) != line:
        raise ValueError("is not NFC")
    if line != " ".join(line.split()):
        raise ValueError("has blanks at an end, two in a row, or a tab")
    if found := FOREIGN.search(line):
        raise ValueError(f"has {found[0]!r}: neither digits nor Latin letters")
    if len(line) > MAX_CHARACTERS:
        raise ValueError(f"has {len(line)} characters, at most {MAX_CHARACTERS}")
    return line


def parse_pair(line: str) -> QuestionReply:
    """Return question, reply and label of a line.

    >>> parse_pair("안녕?\\t안녕은 서랍에 있어.\\t0")
    QuestionReply(question='안녕?', reply='안녕은 서랍에 있어.', label=0)
    """
    fields = line.split("\t")
    if len(fields) != 3:
        raise ValueError(f"has {len(fields)} fields, not question, reply and label")
    question, reply, label = fields
    if label not in LABELS:
        raise ValueError(f"has the label {label!r}, not one of {', '.join(LABELS)}")
    for text in (question, reply):
        if not text:
            raise ValueError("has an empty question or reply")
        parse_line(text)
    return QuestionReply(question, reply, int(label))


def parse_form(line: str) -> Form:
    """Return a way to ask, the families that answer it, and whether it is held out."""
    text, families, *marks = line.split("\t")
    if marks not in ([], [HELD]):
        raise ValueError(f"ends with {marks!r}, not with {HELD!r}")
    return Form(text, tuple(SentenceFamily(name) for name in families.split(",")), bool(marks))
