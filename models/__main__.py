"""Command line of this floor: `python -m models scan | verify | show | pin | get | convert`.

Prints tables, or with --json one JSON object a line, to standard output, and failures to standard
error. Exit codes: 0 all is well, 1 a model is broken, in conflict or did not arrive, 2 no such
model or command, 130 stopped by Ctrl+C (a download goes on where it stopped).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models.connection import HttpsClient
from models.convert import convert
from models.digest import legacy_hash, sha256_of, short_hash
from models.disk import write_atomically
from models.entry import Integrity, Model
from models.errors import ModelNotFound, PlaygroundError
from models.get import get, read_tokens
from models.header import read_header
from models.library import Library
from models.model_folder import weight_files
from models.structure import compare, is_known
from models.trust import PINS_FILE, Trust

DATA_DIR = Path("data")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        library = Library.open(options.data_dir, options.models_dir)
        return _COMMANDS[options.command](library, options)
    except ModelNotFound as error:
        _fail(error, options.json)
        return 2
    except PlaygroundError as error:
        _fail(error, options.json)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="one JSON object a line")
    shared.add_argument("--data-dir", type=Path, default=DATA_DIR, metavar="DIR")
    shared.add_argument(
        "--models-dir", type=Path, action="append", default=[], metavar="DIR",
        help="read this folder too; may be given several times",
    )  # fmt: skip
    parser = argparse.ArgumentParser(
        prog="python -m models",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name, help_text in (
        ("scan", "look at all models: names, headers, what is known"),
        ("verify", "hash models again and compare them with their pins"),
        ("show", "tell all that is known about one model"),
        ("pin", "vouch for the bytes that a model has now"),
        ("get", "download hf:owner/repository@commit:file, civitai:version or https://..."),
        ("convert", "make a pickle (.ckpt, .pt, .bin) a safetensors file, in a process apart"),
    ):
        command = commands.add_parser(name, help=help_text, parents=[shared])
        if name == "verify":
            command.add_argument("name", nargs="*")
        elif name == "convert":
            command.add_argument("file", type=Path)
            command.add_argument("to", type=Path, nargs="?")
        elif name != "scan":
            command.add_argument("name")
    return parser


def _scan(library: Library, options: argparse.Namespace) -> int:
    models = library.scan()
    for model in models:
        _tell(model, options.json)
    return int(any(_is_bad(model) for model in models))


def _verify(library: Library, options: argparse.Namespace) -> int:
    names = options.name or [
        model.name for model in library.scan() if model.integrity is not Integrity.MISSING
    ]
    worst = 0
    for name in names:
        try:
            _tell(library.verify(name), options.json)
        except ModelNotFound:
            raise
        except PlaygroundError as error:
            _fail(error, options.json, name)
            worst = 1
    return worst


def _show(library: Library, options: argparse.Namespace) -> int:
    model = library.find(options.name)
    facts = describe(model) | {"path": str(model.path), "aliases": sorted(model.aliases)}
    if model.probe is not None:
        facts |= {"reasons": model.probe.reasons, "has": model.probe.has}
        if model.probe.lora is not None:
            facts["lora"] = asdict(model.probe.lora)
        if not model.is_folder:
            facts["legacy_hash"] = legacy_hash(model.path)
            if is_known(model.probe.family) and model.probe.kind == "checkpoint":
                facts["structure"] = asdict(
                    compare(read_header(model.path), model.probe.family, library.families)
                )
    print(json.dumps(facts, indent=None if options.json else 2, ensure_ascii=False))
    return int(_is_bad(model))


def _pin(library: Library, options: argparse.Namespace) -> int:
    model = library.find(options.name)
    if model.is_builtin:
        write_pins(model, PINS_FILE)
        print(f"pinned {model.name} in {PINS_FILE.name}")
        return 0
    _tell(library.pin(model.name), options.json)
    return 0


def _get(library: Library, options: argparse.Namespace) -> int:
    def show_progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done / 2**20:.0f} / {total / 2**20:.0f} MB", end="", file=sys.stderr)

    client = HttpsClient(tokens=read_tokens(os.environ))
    arrived = get(library, options.data_dir, options.name, client, show_progress)
    facts = asdict(arrived) | {"path": str(arrived.path)}
    trust = "published" if arrived.is_published else "nobody published a digest"
    lines = (str(arrived.path), arrived.sha256, trust)
    print(json.dumps(facts, ensure_ascii=False) if options.json else "\t".join(lines))
    return 0


def _convert(library: Library, options: argparse.Namespace) -> int:
    converted = convert(options.file, options.to)
    facts = asdict(converted) | {"path": str(converted.path)}
    lines = (str(converted.path), converted.sha256, f"from {converted.source_sha256}")
    print(json.dumps(facts, ensure_ascii=False) if options.json else "\t".join(lines))
    return 0


_COMMANDS = {
    "scan": _scan, "verify": _verify, "show": _show, "pin": _pin, "get": _get, "convert": _convert,
}  # fmt: skip


def write_pins(model: Model, path: Path) -> None:
    """Write the digests of a builtin model into a pin file of the repository."""
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


def describe(model: Model) -> dict[str, Any]:
    """Return what a row of the table says."""
    probe = model.probe
    return {
        "name": model.name,
        "kind": probe.kind.value if probe else "unknown",
        "family": probe.family if probe else "",
        "variant": probe.variant if probe else "",
        "precision": probe.precision if probe else "",
        "parameters": probe.parameters if probe else 0,
        "needs": probe.needs if probe else (),
        "size_bytes": model.size_bytes,
        "integrity": model.integrity.value,
        "trust": model.trust.value,
        "sha256": model.sha256,
        "payload_sha256": model.payload_sha256,
        "can_draw": model.can_draw,
        "licence": model.known.licence if model.known else probe.licence if probe else "",
        "source": model.source or (model.known.source if model.known else ""),
        "flaw": "" if model.flaw is None else model.flaw.key,
    }


def _is_bad(model: Model) -> bool:
    is_pickle = model.flaw is not None and model.flaw.key in ("model.pickle", "model.link")
    is_broken = model.integrity is Integrity.BROKEN and not is_pickle
    return is_broken or model.trust is Trust.CONFLICT


def _tell(model: Model, as_json: bool) -> None:
    facts = describe(model)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    what = " ".join(filter(None, (facts["kind"], facts["family"], facts["variant"])))
    size = f"{model.size_bytes / 2**20:.1f} MB"
    state = facts["flaw"] or f"{facts['integrity']}, {facts['trust']}"
    print(model.name, what, size, short_hash(model.sha256) or "-", state, sep="\t")


def _fail(error: PlaygroundError, as_json: bool, name: str = "") -> None:
    if as_json:
        facts = {"name": name, "error": error.key, "values": error.values}
        print(json.dumps(facts, ensure_ascii=False), file=sys.stderr)
    else:
        print(*filter(None, (name, f"REFUSED {error}")), sep="\t", file=sys.stderr)


if __name__ == "__main__":  # pragma: no cover
    sys.exit(main())
