"""Finished weights to go on from: a crayon folder whose words become a part of a larger vocabulary.

Opens the folder's parts, and says which words are new to them. Trains nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from pipelines.training.crayon import caption_words, look_words, pieces, spoken
from pipelines.training.crayon.vocabulary import DrawableVocabulary

PHRASES = 20_000  # of the grammar engine, whose commonest words get pieces of their own
COMMON = 150
OTHERS = ("낙서", "배경", "배경에", "배경의", "속에", "안에", "속의", "위에서", "둘", "셋")


class StartWeights:
    """The parts of finished weights, widened to floats."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def tokenizer(self) -> Any:
        """Its tokenizer."""
        return pieces.open_tokenizer(self.folder / "tokenizer")

    def new_nouns(self, vocabulary: DrawableVocabulary) -> frozenset[str]:
        """Return the nouns it never learnt: every word it knows is one piece."""
        tokenize = self.tokenizer.tokenize
        return frozenset(noun.ko for noun in vocabulary.nouns if len(tokenize(noun.ko)) > 1)

    def encoder(self) -> Any:
        """Return its text encoder."""
        import torch
        from transformers import CLIPTextModel

        path = self.folder / "text_encoder"
        return CLIPTextModel.from_pretrained(path, local_files_only=True, dtype=torch.float32)

    def unet(self) -> Any:
        """Return its denoiser."""
        return self._part("unet", "UNet2DConditionModel")

    def vae(self) -> Any:
        """Return its autoencoder."""
        return self._part("vae", "AutoencoderKL")

    def _part(self, name: str, kind: str) -> Any:
        import diffusers
        import torch

        opened = getattr(diffusers, kind)
        return opened.from_pretrained(
            self.folder / name, local_files_only=True, torch_dtype=torch.float32
        )


def words(vocabulary: DrawableVocabulary) -> Iterator[str]:
    """Yield the words that a grown tokenizer should have pieces for."""
    yield from (noun.ko for noun in vocabulary.nouns)
    for forms in (look_words.looks(), look_words.moody()):
        for several in forms.values():
            yield from several
    yield from OTHERS
    phrases = islice(spoken.phrases(0), PHRASES)
    counted = Counter(word for phrase in phrases for word in phrase.ko.split())
    yield from (word for word, _ in counted.most_common(COMMON))


def old_words() -> Sequence[str]:
    """Return the padding words of captions, whose pieces must stay as they are."""
    lists = (caption_words.ADJECTIVES, caption_words.ABSTRACT, caption_words.PLACES)
    verbs = (caption_words.INTRANSITIVE, caption_words.TRANSITIVE, caption_words.MODIFYING_VERBS)
    return [word for several in (*lists, *verbs) for word in several]
