"""A translation model that is in memory: sentence by sentence, the same every time.

Knows how a sentence becomes numbers and numbers a sentence. Does not open files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pipelines.contract.errors import LanguageModelError
from pipelines.contract.reasons import is_panic
from pipelines.text.glossing.cleaning import cleaned
from pipelines.text.translation.sentencepieces import BLANK

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
BEAMS = 4  # what Opus-MT was published with
MOST_NEW = 128  # tokens of one sentence; a caption has thirty
MOST_SENTENCES = 8  # of one text: more would not fit into a prompt
HAS_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marks:
    """The tokens around a sentence.

    Attributes:
        before, after: of the sentence that goes in.
        first: forced as the first token that comes out; None for none.
        most: tokens that the network has positions for.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    first: int | None
    unknown: int
    end: int
    most: int


class TextCodec:
    """Text to numbers and back."""

    def __init__(self, splitter: Any, table: dict[str, int], marks: Marks) -> None:
        self._splitter = splitter
        self._table = table
        self._pieces = {number: piece for piece, number in table.items()}
        self.marks = marks

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a sentence with its marks; what is too long is cut."""
        marks = self.marks
        pieces = self._cut(" ".join(text.split()))
        room = marks.most - len(marks.before) - len(marks.after)
        numbers = [self._table.get(piece, marks.unknown) for piece in pieces[:room]]
        return [*marks.before, *numbers, *marks.after]

    def _cut(self, line: str) -> list[str]:
        try:
            pieces: list[str] = self._splitter.encode(line).tokens
        except BaseException as error:
            if not is_panic(error):
                raise
            raise LanguageModelError("language.tokenizer_failed", file="SentencePiece") from error
        return pieces

    def decode(self, numbers: Sequence[int]) -> str:
        """Return the text of numbers without anything that is no text."""
        pieces = (self._pieces.get(int(number), "") for number in numbers)
        kept = "".join(piece for piece in pieces if not re.fullmatch(r"<[^>]*>", piece))
        return kept.replace(BLANK, " ").strip()


@dataclass(slots=True)
class NeuralTranslator:
    """MarianMT or M2M100, Korean to English."""

    name: str
    _network: Any
    _vocabulary: TextCodec
    _known: dict[str, str] = field(default_factory=dict)

    def translate(self, text: str) -> str:
        """Return the text in English, sentence by sentence; "" when nothing can be translated."""
        sentences = SENTENCE.findall(cleaned(text))
        translated = (self._sentence(one.strip()) for one in sentences[:MOST_SENTENCES])
        return " ".join(filter(None, translated))

    def _sentence(self, sentence: str) -> str:
        if not HAS_WORD.search(sentence):
            return ""
        if sentence not in self._known:
            if len(self._known) > 100:
                self._known.clear()
            self._known[sentence] = self._generate(sentence)
        return self._known[sentence]

    def _generate(self, sentence: str) -> str:
        import torch

        marks = self._vocabulary.marks
        numbers = torch.tensor([self._vocabulary.encode(sentence)])  # (1, tokens)
        forced = {} if marks.first is None else {"forced_bos_token_id": marks.first}
        with torch.inference_mode():
            found = self._network.generate(
                numbers,
                attention_mask=torch.ones_like(numbers),
                num_beams=BEAMS,
                do_sample=False,
                max_new_tokens=min(MOST_NEW, marks.most - 2),
                max_length=None,
                **forced,
            )
        return self._vocabulary.decode(found[0].tolist())
