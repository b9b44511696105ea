"""Detect a UNet's prediction type by one call, where neither metadata nor tensors show it.

At the last timestep the input is nearly pure noise. An epsilon prediction is that noise, so output
and input correlate almost perfectly; a v prediction (v = alpha * noise - sigma * x0, with alpha
near 0 and sigma near 1 there) is minus x0, which does not depend on the noise.
"""

from __future__ import annotations

import logging
from typing import Any

from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.prompt.weighted_text import WeightedText

log = logging.getLogger(__name__)

CELLS = 16  # latents a side: enough for a correlation, fast even on a CPU
LAST_TIMESTEP = 999.0
MIN_CORRELATION = 0.5  # about 0.99 for "epsilon", below 0.2 for "v_prediction"


def detect_prediction(unet: Any, encoder: PromptEncoder, channels: int, name: str) -> str:
    """Return "epsilon" or "v_prediction", and log the correlation that was measured.

    Args:
        channels: of the latents, C; an inpainting UNet has more input channels.
    """
    import torch

    prompt_embeds = encoder.encode([WeightedText("")]).prompt_embeds  # (1, T, D)
    generator = torch.Generator("cpu").manual_seed(0)
    noise = torch.randn(1, channels, CELLS, CELLS, generator=generator)  # (1, C, h, w)
    extra = torch.zeros(
        1, int(unet.config.in_channels) - channels, CELLS, CELLS
    )  # (1, 0 or 5, h, w)
    extra[:, :1] = 1  # inpainting: a mask of ones, and an empty masked image
    sample = torch.cat([noise, extra], dim=1).to(prompt_embeds.device, prompt_embeds.dtype)
    with torch.inference_mode():
        output = unet(
            sample,
            torch.tensor(LAST_TIMESTEP, device=prompt_embeds.device),
            encoder_hidden_states=prompt_embeds,
            return_dict=False,
        )[0]  # (1, C, h, w)
    pair = torch.stack([noise.flatten(), output.float().cpu().flatten()])  # (2, C * h * w)
    correlation = float(torch.corrcoef(pair)[0, 1].nan_to_num())
    found = "epsilon" if correlation > MIN_CORRELATION else "v_prediction"
    log.info("%s: predicts %s (measured, correlation with noise %.2f)", name, found, correlation)
    return found
