"""Training states on disk: written whole or not at all, so that kill -9 costs little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from models.disk import write_atomically


def save(state: dict[str, Any], path: Path) -> None:
    """Write `state` at `path` in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, lambda file: torch.save(state, file))


def load(path: Path) -> dict[str, Any]:
    """Return the state saved at `path`; only tensors and plain values are accepted."""
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return state
