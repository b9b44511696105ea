"""`python -m pipelines.text.lexicon [FOLDER]`: list every mistake, or count the words."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.text import lexicon
from pipelines.text.lexicon.schema import SCHEMAS


def main(arguments: list[str]) -> int:
    """Check a folder; return 1 when something in it is wrong, 2 for a wrong command line."""
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.stderr.write("usage: python -m pipelines.text.lexicon [FOLDER]\n")
        return 2
    folder = Path(arguments[0]) if arguments else lexicon.FOLDER
    wrong = lexicon.mistakes(folder)
    for mistake in wrong:
        values = {k: v for k, v in mistake.values.items() if k not in ("file", "line")}
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        where = f"{mistake.values['file']}:{mistake.values['line']}"
        sys.stdout.write(f"{where}: {mistake.key.removeprefix('lexicon.')}: {shown}\n")
    if wrong:
        sys.stdout.write(f"{len(wrong)} mistakes\n")
        return 1
    words = lexicon.load(folder)
    for name in SCHEMAS:
        sys.stdout.write(f"{len(getattr(words, name)):5} {name}\n")
    drawable = sum(noun.is_drawable for noun in words.nouns)
    sys.stdout.write(f"{drawable:5} nouns can be drawn\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
