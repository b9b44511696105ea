"""Open a folder with a GPT-2 language model: offline, safetensors only, nothing taken on trust.

Knows config.json and which folders it refuses, and why. Weights were hashed and compared with
their pins by models/library.py before; nothing is ever downloaded here.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.build import building
from pipelines.errors import Cancelled, LanguageModelError
from pipelines.text.neural.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel

log = logging.getLogger(__name__)

CONFIG = "config.json"
WEIGHTS = "*.safetensors"
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")
KIND = "gpt2"
MAX_CONFIG_BYTES = 1_000_000
# what the numbers of a config may be; more would fill the memory before any file is read
LIMITS = {"n_positions": 16_384, "n_embd": 8_192, "n_layer": 96, "n_head": 128, "vocab_size": 10**6}
KOGPT2_LICENCE = "CC-BY-NC-SA-4.0"
_KOGPT2_VOCABULARY = (51_200, 51_201)  # fine-tunes made with the wrong tokenizer have one more


@dataclass(frozen=True, slots=True)
class Config:
    """What we need to know of a config.json.

    Attributes:
        context: how many tokens the model can look back.
        rows: tokens that the embedding has room for.
        licence: what the file says itself, "" when it says nothing.
        is_kogpt2: its layout is KoGPT2's, whose licence forbids commercial use.
    """

    context: int
    rows: int
    licence: str
    is_kogpt2: bool

    @property
    def notice(self) -> str:
        """Return the licence to tell people about; "" when there is nothing to say."""
        return KOGPT2_LICENCE if self.is_kogpt2 else self.licence


def load(
    folder: Path,
    name: str,
    is_cancelled: Callable[[], bool] = lambda: False,
    *,
    use_cpu: bool = False,
) -> NeuralModel:
    """Return the model of a folder, ready to write; on the GPU when there is one.

    Raises:
        LanguageModelError: it is no such model, or one that would lose Korean; says why.
        Cancelled: the person said stop.
    """
    config = read_config(folder, name)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    with building(is_cancelled):
        vocabulary = read_vocabulary(folder, name)
        if vocabulary.size > config.rows:
            raise LanguageModelError(
                "language.vocabulary", model=name, tokens=vocabulary.size, rows=config.rows
            )
        if is_cancelled():
            raise Cancelled
        network = _network(folder, name)
    from pipelines.text.neural.model import NeuralModel

    return NeuralModel(name, folder, config, vocabulary, _placed(network, use_cpu))


def read_config(folder: Path, name: str) -> Config:
    """Return what the folder says it is.

    Raises:
        LanguageModelError: it is no GPT-2 folder, or holds only pickles.
    """
    if not folder.is_dir():
        raise LanguageModelError("language.no_folder", model=name)
    data = _read_json(folder / CONFIG, name)
    kind = str(data.get("model_type", "?"))[:40]
    if kind != KIND:
        raise LanguageModelError("language.kind", model=name, kind=kind)
    if not any(folder.glob(WEIGHTS)):
        pickle = next((path for pattern in PICKLES for path in folder.glob(pattern)), None)
        if pickle is not None:
            raise LanguageModelError("language.pickle", model=name, file=pickle.name)
        raise LanguageModelError("language.no_weights", model=name)
    sizes = {key: _size(data, key, limit, name) for key, limit in LIMITS.items()}
    licence = str(data.get("license") or "")[:80]
    return Config(
        context=sizes["n_positions"],
        rows=sizes["vocab_size"],
        licence=licence,
        is_kogpt2=sizes["vocab_size"] in _KOGPT2_VOCABULARY or "NC-SA" in licence.upper(),
    )


def _read_json(path: Path, name: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_CONFIG_BYTES:
            raise ValueError("too long")
        data = json.loads(path.read_bytes())
        if not isinstance(data, dict):
            raise ValueError("not an object")
    except (OSError, ValueError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"[:120].replace(str(path), path.name)
        raise LanguageModelError(
            "language.config", model=name, file=CONFIG, reason=reason
        ) from error
    return data


def _size(data: dict[str, Any], key: str, limit: int, name: str) -> int:
    value = data.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= limit:
        raise LanguageModelError(
            "language.config", model=name, file=CONFIG, reason=f"{key} = {str(value)[:40]}"
        )
    return value


def _network(folder: Path, name: str) -> Any:
    """Return transformers' model in fp32; nothing may be missing that would stay random."""
    import torch
    from transformers import GPT2LMHeadModel
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()
    try:
        network, told = GPT2LMHeadModel.from_pretrained(
            str(folder),
            local_files_only=True,
            use_safetensors=True,
            dtype=torch.float32,
            output_loading_info=True,
        )
    except (OSError, ValueError, TypeError, KeyError, RuntimeError) as error:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise LanguageModelError("language.load", model=name, reason=reason) from error
    missing = sorted(told["missing_keys"])
    if missing:
        raise LanguageModelError(
            "language.incomplete", model=name, count=len(missing), tensor=str(missing[0])[:80]
        )
    return network.eval().requires_grad_(False)


def _placed(network: Any, use_cpu: bool) -> Any:
    import torch

    return network.to("cuda") if not use_cpu and torch.cuda.is_available() else network
