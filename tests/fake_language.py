"""A language model without any weights: small, deterministic, and as slow or as dull as wanted.

It is both a LanguageModel and a TokenModel. Its tokens are syllables and marks; what it says comes
from a list of sentences, drawn with the seed.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from models.errors import ModelNotFound
from models.library import Library
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.validate import check_text
from pipelines.text.language.model import Candidate, Draft, NextEojeols, Sampling, WritingHooks

WHO = "귀신이 선생님이 어부가 문어가 냉장고가 할머니가 달팽이가 하마가".split()
WHAT = "우산을 국수를 노래를 그림자를 양말을 단추를 서랍을 구름을".split()
DID = "말했다. 접었다. 삶았다! 훔쳤다. 노래했다. 기다렸다. 먹었다? 굴렸다.".split()
NEXT = (("뼈다귀", 0.4), ("콧구멍에", 0.3), ("", 0.15), ("삼각형", 0.1))
SILENT = WritingHooks()


class FakeLanguage:
    """Says `sentences` over and over, or sentences of three words when there are none."""

    def __init__(self, name: str = "fake", sentences: Sequence[str] = ()) -> None:
        self.name = name
        self.sentences = tuple(sentences)
        self.nexts: tuple[tuple[str, float], ...] = NEXT
        self.raises: Exception | None = None
        self.prompts: list[str] = []
        self.longest_prompt = 100_000

    def draft(
        self, prompt: str, count: int, sampling: Sampling, hooks: WritingHooks = SILENT
    ) -> tuple[Draft, ...]:
        self._listen(prompt)
        dice = random.Random(f"{prompt}/{sampling.seed}")
        drafts = []
        for index in range(count):
            hooks.cancel.check()
            text = dice.choice(self.sentences) if self.sentences else self._sentence(dice)
            drafts.append(_draft(text))
            hooks.on_text(index, text)
        return tuple(drafts)

    def score(self, texts: Sequence[str], prompt: str = "") -> tuple[Draft, ...]:
        return tuple(_draft(text) for text in texts)

    def next_eojeols(
        self,
        text: str,
        limit: int = 10,
        temperature: float = 1.0,
        cancel: CancelToken = NEVER,
    ) -> NextEojeols:
        self._listen(text)
        cancel.check()
        whole = sum(share ** (1 / temperature) for _, share in self.nexts)
        listed = tuple(
            Candidate(word, share, share ** (1 / temperature) / whole)
            for word, share in self.nexts[:limit]
        )
        return NextEojeols(listed, 1 - sum(candidate.probability for candidate in listed))

    def _listen(self, prompt: str) -> None:
        self.prompts.append(check_text(prompt, "prompt", may_be_empty=True))
        if self.raises is not None:
            raise self.raises
        if len(prompt) > self.longest_prompt:
            from pipelines.contract.errors import InvalidRequest

            raise InvalidRequest(
                "request.text.long", field="prompt", length=len(prompt), limit=self.longest_prompt
            )

    @staticmethod
    def _sentence(dice: random.Random) -> str:
        return " ".join((dice.choice(WHO), dice.choice(WHAT), dice.choice(DID)))


class FakeTokens(FakeLanguage):
    """The same with tokens: whole words, each column of WHO, WHAT and DID after the other."""

    vocabulary = ("</s>", *WHO, *WHAT, *DID)
    end_id = 0

    def start(self, prompt: str) -> tuple[int, ...]:
        return tuple(
            self.vocabulary.index(word) for word in prompt.split() if word in self.vocabulary
        )

    def next_log_probs(self, rows: Sequence[Sequence[int]]) -> Any:
        import torch

        found = torch.full((len(rows), len(self.vocabulary)), -math.inf)
        for place, row in enumerate(rows):
            column = self._column(row)
            words = range(1 + 8 * column, 9 + 8 * column) if column < 3 else range(1)
            weights = torch.tensor([1.0 / (1 + number) for number in range(len(words))])
            found[place, list(words)] = (weights / weights.sum()).log()
        return found

    @staticmethod
    def _column(row: Sequence[int]) -> int:
        """Return which column comes next; after a whole sentence the first, or the end."""
        if not row or row[-1] == 0:
            return 0
        return (row[-1] - 1) // 8 + 1 if row[-1] <= 16 else 0

    def text(self, ids: Sequence[int]) -> str:
        return " ".join(self.vocabulary[number] for number in ids if number)


def _draft(text: str) -> Draft:
    """Return a draft whose probability falls with its length and its last syllables."""
    tokens = max(1, len(text.split()))
    odd = sum(map(ord, text[-6:])) % 17 / 10
    return Draft(text, -tokens * (1.5 + odd), tokens, has_ended=True)


class FakeShelf:
    """A shelf with what is put on it (playground/studio/language/shelf.py)."""

    def __init__(self, *models: FakeLanguage) -> None:
        self.models = {model.name: model for model in models}
        self.asked: list[tuple[str, str]] = []
        self.library = Library(pins={})

    def names(self, owner: str = "") -> tuple[SimpleNamespace, ...]:
        return tuple(SimpleNamespace(name=name, kind="folder", notice="") for name in self.models)

    def add_markov(
        self, owner: str, name: str, model: Any, trained_on: str = "", *counted: Any
    ) -> None:
        self.models[name] = model

    def markov(self, owner: str, name: str, trained_on: str) -> Any:
        return None  # it remembers no texts

    def forget_markov(self, owner: str) -> None:
        pass  # nor whose the models are

    def get(self, name: str = "", owner: str = "", cancel: CancelToken = NEVER) -> FakeLanguage:
        self.asked.append((name, owner))
        if name not in self.models:
            raise ModelNotFound(
                "language.unknown", model=name[:60], known=", ".join(self.models) or "-"
            )
        return self.models[name]
