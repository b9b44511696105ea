"""Train a LoRA of one style for the finished crayon: from renders or a folder of pictures.

    python -m pipelines.training.crayon lora --style invert --minutes 5 --out invert.safetensors
    python -m pipelines.training.crayon lora --pictures folder --minutes 5 --out mine.safetensors

The weights of the crayon are frozen; beside every convolution and linear layer of the denoiser a
product of two matrices of low rank learns the difference. Saved in kohya's format, which any
program reads.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from PIL import Image, ImageOps
from torch import Tensor

from models.disk import write_atomically
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.codec import signed
from pipelines.training.crayon.diffusion import NOISE_BIAS, TRAIN_STEPS, schedule
from pipelines.training.crayon.fast_norm import use_plain_norms
from pipelines.training.crayon.glyphs import FONT, Glyphs
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.pieces import tokens_of
from pipelines.training.crayon.scenes import Renderer
from pipelines.training.crayon.start import StartWeights
from pipelines.training.crayon.vocabulary import read_lexicon

logger = logging.getLogger(__name__)

SIDE = 256
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp")
LAYERS = (
    r".*(to_q|to_k|to_v|to_out\.0|ff\.net\.0\.proj|ff\.net\.2|proj_in|proj_out|conv|conv1|conv2"
    r"|conv_in|conv_out|conv_shortcut|time_emb_proj)"
)


def blueprint(picture: Image.Image) -> Image.Image:
    """Return the picture as white lines and light blue areas on blue paper."""
    return ImageOps.colorize(ImageOps.grayscale(picture), "#f4f8ff", "#1d4fa3")


def sepia(picture: Image.Image) -> Image.Image:
    """Return the picture as an old photograph."""
    return ImageOps.colorize(ImageOps.grayscale(picture), "#2b1708", "#f3e2c0")


STYLES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "invert": ImageOps.invert,
    "blueprint": blueprint,
    "sepia": sepia,
}


@dataclass(frozen=True, slots=True)
class LoraRecipe:
    """The hyperparameters of one LoRA."""

    minutes: float = 5.0  # of wall time, rendering not counted
    rank: int = 8
    rate: float = 1e-3
    batch: int = 16
    pictures: int = 400  # rendered for a style
    warm_up: int = 20  # steps
    dropped: float = 0.1  # captions left empty, for classifier-free guidance
    seed: int = 1


Shown = tuple[Image.Image, str]  # a picture and its caption


def styled(style: str, recipe: LoraRecipe, font: Path = FONT) -> Iterator[Shown]:
    """Yield renders of the crayon's own training scenes, put through a style."""
    vocabulary = read_lexicon()
    renderer, captioner = Renderer(vocabulary, Glyphs(vocabulary, font)), Captioner(vocabulary)
    mixture, chance = SceneMixture(vocabulary), random.Random(f"lora {recipe.seed}")
    for _ in range(recipe.pictures):
        scene = mixture.scene(chance)
        yield STYLES[style](renderer.render(scene)), captioner.caption(scene, chance)


def from_folder(folder: Path) -> Iterator[Shown]:
    """Yield the pictures of a folder; a text file of the same name is the caption."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES:
            continue
        caption_path = path.with_suffix(".txt")
        caption = caption_path.read_text(encoding="utf-8").strip() if caption_path.is_file() else ""
        with Image.open(path) as picture:
            yield ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE)), caption


class LoraTraining:
    """One run over pictures and captions."""

    def __init__(self, folder: Path, shown: Sequence[Shown], recipe: LoraRecipe) -> None:
        from diffusers.models.attention_processor import AttnProcessor
        from peft import LoraConfig, inject_adapter_in_model

        torch.manual_seed(recipe.seed)
        start = StartWeights(folder)
        self._recipe, self._tokenizer = recipe, start.tokenizer
        self._encoder = start.encoder().eval().requires_grad_(False)
        self._latents = latents_of([picture for picture, _ in shown], start.vae())
        self._captions = [caption for _, caption in shown]
        self.unet = start.unet().requires_grad_(False).to(memory_format=torch.channels_last)
        self.unet.set_attn_processor(AttnProcessor())
        use_plain_norms(self.unet)
        config = LoraConfig(r=recipe.rank, lora_alpha=recipe.rank, target_modules=LAYERS)
        inject_adapter_in_model(config, self.unet)
        self._trained = [p for p in self.unet.parameters() if p.requires_grad]
        self._alphas = schedule().alphas_cumprod.clone()
        self.step = 0

    def run(self) -> None:
        """Train for as long as the recipe says."""
        recipe = self._recipe
        optimiser = torch.optim.AdamW(self._trained, lr=recipe.rate, weight_decay=0.0)
        began, losses = time.monotonic(), []
        while (done := (time.monotonic() - began) / (60 * recipe.minutes)) < 1:
            factor = min(1.0, (self.step + 1) / recipe.warm_up, 2 * (1 - done))
            optimiser.param_groups[0]["lr"] = recipe.rate * factor
            loss = self._loss(random.Random(f"{recipe.seed} {self.step}"))
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            self.step += 1
            losses.append(float(loss.detach()))
            if len(losses) == 50:
                pace = (time.monotonic() - began) / self.step
                logger.info("step %d: loss %.4f, %.2f s a step", self.step, _mean(losses), pace)
                losses.clear()

    def _loss(self, chance: random.Random) -> Tensor:
        recipe = self._recipe
        generator = torch.Generator().manual_seed(chance.randrange(2**62))
        rows = [chance.randrange(len(self._captions)) for _ in range(recipe.batch)]
        captions = ["" if chance.random() < recipe.dropped else self._captions[row] for row in rows]
        clean = self._latents[rows]  # (B, 16, 16, 16)
        noise = torch.randn(clean.shape, generator=generator)  # (B, 16, 16, 16)
        draws = torch.rand(len(clean), generator=generator)  # (B,)
        times = (draws**NOISE_BIAS * TRAIN_STEPS).long().clamp(0, TRAIN_STEPS - 1)  # (B,)
        alpha = self._alphas[times][:, None, None, None]  # (B, 1, 1, 1), cumulative
        noisy = alpha.sqrt() * clean + (1 - alpha).sqrt() * noise  # (B, 16, 16, 16)
        noisy = noisy.contiguous(memory_format=torch.channels_last)
        v = alpha.sqrt() * noise - (1 - alpha).sqrt() * clean  # (B, 16, 16, 16)
        with torch.autocast("cpu", torch.bfloat16):
            with torch.no_grad():
                ids = tokens_of(captions, self._tokenizer)  # (B, 32)
                prompt_embeds = self._encoder(ids).last_hidden_state  # (B, 32, WIDTH)
            predicted = self.unet(noisy, times, encoder_hidden_states=prompt_embeds).sample
        loss: Tensor = (predicted.float() - v).square().mean()
        return loss

    def tensors(self) -> dict[str, Tensor]:
        """Return each layer's down (rank, in) and up (out, rank) under kohya's names."""
        found: dict[str, Tensor] = {}
        for path, module in self.unet.named_modules():
            if not hasattr(module, "lora_A"):
                continue
            stem = "lora_unet_" + path.replace(".", "_")
            for theirs, ours in (("lora_A", "lora_down"), ("lora_B", "lora_up")):
                weight = getattr(module, theirs)["default"].weight
                found[f"{stem}.{ours}.weight"] = weight.detach().half().contiguous()
            found[f"{stem}.alpha"] = torch.tensor(float(self._recipe.rank))
        return found

    def save(self, path: Path) -> None:
        """Write the LoRA, and in its metadata what it is for."""
        from safetensors.torch import save

        rank = str(self._recipe.rank)
        metadata = {
            "ss_base_model_version": "crayon",
            "ss_network_module": "networks.lora",
            "ss_network_dim": rank,
            "ss_network_alpha": rank,
            "ss_output_name": path.stem,
            "ss_num_train_images": str(len(self._captions)),
            "ss_steps": str(self.step),
            "modelspec.architecture": "crayon/lora",
        }
        write_atomically(path, save(self.tensors(), metadata))


@torch.no_grad()
def latents_of(pictures: Sequence[Image.Image], vae: Any) -> Tensor:
    """Return the latents of pictures, (count, 16, 16, 16)."""
    import numpy as np

    found = []
    for first in range(0, len(pictures), 16):
        arrays = [np.asarray(picture) for picture in pictures[first : first + 16]]
        pixels = torch.from_numpy(np.stack(arrays).transpose(0, 3, 1, 2).copy())  # (B, 3, H, W)
        found.append(vae.encode(signed(pixels)).latent_dist.mode() * vae.config.scaling_factor)
    return torch.cat(found)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
