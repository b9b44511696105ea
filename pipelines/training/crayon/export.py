"""Put the trained parts together: a stock StableDiffusionPipeline, in memory or as a folder.

Knows the diffusers folder layout and what stands beside it (`preview.json`). Trains nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from models.disk import write_atomically
from pipelines.training.crayon.codec import signed
from pipelines.training.crayon.diffusion import schedule
from pipelines.training.crayon.pca import Pyramid


def assemble(vae: Any, unet: Any, encoder: Any, tokenizer: Any) -> Any:
    """Return the parts as a StableDiffusionPipeline."""
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline(
        vae=vae.eval(),
        text_encoder=encoder.eval(),
        tokenizer=tokenizer,
        unet=unet.eval(),
        scheduler=schedule(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def read(folder: Path) -> Any:
    """Return the pipeline of a finished folder."""
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(
        folder, local_files_only=True, torch_dtype=torch.float32
    )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def write(pipeline: Any, pyramid: Pyramid, pictures: Tensor, folder: Path) -> None:
    """Save the pipeline with 16-bit weights, and the matrix for live previews, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pipeline.to(dtype=torch.float16)
    pipeline.save_pretrained(folder, safe_serialization=True)
    pipeline.to(dtype=torch.float32)
    _load_as_floats(folder / "text_encoder" / "config.json")
    for weights in folder.rglob("*.safetensors"):
        weights.chmod(0o644)  # safetensors writes them for the owner alone
    text = json.dumps(preview(pyramid, pictures), indent=1)
    write_atomically(folder / "preview.json", (text + "\n").encode())


def _load_as_floats(path: Path) -> None:
    """Let transformers widen the weights at load, as diffusers does with all other parts.

    It loads what the file says it was saved as, and a pipeline of mixed widths cannot draw.
    """
    config = json.loads(path.read_text(encoding="utf-8"))
    config["dtype"] = "float32"
    write_atomically(path, (json.dumps(config, indent=2) + "\n").encode())


def preview(pyramid: Pyramid, pictures: Tensor) -> dict[str, Any]:
    """Return the least-squares line from a latent to the mean colour of its 16 x 16 pixels."""
    found = pictures[:300]
    latents = pyramid.encode(signed(found)).permute(0, 2, 3, 1).reshape(-1, 16)  # (pixels, 16)
    means = torch.nn.functional.avg_pool2d(found.float() / 255, 16)  # (pictures, 3, 16, 16)
    colours = means.permute(0, 2, 3, 1).reshape(-1, 3)  # (pixels, 3)
    rows = torch.cat([latents, torch.ones(len(latents), 1)], dim=1)  # (pixels, 17)
    answer = torch.linalg.lstsq(rows.double(), colours.double()).solution  # (17, 3)
    rounded = [[round(float(value), 5) for value in row] for row in answer]
    return {"matrix": rounded[:16], "bias": rounded[16], "range": "0..1"}
