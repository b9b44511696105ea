"""Open a folder with a GPT-2 language model: offline, safetensors only, nothing taken on trust.

Weights were hashed and compared with their pins by models/library.py before; what the folder is
and what it lacks is found by models/language_folder.py. Nothing is ever downloaded here.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.language_folder import probe_language_folder, read_language_config
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import LanguageModelError
from pipelines.text.neural.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel


def load(
    folder: Path,
    name: str,
    cancel: CancelToken = NEVER,
    *,
    use_cpu: bool = False,
) -> NeuralModel:
    """Return the model of a folder, ready to write; on the GPU when there is one.

    Raises:
        ModelFileError, LanguageModelError: it is no such model, or would lose Korean; says why.
        Cancelled: the cancel token was set.
    """
    config = read_language_config(folder)
    probe_language_folder(folder)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    with building(cancel):
        vocabulary = read_vocabulary(folder, name)
        if vocabulary.size > config.rows:
            raise LanguageModelError(
                "language.vocabulary", model=name, tokens=vocabulary.size, rows=config.rows
            )
        cancel.check()
        network = _network(folder, name)
    from pipelines.text.neural.model import NeuralModel

    return NeuralModel(name, folder, config, vocabulary, _placed(network, use_cpu))


def _network(folder: Path, name: str) -> Any:
    """Return transformers' model in fp32."""
    import torch
    from transformers import GPT2LMHeadModel
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        network = GPT2LMHeadModel.from_pretrained(
            str(folder),
            local_files_only=True,
            use_safetensors=True,
            dtype=torch.float32,
        )
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise LanguageModelError("language.load", model=name, reason=reason) from error
    return network.eval().requires_grad_(False)


def _placed(network: Any, use_cpu: bool) -> Any:
    import torch

    return network.to("cuda") if not use_cpu and torch.cuda.is_available() else network
