"""The Korean ear of the picture model: its tokenizer and its small CLIP text encoder.

The encoder is first taught, apart from any picture, to tell what a caption asks for (which
nouns, colours, counts, where): a few minutes that spare the diffusion training hours, because
its cross-attention then reads sorted words from the first step on.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipelines.training.crayon import checkpoint, muon
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.mixture import Mixture
from pipelines.training.crayon.scenes import Arrangement, Scene, Size, Thing
from pipelines.training.crayon.vocabulary import Vocabulary

logger = logging.getLogger(__name__)

TOKENS = 32
WIDTH = 192
MERGES = 2400
START, END = "<|startoftext|>", "<|endoftext|>"
SLOTS = 3  # a scene has at most three things
BATCH = 128
RATE = 1.5e-3


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
    tokenizer = CLIPTokenizer(vocab=vocabulary, merges=pairs, model_max_length=TOKENS)
    tokenizer.save_pretrained(folder)
    text = json.dumps(vocabulary, ensure_ascii=False)
    (folder / "vocab.json").write_text(text, encoding="utf-8")
    lines = ["#version: 0.2", *(" ".join(pair) for pair in pairs)]
    (folder / "merges.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


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


def build_encoder(tokenizer: Any) -> Any:
    """Return an untrained CLIPTextModel for the tokenizer."""
    from transformers import CLIPTextConfig, CLIPTextModel

    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=4 * WIDTH,
        projection_dim=WIDTH,
        num_hidden_layers=3,
        num_attention_heads=4,
        max_position_embeddings=TOKENS,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    return CLIPTextModel(config)


class Questions:
    """What the encoder is asked about a caption: numbered answers, one per question."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._nouns = {noun.ko: i + 1 for i, noun in enumerate(vocabulary.nouns)}
        self._colours = {colour.en: i + 1 for i, colour in enumerate(vocabulary.colours)}
        backdrops = ("", *self._colours, *(noun.scene for noun in vocabulary.scenes))
        self._backdrops = {name: i for i, name in enumerate(backdrops)}
        thing = (len(self._nouns) + 1, len(self._colours) + 1, 3)
        self.sizes = (*thing * SLOTS, len(Size), 2, len(Arrangement), len(backdrops))

    def answers(self, scene: Scene) -> list[int]:
        """Return the right answers for a caption of `scene`."""
        slots = [*map(self._thing, scene.things), *[(0, 0, 0)] * (SLOTS - len(scene.things))]
        first = scene.things[0] if scene.things else Thing("")
        return [
            *chain.from_iterable(slots),
            list(Size).index(first.size),
            int(first.is_flipped),
            list(Arrangement).index(scene.arrangement),
            self._backdrops[scene.backdrop],
        ]

    def _thing(self, thing: Thing) -> tuple[int, int, int]:
        colour = self._colours[thing.colour] if thing.colour else 0
        return self._nouns[thing.noun], colour, thing.count - 1


class Listening:
    """Teaches the encoder to answer the questions."""

    def __init__(
        self, encoder: Any, tokenizer: Any, captioner: Captioner, asked: Questions
    ) -> None:
        self._encoder, self._tokenizer = encoder, tokenizer
        self._captioner, self._questions = captioner, asked
        self._head = nn.Linear(WIDTH, sum(asked.sizes))

    def run(self, mixture: Mixture, steps: int, path: Path, batch: int = BATCH) -> None:
        """Train for `steps` steps and save the encoder at `path`; does nothing when it is there."""
        if path.exists():
            self._encoder.load_state_dict(checkpoint.load(path)["encoder"])
            return
        matrices, rest = muon.split([self._encoder])
        rest += list(self._head.parameters())
        optimisers = (muon.Muon(matrices, lr=RATE), torch.optim.AdamW(rest, lr=2 * RATE))
        began = time.monotonic()
        for step in range(steps):
            for optimiser, peak in zip(optimisers, (RATE, 2 * RATE), strict=True):
                optimiser.param_groups[0]["lr"] = peak * min(1.0, 2 * (1 - step / steps))
            chance = random.Random(f"listen {step}")
            chosen = [mixture.scene(chance) for _ in range(batch)]
            loss, right = self._step(chosen, chance)
            torch.autograd.backward(loss)
            for optimiser in optimisers:
                optimiser.step()
                optimiser.zero_grad(set_to_none=True)
            if step % 50 == 49:
                logger.info(
                    "listening step %d/%d: loss %.3f, all answers right %.1f %%, %.2f s a step",
                    step + 1,
                    steps,
                    float(loss.detach()),
                    100 * right,
                    (time.monotonic() - began) / (step + 1),
                )
        checkpoint.save({"encoder": self._encoder.state_dict()}, path)

    def _step(self, scenes: Sequence[Scene], chance: random.Random) -> tuple[Tensor, float]:
        captions = [self._captioner.caption(scene, chance) for scene in scenes]
        ids = tokens_of(captions, self._tokenizer)
        ends = (ids == self._tokenizer.eos_token_id).int().argmax(dim=1)  # (batch,)
        ids = ids[:, : int(ends.max()) + 2]  # what follows repeats the end
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self._encoder(ids).last_hidden_state
            last = hidden[torch.arange(len(ids)), ends]
            found = self._head(last).float()
        wanted = torch.tensor([self._questions.answers(scene) for scene in scenes])
        loss, right = torch.zeros(()), torch.ones(len(scenes), dtype=torch.bool)
        for i, logits in enumerate(found.split(self._questions.sizes, dim=1)):
            loss = loss + functional.cross_entropy(logits, wanted[:, i])
            right &= logits.argmax(1) == wanted[:, i]
        return loss, float(right.float().mean())
