"""Build a network of transformers from settings that were looked at and from safetensors alone.

The library is given no folder: whatever else lies there (adapters, other configs, code) does not
exist for it. Weights that are missing, or that are no numbers, are an error and no log line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.errors import IncompleteModel
from pipelines.contract.errors import LanguageModelError


def build_network(kind: Any, config: Any, files: Iterable[Path], name: str) -> Any:
    """Return a network of the class `kind` in fp32, ready to be asked.

    Args:
        config: of transformers, made of settings that were looked at.
        files: safetensors with its weights.
        name: the model's, for errors.

    Raises:
        IncompleteModel: a weight is in none of the files.
        LanguageModelError: a weight is no number.
        OSError, ValueError, TypeError, KeyError, RuntimeError: of the libraries.
    """
    import torch
    from safetensors.torch import load_file
    from transformers.utils.logging import disable_progress_bar

    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    disable_progress_bar()
    tensors: dict[str, Any] = {}
    for file in files:
        tensors |= load_file(file)
    network, info = kind.from_pretrained(
        None, config=config, state_dict=tensors, dtype=torch.float32, output_loading_info=True
    )
    missing = sorted(info["missing_keys"])
    if missing:
        raise IncompleteModel(
            "language.incomplete", model=name, count=len(missing), tensor=missing[0][:120]
        )
    _check_finite(network, name)
    return network.eval().requires_grad_(False)


def _check_finite(network: Any, name: str) -> None:
    for tensor, weight in network.named_parameters():
        if not bool(weight.isfinite().all()):
            raise LanguageModelError("language.not_finite", model=name, tensor=tensor[:120])
