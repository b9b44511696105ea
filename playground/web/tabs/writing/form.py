"""The controls of the Write tab by name, and what their values ask for.

Every value is parsed here; defaults and limits are those of the requests. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipelines.contract.requests import RANDOM_SEED, TextRequest
from pipelines.contract.text_options import Mood, Rating, check_choice, parse_syllables
from pipelines.contract.validate import check_range
from pipelines.text.language.model import Sampling
from pipelines.text.markov.engine import DEFAULT_TEMPERATURE, MarkovSettings
from pipelines.text.markov.tokens import Unit
from playground.studio.language.shelf import DEFAULT
from playground.studio.values import fraction, line, listed, seed, whole

SHARED = ("count", "topics", "length", "seed")
GRAMMAR = ("families", "surprise", "mood", "rating")
MARKOV = ("text", "file", "unit", "order", "temperature")
NEURAL = (
    "model",
    "temperature",
    "top_p",
    "top_k",
    "repetition_penalty",
    "no_repeat_ngram",
    "max_tokens",
    "bad_words",
)
FIELDS: Mapping[str, tuple[str, ...]] = {
    "grammar": (*SHARED, *GRAMMAR),
    "markov": (*SHARED, *MARKOV),
    "neural": (*SHARED, *NEURAL),
}
MAX_BAD_WORDS = 100


@dataclass(frozen=True, slots=True)
class OwnText:
    """What the Markov engine is to learn, and how it is to speak.

    Attributes:
        token: of a file that came with the drops; "" for the pasted text.
    """

    text: str
    token: str
    recipe: MarkovSettings
    temperature: float


def text_request(engine: str, form: Mapping[str, Any]) -> TextRequest:
    """Return how many phrases are wanted, and the wishes that this engine keeps.

    >>> form = {"count": 3, "topics": "고양이, 문어", "length": "short", "seed": ""}
    >>> form |= {"families": ["event"], "surprise": 1, "mood": "merry", "rating": "all"}
    >>> wanted = text_request("grammar", form)
    >>> wanted.topics, wanted.syllables, wanted.families
    (('고양이', '문어'), (1, 9), (<SentenceFamily.EVENT: 'event'>,))
    """
    wishes: dict[str, Any] = {}
    if engine == "grammar":
        families = form["families"]
        wishes = {
            "families": tuple(map(str, families)) if isinstance(families, list) else (),
            "surprise": fraction(form["surprise"], "surprise"),
            "mood": check_choice(line(form["mood"], "mood"), "mood", Mood),
            "rating": check_choice(line(form["rating"], "rating"), "rating", Rating),
        }
    return TextRequest(
        engine=engine,
        count=whole(form["count"], "count"),
        topics=tuple(listed(form["topics"], "topics")),
        syllables=parse_syllables(line(form["length"], "syllables")),
        seed=seed(form["seed"]),
        **wishes,
    )


def sampling(form: Mapping[str, Any]) -> Sampling:
    """Return how the neural engine is to draw."""
    words = tuple(listed(form["bad_words"], "bad_words"))
    check_range(len(words), "bad_words", 0, MAX_BAD_WORDS)

    return Sampling(
        temperature=fraction(form["temperature"], "temperature"),
        top_p=fraction(form["top_p"], "top_p"),
        top_k=whole(form["top_k"], "top_k"),
        repetition_penalty=fraction(form["repetition_penalty"], "repetition_penalty"),
        no_repeat_ngram=whole(form["no_repeat_ngram"], "no_repeat_ngram"),
        bad_words=words,
        max_tokens=whole(form["max_tokens"], "max_tokens"),
    )


def own_text(form: Mapping[str, Any]) -> OwnText:
    """Return what the Markov engine is to learn."""
    text = form["text"] if isinstance(form["text"], str) else ""
    return OwnText(
        text=text,
        token=line(form["file"], "phrase"),
        recipe=MarkovSettings(
            order=whole(form["order"], "order"),
            unit=check_choice(line(form["unit"], "unit"), "unit", Unit),
        ),
        temperature=fraction(form["temperature"], "temperature"),
    )


def model_name(form: Mapping[str, Any]) -> str:
    """Return which language model is to write."""
    return line(form["model"], "model") or DEFAULT


def defaults() -> dict[str, Any]:
    """Return what stands in the controls at first, by name; the Markov engine's own by hand."""
    usual, request = Sampling(), TextRequest()
    drawn = {name: getattr(usual, name) for name in NEURAL[1:-1]}
    return {
        "count": request.count,
        "seed": str(RANDOM_SEED),
        "surprise": request.surprise,
        "order": MarkovSettings().order,
        "markov_temperature": DEFAULT_TEMPERATURE,
        **drawn,
    }
