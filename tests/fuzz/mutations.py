"""Ways to change a file a little; the same for the same dice.

A change of bytes finds what a parser forgot; a change of the JSON that the bytes are, of a PNG's
chunks with right checksums, or of a text's lines gets past the parser.
"""

from __future__ import annotations

import copy
import json
import random
import struct
import zlib
from typing import Any

MAX_MUTATIONS = 6
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1 << 40, 1 << 62, 1e308, float("nan"), "", "\ud800", "ㅋ" * 70, [], {}, [[]],
    "(ㅋ+)+!", {"Regex": "(a*)*"}, {"String": ""}, "Sequence", "Replace", "../../x", "\u202e",
)  # fmt: skip
ODD_TEXTS = (
    "", "\0", "\ufeff", "\u202e", "a" + "\u0301\u0323" * 400, "(" * 300, "[" * 300, "{" * 300,
    "{a|b}", "__x__", "${a=${a}}", "9" * 400,
    "010-1234-5678 ", '"', '""', ",", ",,,,", "\r", "\n", "\r\n", "\x85",
    "\u2028", "<lora:a:1>", "(a:1e999)", "(a:nan)", "[a:b:0.5]", "BREAK", " AND ", "\\", "ㅋ" * 500,
    "한" * 300, "ᄒ" * 300, "🏴" * 60, "\t", ": ", " : ", "[이름] [오후 1:05] ",
    "2024년 3월 1일 오후 1:05, ",
    "Steps: ", "Negative prompt: ", "1" + "0" * 300, "-1", "1e400", "NaN", "%s%n", "{prompt}" * 40,
)  # fmt: skip
ODD_BYTES = (b"\xff" * 4, bytes(4), b"\x80" * 4, b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
RARE = 0.01  # how often a change is a very large one
LONG = 100_000  # characters
SIDES = (0, 1, 2, 255, 65_535, 16_384, 16_385, 0x7FFF_FFFF, 0xFFFF_FFFF)


def change_bytes(data: bytes, rng: random.Random) -> bytes:
    """Return bytes with a few of them changed, doubled, cut or added."""
    changed = bytearray(data)
    keeps_length = rng.random() < 0.4  # or nearly nothing is left of files that count their parts
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        place = rng.randrange(len(changed) or 1)
        way = 0 if keeps_length else rng.randrange(5)
        if way == 0 and changed:
            changed[min(place, len(changed) - 1)] = rng.randrange(256)
        elif way == 1:
            changed[place:place] = rng.randbytes(rng.randint(1, 8))
        elif way == 2:
            del changed[place : place + rng.randint(1, 40)]
        elif way == 3:
            changed[place:place] = changed[place : place + rng.randint(1, 200)]
        else:
            changed[place : place + 4] = rng.choice(ODD_BYTES)
    return bytes(changed)


def change_json(data: bytes, rng: random.Random, *, framed: bool = False) -> bytes:
    """Return JSON with a few other values; `framed` has its length before it, as safetensors."""
    start = 8 if framed else 0
    length = int.from_bytes(data[:8], "little") if framed else len(data)
    tree = json.loads(data[start : start + length])
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        _change_one(tree, rng)
    text = json.dumps(tree).encode()
    return struct.pack("<Q", len(text)) + text + data[8 + length :] if framed else text


def _change_one(tree: Any, rng: random.Random) -> None:
    """Change one value on the way from the root to a leaf."""
    holder = tree
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = rng.choice(keys)
        value = holder[key]
        if isinstance(value, dict | list) and value and rng.random() < 0.75:
            holder = value
            continue
        way = rng.randrange(4)
        if way == 0:
            del holder[key]
        elif way == 1 and isinstance(holder, dict):
            holder[str(rng.choice(ODD_VALUES))[:20]] = value
        elif way == 2 and isinstance(value, list) and value:
            holder[key] = value * rng.choice((2, 40))
        else:
            holder[key] = copy.deepcopy(rng.choice(ODD_VALUES))
        return


def change_text(data: bytes, rng: random.Random) -> bytes:
    """Return a text with odd pieces in it, lines doubled, moved or left out, in some encoding."""
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(rng.randint(1, MAX_MUTATIONS)):
        place = rng.randrange(len(lines))
        way = rng.randrange(5)
        if way == 0:
            lines[place:place] = lines[place : place + rng.randint(1, 4)] * rng.choice((1, 3, 60))
        elif way == 1 and len(lines) > 1:
            del lines[place]
        elif way == 2:
            other = rng.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        else:
            column = rng.randrange(len(lines[place]) + 1)
            piece = rng.choice(ODD_TEXTS) * rng.choice((1, 1, 1, 7))
            if rng.random() < RARE:
                piece = piece * (LONG // max(len(piece), 1))
            lines[place] = lines[place][:column] + piece + lines[place][column:]
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp949"))
    return "\n".join(lines).encode(encoding, "replace")


def change_png(data: bytes, rng: random.Random) -> bytes:
    """Return a PNG whose chunks are others, with right lengths and checksums."""
    chunks, place = [], 8
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        chunks.append((data[place + 4 : place + 8], data[place + 8 : place + 8 + length]))
        place += 12 + length
    for _ in range(rng.randint(1, 3)):
        one = rng.randrange(len(chunks))
        kind, body = chunks[one]
        way = rng.randrange(5)
        if kind == b"IHDR" and way < 3:
            head = list(struct.unpack(">IIBBBBB", body[:13].ljust(13, b"\0")))
            head[rng.randrange(7)] = rng.choice((0, 1, 3, 4, 6, 8, 16))
            head[rng.randrange(2)] = rng.choice(SIDES)
            chunks[one] = (kind, struct.pack(">IIBBBBB", *head))
        elif way == 0:
            chunks[one:one] = [chunks[one]] * rng.choice((1, 2, 50))
        elif way == 1 and len(chunks) > 1:
            del chunks[one]
        elif way == 2:
            chunks[one] = (rng.choice((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"fcTL", b"PLTE")), body)
        else:
            chunks[one] = (kind, change_bytes(body, rng))
    return data[:8] + _framed(chunks)


def png_of(width: int, height: int, colour: int, depth: int) -> bytes:
    """Return a whole PNG of zeros, however large: small as a file."""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes(1 + -(-width * samples * depth // 8))
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    palette = [(b"PLTE", bytes(768))] if colour == 3 else []
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
    return SIGNATURE + _framed([head, *palette, (b"IDAT", packed), (b"IEND", b"")])


def _framed(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
