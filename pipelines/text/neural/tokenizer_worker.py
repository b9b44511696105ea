"""The process in which a tokenizer of somebody else is tried first. Run by tokenizer_probe.py only.

Gets the text of a tokenizer.json as standard input and cuts a few long lines with it. What makes it
allocate gigabytes, panic or run for minutes happens here. Ends with one line of JSON. A script on
its own: it imports nothing of this program.
"""

from __future__ import annotations

import json
import os
import sys

REPEAT = 4_000
# letters, blanks, digits, signs and their mixtures, of the kinds that patterns divide
LINES = (
    "ㅋ", "a", " ", "1", "!", "가", " 가나다", "a1 ", "Ab'", "\n", "\t ", "가 나, 다! ", "é", "😤",
    "심심한 장미를 콧구멍에 꽂았다! ", "It's 100% sure... ", "\u3131\u314f", "<s>", "▁", "()[]{}",
)  # fmt: skip
MAX_PER_LETTER = 80  # tokens; a letter has four bytes, and a text may grow a little


def main() -> int:
    """Try the tokenizer; return the exit code."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    try:
        return _end(_tried())
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of Rust is no Exception
        return _end(f"{type(error).__name__}: {error}")


def _tried() -> str:
    """Return what is wrong, "" for nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(sys.stdin.buffer.read().decode("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    for line in LINES:
        text = line * (REPEAT // len(line))
        count = len(tokenizer.encode(text, add_special_tokens=False).ids)
        if count > MAX_PER_LETTER * len(text):
            return f"{count} tokens of {len(text)} letters"
    return ""


def _end(error: str) -> int:
    sys.stdout.write("\n" + json.dumps({"error": error}) + "\n")
    return int(bool(error))


if __name__ == "__main__":  # pragma: no cover - runs in a process of its own
    sys.exit(main())
