"""Memory: two models that change places twenty times; what was estimated beside what is taken.

Each is measured in a process of its own, as resident memory that Linux reports (VmHWM, RssAnon and
RssFile of /proc/self/status); there are no figures on other systems.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure, compare

SWITCHES = 20
EARLY = 3  # by then caches and arenas have grown to what they need
PEAKS = (("unet", 256), ("unet", 512), ("vae", 256), ("vae", 512))
MB = 1 << 20
FAMILIES = Path(__file__).resolve().parent.parent / "models" / "families"


def measure() -> list[Figure]:
    """Return the figures; none where there is no /proc."""
    if sys.platform != "linux":
        return []
    with tempfile.TemporaryDirectory() as folder:
        held = _ask("switch", folder)
    early, late = held[EARLY - 1], held[-1]
    name = f"RSS after {SWITCHES} changes of two 300 MB models"
    figures = [compare(name, [late], f"after {EARLY}", [early], "MB")]
    for part, side in PEAKS:
        taken, estimated = _ask("peak", part, str(side))
        figures.append(
            compare(f"SD 1.5 {part} at {side} px, bf16", [taken], "estimate", [estimated], "MB")
        )
    return figures


def _ask(*words: str) -> list[float]:
    """Run this file in a process of its own and return the numbers it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", *words],
        stdout=subprocess.PIPE,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    return [float(number) for number in json.loads(done.stdout.splitlines()[-1])]


# What the processes do


def switch(folder: Path) -> list[float]:
    """Load two models in turn through the pool; return RSS in MB after each."""
    from models.library import Library
    from pipelines.image.loading.load import LoadedModel, import_libraries, load
    from pipelines.image.loading.lru import ModelLru
    from pipelines.image.memory.detect import choose_device
    from pipelines.image.memory.device import DeviceOptions

    import_libraries()
    for name in ("one", "two"):
        _save_model(folder / name)
    library = Library([folder])
    plan = choose_device(DeviceOptions(use_cpu=True))
    models: ModelLru[LoadedModel] = ModelLru(0)
    held = []
    for turn in range(SWITCHES):
        name = ("one", "two")[turn % 2]
        opened = library.open_verified(name)
        models.make_room(opened.size_bytes)
        model = load(opened, plan)
        models.put(name, model, opened.size_bytes)
        _step(model.pipeline.unet, 8)  # mapped weights count once they are read
        del model, opened
        anonymous, mapped = _status("RssAnon"), _status("RssFile")
        held.append(anonymous + mapped)
        sys.stderr.write(f"{turn + 1}: {anonymous:.0f} MB of its own, {mapped:.0f} MB mapped\n")
    return held


def peak(part: str, side: int) -> list[float]:
    """Return what a step or a decode of SD 1.5 takes at most, and the estimate, in MB."""
    import torch
    from diffusers import AutoencoderKL, UNet2DConditionModel

    from pipelines.image.memory.estimate import MemoryEstimate

    needs = MemoryEstimate("sd15", 0, 0, (), 0, 0, 0, side, side)
    kind = {"unet": UNet2DConditionModel, "vae": AutoencoderKL}[part]
    with torch.device("meta"):
        module = kind.from_config(kind.load_config(str(FAMILIES / "sd15" / part)))
    module = module.to_empty(device="cpu").to(torch.bfloat16).eval()
    for weight in module.parameters():
        weight.data.fill_(0.01)
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
    before = _status("VmRSS")
    if part == "unet":
        _step(module, side // 8)
        estimate = needs.step_bytes("bfloat16")
    else:
        with torch.inference_mode():
            module.decode(torch.zeros(1, 4, side // 8, side // 8, dtype=torch.bfloat16))
        estimate = needs.decode_bytes("bfloat16", is_tiled=False, is_cpu=True)
    return [_status("VmHWM") - before, estimate / MB]


def _step(unet: Any, side: int) -> None:
    import torch

    width = unet.config.cross_attention_dim
    with torch.inference_mode():
        unet(
            torch.zeros(2, 4, side, side, dtype=unet.dtype),
            torch.tensor(500),
            torch.zeros(2, 77, width, dtype=unet.dtype),
        )


def _save_model(folder: Path) -> None:
    """Write a model of SD 1.5's layout with 150 million random weights in bf16."""
    import torch
    from diffusers import (
        AutoencoderKL,
        DDIMScheduler,
        StableDiffusionPipeline,
        UNet2DConditionModel,
    )
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

    marks = {"<|startoftext|>": 0, "<|endoftext|>": 1, "a": 2, "a</w>": 3}
    text = CLIPTextConfig(
        vocab_size=len(marks),
        hidden_size=768,
        intermediate_size=64,
        num_hidden_layers=1,
        bos_token_id=0,
        eos_token_id=1,
    )
    pipeline = StableDiffusionPipeline(
        unet=UNet2DConditionModel(
            in_channels=4,
            out_channels=4,
            block_out_channels=(128, 256, 640),
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=768,
        ),
        vae=AutoencoderKL(block_out_channels=(32,), norm_num_groups=4, latent_channels=4),
        text_encoder=CLIPTextModel(text),
        tokenizer=CLIPTokenizer(vocab=marks, merges=[], model_max_length=77),
        scheduler=DDIMScheduler(steps_offset=1, clip_sample=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    pipeline.to(torch.bfloat16).save_pretrained(folder)


def _status(row: str) -> float:
    """Return a row of /proc/self/status in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{row}:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {row} in /proc/self/status")


if __name__ == "__main__":
    import torch

    torch.set_num_threads(1)
    what, *rest = sys.argv[1:]
    numbers = switch(Path(rest[0])) if what == "switch" else peak(rest[0], int(rest[1]))
    print(json.dumps(numbers))
