"""Command line of this floor: `python -m models list | verify [NAME] | pin NAME`."""

from __future__ import annotations

import argparse
import json
import sys

from models.digest import short_hash
from models.disk import write_atomically
from models.errors import PlaygroundError
from models.library import Library, pins_of
from models.trust import PINS_FILE


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m models", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="names and places of all models")
    verify = commands.add_parser("verify", help="read, hash and compare every weight file")
    verify.add_argument("names", nargs="*")
    pin = commands.add_parser("pin", help="write the digests of a builtin model into pins.json")
    pin.add_argument("name")
    options = parser.parse_args(arguments)
    library = Library()
    if options.command == "list":
        for folder in library.folders():
            print(folder.name, folder.path, sep="\t")
        return 0
    if options.command == "pin":
        return _pin(library, options.name)
    return _verify(library, options.names or [folder.name for folder in library.folders()])


def _verify(library: Library, names: list[str]) -> int:
    worst = 0
    for name in names:
        try:
            opened = library.open_verified(name)
        except PlaygroundError as error:
            print(f"{name}\tREFUSED\t{error}")
            worst = 1
        else:
            print(f"{name}\tok\t{len(opened.digests)} files\t{short_hash(opened.sha256)}")
    return worst


def _pin(library: Library, name: str) -> int:
    pins = json.loads(PINS_FILE.read_text(encoding="utf-8"))
    pins["files"] = {
        file: row for file, row in pins["files"].items() if not file.startswith(f"{name}/")
    } | json.loads(pins_of(library.find(name)))["files"]
    text = json.dumps(pins, indent=2, ensure_ascii=False) + "\n"
    write_atomically(PINS_FILE, text.encode("utf-8"))
    print(f"pinned {name} in {PINS_FILE.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
