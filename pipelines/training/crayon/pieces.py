"""The tokenizer of the picture model: byte-level pieces, learnt from captions or grown.

A grown tokenizer encodes the old captions as the same tokens as before, so that weights trained
with the old one stay valid. Knows no network.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from torch import Tensor

from models.composed import composed

TOKENS = 32
MERGES = 2400
START, END = "<|startoftext|>", "<|endoftext|>"
WORD_END = "</w>"
PARTICLE = "가"


def train_tokenizer(captions: Sequence[str], folder: Path, merges: int = MERGES) -> None:
    """Learn byte-level pieces from captions and save a CLIPTokenizer into `folder`."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import CLIPTokenizer

    model = CLIPTokenizer().backend_tokenizer
    learner = Tokenizer(models.BPE(end_of_word_suffix="</w>"))
    learner.normalizer, learner.pre_tokenizer = model.normalizer, model.pre_tokenizer
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=2 * len(alphabet) + merges,
        initial_alphabet=alphabet,
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    learner.train_from_iterator(captions, trainer)
    learnt = json.loads(learner.to_str())["model"]["merges"]
    pairs = [tuple(pair) if isinstance(pair, list) else tuple(pair.split(" ")) for pair in learnt]
    # Every byte, at the end of a word and elsewhere, so that no text is ever unknown.
    pieces = [*alphabet, *(letter + "</w>" for letter in alphabet), *map("".join, pairs)]
    vocabulary = {piece: i for i, piece in enumerate(dict.fromkeys([*pieces, START, END]))}
    save_tokenizer(vocabulary, pairs, folder)


def open_tokenizer(folder: Path) -> Any:
    """Return the tokenizer saved in `folder`."""
    from transformers import CLIPTokenizer

    return CLIPTokenizer.from_pretrained(folder, local_files_only=True)


def tokens_of(captions: Sequence[str], tokenizer: Any) -> Tensor:
    """Return token ids (batch, 32), padded and cut as the diffusers pipeline does it."""
    found: Tensor = tokenizer(
        list(captions),
        padding="max_length",
        max_length=TOKENS,
        truncation=True,
        return_tensors="pt",
    ).input_ids
    return found


def grow(old: Path, folder: Path, words: Iterable[str], captions: Iterable[str]) -> None:
    """Save the tokenizer in `old` with a piece for each of `words` into `folder`.

    `captions` are those whose tokens must stay as they are: no new merge joins two pieces that
    stand side by side in them. New pieces have the highest numbers.
    """
    tokenizer = open_tokenizer(old)
    vocabulary = dict(json.loads((old / "vocab.json").read_text(encoding="utf-8")))
    lines = (old / "merges.txt").read_text(encoding="utf-8").splitlines()
    merges = [(first, second) for first, second in (line.split(" ") for line in lines[1:] if line)]
    taken = _neighbours(tokenizer, captions)
    known = set(merges)
    for word in words:
        for pieces in _pieces_of(tokenizer, word):
            for pair in _joined(pieces):
                if pair in taken:
                    break
                if pair not in known:
                    known.add(pair)
                    merges.append(pair)
                    vocabulary.setdefault("".join(pair), len(vocabulary))
    save_tokenizer(vocabulary, merges, folder)


def _neighbours(tokenizer: Any, captions: Iterable[str]) -> set[tuple[str, str]]:
    """Return every two pieces that stand side by side within a word of the captions."""
    words = {word for text in captions for word in text.split()}
    found: set[tuple[str, str]] = set()
    for word in words:
        found.update(pairwise(tokenizer.tokenize(word)))
    return found


def _pieces_of(tokenizer: Any, word: str) -> Iterator[list[str]]:
    """Yield the pieces of a word with its end, and where particles may follow."""
    text = composed(word)
    for part in text.split():
        pieces = tokenizer.tokenize(part)
        yield pieces
        followed = tokenizer.tokenize(part + PARTICLE)[:-1]
        if followed and "".join(followed) == "".join(pieces).removesuffix(WORD_END):
            yield followed


def _joined(pieces: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the merges that make one piece of several, from left to right."""
    whole = pieces[0]
    for piece in pieces[1:]:
        yield whole, piece
        whole += piece


def save_tokenizer(
    vocabulary: dict[str, int], merges: Sequence[tuple[str, str]], folder: Path
) -> None:
    """Save a CLIPTokenizer, and its two parts as files of their own."""
    from transformers import CLIPTokenizer

    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=list(merges), model_max_length=TOKENS)
    tokenizer.save_pretrained(folder)
    text = json.dumps(vocabulary, ensure_ascii=False)
    (folder / "vocab.json").write_text(text, encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in merges)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
