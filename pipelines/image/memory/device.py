"""Device options, and a device plan: which device, which dtype, how weights are offloaded.

Imports no torch. detect.py finds the device, plan.py makes the plans of a model for it, place.py
carries one out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from models.errors import Value

FP8 = "float8_e4m3fn"


class Offload(StrEnum):
    """How weights are offloaded to RAM, the fastest first; the names are those of diffusers."""

    NONE = "none"
    MODEL = "model"  # --medvram: one part at a time is on the device
    GROUP = "group"  # one block of the UNet at a time, the other parts layer by layer
    SEQUENTIAL = "sequential"  # --lowvram: everything layer by layer


@dataclass(frozen=True, slots=True)
class DeviceOptions:
    """The device flags of the command line.

    Attributes:
        offload: offload at least this much; NONE leaves it to the plan.
        fp8: store the UNet's weights in 8 bits; only by this flag, because it changes pictures.
        cache_bytes: budget of the model cache; None: see lru.budget.
        is_compiled: compile the UNet's blocks with torch.compile.
        openvino: folder of OpenVINO's compiled models; None: OpenVINO is off.
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
    """A sentence for a person, in no language yet: the key of a message row and its blanks.

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
        is_tiled: the VAE works in tiles. It always works on one picture at a time (latents/vae.py).
        storage: FP8 when the UNet's weights are stored so; "" when as `dtype`.
        has_streams: the next block is copied while one computes; pins the model's RAM.
        remark: why it is not the plan that was requested or expected.
        name: the device's product name.
        needs_bytes: peak memory of the model with everything on the device.
        peak_bytes: peak memory by this plan.
        free_bytes: free when the plan was made; 0: not measured.
        is_compiled, openvino: see DeviceOptions.
        attention: why xformers is not used although --xformers is given.
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
        """Return its step on the ladder of its device: the higher, the less memory it takes."""
        return list(Offload).index(self.offload) * 2 + int(self.is_tiled)

    @property
    def is_tight(self) -> bool:
        """Return whether its peak is more than was free."""
        return bool(self.free_bytes) and self.peak_bytes > self.free_bytes

    @property
    def note(self) -> str:
        """Return the remark in short; "" when there is none."""
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
        """Return the plan and everything that is special about it, a sentence each."""
        remarks = [self.summary]
        if self.is_tiled:
            remarks.append(Remark("plan.tiled", "the VAE in tiles"))
        if self.storage:
            remarks.append(Remark("plan.fp8", "weights in fp8"))
        remarks += [remark for remark in (self.remark, self.attention) if remark is not None]
        return tuple(remarks)

    @property
    def _kind(self) -> str:
        if not self.free_bytes:
            return "plain"
        if self.is_tight:
            return "tight"
        if self.offload is not Offload.NONE and self.needs_bytes <= self.free_bytes:
            return "thrifty"  # it would fit, but a flag or an earlier failure asks for less
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
    """Return "5.3" of bytes; with hundredths below one.

    >>> gigabytes(5_700_000_000), gigabytes(90_000_000)
    ('5.3', '0.08')
    """
    value = size_bytes / 2**30
    return f"{value:.1f}" if value >= 1 else f"{value:.2f}"
