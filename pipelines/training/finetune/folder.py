"""What a training leaves behind: a folder that loads here, in transformers and in its Trainer.

model.safetensors, config.json, the tokenizer's files as they were, trainer_state.json, the log,
and training.json: where the text came from, why it could be used, and what came of it. The folder
is put together elsewhere and moved to its name in one step. Knows no training.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import disk
from models.composed import composed
from models.language_folder import TOKENIZER, probe_language_folder
from models.small_file import read_small
from models.text_folder import CONFIG, read_object
from pipelines.contract.errors import TrainingError
from pipelines.text.neural.vocabulary import read_vocabulary
from pipelines.training.finetune.curve import Point, best

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel

WEIGHTS = "model.safetensors"
RECORD = "training.json"
STATE = "trainer_state.json"
LOG = "training.log"
TIED = "lm_head.weight"  # the same tensor as the embedding
ALONG = ("special_tokens_map.json", "generation_config.json", "LICENSE", "LICENSE.txt", "NOTICE")
MAX_ALONG_BYTES = 64_000_000
NAME = re.compile(r"[0-9A-Za-z가-힣][0-9A-Za-z가-힣 ._-]{0,39}")
RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def parse_name(text: str, taken: Sequence[str] = ()) -> str:
    """Return the name of a model to be; raise TrainingError when it cannot be a folder's.

    >>> parse_name(" 우리반 1호 ")
    '우리반 1호'
    """
    name = composed(text).strip()
    if not NAME.fullmatch(name) or RESERVED.fullmatch(name) or name.endswith("."):
        raise TrainingError("training.name", name=name[:40])
    if name.lower() in (other.lower() for other in taken):
        raise TrainingError("training.name_taken", name=name)
    return name


def write_folder(
    model: NeuralModel, target: Path, partial: Path, points: Sequence[Point], record: dict[str, Any]
) -> None:
    """Write the folder of a trained model.

    Args:
        model: with what it has learnt; its own folder has the tokenizer and the licence.
        target: where it will be; nothing may be there yet.
        partial: where it is put together; on the same disk.

    Raises:
        TrainingError: something is at `target`.
        ModelFileError, LanguageModelError: what was written would not load again.
        DiskError: the disk failed; nothing is at `target`.
    """
    if target.exists():
        raise TrainingError("training.name_taken", name=target.name)
    workplace = partial / f"{target.name}.training"
    shutil.rmtree(workplace, ignore_errors=True)  # of a process that died while it wrote
    disk.make_folder(workplace)
    try:
        _fill(workplace, model, points, record)
        probe_language_folder(workplace)
        read_vocabulary(workplace, target.name)
        disk.make_folder(target.parent)
        try:
            workplace.rename(target)
        except OSError as error:
            raise disk.disk_error(error, target) from error
        disk.sync_folder(target.parent)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _fill(
    folder: Path, model: NeuralModel, points: Sequence[Point], record: dict[str, Any]
) -> None:
    from safetensors.torch import save

    state = model.network.state_dict()
    tensors = {name: part.cpu().contiguous() for name, part in state.items() if name != TIED}
    size = sum(part.numel() * part.element_size() for part in tensors.values())
    disk.need_free(folder, size + 2**24)
    disk.write_atomically(folder / WEIGHTS, save(tensors, metadata={"format": "pt"}))
    for name in (TOKENIZER, *ALONG):
        if (model.folder / name).is_file():
            disk.write_atomically(folder / name, read_small(model.folder / name, MAX_ALONG_BYTES))
    files = {
        CONFIG: _config(model),
        "tokenizer_config.json": _tokenizer_config(model),
        STATE: trainer_state(points),
        RECORD: record,
    }
    for name, data in files.items():
        disk.write_atomically(folder / name, _json(data))
    log = "".join(f"{point.line}\n" for point in points)
    disk.write_atomically(folder / LOG, log.encode())


def _config(model: NeuralModel) -> dict[str, Any]:
    """Return the base's config.json; its licence stays in it."""
    data: dict[str, Any] = read_object(model.folder / CONFIG)
    for name in ("torch_dtype", "auto_map", "_name_or_path", "quantization_config"):
        data.pop(name, None)
    return {**data, "architectures": ["GPT2LMHeadModel"], "dtype": "float32"}


def _tokenizer_config(model: NeuralModel) -> dict[str, Any]:
    """Say which class it is: without this AutoTokenizer takes one that loses all Hangul."""
    tokenizer = model.vocabulary.tokenizer
    return {
        **{role: str(token) for role, token in tokenizer.special_tokens_map.items()},
        "clean_up_tokenization_spaces": False,
        "model_max_length": model.context,
        "tokenizer_class": "PreTrainedTokenizerFast",
    }


def trainer_state(points: Sequence[Point]) -> dict[str, Any]:
    """Return the curve as transformers' Trainer would have written it."""
    chosen, last = best(points), points[-1] if points else None
    history: list[dict[str, float]] = []
    for point in points:
        epoch = (
            point.epoch - 1 + point.batch / point.batches if point.batches and point.epoch else 0.0
        )
        facts = {"epoch": round(epoch, 4), "step": point.step}
        if point.epoch:
            history.append({**facts, "learning_rate": point.learning_rate, "loss": point.loss})
        if point.val_ppl is not None:
            history.append({**facts, "eval_perplexity": point.val_ppl})
    return {
        "best_global_step": chosen.step if chosen else 0,
        "best_metric": chosen.val_ppl if chosen else None,
        "epoch": history[-1]["epoch"] if history else 0.0,
        "global_step": last.step if last else 0,
        "log_history": history,
    }


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"
