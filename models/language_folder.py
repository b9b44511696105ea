"""A folder with a GPT-2 language model in KoGPT2's layout: config.json, tokenizer.json, weights.

Reads headers and small JSON files; loads nothing and executes nothing that the folder names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.header import read_header
from models.network_settings import GPT2, known_settings
from models.probe import ModelKind, Probe, precision
from models.text_folder import (
    CONFIG,
    PICKLES,
    WEIGHTS,
    check_complete,
    read_object,
    refuse_quantised,
    size_in,
    unreadable,
)

TOKENIZER = "tokenizer.json"
KIND = "gpt2"
# what the numbers of a config may be; more would fill the memory before any file is read
LIMITS = {"n_positions": 16_384, "n_embd": 8_192, "n_layer": 96, "n_head": 128, "vocab_size": 10**6}
# what GPT-2 is where a config does not say
DEFAULTS = {"n_positions": 1024, "n_embd": 768, "n_layer": 12, "n_head": 12, "vocab_size": 50_257}
KOGPT2_LICENCE = "CC-BY-NC-SA-4.0"
_KOGPT2_VOCABULARY = (51_200, 51_201)  # fine-tunes made with the wrong tokenizer have one more


@dataclass(frozen=True, slots=True)
class LanguageConfig:
    """The config.json of a language model.

    Attributes:
        context: context length in tokens.
        width, layers, inner: of its network.
        rows: tokens that its embedding has room for.
        licence: as the file names it, "" for none.
        settings: what else of it reaches the network, by the names there.
    """

    context: int
    width: int
    layers: int
    inner: int
    rows: int
    licence: str
    settings: Mapping[str, Any]

    @property
    def notice(self) -> str:
        """Return the licence to be shown to people; KoGPT2's goes with its vocabulary."""
        is_kogpt2 = self.rows in _KOGPT2_VOCABULARY or "NC-SA" in self.licence.upper()
        return KOGPT2_LICENCE if is_kogpt2 else self.licence


def is_language_folder(folder: Path) -> bool:
    """Return whether a folder calls itself a GPT-2 model; anything unreadable does not."""
    try:
        return _kind(read_object(folder / CONFIG)) == KIND
    except (OSError, ValueError, RecursionError, ModelFileError):
        return False


def language_files(folder: Path) -> tuple[Path, ...]:
    """List the files that make the model what it is, sorted; beside them anything may lie."""
    small = (folder / name for name in (CONFIG, TOKENIZER))
    return tuple(sorted((*filter(Path.is_file, small), *folder.glob(WEIGHTS))))


def read_language_config(folder: Path) -> LanguageConfig:
    """Read the config of the folder.

    Raises:
        ModelFileError: it is no GPT-2 folder, or its numbers make no sense.
    """
    if not folder.is_dir():
        raise ModelFileError("language.no_folder", model=folder.name)
    try:
        data = read_object(folder / CONFIG)
    except (OSError, ValueError, RecursionError) as error:
        reason = type(error).__name__ if isinstance(error, OSError) else str(error)[:100]
        raise unreadable(folder, reason) from error
    refuse_quantised(data, folder)
    kind = _kind(data)
    if kind != KIND:
        raise ModelFileError("language.kind", model=folder.name, kind=kind)
    sizes = {
        key: size_in(data, key, limit, folder, DEFAULTS.get(key)) for key, limit in LIMITS.items()
    }
    width = sizes["n_embd"]
    inner = width * 4
    if data.get("n_inner") is not None:
        inner = size_in(data, "n_inner", 4 * LIMITS["n_embd"], folder)
    licence = data.get("license")
    return LanguageConfig(
        context=sizes["n_positions"],
        width=width,
        layers=sizes["n_layer"],
        inner=inner,
        rows=sizes["vocab_size"],
        licence=licence[:80] if isinstance(licence, str) else "",
        settings=known_settings(data, GPT2, sizes["vocab_size"]) | {"n_head": sizes["n_head"]},
    )


def probe_language_folder(folder: Path) -> Probe:
    """Recognise what a language model folder is, and whether all of its tensors are there.

    Raises:
        ModelFileError, NotSafetensors, IncompleteModel: it cannot be used; says why.
    """
    config = read_language_config(folder)
    headers = [read_header(path) for path in sorted(folder.glob(WEIGHTS))]
    if not headers:
        pickle = next((path for pattern in PICKLES for path in folder.glob(pattern)), None)
        if pickle is not None:
            raise ModelFileError("language.pickle", model=folder.name, file=pickle.name)
        raise ModelFileError("language.no_weights", model=folder.name)
    check_complete(folder.name, headers, dict(expected_tensors(config)), "transformer.")
    tensors = [tensor for header in headers for tensor in header.tensors]
    has_tokenizer = (folder / TOKENIZER).is_file()
    return Probe(
        kind=ModelKind.TEXT_MODEL,
        family=KIND,
        variant="",
        prediction="",
        parameters=sum(header.parameters for header in headers),
        precision=precision(tensors),
        has=("tokenizer",) if has_tokenizer else (),
        needs=() if has_tokenizer else (TOKENIZER,),
        reasons=(f"{config.layers} x {config.width}, {config.rows} tokens",),
        licence=config.notice,
    )


def expected_tensors(config: LanguageConfig) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield name and shape of every tensor of a GPT-2; the head shares the embedding's."""
    width, inner = config.width, config.inner
    yield "wte.weight", (config.rows, width)
    yield "wpe.weight", (config.context, width)
    for number in range(config.layers):
        layer = f"h.{number}"
        yield from _both(f"{layer}.ln_1", (width,), width)
        yield from _both(f"{layer}.attn.c_attn", (width, 3 * width), 3 * width)
        yield from _both(f"{layer}.attn.c_proj", (width, width), width)
        yield from _both(f"{layer}.ln_2", (width,), width)
        yield from _both(f"{layer}.mlp.c_fc", (width, inner), inner)
        yield from _both(f"{layer}.mlp.c_proj", (inner, width), width)
    yield from _both("ln_f", (width,), width)


def _both(name: str, shape: tuple[int, ...], bias: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    yield f"{name}.weight", shape
    yield f"{name}.bias", (bias,)


def _kind(data: dict[str, Any]) -> str:
    """Return the kind of model; old files name only their class."""
    if "model_type" in data:
        return str(data["model_type"])[:40]
    return KIND if data.get("architectures") == ["GPT2LMHeadModel"] else "?"
