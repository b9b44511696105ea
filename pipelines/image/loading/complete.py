"""Check that every weight of a pipeline came from the model's files.

diffusers and transformers initialise a missing weight at random or leave it empty, with a log line
at most, and the model draws noise. Here it is an error that names the missing tensor. Single files
are checked before they are read (models/structure.py).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.diffusers_folder import part_files
from models.errors import IncompleteModel
from models.header import read_header

PARTS = ("unet", "vae", "text_encoder", "text_encoder_2")
# names in files of older versions of diffusers and transformers -> today's
_OLD_NAMES = (
    (".query.", ".to_q."),
    (".key.", ".to_k."),
    (".value.", ".to_v."),
    (".proj_attn.", ".to_out.0."),
)
_COMPUTED = "position_ids"


def check_weights(folder: Path, name: str, pipeline: Any) -> None:
    """Raise IncompleteModel if a part of the pipeline has a weight that no file of it has."""
    for part in PARTS:
        module = getattr(pipeline, part, None)
        if module is None:
            continue
        found = {
            todays_name(tensor.name)
            for path in part_files(folder / part)[1]
            for tensor in read_header(path).tensors
        }
        missing = sorted(
            weight
            for weight in module.state_dict()
            if todays_name(weight) not in found and not weight.endswith(_COMPUTED)
        )
        if missing:
            raise IncompleteModel(
                "model.structure.missing",
                model=name,
                count=len(missing),
                tensor=f"{part}/{missing[0]}",
            )


def todays_name(name: str) -> str:
    """Return a weight's name in today's diffusers and transformers."""
    name = name.removeprefix("text_model.")
    for old, new in _OLD_NAMES:
        name = name.replace(old, new)
    return name
