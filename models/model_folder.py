"""A folder that is one model: diffusers' layout, a language model's, a translator's or a VAE's."""

from __future__ import annotations

from pathlib import Path

from models import diffusers_folder
from models.diffusers_folder import INDEX
from models.language_folder import (
    is_language_folder,
    language_files,
    probe_language_folder,
)
from models.probe import Probe
from models.text_folder import CONFIG
from models.translator_folder import (
    is_translator_folder,
    probe_translator_folder,
    translator_files,
)
from models.vae_folder import is_vae_folder, probe_vae_folder, vae_files


def is_model_folder(folder: Path, names: frozenset[str]) -> bool:
    """Return whether a folder with files of these names is one model."""
    is_told = CONFIG in names
    return INDEX in names or (
        is_told
        and (is_language_folder(folder) or is_translator_folder(folder) or is_vae_folder(folder))
    )


def weight_files(folder: Path) -> tuple[Path, ...]:
    """List the files whose bytes make the model what it is, sorted."""
    if _is_language(folder):
        return language_files(folder)
    if _is_translator(folder):
        return translator_files(folder)
    if _is_vae(folder):
        return vae_files(folder)
    return diffusers_folder.weight_files(folder)


def main_file(folder: Path) -> str:
    """Return the name of the file that stands for the model, or ""."""
    if _is_language(folder) or _is_translator(folder) or _is_vae(folder):
        weights = (path.name for path in weight_files(folder) if path.suffix == ".safetensors")
        return next(weights, "")
    return diffusers_folder.main_file(folder)


def probe_folder(folder: Path) -> Probe:
    """Recognise what a model folder is.

    Raises:
        ModelFileError, NotSafetensors, IncompleteModel: it is none, or a part is broken.
    """
    if _is_language(folder):
        return probe_language_folder(folder)
    if _is_translator(folder):
        return probe_translator_folder(folder)
    if _is_vae(folder):
        return probe_vae_folder(folder)
    return diffusers_folder.probe_folder(folder)


def _is_language(folder: Path) -> bool:
    return not (folder / INDEX).exists() and is_language_folder(folder)


def _is_translator(folder: Path) -> bool:
    return not (folder / INDEX).exists() and is_translator_folder(folder)


def _is_vae(folder: Path) -> bool:
    return not (folder / INDEX).exists() and is_vae_folder(folder)
