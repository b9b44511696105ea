"""Loading a verified model beside reading its files, both from the disk's cache.

Aim: 1.2 of the time of reading. What is loaded is touched, page by page: a mapped file costs
nothing until it is read. SD 1.5's real size; the digests are known, as on a second start.
"""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.by_hand import seconds_of
from benchmarks.figure import Figure, compare
from benchmarks.random_model import library_of, write_folder, write_single_file
from models.entry import OpenedModel
from pipelines.image.loading.load import load
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions, DevicePlan

RUNS = 3
PAGE = 4_096


def measure(*, is_small: bool = False) -> list[Figure]:
    """Return seconds of loading a folder and a single file, as stored and as the CPU wants it."""
    chosen = choose_device(DeviceOptions(use_cpu=True))
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_folder(root / "models" / "folder", "sd15", is_small=is_small)
        names = ["folder"]
        if not is_small:
            write_single_file(root / "models" / "file.safetensors", "sd15")
            names.append("file")
        library = library_of(root)
        for name in names:
            opened = library.open_verified(name)
            what = "a folder" if name == "folder" else "a single file"
            figures += _measure(f"{what}, fp16 as stored", opened, DevicePlan("cpu", "float16"))
            figures += _measure(f"{what}, fp16 to {chosen.dtype}", opened, chosen)
    return figures


def _measure(title: str, opened: OpenedModel, plan: DevicePlan) -> list[Figure]:
    with opened.reading() as path:  # the benchmark wrote it: nobody replaces it
        files = [path] if path.is_file() else sorted(path.rglob("*.safetensors"))
    loads, reads = [], []
    for run in range(RUNS + 1):  # the first round is not counted
        seconds = seconds_of(lambda: _load(opened, plan))
        gc.collect()  # what was loaded leaves in its own time
        pair = seconds, seconds_of(lambda: _read(files))
        if run:
            loads.append(pair[0])
            reads.append(pair[1])
    return [compare(f"load {title}", loads, "reading the files", reads)]


def _load(opened: OpenedModel, plan: DevicePlan) -> float:
    pipeline = load(opened, plan).pipeline
    parts = (pipeline.unet, pipeline.vae, pipeline.text_encoder)
    return sum(_touch(weight) for part in parts for weight in part.parameters())


def _touch(weight: Any) -> float:
    """Read one number of each page."""
    flat = weight.detach().as_strided((weight.numel(),), (1,))
    return float(flat[:: PAGE // weight.element_size()].sum())


def _read(files: list[Path]) -> int:
    return sum(len(path.read_bytes()) for path in files)
