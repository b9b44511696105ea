"""What each command of `python -m models` does; returns the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import asdict

from models.connection import HttpsClient
from models.convert import convert
from models.digest import legacy_hash
from models.entry import Integrity
from models.errors import ModelNotFound, PlaygroundError
from models.get import get, read_tokens
from models.header import read_header
from models.library import Library
from models.pin_file import write_pins
from models.structure import compare, is_known
from models.trust import PINS_FILE
from playground.model_cli.facts import describe, is_bad, is_only_listed
from playground.model_cli.printer import Printer


def scan(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """List all models."""
    models = library.scan()
    for model in models:
        printer.model(model)
    return int(any(is_bad(model) for model in models))


def verify(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """Hash models again; without names all that can be used, which is what a scan judges by."""
    names = list(options.name)
    if not names:
        for model in library.scan():
            if is_only_listed(model):
                printer.model(model)
            elif model.integrity is not Integrity.MISSING:
                names.append(model.name)
    worst = 0
    for name in names:
        try:
            printer.model(library.verify(name))
        except ModelNotFound:
            raise
        except PlaygroundError as error:
            printer.fail(error, name)
            worst = 1
    return worst


def show(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """Tell all that is known about one model."""
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
    if model.flaw is not None and not printer.as_json:
        facts["flaw"] = printer.sentence(model.flaw)
    printer.list_facts(facts)
    return int(is_bad(model))


def pin(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """Vouch for the bytes that a model has now."""
    model = library.find(options.name)
    if not model.is_builtin:
        printer.model(library.pin(model.name))
        return 0
    write_pins(model, PINS_FILE)
    line = printer.say("models.cli.pinned", model=model.name, file=PINS_FILE.name)
    printer.facts({"name": model.name, "file": PINS_FILE.name}, line)
    return 0


def download(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """Get a model from its address."""

    def show_progress(done: int, total: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done / 2**20:.0f} / {total / 2**20:.0f} MB", end="", file=sys.stderr)

    client = HttpsClient(tokens=read_tokens(os.environ))
    arrived = get(library, options.data_dir, options.name, client, show_progress)
    facts = asdict(arrived) | {"path": str(arrived.path)}
    trust = printer.say(f"models.cli.{'published' if arrived.is_published else 'unpublished'}")
    printer.facts(facts, "\t".join((str(arrived.path), arrived.sha256, trust)))
    return 0


def make_safetensors(library: Library, options: argparse.Namespace, printer: Printer) -> int:
    """Convert a pickle."""
    converted = convert(options.file, options.to)
    facts = asdict(converted) | {"path": str(converted.path)}
    source = printer.say("models.cli.from", sha256=converted.source_sha256)
    printer.facts(facts, "\t".join((str(converted.path), converted.sha256, source)))
    return 0


COMMANDS: dict[str, Callable[[Library, argparse.Namespace, Printer], int]] = {
    "scan": scan, "verify": verify, "show": show, "pin": pin, "get": download,
    "convert": make_safetensors,
}  # fmt: skip
