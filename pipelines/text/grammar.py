"""The grammar engine: it picks a frame, fills the blanks by chance and says it in two languages.

Knows the rules of variety: no frame twice in a row, no noun twice within a few phrases, no phrase
twice, nothing from the block list. Frames, slots, templates and words live in their own files.
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Iterator

from pipelines.phrase import Phrase
from pipelines.requests import TextRequest
from pipelines.text import lexicon
from pipelines.text.blocklist import is_clean
from pipelines.text.frames import FRAMES, Frame
from pipelines.text.lexicon import Noun
from pipelines.text.render import english_line, korean
from pipelines.text.slots import Draw, shelves

NAME = "grammar"
REST_FRAMES = 14  # a frame rests while this many others speak
REST_NOUNS = 24  # so does a noun; about ten phrases
HOMELINESS = 0.6  # how strictly a frame keeps to the surprise it was made for


def phrases(request: TextRequest) -> Iterator[Phrase]:
    """Yield phrases without end, all different; equal seeds and surprise yield equal phrases.

    `request.surprise` moves two things. Frames: 0 favours plain statements (wildness 0), 2 the
    long absurd ones. Words: 0 favours pairs that nearly make sense (a lazy sloth), 1 strangers
    (a lazy toaster), 2 the widest gap (lazy gravity). Nothing is ever quite excluded.

    The seed on each phrase is the request's: the same seed, surprise and a count that reaches as
    far say it again.
    """
    dice = random.Random(request.seed)
    words = lexicon.builtin()
    nouns = shelves(words)
    weights = {
        frame.name: math.exp(-HOMELINESS * (frame.wildness - request.surprise) ** 2)
        for frame in FRAMES
    }
    tired_frames: deque[str] = deque(maxlen=REST_FRAMES)
    tired_nouns: deque[str] = deque(maxlen=REST_NOUNS)
    said: set[str] = set()
    while True:
        rested = [frame for frame in FRAMES if frame.name not in tired_frames]
        frame = dice.choices(rested, [weights[frame.name] for frame in rested])[0]
        draw = Draw(dice, request.surprise, words, nouns, frozenset(tired_nouns))
        phrase = _speak(frame, draw, request.seed)
        if phrase.ko in said or not is_clean(phrase.ko):
            continue
        said.add(phrase.ko)
        tired_frames.append(frame.name)
        tired_nouns.extend(word.ko for word in draw.chosen.values() if isinstance(word, Noun))
        yield phrase


def _speak(frame: Frame, draw: Draw, seed: int) -> Phrase:
    for name, slot in frame.slots.items():
        draw.chosen[name] = slot.fill(draw)
    korean_template, english_template = draw.dice.choice(frame.lines)
    ko, words = korean(korean_template, draw.chosen)
    en = english_line(english_template, draw.chosen)
    return Phrase(ko, en, words, engine=NAME, seed=seed, frame=frame.name)
