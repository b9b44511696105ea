"""What the engine costs beside a loop over the same modules: time in turn, memory apart.

Aims: 1.03 of the time, 1.02 of the memory.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.by_hand import draw_by_hand, draw_ours, in_turn, request_of
from benchmarks.figure import Figure, compare
from benchmarks.random_model import load_random, write_folder
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions

ROOT = Path(__file__).resolve().parent.parent
NAME = "random"


def measure(*, is_small: bool = False) -> list[Figure]:
    """Return seconds and peak memory of one picture, ours beside the loop's."""
    processes = 1 if is_small else 2
    found = _measure("a tiny UNet, 64x64, 20 steps", 64, 20, (9, processes), is_small=True)
    if not is_small:
        found += _measure("SD 1.5, 256x256, 4 steps", 256, 4, (5, processes), is_small=False)
    return found


def _measure(
    title: str, side: int, steps: int, counts: tuple[int, int], *, is_small: bool
) -> list[Figure]:
    runs, processes = counts  # pictures in turn for the time, processes of each for the memory
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_folder(root / "models" / NAME, "sd15", is_small=is_small)
        model = load_random(root, NAME, choose_device(DeviceOptions()))
        works: dict[str, Callable[[], object]] = {
            "ours": partial(draw_ours, model, request_of(side, steps)),
            "loop": partial(draw_by_hand, model.pipeline, side, steps),
        }
        times = in_turn(works, runs)
        del model, works
        peaks = {
            who: [_peak(who, root, side, steps) for _ in range(processes)]
            for who in ("ours", "loop")
        }
    return [
        compare(title, times["ours"], "a loop over the same modules", times["loop"]),
        compare(f"peak memory, {title}", peaks["ours"], "the loop's process", peaks["loop"], "MB"),
    ]


def _peak(who: str, root: Path, side: int, steps: int) -> float:
    """Return the most memory in MB that a process takes which loads the model and draws once."""
    command = [sys.executable, "-m", "benchmarks.overhead", who, str(root), str(side), str(steps)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout.splitlines()[-1]))


def _child(who: str, root: Path, side: int, steps: int) -> float:
    import resource

    import torch

    plan = choose_device(DeviceOptions())
    if who == "ours":
        draw_ours(load_random(root, NAME, plan), request_of(side, steps))
    else:
        from diffusers import StableDiffusionPipeline

        pipeline = StableDiffusionPipeline.from_pretrained(
            root / "models" / NAME,
            dtype=getattr(torch, plan.dtype),
            safety_checker=None,
            local_files_only=True,
        )
        draw_by_hand(pipeline.to(plan.device), side, steps)
    if torch.cuda.is_available():
        return torch.cuda.max_memory_allocated() / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


if __name__ == "__main__":
    print(json.dumps(_child(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))))
