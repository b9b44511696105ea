"""Train the denoiser and the text encoder together: v-prediction with zero terminal SNR.

Every batch is a function of the seed and the step number alone, so a run that was killed goes
on exactly as it would have. What is exported is the moving average (EMA) of the weights. Knows
latents and captions; does not know how either is made.
"""

from __future__ import annotations

import logging
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import get_ema_multi_avg_fn

from pipelines.training.crayon import checkpoint, muon
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.fast_norm import use_plain_norms
from pipelines.training.crayon.pieces import tokens_of
from pipelines.training.crayon.pool import LatentPool
from pipelines.training.crayon.text import WIDTH

logger = logging.getLogger(__name__)

TRAIN_STEPS = 1000
NOISE_BIAS = 0.6  # t ~ u ** 0.6: more of the noisy end, where shapes and places are decided


@dataclass(frozen=True, slots=True)
class DiffusionRecipe:
    """The numbers of one training run."""

    samples: int = 200_000
    minutes: float = 0.0  # of wall time; 0: as long as the samples take
    batch: int = 48
    rate: float = 1.5e-3
    adam_rate: float = 1e-3
    text_rate_share: float = 0.4  # the encoder is pretrained: it only adapts
    warm_up: int = 100  # steps
    flat: float = 0.3  # share of the run before the learning rate falls
    focus: float = 0.0  # share of a batch kept for the hard scenes: looks and tints
    dropped: float = 0.1  # captions left empty, for classifier-free guidance
    seed: int = 1
    save_every_seconds: float = 240.0


def schedule() -> Any:
    """Return the noise schedule, as the finished pipeline will use it.

    Sampling starts from pure noise, so the last training step has to be pure noise as well:
    terminal SNR 0 and trailing timesteps (Lin et al. 2023, arXiv 2305.08891).
    """
    from diffusers import DDIMScheduler

    return DDIMScheduler(
        num_train_timesteps=TRAIN_STEPS,
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
        timestep_spacing="trailing",
        clip_sample=False,
        set_alpha_to_one=True,
        steps_offset=1,
    )


def build_unet() -> Any:
    """Return the untrained denoiser: 13.4 million weights for 16 x 16 x 16 latents."""
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=16,
        in_channels=16,
        out_channels=16,
        block_out_channels=(96, 160, 192),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=WIDTH,
        attention_head_dim=4,  # diffusers reads this as the number of heads
    )


def _attend_plainly(unet: Any, encoder: Any) -> None:
    """Use plain attention: on processors the fused kernels are slower for so few tokens."""
    from diffusers.models.attention_processor import AttnProcessor

    unet.set_attn_processor(AttnProcessor())
    encoder.set_attn_implementation("eager")


class DiffusionTraining:
    """One run; `run` may be called again and again, also in another process."""

    def __init__(
        self,
        folder: Path,
        parts: tuple[Any, Any, Any],
        pool: LatentPool,
        captioner: Captioner,
        recipe: DiffusionRecipe,
    ) -> None:
        self._path = folder / "diffusion.pt"
        self.unet, self.encoder, self._tokenizer = parts
        self.unet = self.unet.to(memory_format=torch.channels_last)
        use_plain_norms(self.unet)
        _attend_plainly(self.unet, self.encoder)
        self._pool, self._captioner, self._recipe = pool, captioner, recipe
        self._alphas = schedule().alphas_cumprod.clone()
        self._weights = torch.ones(16)  # (channels,)
        modules = {"unet": self.unet, "encoder": self.encoder}
        self._trained = [p for module in modules.values() for p in module.parameters()]
        self._optimisers: list[tuple[torch.optim.Optimizer, float]] = []
        for name, module in modules.items():
            share = recipe.text_rate_share if name == "encoder" else 1.0
            matrices, rest = muon.split([module])
            self._optimisers.append((muon.Muon(matrices), recipe.rate * share))
            adam = torch.optim.AdamW(rest, betas=(0.9, 0.99), weight_decay=0.0)
            self._optimisers.append((adam, recipe.adam_rate * share))
        self.step, self.seen, self.spent, self._is_stopped = 0, 0, 0.0, False
        self.average = [parameter.detach().clone() for parameter in self._trained]
        if self._path.exists():
            self._load()

    def weigh(self, spread: Tensor) -> None:
        """Weigh the loss of each latent channel by its `spread` in the PCA, (16,)."""
        weights = (spread / spread.max()) ** 0.5  # (16,)
        self._weights = weights / weights.mean()

    def stop(self) -> None:
        """Ask `run` to save and return after the step it is at; for signal handlers."""
        self._is_stopped = True

    def run(self, until: int) -> None:
        """Train until `until` samples are seen, the recipe is done, or `stop` is called."""
        saved = logged = ticked = time.monotonic()
        seen, losses = self.seen, []
        while self.seen < until and self.done() < 1 and not self._is_stopped:
            losses.append(self._train_step())
            now = time.monotonic()
            self.spent += now - ticked
            ticked = now
            if len(losses) >= 100:
                pace = (self.seen - seen) / (now - logged)
                mean = sum(losses) / len(losses)
                logger.info(
                    "step %d, %d samples: loss %.4f, %.1f a second",
                    self.step,
                    self.seen,
                    mean,
                    pace,
                )
                logged, seen, losses = now, self.seen, []
            if now - saved > self._recipe.save_every_seconds:
                self.save()
                saved = time.monotonic()
        self.save()

    def done(self) -> float:
        """Return the share of the run that is over, by wall time where the recipe has minutes."""
        if self._recipe.minutes:
            return self.spent / (60 * self._recipe.minutes)
        return self.seen / self._recipe.samples

    def averaged(self) -> dict[str, dict[str, Tensor]]:
        """Return the EMA weights of both networks, by name."""
        found: dict[str, dict[str, Tensor]] = {}
        values = iter(self.average)
        for name, module in (("unet", self.unet), ("encoder", self.encoder)):
            state = {key: value.clone() for key, value in module.state_dict().items()}
            state.update({key: next(values) for key, _ in module.named_parameters()})
            found[name] = state
        return found

    def save(self) -> None:
        """Write the checkpoint."""
        state = {
            "step": self.step,
            "seen": self.seen,
            "spent": self.spent,
            "unet": self.unet.state_dict(),
            "encoder": self.encoder.state_dict(),
            "average": self.average,
            "averaged": self.averaged(),
            "optimisers": [optimiser.state_dict() for optimiser, _ in self._optimisers],
        }
        checkpoint.save(state, self._path)

    def _load(self) -> None:
        state = checkpoint.load(self._path)
        self.unet.load_state_dict(state["unet"])
        self.encoder.load_state_dict(state["encoder"])
        for (optimiser, _), saved in zip(self._optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(saved)
        self.average = state["average"]
        self.step, self.seen = state["step"], state["seen"]
        self.spent = state.get("spent", 0.0)

    def _train_step(self) -> float:
        recipe = self._recipe
        chance = random.Random(f"{recipe.seed} {self.step}")
        generator = torch.Generator().manual_seed(chance.randrange(2**62))
        indices = [self._index(chance) for _ in range(recipe.batch)]
        captions = [
            "" if chance.random() < recipe.dropped else self._caption(i, chance) for i in indices
        ]
        loss = self._loss(self._pool.latents(indices), captions, generator)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        factor = self._factor()
        for optimiser, peak in self._optimisers:
            for group in optimiser.param_groups:
                group["lr"] = peak * factor
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        self.step += 1
        self.seen += recipe.batch
        # The decay of the EMA grows with the run: it averages over about the last 6 % of the steps,
        # so that a short run does not keep its untrained beginning.
        decay = min(0.9995, (1 + self.step) / (10 + self.step), 1 - 1 / (0.06 * self.step + 10))
        blend = get_ema_multi_avg_fn(decay)  # type: ignore[no-untyped-call]
        blend(self.average, self._trained, self.step)
        return float(loss.detach())

    def _index(self, chance: random.Random) -> int:
        hard = self._pool.hard
        if self._recipe.focus and hard and chance.random() < self._recipe.focus:
            return chance.choice(hard)
        return chance.randrange(len(self._pool))

    def _caption(self, index: int, chance: random.Random) -> str:
        captions = self._pool.captions[index]
        if captions and chance.random() < 0.75:
            return chance.choice(captions)
        return self._captioner.caption(self._pool.scenes[index], chance)

    def _loss(self, clean: Tensor, captions: list[str], generator: torch.Generator) -> Tensor:
        """Return the mean squared error of v for latents (B, 16, 16, 16) at random noise levels."""
        noise = torch.randn(clean.shape, generator=generator)  # (B, 16, 16, 16)
        draws = torch.rand(len(clean), generator=generator)  # (B,)
        times = (draws**NOISE_BIAS * TRAIN_STEPS).long().clamp(0, TRAIN_STEPS - 1)  # (B,)
        alpha = self._alphas[times][:, None, None, None]  # (B, 1, 1, 1), cumulative
        noisy = alpha.sqrt() * clean + (1 - alpha).sqrt() * noise  # (B, 16, 16, 16)
        # v of Salimans and Ho 2022, arXiv 2202.00512. At terminal SNR 0 the input is the noise
        # itself: predicting it would teach nothing, while v is the (negative) picture there.
        v = alpha.sqrt() * noise - (1 - alpha).sqrt() * clean  # (B, 16, 16, 16)
        ids = tokens_of(captions, self._tokenizer)  # (B, 32)
        noisy = noisy.contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.encoder(ids).last_hidden_state  # (B, 32, WIDTH)
            predicted = self.unet(noisy, times, encoder_hidden_states=hidden).sample
        errors: Tensor = (predicted.float() - v).square().mean((0, 2, 3))  # (16,)
        return (errors * self._weights).mean()

    def _factor(self) -> float:
        """Return the share of the peak learning rate: linear warm-up, flat, linear decay to 0."""
        rise = min(1.0, (self.step + 1) / self._recipe.warm_up)
        left = 1 - self.done()
        return rise * min(1.0, max(0.0, left / (1 - self._recipe.flat)))
