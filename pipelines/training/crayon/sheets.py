"""Sheets of unselected pictures to be looked at by a person: with captions, and without.

Knows which prompts are drawn and how they are laid out.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from models.disk import write_atomically
from pipelines.bridge.caption_parser import caption_for
from pipelines.training.crayon import spoken
from pipelines.training.crayon.sample import SampleSettings, draw

COUNT = 100
CONTACT_SEED = 2_000_000
LINE = 16  # pixels for a caption
FONTS = (
    Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)


def contact(pipeline: Any, path: Path, settings: SampleSettings) -> None:
    """Draw the first 100 phrases of a seed of the grammar engine onto one sheet at `path`."""
    captions = [caption_for(phrase) for phrase in islice(spoken.phrases(CONTACT_SEED), COUNT)]
    pictures = draw(pipeline, captions, settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    laid_out(pictures, captions, columns=10, side=144).save(path, quality=72, method=6)


def blind(pipeline: Any, nouns: Sequence[str], folder: Path, settings: SampleSettings) -> None:
    """Draw 100 random nouns, 25 to a numbered sheet; the key lies apart in `key.json`."""
    chosen = random.Random("blind").sample(list(nouns), min(COUNT, len(nouns)))
    pictures = draw(pipeline, chosen, settings)
    folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(pictures), 25):
        some = pictures[first : first + 25]
        numbers = [str(first + i + 1) for i in range(len(some))]
        laid_out(some, numbers, columns=5, side=256).save(folder / f"sheet-{first // 25 + 1}.png")
    key = {str(i + 1): noun for i, noun in enumerate(chosen)}
    write_atomically(folder / "key.json", json.dumps(key, ensure_ascii=False, indent=1).encode())


def laid_out(
    pictures: Sequence[Image.Image], captions: Sequence[str], columns: int, side: int
) -> Image.Image:
    """Return the pictures in rows, each with its caption below."""
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (side + 4), rows * (side + LINE + 4)), "white")
    pen, font = ImageDraw.Draw(sheet), _font()
    for i, (picture, caption) in enumerate(zip(pictures, captions, strict=True)):
        x, y = i % columns * (side + 4), i // columns * (side + LINE + 4)
        sheet.paste(picture.resize((side, side), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 2, y + side), caption[:16], fill="black", font=font)
    return sheet


def _font() -> Any:
    """Return a font with Hangul where one is installed."""
    for path in FONTS:
        if path.is_file():
            return ImageFont.truetype(str(path), 12)
    return ImageFont.load_default()
