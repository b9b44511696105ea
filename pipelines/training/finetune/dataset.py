"""A person's training text: questions with answers, or lines, read, cleaned and masked.

Knows file formats and what may be wrong with them. Every row that is not used is named with its
line; nothing private leaves this module. Does not know models or tokens.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from models.composed import composed
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import CorpusError
from pipelines.text.corpus import corpus
from pipelines.text.corpus.chat_log import conversation
from pipelines.text.corpus.masking import Masker, Private, whole_up_to
from pipelines.training.finetune.table import DELIMITERS, Record, records, split

LABELS = (0, 1, 2)
MAX_FIELD = 2_000  # characters; the context of a model is shorter
MIN_ROWS = 20  # fewer cannot be split into what is learned and what is held out
SHOWN_PROBLEMS = 20
SHOWN_CHARACTERS = 40
CHECK_EVERY = 100
CONTROL_SHARE = 0.01  # a file with more control characters than this is no text
QUESTIONS = ("q", "question", "질문", "물음", "user", "input")
ANSWERS = ("a", "answer", "reply", "답", "답변", "대답", "assistant", "output")
MOODS = ("label", "감정", "라벨", "mood")


class DatasetFormat(StrEnum):
    """How the text was read."""

    PAIRS = "pairs"
    LINES = "lines"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One thing to learn; `question` is "" for a plain line.

    Attributes:
        line: where it begins in the source.
        label: the mood of a pair.
    """

    line: int
    question: str
    reply: str
    label: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is not used.

    Attributes:
        line: of the source.
        key: row of the message table that says why: training.row.*.
        shown: how the row begins, masked.
    """

    line: int
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Masked:
    """What was masked of one kind: how often, and some surroundings, masked."""

    kind: Private
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataSet:
    """What can be learned from.

    Attributes:
        problems: the first of the rows that are not used; `dropped` counts all of them.
        digest: SHA-256 of the masked rows.
    """

    name: str
    kind: DatasetFormat
    rows: tuple[TrainingRow, ...]
    problems: tuple[Problem, ...]
    dropped: int
    masked: tuple[Masked, ...]
    digest: str


def read_data(data: bytes | str, name: str, cancel: CancelToken = NEVER) -> DataSet:
    """Return the rows of a file, or of a pasted text.

    Raises:
        CorpusError: nothing can be learned from it; says why, and at which line.
        Cancelled: the request was cancelled.
    """
    text = data if isinstance(data, str) else _decoded(data)
    if len(text) > corpus.MAX_BYTES:
        raise _too_large(len(text), text[: corpus.MAX_BYTES].count("\n"))
    lines = composed(text.lstrip("\ufeff")).splitlines()
    if not any(line.strip() for line in lines):
        raise CorpusError("training.empty")
    reader = _RowReader(name, cancel)
    reader.read(lines)
    return reader.data_set()


def _decoded(data: bytes) -> str:
    if len(data) > corpus.MAX_BYTES:
        raise _too_large(len(data), data[: corpus.MAX_BYTES].count(b"\n"))
    text = corpus.read_text(data)
    controls = sum(
        unicodedata.category(char) == "Cc" for char in text[:10_000] if char not in "\r\n\t"
    )
    if controls > len(text[:10_000]) * CONTROL_SHARE:
        raise CorpusError("corpus.binary")
    return text


def _too_large(size: int, line: int) -> CorpusError:
    limit = f"{corpus.MAX_BYTES / 1e6:.0f} MB"
    return CorpusError("training.large", size=f"{size / 1e6:.0f} MB", limit=limit, line=line)


class _RowReader:
    """Takes the rows of one text."""

    def __init__(self, name: str, cancel: CancelToken) -> None:
        self._name = name
        self._cancel = cancel
        self._masker = Masker()
        self._rows: list[TrainingRow] = []
        self._problems: list[Problem] = []
        self._dropped = 0
        self._kind = DatasetFormat.LINES

    def read(self, lines: Sequence[str]) -> None:
        """Take the lines as what they are: a chat export, a table, or lines.

        A chat comes first: on a Mac it is a table too, and none of questions and answers.
        """
        said = conversation(lines)
        if said is not None:
            self._kind = DatasetFormat.CHAT
            self._read_lines(said)
            return
        delimiter = _delimiter(lines, self._name)
        if delimiter:
            self._kind = DatasetFormat.PAIRS
            self._read_table(lines, delimiter)
        else:
            self._read_lines(enumerate(lines, start=1))

    def data_set(self) -> DataSet:
        """Return what was taken; raise CorpusError when it is too little."""
        if len({row.reply for row in self._rows}) < MIN_ROWS:
            self._refuse_few()
        found = self._masker.found
        return DataSet(
            name=self._name,
            kind=self._kind,
            rows=tuple(self._rows),
            problems=tuple(self._problems),
            dropped=self._dropped,
            masked=tuple(
                Masked(kind, found[kind], self._masker.examples.get(kind, ()))
                for kind in sorted(found)
            ),
            digest=digest(self._rows),
        )

    def _refuse_few(self) -> None:
        count = len({row.reply for row in self._rows})
        if self._problems and self._dropped >= count:
            first = self._problems[0]
            raise CorpusError(first.key, line=first.line, shown=first.shown)
        raise CorpusError("training.few", count=count, least=MIN_ROWS)

    def _read_lines(self, numbered: Iterator[tuple[int, str]]) -> None:
        for place, (line, text) in enumerate(numbered):
            self._look_up(place)
            reply = self._clean(text)
            if reply:
                self._rows.append(TrainingRow(line, "", reply))

    def _read_table(self, lines: Sequence[str], delimiter: str) -> None:
        found = list(records(lines, delimiter))
        columns, width = _header(found[0].fields), len(found[0].fields)
        if columns is None:  # no header: as many columns as most rows have
            widths = Counter(len(record.fields) for record in found)
            width = max(2, widths.most_common(1)[0][0])
            columns = (0, 1, 2 if width > 2 else None)
        else:
            del found[0]
        for place, record in enumerate(found):
            self._look_up(place)
            self._take(record, columns, width)

    def _take(self, record: Record, columns: tuple[int, int, int | None], width: int) -> None:
        fields, (question, answer, mood) = record.fields, columns
        if not fields:
            self._problem(record, "training.row.quote")
            return
        if len(fields) > width and not any(fields[width:]):
            fields = fields[:width]  # empty columns at the end, as spreadsheets write them
        if len(fields) != width:
            self._problem(record, "training.row.columns")
            return
        label = fields[mood] if mood is not None else ""
        if label and label not in map(str, LABELS):
            self._problem(record, "training.row.label")
            return
        row = TrainingRow(
            record.line, self._clean(fields[question]), self._clean(fields[answer]), int(label or 0)
        )
        if row.question and row.reply:
            self._rows.append(row)
        else:
            self._problem(record, "training.row.empty")

    def _problem(self, record: Record, key: str) -> None:
        self._dropped += 1
        if len(self._problems) < SHOWN_PROBLEMS:
            shown = Masker().mask(_visible(whole_up_to(record.text, 500)))[:SHOWN_CHARACTERS]
            self._problems.append(Problem(record.line, key, shown))

    def _clean(self, text: str) -> str:
        masked = self._masker.mask(_visible(whole_up_to(text, MAX_FIELD * 2)))
        return masked[:MAX_FIELD]

    def _look_up(self, place: int) -> None:
        if place % CHECK_EVERY == 0:
            self._cancel.check()


def _delimiter(lines: Sequence[str], name: str) -> str:
    """Return what separates the columns; "" when these are plain lines.

    Raises CorpusError when it is a table without questions and answers.
    """
    looked = [line for line in islice(lines, 400) if line.strip()]
    for delimiter in DELIMITERS:
        if _header(split(looked[0], delimiter)) is not None:
            return delimiter
    for delimiter in DELIMITERS:
        tables = [split(line, delimiter) for line in looked]
        fitting = sum(len(fields) == 3 and fields[2] in map(str, LABELS) for fields in tables)
        pairs = sum(len(fields) == 2 for fields in tables) if delimiter == "\t" else 0
        if max(fitting, pairs) > len(looked) * 0.8:
            return delimiter
    if name.lower().endswith((".csv", ".tsv")):
        width = Counter(len(split(line, ",")) for line in looked).most_common(1)[0][0]
        if width > 1 or "," in looked[0]:
            found = ", ".join(split(looked[0], ","))
            shown = Masker().mask(_visible(whole_up_to(found, 500)))[:SHOWN_CHARACTERS]
            raise CorpusError("training.columns", line=1, found=shown)
    return ""


def _header(fields: Sequence[str]) -> tuple[int, int, int | None] | None:
    """Return the columns of question, answer and label; None when this is no header."""
    names = [field.strip().lower() for field in fields]
    question = next((names.index(name) for name in QUESTIONS if name in names), None)
    answer = next((names.index(name) for name in ANSWERS if name in names), None)
    if question is None or answer is None:
        return None
    return question, answer, next((names.index(name) for name in MOODS if name in names), None)


def _visible(text: str) -> str:
    whole = text.translate(corpus.INVISIBLE).encode("utf-8", "ignore").decode()
    return " ".join(whole.split())


def digest(rows: Sequence[TrainingRow]) -> str:
    """Return the SHA-256 of rows, whatever lines they stood on."""
    state = hashlib.sha256()
    for row in rows:
        state.update(f"{row.question}\t{row.reply}\t{row.label}\n".encode())
    return state.hexdigest()
