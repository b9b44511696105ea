"""A folder with a translation model as transformers writes it: MarianMT (Opus-MT) or M2M100.

Reads headers and small JSON files; loads nothing and executes nothing that the folder names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import ModelFileError
from models.header import read_header
from models.network_settings import TRANSLATOR, banned_tokens, known_settings
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

VOCABULARY = "vocab.json"
GENERATION = "generation_config.json"
MARIAN, M2M100 = "marian", "m2m_100"
# what turns text into pieces: in Marian folders there is one more for the target, not needed
PIECES = {MARIAN: "source.spm", M2M100: "sentencepiece.bpe.model"}
# what the numbers of a config may be; more would fill the memory before any file is read
LIMITS = {
    "d_model": 8_192,
    "encoder_layers": 96,
    "decoder_layers": 96,
    "encoder_ffn_dim": 65_536,
    "decoder_ffn_dim": 65_536,
    "max_position_embeddings": 16_384,
    "vocab_size": 10**6,
}


@dataclass(frozen=True, slots=True)
class TranslatorConfig:
    """The config.json of a translation model; the numbers by their names there.

    Attributes:
        settings: what else of it reaches the network, by the names there.
        banned: token sequences that are never written.
    """

    kind: str
    sizes: dict[str, int]
    licence: str
    settings: Mapping[str, Any]
    banned: tuple[tuple[int, ...], ...]

    @property
    def pieces(self) -> str:
        """Return the name of the file that turns text into pieces."""
        return PIECES[self.kind]


def is_translator_folder(folder: Path) -> bool:
    """Return whether a folder calls itself a translation model; anything unreadable does not."""
    try:
        return read_object(folder / CONFIG).get("model_type") in PIECES
    except (OSError, ValueError, RecursionError, ModelFileError):
        return False


def translator_files(folder: Path) -> tuple[Path, ...]:
    """List the files that make the model what it is, sorted; beside them anything may lie."""
    small = (folder / name for name in (CONFIG, VOCABULARY, *PIECES.values()))
    return tuple(sorted((*filter(Path.is_file, small), *folder.glob(WEIGHTS))))


def read_translator_config(folder: Path) -> TranslatorConfig:
    """Read the config of the folder.

    Raises:
        ModelFileError: its config is none of a translation model, or makes no sense.
    """
    try:
        data = read_object(folder / CONFIG)
    except (OSError, ValueError, RecursionError) as error:
        reason = type(error).__name__ if isinstance(error, OSError) else str(error)[:100]
        raise unreadable(folder, reason) from error
    refuse_quantised(data, folder)
    kind = str(data.get("model_type", "?"))[:40]
    if kind not in PIECES:
        raise ModelFileError("translator.kind", model=folder.name, kind=kind)
    licence = data.get("license")
    sizes = {key: size_in(data, key, limit, folder) for key, limit in LIMITS.items()}
    rows = sizes["vocab_size"]
    writing = data | _generation(folder)
    return TranslatorConfig(
        kind=kind,
        sizes=sizes,
        licence=licence[:80] if isinstance(licence, str) else "",
        settings=known_settings(data, TRANSLATOR, rows)
        | {
            name: number
            for name, number in known_settings(writing, TRANSLATOR, rows).items()
            if name in TRANSLATOR.tokens
        },
        banned=tuple(map(tuple, banned_tokens(writing, rows))),
    )


def _generation(folder: Path) -> dict[str, Any]:
    """Return what newer folders say apart about how to write; {} when it cannot be read."""
    try:
        return read_object(folder / GENERATION)
    except (OSError, ValueError, RecursionError, ModelFileError):
        return {}


def probe_translator_folder(folder: Path) -> Probe:
    """Recognise what a translation model folder is, and whether all of its tensors are there.

    Raises:
        ModelFileError, NotSafetensors, IncompleteModel: it cannot be used; says why.
    """
    config = read_translator_config(folder)
    headers = [read_header(path) for path in sorted(folder.glob(WEIGHTS))]
    if not headers:
        pickle = next((path for pattern in PICKLES for path in folder.glob(pattern)), None)
        if pickle is not None:
            raise ModelFileError("language.pickle", model=folder.name, file=pickle.name)
        raise ModelFileError("language.no_weights", model=folder.name)
    check_complete(folder.name, headers, dict(expected_tensors(config)), "model.")
    needed = (VOCABULARY, config.pieces)
    tensors = [tensor for header in headers for tensor in header.tensors]
    layers = f"{config.sizes['encoder_layers']} + {config.sizes['decoder_layers']}"
    return Probe(
        kind=ModelKind.TRANSLATOR,
        family=config.kind,
        variant="",
        prediction="",
        parameters=sum(header.parameters for header in headers),
        precision=precision(tensors),
        has=tuple(name for name in needed if (folder / name).is_file()),
        needs=tuple(name for name in needed if not (folder / name).is_file()),
        reasons=(f"{layers} x {config.sizes['d_model']}",),
        licence=config.licence,
    )


def expected_tensors(config: TranslatorConfig) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield name and shape of the tensors that no translation is possible without."""
    width = config.sizes["d_model"]
    yield "shared.weight", (config.sizes["vocab_size"], width)
    for side, attentions in (
        ("encoder", ("self_attn",)),
        ("decoder", ("self_attn", "encoder_attn")),
    ):
        inner = config.sizes[f"{side}_ffn_dim"]
        for number in range(config.sizes[f"{side}_layers"]):
            layer = f"{side}.layers.{number}"
            for attention in attentions:
                for part in ("q_proj", "k_proj", "v_proj", "out_proj"):
                    yield f"{layer}.{attention}.{part}.weight", (width, width)
            yield f"{layer}.fc1.weight", (inner, width)
            yield f"{layer}.fc2.weight", (width, inner)
