"""The prediction type in a model's header: epsilon or v, and whether the schedule is zero-SNR.

The same tensors can be trained to predict the noise ("eps") or the velocity ("v"); sampled with the
wrong one, they draw a brown blur. Trainers and merging tools write which, each in their own place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.header import Header
from models.lora import shown

EPS, V = "eps", "v"
_WORDS = {
    "eps": EPS, "epsilon": EPS, "noise": EPS,
    "v": V, "v-prediction": V, "v_prediction": V, "v-pred": V, "v_pred": V, "velocity": V,
}  # fmt: skip
# sd-scripts, ComfyUI
_METADATA = ("modelspec.prediction_type", "modelspec.predict_key", "prediction_type")
_ARCHITECTURE = "modelspec.architecture"
_ARCHITECTURES = {"stable-diffusion-v2-768-v": V, "stable-diffusion-v2-512": EPS}
V_KEY, ZERO_SNR_KEY = "v_pred", "ztsnr"  # empty tensors, or metadata
_NO = ("", "0", "false", "no", "none")


@dataclass(frozen=True, slots=True)
class TrainingPrediction:
    """The prediction type of a header.

    Attributes:
        prediction: "eps", "v", or "" when nothing names it.
        is_zero_snr: the last timestep is noise alone (Lin et al. 2023, arXiv 2305.08891).
    """

    prediction: str
    is_zero_snr: bool


def read_prediction(header: Header, names: Iterable[str] | None = None) -> TrainingPrediction:
    """Return the prediction type in a header; tensors' names come before metadata."""
    tensors = {tensor.name for tensor in header.tensors} if names is None else set(names)
    metadata = {key: shown(text).strip().lower() for key, text in header.metadata}

    def is_set(key: str) -> bool:
        return key in tensors or metadata.get(key, "") not in _NO

    found = V if is_set(V_KEY) else ""
    for key in _METADATA:
        found = found or _WORDS.get(metadata.get(key, ""), "")
    architecture = metadata.get(_ARCHITECTURE, "").split("/")[0]
    found = found or _ARCHITECTURES.get(architecture, "")
    return TrainingPrediction(found, is_set(ZERO_SNR_KEY))
