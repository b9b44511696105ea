"""What a run needs to go on after a kill: one JSON that names files of tensors, all of them whole.

The tensors are written first and the JSON last, each in one step; whoever dies in between leaves
the state before. safetensors, because a checkpoint is a file like any other: nothing in it may
run. Knows no network.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import disk
from pipelines.contract.errors import TrainingError

STATE = "state.json"
SUFFIX = ".safetensors"
Tensors = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """One state.

    Attributes:
        facts: plain data.
        tensors: weights as they are now, and the optimizer's moments.
        best: weights of the best epoch so far; None before the first.
    """

    facts: dict[str, Any]
    tensors: Tensors
    best: Tensors | None


class Checkpoints:
    """The checkpoints of one run, in a folder of their own; only the newest is kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._best = ""

    def exists(self) -> bool:
        """Return whether there is a state to go on from."""
        return (self.folder / STATE).is_file()

    def save(self, facts: dict[str, Any], tensors: Tensors, step: int) -> None:
        """Keep a state; the one before it goes only when this one is whole."""
        name = f"step-{step:07d}{SUFFIX}"
        self._write(name, tensors)
        state = {"facts": facts, "tensors": name, "best": self._best}
        data = json.dumps(state, ensure_ascii=False, allow_nan=False).encode()
        disk.write_atomically(self.folder / STATE, data)
        self._sweep({name, self._best})

    def save_best(self, tensors: Tensors, step: int) -> None:
        """Keep the best weights; they count from the next `save` on."""
        self._best = f"best-{step:07d}{SUFFIX}"
        self._write(self._best, tensors)

    def load(self) -> Checkpoint:
        """Return the newest state.

        Raises TrainingError when it cannot be read: somebody else changed it.
        """
        from safetensors import SafetensorError

        try:
            state = json.loads((self.folder / STATE).read_bytes())
            facts, self._best = dict(state["facts"]), str(state["best"])
            tensors = self._read(str(state["tensors"]))
            best = self._read(self._best) if self._best else None
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            reason = f"{type(error).__name__}: {error}"[:120]
            raise TrainingError(
                "training.checkpoint", name=self.folder.parent.name, reason=reason
            ) from error
        return Checkpoint(facts, tensors, best)

    def load_best(self) -> Tensors | None:
        """Return the best weights of this process or an earlier one."""
        return self._read(self._best) if self._best else None

    def clear(self) -> None:
        """Remove everything; the run is over."""
        with suppress(OSError):  # it is gone already, or stays and does no harm
            (self.folder / STATE).unlink()
        self._sweep(set())

    def _write(self, name: str, tensors: Tensors) -> None:
        from safetensors.torch import save

        disk.make_folder(self.folder)
        plain = {key: tensor.detach().cpu().contiguous() for key, tensor in tensors.items()}
        size = sum(tensor.numel() * tensor.element_size() for tensor in plain.values())
        disk.need_free(self.folder, size + 2**24)
        disk.write_atomically(self.folder / name, save(plain))

    def _read(self, name: str) -> Tensors:
        from safetensors.torch import load

        if Path(name).name != name:
            raise ValueError(f"not a name: {name!r}")
        tensors: Tensors = load((self.folder / name).read_bytes())
        return tensors

    def _sweep(self, kept: set[str]) -> None:
        for path in self.folder.glob(f"*{SUFFIX}"):
            if path.name not in kept:
                with suppress(OSError):  # removed with the next one
                    path.unlink()
