"""Train the decoder of the picture codec: latents of the frozen linear encoder back to pixels.

Writes `codec.pt` (the pyramid), `pictures.pt` (what it learns from) and `decoder.pt` (checkpoint).
Knows nothing of captions.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from pipelines.training.crayon import checkpoint, muon, pca
from pipelines.training.crayon.scenes import Renderer, Scene

logger = logging.getLogger(__name__)

CHANNELS = (16, 32, 64, 96, 128)
CROP = 96
BATCH = 8
PEAK_RATE = 1e-3
WARM_UP = 300
NOISE = 0.25  # standard deviation, in the last third of the run: the UNet's latents are never exact
SAVE_EVERY = 200


def build() -> Any:
    """Return the untrained AutoencoderKL."""
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * len(CHANNELS),
        up_block_types=("UpDecoderBlock2D",) * len(CHANNELS),
        block_out_channels=CHANNELS,
        layers_per_block=1,
        latent_channels=pca.LATENT_CHANNELS,
        norm_num_groups=4,
        sample_size=256,
        scaling_factor=1.0,
        mid_block_add_attention=False,
    )


def pictures_of(scenes: Sequence[Scene], renderer: Renderer) -> Tensor:
    """Return the scenes rendered, (count, 3, 256, 256), uint8."""
    arrays = [np.asarray(renderer.render(scene)).transpose(2, 0, 1) for scene in scenes]
    return torch.from_numpy(np.stack(arrays))


def signed(pictures: Tensor) -> Tensor:
    """Return uint8 pictures as floats in -1..1."""
    return pictures.float() / 127.5 - 1


def start(pictures: Tensor) -> tuple[pca.Pyramid, Any]:
    """Fit the pyramid to pictures and return it with an autoencoder that starts from it."""
    sample = signed(pictures[:400])
    pyramid = pca.fit(sample)
    vae = build()
    pca.switch_off_branches(vae)
    pca.write_encoder(vae, pyramid)
    pca.write_decoder(vae, pyramid, sample[:120])
    return pyramid, vae


@torch.no_grad()
def recoded(pictures: Sequence[Image.Image], vae: Any) -> list[Image.Image]:
    """Return the pictures as they come out of the autoencoder: the most a denoiser can reach."""
    found = []
    for picture in pictures:
        pixels = torch.from_numpy(np.asarray(picture).transpose(2, 0, 1).copy())[None]
        # pixels are (1, 3, side, side), latents (1, 16, side / 16, side / 16)
        latents = vae.encode(signed(pixels).to(vae.dtype)).latent_dist.mode()
        shown = vae.decode(latents).sample[0].float().clamp(-1, 1)  # (3, side, side)
        array = ((shown + 1) * 127.5).round().byte().permute(1, 2, 0).numpy()
        found.append(Image.fromarray(array))
    return found


class DecoderTraining:
    """Trains the decoder on crops that lie on the latent grid; resumable."""

    def __init__(
        self,
        folder: Path,
        vae: Any,
        pyramid: pca.Pyramid,
        pictures: Tensor,
        peak_rate: float = PEAK_RATE,
    ) -> None:
        self._path, self._peak_rate = folder / "decoder.pt", peak_rate
        self.vae, self._pyramid, self._pictures = vae, pyramid, pictures
        matrices, rest = muon.split([vae.decoder, vae.post_quant_conv])
        self._optimisers = (
            muon.Muon(matrices, lr=peak_rate),
            torch.optim.AdamW(rest, lr=peak_rate, betas=(0.9, 0.98), weight_decay=0.0),
        )
        self.step = 0
        if self._path.exists():
            self._load()

    def run(self, steps: int) -> None:
        """Train until `steps` steps are done."""
        began, losses = time.monotonic(), []
        while self.step < steps:
            losses.append(self._train_step(steps))
            self.step += 1
            if self.step % SAVE_EVERY == 0 or self.step == steps:
                self._save()
                logger.info(
                    "decoder step %d/%d: loss %.4f, %.3f s a step, %.2f dB",
                    self.step,
                    steps,
                    sum(losses) / len(losses),
                    (time.monotonic() - began) / len(losses),
                    self.quality(),
                )
                began, losses = time.monotonic(), []

    @torch.no_grad()
    def quality(self, count: int = 24) -> float:
        """Return the mean PSNR in dB over the last pictures, which training never crops."""
        pictures = signed(self._pictures[-count:])  # (count, 3, 256, 256)
        found = self.vae.decode(self._pyramid.encode(pictures)).sample.clamp(-1, 1)
        errors = ((found - pictures) / 2).square().mean((1, 2, 3)).clamp_min(1e-10)  # (count,)
        return float((-10 * errors.log10()).mean())

    def _train_step(self, steps: int) -> float:
        rate = self._peak_rate * _rate(self.step, steps)
        for optimiser in self._optimisers:
            for group in optimiser.param_groups:
                group["lr"] = rate
        crops, latents = self._crops(self.step)  # (B, 3, 96, 96) and (B, 16, 6, 6)
        if self.step > steps * 2 // 3:
            generator = torch.Generator().manual_seed(self.step)
            spread = NOISE * torch.rand(
                (len(latents), 1, 1, 1), generator=generator
            )  # (B, 1, 1, 1)
            latents = latents + spread * torch.randn(latents.shape, generator=generator)
        with torch.autocast("cpu", torch.bfloat16):
            decoded = self.vae.decode(latents).sample  # (B, 3, 96, 96)
        loss = _loss(decoded.float(), crops)
        torch.autograd.backward(loss)
        for optimiser in self._optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _crops(self, step: int) -> tuple[Tensor, Tensor]:
        """Return a batch of crops and their latents; the last 24 pictures are held out."""
        chance = random.Random(step)
        crops = []
        for _ in range(BATCH):
            picture = self._pictures[chance.randrange(len(self._pictures) - 24)]
            y, x = (16 * chance.randrange((256 - CROP) // 16 + 1) for _ in range(2))
            crops.append(picture[:, y : y + CROP, x : x + CROP])
        pictures = signed(torch.stack(crops))  # (B, 3, 96, 96)
        return pictures, self._pyramid.encode(pictures)

    def _save(self) -> None:
        state = {
            "step": self.step,
            "vae": self.vae.state_dict(),
            "optimisers": [optimiser.state_dict() for optimiser in self._optimisers],
        }
        checkpoint.save(state, self._path)

    def _load(self) -> None:
        state = checkpoint.load(self._path)
        self.vae.load_state_dict(state["vae"])
        for optimiser, saved in zip(self._optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.step = state["step"]


def _rate(step: int, steps: int) -> float:
    """Return the share of the peak learning rate: warm-up, a flat third, linear decay to 0."""
    if step < WARM_UP:
        return 0.1 + 0.9 * step / WARM_UP
    done = step / max(1, steps)
    return min(1.0, max(0.0, (1 - done) / 0.67))


def _loss(decoded: Tensor, target: Tensor) -> Tensor:
    """Return L1 plus L2, plus L1 of the image gradients: without it edges come out soft."""
    loss = functional.l1_loss(decoded, target) + functional.mse_loss(decoded, target)
    for axis in (2, 3):  # height, width
        loss = loss + 0.5 * functional.l1_loss(decoded.diff(dim=axis), target.diff(dim=axis))
    return loss
