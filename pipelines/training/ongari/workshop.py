"""The stages of making ongari, in order, and the work folder they share.

Each stage leaves files behind and does nothing when they are complete, so "all" may be started
again after any interruption. Knows the order and the files; the work is done elsewhere.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from models.disk import write_atomically
from pipelines.contract.requests import TextRequest
from pipelines.text import neural
from pipelines.text.grammar import grammar
from pipelines.training.ongari import build, export, questions, replies, tokenizer
from pipelines.training.ongari.loop import PretrainingRecipe, PretrainingRun, perplexity
from pipelines.training.ongari.mixture import SHARES, DocumentMixture
from pipelines.training.ongari.pairs import Pairs
from pipelines.training.ongari.score import Material, Score, trained_rows, uptake
from pipelines.training.ongari.score import score as measure
from pipelines.training.ongari.shelf import Borders, Shelf
from pipelines.training.ongari.written_files import FOLDER, WrittenTexts, read_written

logger = logging.getLogger(__name__)

KEPT = 120  # engine phrases about each noun in each mood
HELD_OUT_QUESTIONS = 120  # about held-out nouns, for each evaluation
EVALUATED = 600  # unseen documents whose perplexity each evaluation measures


@dataclass(frozen=True, slots=True)
class TextAmounts:
    """How much of everything; the defaults are the recipe of the shipped weights."""

    documents: int = 250_000  # on each shelf
    shelves: int = 2
    unseen_documents: int = 3_000
    tokenizer_phrases: int = 60_000
    shape: build.NetworkShape = field(default_factory=build.NetworkShape)


class OngariWorkshop:
    """The work folder and what lies in it."""

    def __init__(
        self, folder: Path, amounts: TextAmounts = TextAmounts(), written: Path = FOLDER
    ) -> None:
        self.folder, self.amounts, self.written_folder = folder, amounts, written

    @cached_property
    def written(self) -> WrittenTexts:
        """What was written by hand, as it was when the work began."""
        return read_written(self.written_folder)

    @cached_property
    def pairs(self) -> Pairs:
        """What makes pairs for training."""
        return Pairs(learnt(self.written), kept=KEPT)

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, learnt at first use."""
        folder = self.folder / "tokenizer"
        if not (folder / "tokenizer_config.json").exists():
            tokenizer.save(tokenizer.train(self._tokenizer_texts(), self._nouns()), folder)
        return tokenizer.open_tokenizer(folder)

    def _nouns(self) -> list[str]:
        return [noun.ko for noun in self.pairs.words.nouns]

    def _tokenizer_texts(self) -> Iterable[str]:
        written = self.written
        phrases = grammar.phrases(TextRequest(seed=5))
        yield from (phrase.ko for phrase in islice(phrases, self.amounts.tokenizer_phrases))
        turns = (text for pair in written.pairs for text in (pair.question, pair.reply))
        mine = [*written.lines, *written.paragraphs, *turns]
        for _ in range(4):
            yield from mine
        dice = random.Random("tokenizer")
        made = (self.pairs.formed(dice) for _ in range(self.amounts.tokenizer_phrases // 6))
        yield from (pair.question for pair in made if pair)

    @property
    def borders(self) -> Borders:
        """The token ids of the marks of a conversation."""
        number = self.tokenizer.convert_tokens_to_ids
        return Borders(number(tokenizer.USER), number(tokenizer.SYSTEM), number(tokenizer.PADDING))

    def prepare(self) -> None:
        """Train the tokenizer; write, tokenize and shelve the documents."""
        logger.info("%d tokens", len(self.tokenizer))
        others = Pairs(unseen(self.written), "unseen", 15, self.pairs.held_out)
        self.shelf("unseen", others, self.amounts.unseen_documents)
        for number in range(self.amounts.shelves):
            self.shelf(f"documents-{number}", self.pairs, self.amounts.documents)

    def shelf(self, name: str, pairs: Pairs | None = None, count: int = 0) -> Shelf:
        """Return a shelf, made at first use; its texts lie beside it, one a line."""
        path = self.folder / f"{name}.pt"
        if not path.exists() and pairs:
            mixture = DocumentMixture(pairs, name)
            documents = [mixture.document(number) for number in range(count)]
            texts = [document.text for document in documents]
            write_atomically(self.folder / f"{name}.txt", ("\n".join(texts) + "\n").encode())
            counts = {source: 0 for source in SHARES}
            for document in documents:
                counts[document.source] += 1
            shelf = Shelf.of(self._token_ids(texts), tokenizer.CONTEXT)
            logger.info("%s: %d tokens, %s", name, len(shelf.tokens), counts)
            state = {"tokens": shelf.tokens, "starts": shelf.starts}
            write_atomically(path, lambda file: torch.save(state, file))
        state = torch.load(path, weights_only=True)
        return Shelf(state["tokens"], state["starts"])

    def _token_ids(self, texts: list[str]) -> list[list[int]]:
        backend = self.tokenizer.backend_tokenizer
        return [encoding.ids for encoding in backend.encode_batch(texts, add_special_tokens=False)]

    def run(self, recipe: PretrainingRecipe) -> PretrainingRun:
        """Return the training where it stands."""
        model = build.build(self.tokenizer, self.amounts.shape)
        names = [f"documents-{number}" for number in range(self.amounts.shelves)]
        shelves = [partial(self.shelf, name) for name in names]
        return PretrainingRun(model, shelves, self.borders, recipe, self.folder)

    def train(self, recipe: PretrainingRecipe, run: PretrainingRun | None = None) -> None:
        """Train to the end of the recipe."""
        run = run or self.run(recipe)
        if not run.is_done:
            write_atomically(
                self.folder / "recipe.json", json.dumps(asdict(recipe), indent=1).encode()
            )
            unseen_shelf = self.shelf("unseen").first(EVALUATED)
            questions = self.held_out_questions(HELD_OUT_QUESTIONS)
            run.go(lambda model: self._figures(model, unseen_shelf, questions))

    def _figures(self, model: Any, unseen_shelf: Shelf, questions: list[str]) -> dict[str, float]:
        """Return the figures of an evaluation of a run."""
        answers = replies.answer(model, self.tokenizer, questions, seed=1)
        taken = uptake(questions, answers)
        for question, reply in list(zip(questions, answers, strict=True))[:12]:
            logger.info("  %s -> %s", question, reply)
        return {
            "val_ppl": perplexity(model, unseen_shelf, self.borders),
            "topic": taken.rate,
            "topic_word": taken.word_rate,
        }

    def held_out_questions(self, count: int) -> list[str]:
        """Return questions of held-out forms about held-out nouns: nothing of them was trained."""
        dice = random.Random("held-out questions")
        nouns = sorted(self.pairs.held_out)
        forms = [form for form in self.written.forms if form.is_held]
        words = self.pairs.words
        return [
            questions.fill(
                dice.choice(forms).text,
                {
                    "N": dice.choice(nouns),
                    "M": dice.choice(nouns),
                    "A": dice.choice(words.adjectives),
                    "V": dice.choice(words.verbs),
                },
            )
            for _ in range(count)
        ]

    def model(self) -> Any:
        """Return the model of the newest checkpoint."""
        model = build.build(self.tokenizer, self.amounts.shape)
        state = torch.load(self.folder / "run.pt", map_location="cpu", weights_only=True)
        model.load_state_dict(state["model"])
        return model.eval()

    def export(self, folder: Path) -> None:
        """Write the newest checkpoint as a folder."""
        export.write(self.model(), self.folder / "tokenizer", folder)

    def score(self, folder: Path) -> Score:
        """Measure the exported folder; print a table and leave all figures in the work folder."""
        found = measure(neural.load(folder, "ongari"), self.material(), self.perplexities(folder))
        data = json.dumps(found.to_json(), ensure_ascii=False, indent=1)
        write_atomically(self.folder / "score.json", (data + "\n").encode())
        logger.info("\n%s", found.table())
        return found

    def perplexities(self, folder: Path) -> tuple[float, float]:
        """Return the perplexity of an exported model on trained and on unseen documents."""
        from transformers import GPT2LMHeadModel

        model = GPT2LMHeadModel.from_pretrained(folder, local_files_only=True).eval()
        trained = self.shelf("documents-0").first(self.amounts.unseen_documents)
        return (
            perplexity(model, trained, self.borders),
            perplexity(model, self.shelf("unseen"), self.borders),
        )

    def material(self) -> Material:
        """Return the prompts of the score; none of them was trained on."""
        texts: list[str] = []
        for number in range(self.amounts.shelves):
            texts += (self.folder / f"documents-{number}.txt").read_text("utf-8").splitlines()
        prompts = {turn.partition("<unused1>")[0] for text in texts for turn in text.split("<usr>")}
        written = self.written
        if known := [prompt for prompt in written.prompts if prompt in prompts]:
            raise ValueError(f"trained on {len(known)} prompts, such as {known[0]!r}")
        return Material(
            written.prompts,
            tuple(self.held_out_questions(HELD_OUT_QUESTIONS)),
            tuple(self._coined_questions(HELD_OUT_QUESTIONS)),
            (*written.lines, *written.paragraphs, *(pair.reply for pair in written.pairs)),
            trained_rows(texts),
        )

    def _coined_questions(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield questions of held-out forms about words that do not exist, with the word."""
        dice = random.Random("coined questions")
        forms = [form for form in self.written.forms if form.is_held]
        for _ in range(count):
            word = self.pairs.coined(dice)
            form = dice.choice(forms).text
            yield (
                questions.fill(form, {"N": word, "A": dice.choice(self.pairs.words.adjectives)}),
                word,
            )


def is_unseen(text: str) -> bool:
    """Return whether a written text is kept for measuring: three in a hundred, by their words."""
    return random.Random(f"unseen {text}").random() < 0.03


def learnt(written: WrittenTexts) -> WrittenTexts:
    """Return the written texts that are trained on."""
    return _chosen(written, is_kept=lambda text: not is_unseen(text))


def unseen(written: WrittenTexts) -> WrittenTexts:
    """Return the written texts that are never trained on."""
    return _chosen(written, is_kept=is_unseen)


def _chosen(written: WrittenTexts, is_kept: Any) -> WrittenTexts:
    return replace(
        written,
        lines=tuple(filter(is_kept, written.lines)),
        paragraphs=tuple(filter(is_kept, written.paragraphs)),
        pairs=tuple(pair for pair in written.pairs if is_kept(pair.reply)),
    )
