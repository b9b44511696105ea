"""What the exported model is worth: does it collapse, does it copy, does it listen?

Everything is measured on the folder that ships, sampled once with fixed seeds, nothing reranked.
Knows the figures and their bounds. Does not train.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipelines.text.blocklist import is_clean
from pipelines.training.ongari import replies, sameness, topic
from pipelines.training.ongari.sameness import Sameness
from pipelines.training.ongari.topic import Uptake

SAMPLED = 20  # prompts that are answered fifty times each, and once greedily
TIMES = 50


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure, what it ought to be, and whether it has to be at least or at most that."""

    name: str
    value: float
    wanted: float
    is_least: bool

    @property
    def holds(self) -> bool:
        """Say whether the figure is what it ought to be."""
        return self.value >= self.wanted if self.is_least else self.value <= self.wanted

    def row(self) -> str:
        """Return a row of a Markdown table."""
        sign = "≥" if self.is_least else "≤"
        verdict = "yes" if self.holds else "**no**"
        return f"| {self.name} | {self.value:.3f} | {sign} {self.wanted:g} | {verdict} |"


@dataclass(frozen=True, slots=True)
class Score:
    """Everything that was measured, and what was said meanwhile."""

    same: Sameness
    greedy_distinct: int
    prompts: Uptake
    held_out: Uptake
    coined: Uptake
    blocked: int
    unseen_ppl: float
    trained_ppl: float
    samples: tuple[tuple[str, str], ...]

    def bounds(self) -> tuple[Bound, ...]:
        """Return the figures that have a bound."""
        same = self.same
        return (
            Bound("unique of 1,000 replies", same.unique, 0.95, is_least=True),
            Bound("share of the most frequent reply", same.top, 0.01, is_least=False),
            Bound("distinct-2", same.distinct_2, 0.70, is_least=True),
            Bound("self-BLEU3", same.self_bleu_3, 0.15, is_least=False),
            Bound("entropy of the first eojeol, bits", same.first_bits, 5.0, is_least=True),
            Bound("verbatim copies of training text", same.copied, 0.10, is_least=False),
            Bound("greedy: different replies to 20 prompts", self.greedy_distinct, 10, True),
            Bound("takes up the question, 200 prompts", self.prompts.rate, 0.60, is_least=True),
        )

    def table(self) -> str:
        """Return the bounded figures as a Markdown table."""
        head = "| figure | measured | wanted | holds |\n|---|---|---|---|\n"
        return head + "\n".join(bound.row() for bound in self.bounds())

    def to_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Material:
    """What a model is asked, and what it had read.

    Attributes:
        prompts: written by hand, never trained on.
        held_out: questions about nouns that no training pair holds.
        coined: questions about words that do not exist, each with the word.
        trained: `plain` training texts.
    """

    prompts: tuple[str, ...]
    held_out: tuple[str, ...]
    coined: tuple[tuple[str, str], ...]
    trained: Collection[str]


def score(model: Any, tokenizer: Any, material: Material, ppl: tuple[float, float]) -> Score:
    """Ask and measure; `ppl` is the perplexity of unseen and of trained documents."""
    dice = random.Random("sampled prompts")
    twenty = dice.sample(material.prompts, SAMPLED)
    thousand = replies.answer(model, tokenizer, [p for p in twenty for _ in range(TIMES)], seed=1)
    greedy = replies.answer(model, tokenizer, twenty, seed=1, is_greedy=True)
    once = replies.answer(model, tokenizer, material.prompts, seed=2)
    held = replies.answer(model, tokenizer, material.held_out, seed=3)
    coined = replies.answer(model, tokenizer, [asked for asked, _ in material.coined], seed=4)
    copied = sum(word in reply for (_, word), reply in zip(material.coined, coined, strict=True))
    return Score(
        same=sameness.measure(thousand, material.trained),
        greedy_distinct=len(set(greedy)),
        prompts=topic.uptake(material.prompts, once),
        held_out=topic.uptake(material.held_out, held),
        coined=Uptake(len(coined), copied, 0),
        blocked=sum(not is_clean(reply) for reply in (*thousand, *once, *held)),
        unseen_ppl=ppl[0],
        trained_ppl=ppl[1],
        samples=tuple(zip(material.prompts, once, strict=True)),
    )


def trained_texts(documents: Sequence[str]) -> frozenset[str]:
    """Return every reply and every line of some documents, and every sentence of the longer."""
    found: set[str] = set()
    for document in documents:
        for turn in document.split("</s>"):
            text = turn.rsplit("<sys>", 1)[-1]
            found.add(sameness.plain(text))
            found.update(map(sameness.plain, text.split(". ")))
    return frozenset(found)
