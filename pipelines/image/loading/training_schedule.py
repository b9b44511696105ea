"""A model's training schedule: its noise levels, zero terminal SNR, and its prediction type.

Taken from the header of its UNet (metadata and marker tensors), then from a folder's scheduler
config, then from the family; where none of them has it, the prediction type is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.diffusers_folder import main_file, read_json
from models.entry import OpenedModel
from models.header import read_header
from models.prediction import EPS, V, read_prediction
from models.structure import read_config
from pipelines.contract.errors import CannotDraw
from pipelines.image.families import Family
from pipelines.image.sampling.noise_table import NoiseTable, read_noise_table

SCHEDULER = "scheduler/scheduler_config.json"
NAMES = {EPS: "epsilon", V: "v_prediction"}
# scheduler classes of models with other noise than DDPM's
_OTHER_NOISE = ("EDM", "FlowMatch")


@dataclass(frozen=True, slots=True)
class TrainingSchedule:
    """The noise and the target that a model was trained with.

    Attributes:
        table: the noise level at each timestep.
        prediction: "epsilon", "v_prediction", "sample", or "" where nothing has it.
    """

    table: NoiseTable
    prediction: str


def training_schedule_of(opened: OpenedModel, path: Path, family: Family) -> TrainingSchedule:
    """Return the training schedule of a model.

    Raises:
        CannotDraw: its noise or its prediction type is not supported.
        ModelFileError: a folder's scheduler config cannot be read.
    """
    if opened.configs is None:
        config = read_json(path, SCHEDULER)
        header = read_header(path / main_file(path))
    else:
        config = read_config(opened.configs / SCHEDULER)
        header = read_header(path)
    training = read_prediction(header)
    prediction = NAMES.get(training.prediction, "") or _configured(config, opened.name)
    if not prediction and not family.may_answer_either:
        prediction = NAMES[EPS]
    if training.is_zero_snr:  # Lin et al. 2023, arXiv 2305.08891: the last timestep is pure noise
        config = {**config, "rescale_betas_zero_snr": True}
    try:
        return TrainingSchedule(read_noise_table(config), prediction)
    except (ValueError, TypeError) as error:
        reason = str(error)[:300]
        raise CannotDraw("draw.load", model=opened.name, reason=reason) from error


def _configured(config: Mapping[str, Any], model: str) -> str:
    class_name = str(config.get("_class_name", ""))
    found = str(config.get("prediction_type") or "")
    is_other = class_name.startswith(_OTHER_NOISE)
    if is_other or found not in ("", "epsilon", "v_prediction", "sample"):
        unsupported = class_name if is_other else found
        raise CannotDraw("draw.prediction", model=model, prediction=unsupported[:80])
    return found
