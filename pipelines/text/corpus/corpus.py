"""A person's own text becomes numbered sentences: decoded, cleaned, masked, split.

Knows encodings and sizes. Does not know words. Everything that comes in is hostile until
`parse_corpus` has had it; nothing private leaves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from models.composed import composed
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import CorpusError
from pipelines.text.corpus.chat_log import conversation
from pipelines.text.corpus.masking import Masker, Private, whole_up_to

MAX_BYTES = 16_000_000
MAX_CHARACTERS = 4_000_000  # about 100,000 long chat messages; a model of it takes up to 800 MB
MAX_LINE = 20_000  # characters; a longer line is cut, so that one cannot stall everything
MIN_SENTENCES = 5  # fewer cannot be stitched into anything new
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")
CHECK_EVERY = 100  # lines between two checks of the cancel token
LONG_LINE = 1_000  # characters; masking such a line may take a tenth of a second
INVISIBLE = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0xFEFF, 0x200B, 0x2060), " ")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and the line of the source it stands on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was learned from.

    Attributes:
        is_chat: the text was a chat export.
        masked: what was taken out, and how often.
    """

    sentences: tuple[Sentence, ...]
    is_chat: bool
    masked: tuple[tuple[Private, int], ...]


def read_text(data: bytes) -> str:
    """Return the text of a file: UTF-8 or UTF-16 with or without a mark, or cp949.

    Raises CorpusError when it is too large or no text at all.
    """
    if len(data) > MAX_BYTES:
        raise CorpusError(
            "corpus.large", size=f"{len(data) / 1e6:.0f} MB", limit=f"{MAX_BYTES / 1e6:.0f} MB"
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    if b"\x00" in data:
        raise CorpusError("corpus.binary")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode(data, "cp949")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CorpusError("corpus.binary") from None


def parse_corpus(text: str, cancel: CancelToken = NEVER) -> Corpus:
    """Return the sentences of a pasted text or a chat export, private things masked.

    Raises:
        CorpusError: it is empty, too short or too long, or an export that cannot be read.
        Cancelled: the cancel token was set.
    """
    if len(text) > MAX_CHARACTERS:
        raise CorpusError("corpus.long", length=f"{len(text):,}", limit=f"{MAX_CHARACTERS:,}")
    lines = composed(text).splitlines()
    said = conversation(lines)
    numbered = enumerate(lines, start=1) if said is None else said
    masker = Masker()
    sentences: list[Sentence] = []
    for place, (number, line) in enumerate(numbered):
        if place % CHECK_EVERY == 0 or len(line) > LONG_LINE:
            cancel.check()
        for part in SENTENCE_END.split(_clean(masker.mask(whole_up_to(line, MAX_LINE)))):
            if part:
                sentences.append(Sentence(number, part))
    different = len({sentence.text for sentence in sentences})
    if not sentences:
        raise CorpusError("corpus.empty")
    if different < MIN_SENTENCES:
        raise CorpusError("corpus.short", count=different, least=MIN_SENTENCES)
    return Corpus(tuple(sentences), said is not None, tuple(sorted(masker.found.items())))


def _clean(line: str) -> str:
    """Return the line without invisible characters and half characters, blanks made single."""
    line = line.translate(INVISIBLE).encode("utf-8", "ignore").decode()
    return " ".join(line.split())
