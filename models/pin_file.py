"""Write the digests of a builtin model into the pin file of the repository."""

from __future__ import annotations

import json
from pathlib import Path

from models.digest import sha256_of
from models.disk import write_atomically
from models.entry import Model
from models.model_folder import weight_files


def write_pins(model: Model, path: Path) -> None:
    """Replace the rows of a builtin model in a pin file of the repository."""
    data = json.loads(path.read_text(encoding="utf-8"))
    data["files"] = {
        name: row for name, row in data["files"].items() if not name.startswith(f"{model.name}/")
    } | {
        f"{model.name}/{file.relative_to(model.path).as_posix()}": {
            "sha256": sha256_of(file),
            "size": file.stat().st_size,
        }
        for file in weight_files(model.path)
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode("utf-8"))
