"""`owner`: a link that proves to the running page that one is at its machine."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from models import disk
from models.errors import DirectoryInUse
from playground.cli.terminal import DEFAULT_DATA_DIR, HelpText
from playground.gate.owner import owner_link
from playground.gate.owner_key import open_key
from playground.messages import Language
from playground.studio.errors import StudioError
from playground.studio.studio import LOCK

NAME = "owner"


def add(command: argparse.ArgumentParser, help_text: HelpText) -> None:
    """Add the flags of the command."""
    command.add_argument(
        "--data-dir", type=Path, default=DEFAULT_DATA_DIR, help=help_text("cli.data_dir")
    )
    command.add_argument("--json", action="store_true", help=help_text("cli.json"))


def run(options: argparse.Namespace, language: Language) -> int:
    """Print a new link; return the exit code.

    Raises:
        StudioError: no page is running on that folder.
    """
    page = _page_of(options.data_dir)
    link = owner_link(page, open_key(options.data_dir))
    print(json.dumps({"link": link}) if options.json else link, flush=True)
    return 0


def _page_of(data_dir: Path) -> str:
    """Return the address of the page that runs on a data folder."""
    where = ""
    if (data_dir / LOCK).is_file():
        lock = disk.DirectoryLock(data_dir / LOCK)
        try:
            lock.acquire()
        except DirectoryInUse as error:
            where = str(error.values["where"])
        else:
            lock.release()
    if not where.startswith("http://"):  # nobody, or one that only starts or draws
        raise StudioError("cli.owner.nobody", path=str(data_dir))
    return where
