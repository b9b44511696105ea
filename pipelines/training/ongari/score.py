"""What the exported model is worth: does it collapse, does it copy, does it answer the question?

Everything is measured on the folder that ships, as the playground loads and samples it, once with
fixed seeds, nothing chosen afterwards. Knows the figures and their bounds. Does not train.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pipelines.text import collapse
from pipelines.text.chat.topic import Link, content, link
from pipelines.text.collapse import figures
from pipelines.text.collapse.asking import USUAL
from pipelines.text.korean.blocklist import is_clean
from pipelines.text.language.model import LanguageModel
from pipelines.text.neural.transcript import question_prompt


@dataclass(frozen=True, slots=True)
class Uptake:
    """How many of some replies take their question up: by a word of it, or by a category alone."""

    asked: int
    by_word: int
    by_category: int = 0

    @property
    def rate(self) -> float:
        """Return the share that does, in either way."""
        return (self.by_word + self.by_category) / max(1, self.asked)

    @property
    def word_rate(self) -> float:
        """Return the share that holds a word of the question."""
        return self.by_word / max(1, self.asked)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure, what it ought to be, and whether it has to be at least or at most that."""

    name: str
    value: float
    wanted: float
    is_least: bool

    @property
    def holds(self) -> bool:
        """Return whether the figure is within its bound."""
        return self.value >= self.wanted if self.is_least else self.value <= self.wanted

    def row(self) -> str:
        """Return a row of a Markdown table."""
        sign = "≥" if self.is_least else "≤"
        verdict = "yes" if self.holds else "**no**"
        return f"| {self.name} | {self.value:.3f} | {sign} {self.wanted:g} | {verdict} |"


@dataclass(frozen=True, slots=True)
class Score:
    """Everything that was measured, and the replies.

    Attributes:
        health: the result of the detectors for 1,000 replies to 20 questions.
        figures: their figures by name.
        copied: share of the 1,000 that stand in any training document, whole.
        greedy: different greedy replies to the 20 questions.
        held_out: uptake of nouns that no training pair holds.
        coined: replies that hold the word of the question, which does not exist.
        blocked: replies of all that were given that meet the block list.
        samples: each of the 200 prompts with its reply.
    """

    health: str
    figures: dict[str, float]
    copied: float
    greedy: int
    prompts: Uptake
    held_out: Uptake
    coined: Uptake
    blocked: int
    perplexities: tuple[float, float]
    samples: tuple[tuple[str, str], ...]

    def bounds(self) -> tuple[Bound, ...]:
        """Return the figures that have a bound."""
        found = self.figures
        return (
            Bound("unique of 1,000 replies", found["unique"], 0.95, is_least=True),
            Bound("share of the most frequent reply", found["top"], 0.01, is_least=False),
            Bound("distinct-2", found["distinct_2"], 0.70, is_least=True),
            Bound("self-BLEU3", found["self_bleu_3"], 0.15, is_least=False),
            Bound("entropy of the first eojeol, bits", found["first_bits"], 5.0, is_least=True),
            Bound("verbatim copies of training text", self.copied, 0.10, is_least=False),
            Bound("greedy: different replies to 20 questions", self.greedy, 10, is_least=True),
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
    """The prompts of a score, and the training texts.

    Attributes:
        prompts: written by hand, never trained on.
        held_out: questions about nouns that no training pair holds.
        coined: questions about words that do not exist, each with the word.
        written: the hand-written training texts.
        trained: the rows of every training text.
    """

    prompts: tuple[str, ...]
    held_out: tuple[str, ...]
    coined: tuple[tuple[str, str], ...]
    written: Collection[str]
    trained: Collection[figures.Row]


def score(model: LanguageModel, material: Material, perplexities: tuple[float, float]) -> Score:
    """Sample replies and measure; the perplexities are of trained and of unseen documents."""
    thousand = collapse.answers(model)
    greedy = collapse.greedy_answers(model)
    report = collapse.judge(thousand, material.written, perplexities, greedy)
    once = reply(model, material.prompts)
    held = reply(model, material.held_out)
    coined = reply(model, [question for question, _ in material.coined])
    echoed = sum(word in answer for (_, word), answer in zip(material.coined, coined, strict=True))
    return Score(
        health=report.health.value,
        figures={each.detector.value: each.value for each in report.findings},
        copied=sum(figures.row(text) in material.trained for text in thousand) / len(thousand),
        greedy=report.greedy[0] if report.greedy else 0,
        prompts=uptake(material.prompts, once),
        held_out=uptake(material.held_out, held),
        coined=Uptake(len(coined), echoed),
        blocked=sum(not is_clean(text) for text in (*thousand, *once, *held, *coined)),
        perplexities=perplexities,
        samples=tuple(zip(material.prompts, once, strict=True)),
    )


def reply(model: LanguageModel, questions: Sequence[str]) -> list[str]:
    """Return one sampled reply for each question."""
    return [
        model.draft(question_prompt(question), 1, replace(USUAL, seed=number))[0].text.strip()
        for number, question in enumerate(questions)
    ]


def uptake(questions: Sequence[str], replies: Sequence[str]) -> Uptake:
    """Count; raise ValueError for a question without a content word, of which nothing is known."""
    for question in questions:
        if not content(question):
            raise ValueError(f"no word of the lexicon in {question!r}")
    found = Counter(link(*pair) for pair in zip(questions, replies, strict=True))
    return Uptake(len(questions), found[Link.WORD], found[Link.CATEGORY])


def trained_rows(documents: Iterable[str]) -> frozenset[figures.Row]:
    """Return every reply and every line of some documents, and every sentence of the longer."""
    found: set[figures.Row] = set()
    for document in documents:
        for turn in document.split("</s>"):
            text = turn.rsplit("<sys>", 1)[-1]
            found.add(figures.row(text))
            found.update(map(figures.row, text.split(". ")))
    return frozenset(found)
