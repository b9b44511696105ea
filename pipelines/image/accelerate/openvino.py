"""Run a UNet with OpenVINO: --openvino, for CPUs, with the optional package of that name.

Converted once for each shape, because static shapes make it fast, and kept in the cache folder by
the model's digest, the shape and the versions. torch runs what the conversion does not cover: a
UNet with merged LoRAs, token merging, SDXL. Memory: the UNet is there twice.

Importing OpenVINO sends telemetry to its makers, and so does its `convert_model`, unless the
package openvino_telemetry is missing. Here it is hidden.
"""

from __future__ import annotations

import copy
import hashlib
import logging
import time
import warnings
from collections.abc import Callable
from dataclasses import astuple, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Protocol

from models.disk import write_atomically
from pipelines.image.accelerate.token_merging import is_merged
from pipelines.image.memory.device import DevicePlan, Remark
from pipelines.image.private_parts import count_writes, halve_weights, hide_package

log = logging.getLogger(__name__)

MOST_KEPT = 4  # compiled models on disk; one of SD 1.5 takes 1.7 GB
ENDING = ".openvino"
SDXL = Remark("speed.openvino.sdxl", "OpenVINO is not used for SDXL: torch draws")
MERGED = Remark("speed.openvino.merged", "OpenVINO cannot merge tokens: torch draws")
LORA_APPLIED = Remark("speed.openvino.worn", "OpenVINO knows the model without a LoRA: torch draws")
MISSING = Remark("speed.openvino.missing", "OpenVINO is not installed: torch draws")
NO_CPU = Remark("speed.openvino.gpu", "OpenVINO is for CPUs: torch draws")


@dataclass(frozen=True, slots=True)
class InputShape:
    """The static shape: sample (batch, channels, height, width), states (batch, tokens, D)."""

    batch: int
    channels: int
    height: int
    width: int
    tokens: int
    text_width: int


# (sample (B, C, h, w), timestep, states (B, T, D)) -> prediction (B, C, h, w); in fp32
Program = Callable[[Any, Any, Any], Any]


class Engine(Protocol):
    """Compiles a UNet: OpenVINO, and a fake one in the tests."""

    @property
    def versions(self) -> str:
        """Return what a compiled program depends on besides the model and the shape."""

    def build(self, unet: Any, shape: InputShape) -> tuple[Program, bytes]:
        """Return the compiled program, and its bytes for the cache."""

    def restore(self, kept: bytes) -> Program:
        """Return the program of cached bytes; raise RuntimeError when it cannot be used."""


class OpenVinoDenoiser:
    """Stands in for a UNet2DConditionModel.

    Attributes:
        name: recorded with a picture that it drew.
        unet: the UNet itself, for what OpenVINO cannot do.
        remark: why torch made the last prediction; None when OpenVINO did.
        on_warm_up: called before a conversion.
    """

    name = "OpenVINO"

    def __init__(self, unet: Any, engine: Engine, cache: Path, sha256: str) -> None:
        """Take the cache folder, and the digest of the model."""
        self.unet = unet
        self.remark: Remark | None = None
        self.on_warm_up: Callable[[], None] = lambda: None
        self._engine, self._cache, self._sha256 = engine, cache, sha256
        self._programs: dict[InputShape, Program] = {}
        self._broken: Remark | None = None
        self._weights = _WeightsDigest(unet)

    def __call__(self, sample: Any, timestep: Any, **rest: Any) -> Any:
        """Predict as the UNet does with return_dict=False."""
        program = None
        remark = self._why_not(rest)
        if remark is None:
            program = self._program(sample, rest["encoder_hidden_states"])
            remark = self._broken
        if remark is not None and remark != self.remark:
            log.warning("%s", remark.english)
        self.remark = remark
        if program is None:
            return self.unet(sample, timestep, **rest)
        states = rest["encoder_hidden_states"]
        return (program(sample.float(), timestep.float(), states.float()),)

    def _why_not(self, rest: dict[str, Any]) -> Remark | None:
        if self._broken is not None:
            return self._broken
        if rest.get("added_cond_kwargs") or rest.get("timestep_cond") is not None:
            return SDXL
        if is_merged(self.unet):
            return MERGED
        return None if self._weights.are_as_loaded() else LORA_APPLIED

    def _program(self, sample: Any, states: Any) -> Program | None:
        shape = InputShape(*sample.shape, *states.shape[1:])
        if shape not in self._programs:
            self.on_warm_up()
            started = time.perf_counter()
            try:
                program, how = self._made(shape)
            except (RuntimeError, ValueError, TypeError, AttributeError, ImportError) as error:
                self._broken = _failed(error)
                return None
            seconds = time.perf_counter() - started
            log.info("OpenVINO: %s for %s in %.1f s", how, astuple(shape), seconds)
            self._programs[shape] = program
        return self._programs[shape]

    def _made(self, shape: InputShape) -> tuple[Program, str]:
        path = self._cache / f"{self._key(shape)}{ENDING}"
        if path.is_file():
            try:
                return self._engine.restore(path.read_bytes()), "read"
            except RuntimeError as error:
                log.warning("OpenVINO: %s cannot be used, made again (%s)", path.name, error)
        program, kept = self._engine.build(self.unet, shape)
        try:
            self._keep(path, kept)
        except OSError as error:
            log.warning("OpenVINO: not kept for the next time (%s)", error)
        return program, "converted"

    def _key(self, shape: InputShape) -> str:
        text = f"{self._sha256} {astuple(shape)} {self._engine.versions}"
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def _keep(self, path: Path, kept: bytes) -> None:
        self._cache.mkdir(parents=True, exist_ok=True)
        found = sorted(self._cache.glob(f"*{ENDING}"), key=lambda old: old.stat().st_mtime)
        for old in found[: max(0, len(found) + 1 - MOST_KEPT)]:
            old.unlink(missing_ok=True)
        write_atomically(path, kept)


class _WeightsDigest:
    """Checksums of a UNet's weights, which show whether they are those it was loaded with."""

    def __init__(self, unet: Any) -> None:
        self._unet = unet
        self._loaded = self._sums()
        self._seen, self._are_same = self._changes(), True

    def are_as_loaded(self) -> bool:
        """Return whether no weight has changed; summed again only after a write."""
        changes = self._changes()
        if changes != self._seen:
            self._seen, self._are_same = changes, self._sums() == self._loaded
        return self._are_same

    def _changes(self) -> int:
        return sum(count_writes(weight) for weight in self._unet.parameters())

    def _sums(self) -> list[int]:
        import torch

        whole = {2: torch.int16, 4: torch.int32}
        return [
            int(weight.detach().view(whole[weight.element_size()]).sum(dtype=torch.int64))
            for weight in self._unet.parameters()
        ]


class OpenVino:
    """The real engine."""

    def __init__(self, dtype: str) -> None:
        """Take the dtype that torch would use on this CPU."""
        hide_package("openvino_telemetry")
        import openvino

        self._core = openvino.Core()
        capabilities = self._core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self._precision = "bf16" if dtype != "float32" and "BF16" in capabilities else "f32"

    @property
    def versions(self) -> str:
        names = ("openvino", "torch", "diffusers")
        return " ".join([*(f"{name} {version(name)}" for name in names), self._precision])

    def build(self, unet: Any, shape: InputShape) -> tuple[Program, bytes]:
        """Trace the UNet in fp32, convert, compile."""
        model = _converted(unet, shape)
        if self._precision != "f32":
            halve_weights(model)  # fp16 weights: half of the room on disk
        compiled = self._core.compile_model(model, "CPU", self._settings())
        return _program(compiled), compiled.export_model().getvalue()

    def restore(self, kept: bytes) -> Program:
        return _program(self._core.import_model(kept, "CPU", self._settings()))

    def _settings(self) -> dict[str, str]:
        return {"INFERENCE_PRECISION_HINT": self._precision, "PERFORMANCE_HINT": "LATENCY"}


def find_engine(plan: DevicePlan) -> Engine | Remark:
    """Return OpenVINO, or why it cannot be used."""
    if plan.device != "cpu":
        return NO_CPU
    try:
        return OpenVino(plan.dtype)
    except (ImportError, PackageNotFoundError):
        return MISSING
    except RuntimeError as error:
        return _failed(error)


def _converted(unet: Any, shape: InputShape) -> Any:
    import torch
    from openvino.frontend import FrontEndManager
    from openvino.frontend.pytorch.ts_decoder import TorchScriptPythonDecoder

    class Plain(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self, precise: Any) -> None:
            super().__init__()
            self.precise = precise

        def forward(self, sample: Any, timestep: Any, states: Any) -> Any:
            return self.precise(sample, timestep, encoder_hidden_states=states, return_dict=False)[
                0
            ]

    precise = copy.deepcopy(unet).float().to(memory_format=torch.contiguous_format)
    example = (
        torch.zeros(shape.batch, shape.channels, shape.height, shape.width),
        torch.tensor(1.0),
        torch.zeros(shape.batch, shape.tokens, shape.text_width),
    )
    with torch.no_grad(), warnings.catch_warnings():
        # it warns that shapes become constants, which is meant, and that jit.trace is deprecated
        warnings.simplefilter("ignore", torch.jit.TracerWarning)  # type: ignore[attr-defined]
        warnings.simplefilter("ignore", DeprecationWarning)
        decoder = TorchScriptPythonDecoder(Plain(precise).eval(), example_input=example)
        frontend = FrontEndManager().load_by_framework("pytorch")
        model = frontend.convert(frontend.load(decoder))
    model.reshape({port: list(one.shape) for port, one in zip(model.inputs, example, strict=True)})
    return model


def _program(compiled: Any) -> Program:
    request = compiled.create_infer_request()

    def infer(sample: Any, timestep: Any, states: Any) -> Any:
        import torch

        inputs = [one.contiguous().numpy() for one in (sample, timestep, states)]
        found = request.infer(inputs, share_inputs=True)
        return torch.from_numpy(found[compiled.outputs[0]].copy())  # (B, C, h, w)

    return infer


def _failed(error: Exception) -> Remark:
    reason = " ".join(str(error).split())[:160]
    english = f"OpenVINO does not work here: {reason}"
    return Remark("speed.openvino.failed", english, (("reason", reason),))
