"""The tokenizer of ongari: byte pairs over eojeol, with stem and particle apart, and bytes below.

A reply takes up a word of the question in another form: 문어가 뭐야? 문어는 ... The model can see
that it is the same word only when 문어 is the same token both times. So the pairs are learnt from
text whose nouns stand apart from their particles, and nouns count more than chance gave them. What
no token covers is spelt in bytes, so every text survives the round trip.

Knows the library `tokenizers`. Does not know what is trained with it.
"""

from __future__ import annotations

import json
import string
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from models.disk import make_folder, write_atomically
from pipelines.contract.phrase import WordKind
from pipelines.text.reading import recognise

END, USER, SYSTEM = "</s>", "<usr>", "<sys>"
FILLER, MOOD = "<unused0>", "<unused1>"
UNKNOWN, PADDING = "<unk>", "<pad>"
SPECIAL = (END, USER, PADDING, SYSTEM, UNKNOWN, "<mask>", FILLER, MOOD)
LABELS = ("▁0", "▁1", "▁2")
SPACE = "▁"
CUT = "\x1f"  # where a merge must not reach across
VOCABULARY = 7_000
NOUN_WEIGHT = 2_000  # how often each noun is shown besides
CONTEXT = 256


def pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that merges stay within: stems, particles, marks.

    >>> list(pieces("문어는 왜 웃어?"))
    ['▁문어', '는', '▁왜', '▁웃어', '?']
    """
    known = recognise.builtin()
    for eojeol in text.split():
        first = True
        for run in recognise.RUN.findall(eojeol):
            mark = SPACE if first else ""
            first = False
            stem = _stem(run, known)
            yield mark + stem
            if rest := run[len(stem) :]:
                yield rest


def _stem(run: str, known: recognise.Recogniser) -> str:
    """Return the noun that a run begins with when only a particle follows, else the run."""
    for length in range(len(run) - 1, 0, -1):
        noun, rest = run[:length], run[length:]
        if noun in known.nouns:
            tails = known.tails if length > 1 else known.short_tails[noun]
            if rest in tails:
                return noun
    word = known.exact.get(run)
    return run if word is None or word.kind is not WordKind.NOUN else word.ko


def syllables() -> list[str]:
    """Return the 2,350 syllables of KS X 1001: nearly all that anybody writes."""
    every = map(chr, range(ord("가"), ord("힣") + 1))
    return [letter for letter in every if len(letter.encode("euc-kr", "ignore")) == 2]


def alphabet() -> list[str]:
    """Return the characters that get a token of their own, whatever the texts hold."""
    marks = ".,!?~…:;'\"“”‘’()-·ㅋㅎㅠㅜ"
    return [SPACE, *syllables(), *string.ascii_letters, *string.digits, *marks]


def train(texts: Iterable[str], nouns: Iterable[str]) -> str:
    """Return the tokenizer learnt from texts, as the text of a tokenizer.json."""
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.Split(Regex(CUT), "removed")
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY - len(SPECIAL) - 256,
        initial_alphabet=alphabet(),
        show_progress=False,
    )
    learner.train_from_iterator(_shown(texts, nouns), trainer)
    return _with_bytes(json.loads(learner.to_str()))


def _shown(texts: Iterable[str], nouns: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield CUT.join(pieces(text))
    parts = [part for noun in nouns for part in noun.split()]
    for part in (*parts, *LABELS):
        yield CUT.join([SPACE + part.removeprefix(SPACE)] * NOUN_WEIGHT)


def _with_bytes(learnt: dict[str, Any]) -> str:
    """Return the file with special tokens first, bytes as ordinary tokens, and the real borders."""
    names = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256))]
    ordered = sorted(learnt["model"]["vocab"], key=learnt["model"]["vocab"].get)
    names += [token for token in ordered if token not in names]
    learnt["model"] |= {
        "vocab": {name: number for number, name in enumerate(names)},
        "byte_fallback": True,
        "unk_token": UNKNOWN,
        "fuse_unk": False,
    }
    learnt["normalizer"] = {
        "type": "Sequence",
        "normalizers": [
            {"type": "NFC"},
            {"type": "Replace", "pattern": {"Regex": r"\s+"}, "content": " "},
        ],
    }
    learnt["pre_tokenizer"] = {
        "type": "Sequence",
        "pretokenizers": [
            {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True},
            {"type": "Punctuation", "behavior": "Isolated"},
        ],
    }
    learnt["decoder"] = {
        "type": "Sequence",
        "decoders": [
            {"type": "ByteFallback"},
            {"type": "Metaspace", "replacement": SPACE, "prepend_scheme": "always", "split": True},
        ],
    }
    learnt["added_tokens"] = [
        {
            "id": number, "content": name, "single_word": False, "lstrip": False,
            "rstrip": False, "normalized": False, "special": True,
        }
        for number, name in enumerate(SPECIAL)
    ]  # fmt: skip
    return json.dumps(learnt, ensure_ascii=False, indent=1) + "\n"


def save(text: str, folder: Path) -> None:
    """Write tokenizer.json and a tokenizer_config.json that names every special token."""
    make_folder(folder)
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": END,
        "eos_token": END,
        "unk_token": UNKNOWN,
        "pad_token": PADDING,
        "mask_token": "<mask>",
        "additional_special_tokens": [USER, SYSTEM, FILLER, MOOD],
        "clean_up_tokenization_spaces": False,
        "model_max_length": CONTEXT,
    }
    write_atomically(folder / "tokenizer.json", text.encode())
    shown = json.dumps(config, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / "tokenizer_config.json", shown.encode())


def open_tokenizer(folder: Path) -> Any:
    """Return the tokenizer as transformers sees it."""
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast.from_pretrained(folder, local_files_only=True)
