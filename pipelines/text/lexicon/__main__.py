"""`python -m pipelines.text.lexicon [--own] [FOLDER]`: list every mistake, or count the words.

With `--own` the folder holds a person's own words, which are counted together with those that ship.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.text import lexicon
from pipelines.text.lexicon import own
from pipelines.text.lexicon.schema import SCHEMAS


def main(arguments: list[str]) -> int:
    """Check a folder; return 1 when something in it is wrong, 2 for a wrong command line."""
    is_own = arguments[:1] == ["--own"]
    folders = arguments[is_own:]
    if (
        len(folders) > 1
        or any(folder.startswith("-") for folder in folders)
        or is_own > len(folders)
    ):
        sys.stderr.write("usage: python -m pipelines.text.lexicon [--own] [FOLDER]\n")
        return 2
    folder = Path(folders[0]) if folders else lexicon.FOLDER
    wrong = own.mistakes(lexicon.builtin(), folder) if is_own else lexicon.mistakes(folder)
    for mistake in wrong:
        values = {k: v for k, v in mistake.values.items() if k not in ("file", "line")}
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        where = f"{mistake.values['file']}:{mistake.values['line']}"
        sys.stdout.write(f"{where}: {mistake.key.removeprefix('lexicon.')}: {shown}\n")
    if wrong:
        sys.stdout.write(f"{len(wrong)} mistakes\n")
        return 1
    words = own.merge(lexicon.builtin(), folder) if is_own else lexicon.load(folder)
    for name in SCHEMAS:
        sys.stdout.write(f"{len(getattr(words, name)):5} {name}\n")
    drawable = sum(noun.is_drawable for noun in words.nouns)
    sys.stdout.write(f"{drawable:5} nouns can be drawn\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
