"""Choose the attention backend of a pipeline: torch's SDPA, or xformers.

xformers is compiled for one torch, one CUDA and some cards; where it does not fit it raises,
computes wrong numbers, crashes or hangs, by version and card. So it is probed first, in a process
of its own (attention_probe.py), once a process for a torch, an xformers and a device.
"""

from __future__ import annotations

import json
import logging
import math
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from pipelines.image.accelerate.attention_probe import MARK
from pipelines.image.memory.detect import choose_device
from pipelines.image.memory.device import DeviceOptions, Remark
from pipelines.image.private_parts import hide_package

log = logging.getLogger(__name__)

PROBE = Path(__file__).with_name("attention_probe.py")
TIMEOUT_SECONDS = 60  # importing torch and xformers from a cold disk takes up to 20
LIMIT = 0.02  # fp16 and bf16 differ from fp32 by a few thousandths at this size
TAIL_BYTES = 4_096  # of the probe's output that are read
MOST_REASON = 160


@dataclass(frozen=True, slots=True)
class Attention:
    """An attention backend.

    Attributes:
        name: "sdpa" or "xformers".
        remark: why it is not the backend that was requested.
    """

    name: str
    remark: Remark | None = None


SDPA = Attention("sdpa")


def choose_attention(device: str, dtype: str, *, wants_xformers: bool) -> Attention:
    """Return the backend to use; xformers only where it was requested and its probe passed."""
    if not wants_xformers:
        return SDPA
    return _tried(device, dtype, _version("torch"), _version("xformers"))


def settle_attention(options: DeviceOptions) -> Attention:
    """Decide before diffusers is imported; it imports an xformers that it finds, broken or not."""
    attention = SDPA
    if options.xformers:
        plan = choose_device(options)
        attention = choose_attention(plan.device, plan.dtype, wants_xformers=True)
    if attention.name != "xformers" and "xformers" not in sys.modules:
        hide_package("xformers")
    return attention


def use_attention(pipeline: Any, attention: Attention) -> Attention:
    """Set a pipeline's attention backend; return the one that is used, SDPA when it fails."""
    if attention.name == "xformers":
        try:
            pipeline.enable_xformers_memory_efficient_attention()
        except (ImportError, ValueError, NotImplementedError, RuntimeError) as error:
            attention = Attention("sdpa", _raised(str(error) or type(error).__name__))
    if attention.remark is not None:
        log.warning("attention: sdpa (%s)", attention.remark.english)
    return attention


@cache
def _tried(device: str, dtype: str, _torch: str, _xformers: str) -> Attention:
    """Probe xformers; the versions are arguments so that another version is probed again."""
    remark = try_xformers(device, dtype, TIMEOUT_SECONDS)
    return Attention("xformers") if remark is None else Attention("sdpa", remark)


def try_xformers(device: str, dtype: str, timeout_seconds: float) -> Remark | None:
    """Return why xformers cannot be used here; None when it can."""
    # files, not pipes: a grandchild that keeps a pipe open would keep us waiting
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        try:
            code = subprocess.run(  # noqa: S603 - our own file, by our own Python
                [sys.executable, "-P", str(PROBE), device, dtype],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=errors,
                timeout=timeout_seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            seconds = round(timeout_seconds)
            english = f"xformers gave no answer within {seconds} s"
            return Remark("attention.silent", english, (("seconds", seconds),))
        except OSError as error:
            return _raised(error.strerror or type(error).__name__)
        return read_answer(code, _tail(out), _tail(errors))


def read_answer(code: int, out: str, errors: str) -> Remark | None:
    """Parse the probe's result; None: xformers computes torch's numbers."""
    answer = _parse(out)
    if code != 0 or answer is None:
        last = next((line for line in reversed(errors.splitlines()) if line.strip()), "")
        if code == 1 and last:
            return _raised(last)
        reason = f"signal {-code}" if code < 0 else f"exit code {code}"
        english = f"xformers crashed ({reason})"
        return Remark("attention.crashed", english, (("reason", reason),))
    if "missing" in answer:
        return Remark("attention.missing", "xformers is not installed")
    try:
        difference = float(str(answer.get("difference")))
    except ValueError:
        difference = math.nan
    if difference <= LIMIT:  # never true of NaN
        return None
    english = f"xformers is off by {difference:g}"
    return Remark("attention.wrong", english, (("difference", f"{difference:g}"),))


def _parse(out: str) -> dict[str, Any] | None:
    lines = [line for line in out.splitlines() if line.startswith(MARK)]
    try:
        answer = json.loads(lines[-1].removeprefix(MARK)) if lines else None
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _raised(reason: str) -> Remark:
    short = " ".join(reason.split())[:MOST_REASON]
    return Remark("attention.raised", f"xformers does not work: {short}", (("reason", short),))


def _tail(file: IO[bytes]) -> str:
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL_BYTES))
    return file.read().decode("utf-8", "replace")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
