"""Model files: headers beside json.loads, scans beside a plain walk, digests beside openssl."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.figure import Figure, compare
from models.digest import sha256_of
from models.header import read_header
from models.library import Library
from models.probe import probe
from models.structure import compare as compare_structure
from models.structure import expected_tensors

HEADER_RUNS = 41
SCANNED_FILES = 1_000
SCAN_RUNS = 5
DIGEST_BYTES = 2 << 30
DIGEST_RUNS = 3


def measure() -> list[Figure]:
    """Return milliseconds of a header, seconds of scans, and seconds of a digest."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_headers(Path(folder)), *_scans(Path(folder)), *_digests(Path(folder))]


def _headers(folder: Path) -> list[Figure]:
    path = folder / "sdxl.safetensors"
    _write_header(path, dict(expected_tensors("sdxl")))
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        text = file.read(length)
    header = read_header(path)
    read, structure, plain = [], [], []
    for _ in range(HEADER_RUNS):  # in turn, so that a busy moment hits all of them
        read.append(_milliseconds(lambda: probe(read_header(path))))
        structure.append(_milliseconds(lambda: compare_structure(header, "sdxl")))
        plain.append(_milliseconds(lambda: json.loads(text)))
    return [
        compare("header and probe, SDXL", read, "json.loads alone", plain, "ms"),
        compare("structure, SDXL", structure, "json.loads alone", plain, "ms"),
    ]


def _scans(folder: Path) -> list[Figure]:
    root = folder / "models"
    for number in range(SCANNED_FILES):
        path = root / f"{number % 20}" / f"lora {number}.safetensors"
        path.parent.mkdir(parents=True, exist_ok=True)
        name = "lora_unet_mid_block_attentions_0_proj_in"
        _write_header(path, {f"{name}_{n}.lora_down.weight": (8, 320) for n in range(50)})
    cold, warm, walks = [], [], []
    for number in range(SCAN_RUNS):
        data_dir = folder / f"data {number}"
        cold.append(_milliseconds(lambda: Library.open(data_dir, [root]).scan()) / 1000)  # noqa: B023
        warm.append(_milliseconds(lambda: Library.open(data_dir, [root]).scan()) / 1000)  # noqa: B023
        walks.append(
            _milliseconds(lambda: [path.stat() for path in root.rglob("*.safetensors")]) / 1000
        )
    return [
        compare("first scan of 1,000 files", cold, "walk and stat alone", walks),
        compare("next start's scan of 1,000 files", warm, "walk and stat alone", walks),
    ]


def _digests(folder: Path) -> list[Figure]:
    openssl = shutil.which("openssl")
    if openssl is None or shutil.disk_usage(folder).free < 2 * DIGEST_BYTES:
        return []
    path = folder / "large"
    block = os.urandom(1 << 20)
    with path.open("wb") as file:
        for _ in range(DIGEST_BYTES >> 20):
            file.write(block)
    ours, theirs = [], []
    for number in range(DIGEST_RUNS + 1):  # the first pair fills the disk cache
        pair = (
            _milliseconds(lambda: sha256_of(path, lambda done: None)) / 1000,
            _milliseconds(lambda: _run([openssl, "dgst", "-sha256", str(path)])) / 1000,
        )
        if number:
            ours.append(pair[0])
            theirs.append(pair[1])
    return [compare("SHA-256 of 2 GiB with progress", ours, "openssl dgst -sha256", theirs)]


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _write_header(path: Path, tensors: dict[str, tuple[int, ...]]) -> None:
    """Write a file with these fp16 tensors; the weights are a hole that takes no room."""
    position, rows = 0, {}
    for name, shape in tensors.items():
        size = 2
        for number in shape:
            size *= number
        rows[name] = {"dtype": "F16", "shape": shape, "data_offsets": [position, position + size]}
        position += size
    text = json.dumps(rows).encode()
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.truncate(8 + len(text) + position)
