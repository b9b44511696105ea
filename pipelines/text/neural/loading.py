"""Open a folder with a GPT-2 language model: offline, safetensors only, nothing taken on trust.

Weights were hashed and compared with their pins by models/library.py before; what the folder is
and what it lacks is found by models/language_folder.py. Nothing is ever downloaded here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.language_folder import LanguageConfig, probe_language_folder, read_language_config
from models.text_folder import WEIGHTS
from pipelines.contract.build_lock import building
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import LanguageModelError
from pipelines.contract.reasons import reason_of
from pipelines.text.neural.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel

MARKS = ("bos_token_id", "eos_token_id")  # GPT-2's own are not those of other vocabularies


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
    with building(cancel):
        vocabulary = read_vocabulary(folder, name)
        if vocabulary.size > config.rows:
            raise LanguageModelError(
                "language.vocabulary", model=name, tokens=vocabulary.size, rows=config.rows
            )
        cancel.check()
        network = _network(folder, name, config)
    from pipelines.text.neural.model import NeuralModel

    return NeuralModel(name, folder, config, vocabulary, _placed(network, use_cpu))


def _network(folder: Path, name: str, config: LanguageConfig) -> Any:
    """Return transformers' model in fp32."""
    from transformers import GPT2Config, GPT2LMHeadModel

    from pipelines.text.network import build_network

    try:
        made = GPT2Config(
            vocab_size=config.rows,
            n_positions=config.context,
            n_embd=config.width,
            n_layer=config.layers,
            n_inner=config.inner,
            **{name: None for name in MARKS} | dict(config.settings),
        )
        return build_network(GPT2LMHeadModel, made, sorted(folder.glob(WEIGHTS)), name)
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        reason = reason_of(error, folder)
        raise LanguageModelError("language.load", model=name, reason=reason) from error


def _placed(network: Any, use_cpu: bool) -> Any:
    import torch

    return network.to("cuda") if not use_cpu and torch.cuda.is_available() else network
