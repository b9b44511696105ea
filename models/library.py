"""The face of this floor: which models there are, and the gate every load goes through.

Today it knows the builtin models and model folders in the diffusers layout under `models_dirs`.
Nothing is loaded that has not been read (header), hashed, and compared with its pin.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from models.digest import sha256_of
from models.errors import ModelFileError, ModelNotFound
from models.header import read_header
from models.trust import Pin, check_pin, read_pins

BUILTIN = Path(__file__).with_name("builtin")
WEIGHTS = "*.safetensors"
UNET_WEIGHTS = "unet/diffusion_pytorch_model.safetensors"


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A model in the diffusers layout: `model_index.json` beside its parts."""

    name: str
    path: Path
    is_builtin: bool


@dataclass(frozen=True, slots=True)
class OpenedModel:
    """A model whose every weight file has been read, hashed and compared with its pin.

    Attributes:
        digests: file name inside the folder -> sha256.
    """

    folder: ModelFolder
    digests: Mapping[str, str]

    @property
    def sha256(self) -> str:
        """Return the digest that stands for the model: its UNet's."""
        return self.digests.get(UNET_WEIGHTS, "")

    def check_unchanged(self, fingerprints: Mapping[str, tuple[int, int, int]]) -> None:
        """Raise ModelFileError if a file was replaced since it was hashed."""
        if fingerprints != fingerprint(self.folder):
            raise ModelFileError("model.changed", model=self.folder.name)


def fingerprint(folder: ModelFolder) -> dict[str, tuple[int, int, int]]:
    """Return name -> (size, mtime in ns, inode) of every weight file."""
    result = {}
    for path in sorted(folder.path.rglob(WEIGHTS)):
        status = path.stat()
        name = path.relative_to(folder.path).as_posix()
        result[name] = (status.st_size, status.st_mtime_ns, status.st_ino)
    return result


class Library:
    """The models this program may load.

    Args:
        models_dirs: folders with further models in the diffusers layout, one folder each.
        pins: file name -> pin; the ones that ship with the program by default.
    """

    def __init__(
        self, models_dirs: Iterable[Path] = (), pins: Mapping[str, Pin] | None = None
    ) -> None:
        self._roots = ((BUILTIN, True), *((path, False) for path in models_dirs))
        self._pins = read_pins() if pins is None else pins

    def folders(self) -> tuple[ModelFolder, ...]:
        """List all models, builtin ones first."""
        return tuple(
            ModelFolder(path.name, path, is_builtin)
            for root, is_builtin in self._roots
            if root.is_dir()
            for path in sorted(root.iterdir())
            if (path / "model_index.json").is_file()
        )

    def find(self, name: str) -> ModelFolder:
        """Return the model of exactly that name; a near miss is an error that suggests."""
        folders = self.folders()
        for folder in folders:
            if folder.name == name:
                return folder
        known = [folder.name for folder in folders]
        nearest = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
        raise ModelNotFound("model.unknown", model=name[:60], nearest=(nearest or ["-"])[0])

    def open_verified(
        self, name: str, on_bytes: Callable[[int], None] | None = None
    ) -> OpenedModel:
        """Check every weight file of a model and return it ready to be loaded.

        Raises:
            ModelNotFound, NotSafetensors, DigestMismatch, ModelFileError: it must not be loaded.
        """
        folder = self.find(name)
        self._refuse_pickles(folder)
        before = fingerprint(folder)
        if not before:
            raise ModelFileError("model.no_weights", model=name)
        digests = {}
        for file in before:
            read_header(folder.path / file)
            digests[file] = sha256_of(folder.path / file, on_bytes)
        self._check_pins(folder, digests)
        opened = OpenedModel(folder, digests)
        opened.check_unchanged(before)
        return opened

    def _refuse_pickles(self, folder: ModelFolder) -> None:
        for path in folder.path.rglob("*"):
            if path.suffix.lower() in {".bin", ".ckpt", ".pt", ".pth", ".pkl"}:
                raise ModelFileError("model.pickle", file=path.name)

    def _check_pins(self, folder: ModelFolder, digests: Mapping[str, str]) -> None:
        for file, digest in digests.items():
            pin = self._pins.get(f"{folder.name}/{file}")
            if pin is not None:
                check_pin(pin, digest)
            elif folder.is_builtin:
                raise ModelFileError("model.unpinned", model=folder.name, file=file)


def pins_of(folder: ModelFolder) -> str:
    """Return the text of a pin file for one model, for `python -m models pin`."""
    files = {
        f"{folder.name}/{file}": {"sha256": sha256_of(folder.path / file), "size": size}
        for file, (size, _, _) in fingerprint(folder).items()
    }
    return json.dumps({"files": files}, indent=2) + "\n"
