"""`pictures`: the pictures of a data folder, one a line, and `pictures delete` by their numbers.

Not beside a running page, which has them open: there the album deletes.
"""

from __future__ import annotations

import argparse
import json
import sys

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import Painter
from pipelines.contract.validate import check_range, parse_int
from playground.cli.terminal import HelpText, add_places, tell
from playground.messages import Language, text
from playground.studio.pictures.shelf import KeptPicture
from playground.studio.studio import Studio

NAME = "pictures"
MOST_LISTED = 10_000


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument("act", choices=("list", "delete"), help=help_text("cli.pictures.act"))
    command.add_argument("ids", nargs="*", metavar="ID", help=help_text("cli.pictures.ids"))
    command.add_argument("-n", "--count", default="20", help=help_text("cli.pictures.count"))
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))
    add_places(command, help_text)


def run(options: argparse.Namespace, language: Language) -> int:
    """List the newest pictures, or delete those that are named; return the exit code."""
    count = _within(options.count, "count", MOST_LISTED)
    ids = [_within(name, "picture", 2**63 - 1) for name in options.ids]
    if options.act == "delete" and not ids:
        raise InvalidRequest("cli.pictures.no_ids")
    with Studio.open(options.data_dir, _painter(options), where="command line") as studio:
        if options.act == "list":
            found = studio.pictures.latest(None, count)
            for picture in found:
                print(_line(picture, as_json=options.json))
            if not found:
                print(text("cli.pictures.none", language), file=sys.stderr)
            return 0
        for number in ids:  # all of them are there, or none goes
            studio.pictures.get(number, None)
        for number in dict.fromkeys(ids):
            studio.bin.put(number, None)
        studio.bin.empty(at_once=True)
        for number in dict.fromkeys(ids):
            if options.json:
                tell({"id": number, "deleted": True})
            else:
                print(text("cli.pictures.deleted", language, id=number))
    return 0


def _within(typed: str, field: str, most: int) -> int:
    number = parse_int(typed, field)
    check_range(number, field, 1, most)
    return number


def _line(picture: KeptPicture, *, as_json: bool) -> str:
    if not as_json:
        phrase = " ".join(picture.phrase.split())
        return f"{picture.id}\t{picture.path}\t{phrase}"
    told = {"id": picture.id, "path": str(picture.path), "phrase": picture.phrase}
    return json.dumps(told, ensure_ascii=False)


def _painter(options: argparse.Namespace) -> Painter:
    """Return a painter that draws nothing here; the studio has no other way to be opened."""
    from models.library import Library
    from pipelines.painter.diffusers_painter import DiffusersPainter

    return DiffusersPainter(Library.open(options.data_dir, options.models_dir))
