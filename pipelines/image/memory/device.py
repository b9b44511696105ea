"""What was asked for, and a plan: where a model lies, in which number format, moved how.

Imports no torch. Which device there is to draw on is found in detect.py; which plans a model has
there is decided in plan.py; place.py does what a plan says.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.errors import Value

FP8 = "float8_e4m3fn"


class Offload(StrEnum):
    """How much of a model stays on the device, the fastest first."""

    NONE = "none"
    MODEL = "model"  # --medvram: whole parts are moved in turn
    GROUP = "group"  # the denoiser's blocks are moved in turn, the other parts layer by layer
    SEQUENTIAL = "sequential"  # --lowvram: everything layer by layer


@dataclass(frozen=True, slots=True)
class DeviceOptions:
    """What the person asked for on the command line.

    Attributes:
        offload: at least this much is moved; NONE leaves it to the plan.
        fp8: store the denoiser's weights in 8 bits; never done unasked, it changes pictures.
        cache_bytes: how much the models that stay loaded may take; None: see pool.budget.
        is_compiled: have torch.compile make programs of the denoiser's blocks.
        openvino: folder in which OpenVINO's programs are kept; None: it is not asked for.
    """

    use_cpu: bool = False
    no_half: bool = False
    offload: Offload = Offload.NONE
    xformers: bool = False
    device_id: int = 0
    fp8: bool = False
    cache_bytes: int | None = None
    is_compiled: bool = False
    openvino: Path | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence for a person, still without a language: the key of a message row and its blanks.

    Attributes:
        english: the same in short, for the log.
    """

    key: str
    english: str
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def blanks(self) -> dict[str, Value]:
        """Return what fills the row's blanks."""
        return dict(self.values)


@dataclass(frozen=True, slots=True)
class DevicePlan:
    """Where and how to draw.

    Attributes:
        device: "cuda:0", "mps" or "cpu".
        dtype: name of a torch dtype.
        is_tiled: the VAE works in tiles. One picture at a time it always does (latents/vae.py).
        storage: FP8 when the denoiser's weights are stored so; "" when as `dtype`.
        has_streams: what comes next is fetched while something computes; pins the model's RAM.
        remark: why it is not what was asked for or hoped for.
        name: the device's own, for a person.
        needs_bytes: what the model takes, at work, with everything on the device.
        peak_bytes: what it takes by this plan.
        free_bytes: what was free when the plan was made; 0: nobody looked.
        is_compiled, openvino: as asked for, see DeviceOptions.
        attention: why xformers, asked for, is not used.
    """

    device: str
    dtype: str
    offload: Offload = Offload.NONE
    is_tiled: bool = False
    storage: str = ""
    has_streams: bool = False
    remark: Remark | None = None
    name: str = ""
    needs_bytes: int = 0
    peak_bytes: int = 0
    free_bytes: int = 0
    is_compiled: bool = False
    openvino: Path | None = None
    attention: Remark | None = None

    @property
    def rank(self) -> int:
        """Return how far down the ladder of its device it stands: the larger, the less it takes."""
        return list(Offload).index(self.offload) * 2 + int(self.is_tiled)

    @property
    def is_tight(self) -> bool:
        """Tell whether it is known to take more than was free."""
        return bool(self.free_bytes) and self.peak_bytes > self.free_bytes

    @property
    def note(self) -> str:
        """Return the remark in short; "" when there is nothing to say."""
        return "" if self.remark is None else self.remark.english

    @property
    def line(self) -> str:
        """Return the plan for the console: where, what it needs, what is free, what follows."""
        where = f"{self.device} {self.name}".strip()
        parts = [where, self.dtype]
        if self.free_bytes:
            needs, free = gigabytes(self.needs_bytes), gigabytes(self.free_bytes)
            parts.append(f"needs {needs} GB, {free} GB free")
        parts += self._follows()
        if self.offload is not Offload.NONE or self.is_tight or self.storage:
            parts.append(f"takes {gigabytes(self.peak_bytes)} GB" if self.free_bytes else "")
        if self.is_tight:
            parts.append("which is more than there is")
        if self.note:
            parts.append(self.note)
        return ", ".join(part for part in parts if part)

    @property
    def summary(self) -> Remark:
        """Return the plan as a sentence for the page."""
        return Remark(
            f"plan.{self._kind}",
            self.line,
            (
                ("device", self.name or self.device.replace("cpu", "CPU")),
                ("dtype", self.dtype),
                ("needs", gigabytes(self.needs_bytes)),
                ("free", gigabytes(self.free_bytes)),
                ("takes", gigabytes(self.peak_bytes)),
            ),
        )

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return every sentence there is to say about it."""
        said = [self.summary]
        if self.is_tiled:
            said.append(Remark("plan.tiled", "the VAE in tiles"))
        if self.storage:
            said.append(Remark("plan.fp8", "weights in fp8"))
        said += [remark for remark in (self.remark, self.attention) if remark is not None]
        return tuple(said)

    @property
    def _kind(self) -> str:
        if not self.free_bytes:
            return "plain"
        if self.is_tight:
            return "tight"
        if self.offload is not Offload.NONE and self.needs_bytes <= self.free_bytes:
            return "thrifty"  # there seems to be room; a flag or an earlier failure says otherwise
        return self.offload.value

    def _follows(self) -> list[str]:
        follows = {
            Offload.NONE: "everything on the device" if self.device != "cpu" else "",
            Offload.MODEL: "part by part",
            Offload.GROUP: "block by block",
            Offload.SEQUENTIAL: "layer by layer",
        }
        return [
            follows[self.offload],
            "weights in fp8" if self.storage else "",
            "VAE in tiles" if self.is_tiled else "",
            "torch.compile" if self.is_compiled else "",
            "OpenVINO" if self.openvino is not None else "",
        ]


def gigabytes(size_bytes: int) -> str:
    """Return "5.3" of bytes; a hundredth where a tenth would say nothing.

    >>> gigabytes(5_700_000_000), gigabytes(90_000_000)
    ('5.3', '0.08')
    """
    value = size_bytes / 2**30
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"
