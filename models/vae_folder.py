"""A VAE on its own in a folder of diffusers: `config.json` beside its weights.

Reads headers and one small JSON file; imports and executes nothing that the folder names.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from models.diffusers_folder import WEIGHTS
from models.errors import ModelFileError
from models.header import read_header
from models.probe import Probe, probe
from models.small_file import read_json_object

CONFIG = "config.json"
CLASS_NAME = "AutoencoderKL"
MAX_CONFIG_BYTES = 64_000


def is_vae_folder(folder: Path) -> bool:
    """Return whether a folder calls itself a VAE and has weights; anything unreadable does not."""
    is_named = read_vae_config(folder).get("_class_name") == CLASS_NAME
    return is_named and any(folder.glob(WEIGHTS))


def read_vae_config(folder: Path) -> dict[str, Any]:
    """Return the folder's config; {} when it cannot be read."""
    try:
        return read_json_object(folder / CONFIG, MAX_CONFIG_BYTES)
    except (OSError, ValueError, RecursionError, ModelFileError):
        return {}


def vae_files(folder: Path) -> tuple[Path, ...]:
    """List the files that make the VAE what it is, sorted; beside them anything may lie."""
    return tuple(sorted((folder / CONFIG, *_weights(folder))))


def probe_vae_folder(folder: Path) -> Probe:
    """Recognise what the folder's weights are.

    Raises:
        ModelFileError, NotSafetensors: they are broken.
    """
    return probe(read_header(_weights(folder)[0]))


def _weights(folder: Path) -> tuple[Path, ...]:
    """Return the first of the editions that lie side by side, such as one of fp16: the plain one.

    A VAE is small and never comes in several pieces.
    """
    return tuple(sorted(folder.glob(WEIGHTS), key=lambda path: (len(path.name), path.name)))[:1]
