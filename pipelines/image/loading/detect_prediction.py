"""What a denoiser answers, measured: for models that do not tell, with tensors that do not show it.

At the last timestep its input is nearly all noise. A model taught to name the noise ("epsilon")
gives its input back, so the two go together almost perfectly; one taught the velocity
(v = a * noise - s * picture, with a near 0 and s near 1 there) answers with minus the picture,
which knows nothing of the noise. One small call, and the two cannot be mistaken for each other.
"""

from __future__ import annotations

import logging
from typing import Any

from pipelines.image.conditioning.encode import PromptEncoder
from pipelines.image.prompt.weighted_text import WeightedText

log = logging.getLogger(__name__)

CELLS = 16  # latents a side: enough numbers to tell, a moment even on a CPU
LAST_TIMESTEP = 999.0
LEAST_LIKENESS = 0.5  # of input and answer; about 0.99 for "epsilon", below 0.2 for velocity


def detect_prediction(unet: Any, encoder: PromptEncoder, channels: int, name: str) -> str:
    """Return "epsilon" or "v_prediction", and say in one line what was measured.

    Args:
        channels: of the latents; a model made for inpainting takes in more.
    """
    import torch

    states = encoder.encode([WeightedText("")]).prompt_embeds
    generator = torch.Generator("cpu").manual_seed(0)
    noise = torch.randn(1, channels, CELLS, CELLS, generator=generator)
    extra = torch.zeros(1, int(unet.config.in_channels) - channels, CELLS, CELLS)
    extra[:, :1] = 1  # inpainting: everything is to be drawn
    seen = torch.cat([noise, extra], dim=1).to(states.device, states.dtype)
    with torch.inference_mode():
        answer = unet(
            seen,
            torch.tensor(LAST_TIMESTEP, device=states.device),
            encoder_hidden_states=states,
            return_dict=False,
        )[0]
    pair = torch.stack([noise.flatten(), answer.float().cpu().flatten()])
    likeness = float(torch.corrcoef(pair)[0, 1].nan_to_num())
    found = "epsilon" if likeness > LEAST_LIKENESS else "v_prediction"
    log.info("%s: answers with %s (measured, likeness to noise %.2f)", name, found, likeness)
    return found
