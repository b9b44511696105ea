"""The Korean text encoder of the picture model: a small CLIP text model.

The encoder is first pretrained, apart from any picture, to classify what a caption names (nouns,
colours, counts, positions): a few minutes that spare the diffusion training hours, because its
cross-attention then gets separable embeddings from the first step on.
"""

from __future__ import annotations

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

from pipelines.bridge import caption
from pipelines.bridge.adjective_effects import Look
from pipelines.training.crayon import checkpoint, muon
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.pieces import TOKENS, tokens_of
from pipelines.training.crayon.scenes import Arrangement, Scene, Thing, ThingSize
from pipelines.training.crayon.vocabulary import DrawableVocabulary

logger = logging.getLogger(__name__)

WIDTH = 192
SLOTS = 3  # a scene has at most three things
BATCH = 128
RATE = 1.5e-3
ANCHOR = 10.0  # weight of the drift of a grown encoder on old captions
LOOKS = ("", *(look.value for look in Look))
MOODS = ("", *caption.MOODS)


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


def grow_encoder(old: Any, tokenizer: Any) -> Any:
    """Return the encoder with an embedding for every piece of a grown tokenizer.

    A new piece starts as the mean of all, a little apart from the others.
    """
    encoder = build_encoder(tokenizer)
    state = old.state_dict()
    name = next(key for key in state if key.endswith("token_embedding.weight"))
    known = state[name]  # (old tokens, WIDTH)
    count = len(tokenizer) - len(known)
    generator = torch.Generator().manual_seed(3)
    apart = known.std(0) * torch.randn((count, WIDTH), generator=generator)  # (new tokens, WIDTH)
    encoder.load_state_dict({**state, name: torch.cat([known, known.mean(0) + 0.5 * apart])})
    return encoder


class Questions:
    """The classification tasks of a caption: class numbers, one per question."""

    def __init__(self, vocabulary: DrawableVocabulary) -> None:
        self._nouns = {noun.ko: i + 1 for i, noun in enumerate(vocabulary.nouns)}
        self._colours = {colour.en: i + 1 for i, colour in enumerate(vocabulary.colours)}
        backdrops = ("", *self._colours, *(noun.scene for noun in vocabulary.scenes))
        self._backdrops = {name: i for i, name in enumerate(backdrops)}
        thing = (len(self._nouns) + 1, len(self._colours) + 1, 3, len(LOOKS))
        kinds = (len(ThingSize), 2, len(Arrangement), len(backdrops), len(MOODS))
        self.sizes = (*thing * SLOTS, *kinds)

    def answers(self, scene: Scene) -> list[int]:
        """Return the right answers for a caption of `scene`."""
        slots = [*map(self._thing, scene.things), *[(0, 0, 0, 0)] * (SLOTS - len(scene.things))]
        first = scene.things[0] if scene.things else Thing("")
        return [
            *chain.from_iterable(slots),
            list(ThingSize).index(first.size),
            int(first.is_flipped),
            list(Arrangement).index(scene.arrangement),
            self._backdrops[scene.backdrop],
            MOODS.index(scene.mood),
        ]

    def _thing(self, thing: Thing) -> tuple[int, int, int, int]:
        colour = self._colours[thing.colour] if thing.colour else 0
        return self._nouns[thing.noun], colour, thing.count - 1, LOOKS.index(thing.look)


class EncoderTraining:
    """Pretrains the encoder on the questions."""

    def __init__(
        self, encoder: Any, tokenizer: Any, captioner: Captioner, questions: Questions
    ) -> None:
        self._encoder, self._tokenizer = encoder, tokenizer
        self._old: Any = None
        self._new_words: frozenset[str] = frozenset()
        self._rate = RATE
        self._captioner, self._questions = captioner, questions
        self._head = nn.Linear(WIDTH, sum(questions.sizes))

    def anchor(self, old: Any, new_words: frozenset[str], rate: float) -> None:
        """Keep close to the encoder `old` on captions of scenes without new words and looks."""
        self._old, self._new_words, self._rate = old.eval().requires_grad_(False), new_words, rate

    def run(self, mixture: SceneMixture, steps: int, path: Path, batch: int = BATCH) -> None:
        """Train for `steps` steps and save the encoder at `path`; does nothing when it is there."""
        if path.exists():
            self._encoder.load_state_dict(checkpoint.load(path)["encoder"])
            return
        matrices, rest = muon.split([self._encoder])
        rest += list(self._head.parameters())
        rate = self._rate
        optimisers = (muon.Muon(matrices, lr=rate), torch.optim.AdamW(rest, lr=2 * RATE))
        began = time.monotonic()
        for step in range(steps):
            for optimiser, peak in zip(optimisers, (rate, 2 * rate), strict=True):
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
                    "text encoder step %d/%d: loss %.3f, all answers right %.1f %%, %.2f s a step",
                    step + 1,
                    steps,
                    float(loss.detach()),
                    100 * right,
                    (time.monotonic() - began) / (step + 1),
                )
        checkpoint.save({"encoder": self._encoder.state_dict()}, path)

    def _step(self, scenes: Sequence[Scene], chance: random.Random) -> tuple[Tensor, float]:
        captions = [self._captioner.caption(scene, chance) for scene in scenes]
        ids = tokens_of(captions, self._tokenizer)  # (batch, 32)
        ends = (ids == self._tokenizer.eos_token_id).int().argmax(dim=1)  # (batch,)
        ids = ids[:, : int(ends.max()) + 2]  # what follows repeats the end
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self._encoder(ids).last_hidden_state  # (batch, tokens, WIDTH)
            drift = self._drift(hidden, ids, scenes)
            last = hidden[torch.arange(len(ids)), ends]  # (batch, WIDTH)
            found = self._head(last).float()  # (batch, sum of sizes)
        # (batch, questions)
        wanted = torch.tensor([self._questions.answers(scene) for scene in scenes])
        loss, right = ANCHOR * drift, torch.ones(len(scenes), dtype=torch.bool)
        for i, logits in enumerate(found.split(self._questions.sizes, dim=1)):  # (batch, classes)
            loss = loss + functional.cross_entropy(logits, wanted[:, i])
            right &= logits.argmax(1) == wanted[:, i]
        return loss, float(right.float().mean())

    def _drift(self, hidden: Tensor, ids: Tensor, scenes: Sequence[Scene]) -> Tensor:
        """Return the mean squared drift from the embeddings that the denoiser was trained on."""
        if self._old is None:
            return torch.zeros(())
        known = (ids < self._old.config.vocab_size).all(dim=1).tolist()
        chosen = [
            i for i, scene in enumerate(scenes) if known[i] and not is_new(scene, self._new_words)
        ]
        if not chosen:
            return torch.zeros(())
        with torch.no_grad():
            target = self._old(ids[chosen]).last_hidden_state  # (chosen, tokens, WIDTH)
        return functional.mse_loss(hidden[chosen].float(), target.float())


def is_new(scene: Scene, new_words: frozenset[str]) -> bool:
    """Return whether weights that do not know `new_words`, nor looks, never saw such a scene."""
    if not scene.things or scene.arrangement is Arrangement.INSIDE:
        return True
    return any(thing.look or thing.noun in new_words for thing in scene.things)
