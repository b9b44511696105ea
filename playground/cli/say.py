"""`say`: phrases from a text engine, one a line."""

from __future__ import annotations

import argparse
import json
from typing import Any

from pipelines.requests import TextRequest, parse_float, parse_int
from pipelines.text.engines import say
from pipelines.wishes import LENGTHS, Family, Mood, Rating, parse_syllables
from playground.cli.terminal import Said
from playground.messages import Language

NAME = "say"


def add(command: argparse.ArgumentParser, said: Said) -> None:
    """Add the flags of the command."""
    command.add_argument("-n", "--count", default="5", help=said("cli.count"))
    command.add_argument("--seed", default="-1", help=said("cli.seed.say"))
    command.add_argument("--surprise", default="1", help=said("cli.surprise"))
    command.add_argument("--engine", default="grammar", help=said("field.engine"))
    for flag, field, known in (
        ("--family", "families", " | ".join(Family)),
        ("--length", "syllables", f"{' | '.join(LENGTHS)} | 6-14"),
        ("--mood", "mood", " | ".join(Mood)),
        ("--topic", "topics", said("cli.topic")),
        ("--rating", "rating", " | ".join(Rating)),
    ):
        note = f"{said(f'field.{field}')}: {known}"
        action = "append" if field in ("families", "topics") else "store"
        command.add_argument(flag, dest=field, action=action, help=note)
    command.add_argument("--english", action="store_true", help=said("cli.english"))
    command.add_argument("--json", action="store_true", help=said("cli.json"))


def run(options: argparse.Namespace, language: Language) -> int:
    """Print the phrases; return the exit code."""
    request = TextRequest(
        count=parse_int(options.count, "count"),
        seed=parse_int(options.seed, "seed"),
        surprise=parse_float(options.surprise, "surprise"),
        engine=options.engine,
        **_wishes(options),
    )
    for phrase in say(request):
        if options.json:
            print(json.dumps(phrase.to_json(), ensure_ascii=False))
        else:
            print(f"{phrase.ko}\t{phrase.en}" if options.english else phrase.ko)
    return 0


def _wishes(options: argparse.Namespace) -> dict[str, Any]:
    """Return the wishes that were made; TextRequest checks them."""
    given = {name: getattr(options, name) for name in ("families", "mood", "topics", "rating")}
    wishes = {name: value for name, value in given.items() if value is not None}
    if options.syllables is not None:
        wishes["syllables"] = parse_syllables(options.syllables)
    return wishes
