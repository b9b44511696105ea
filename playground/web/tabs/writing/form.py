"""The controls of the Write tab by name and order, and what their values ask for.

Every value is parsed here; defaults and limits are those of the requests. Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.requests import RANDOM_SEED, TextRequest
from pipelines.contract.text_options import Mood, Rating, check_choice, parse_syllables
from pipelines.contract.validate import check_range, parse_float, parse_int
from pipelines.text.language.model import Sampling
from pipelines.text.markov.engine import DEFAULT_TEMPERATURE, MarkovSettings
from pipelines.text.markov.tokens import Unit
from playground.studio.language.shelf import DEFAULT

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
MAX_LINE = 2_000  # characters of a field of one line
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


def form_of(engine: str, values: Sequence[Any]) -> dict[str, Any]:
    """Return the values of an engine's controls by name."""
    return dict(zip(FIELDS[engine], values, strict=True))


def text_request(engine: str, form: Mapping[str, Any]) -> TextRequest:
    """Return how many phrases are wanted, and the wishes that this engine keeps.

    >>> form = form_of("grammar", (3, "고양이, 문어", "short", "", ["event"], 1, "merry", "all"))
    >>> wanted = text_request("grammar", form)
    >>> wanted.topics, wanted.syllables, wanted.families
    (('고양이', '문어'), (1, 9), (<SentenceFamily.EVENT: 'event'>,))
    """
    wishes: dict[str, Any] = {}
    if engine == "grammar":
        families = form["families"]
        wishes = {
            "families": tuple(map(str, families)) if isinstance(families, list) else (),
            "surprise": parse_float(number(form["surprise"]), "surprise"),
            "mood": check_choice(line(form["mood"], "mood"), "mood", Mood),
            "rating": check_choice(line(form["rating"], "rating"), "rating", Rating),
        }
    return TextRequest(
        engine=engine,
        count=parse_int(number(form["count"]), "count"),
        topics=tuple(listed(form["topics"], "topics")),
        syllables=parse_syllables(line(form["length"], "syllables")),
        seed=_seed(form["seed"]),
        **wishes,
    )


def sampling(form: Mapping[str, Any]) -> Sampling:
    """Return how the neural engine is to draw."""
    words = tuple(listed(form["bad_words"], "bad_words"))
    check_range(len(words), "bad_words", 0, MAX_BAD_WORDS)

    def whole(name: str) -> int:
        return parse_int(number(form[name]), name)

    def broken(name: str) -> float:
        return parse_float(number(form[name]), name)

    return Sampling(
        temperature=broken("temperature"),
        top_p=broken("top_p"),
        top_k=whole("top_k"),
        repetition_penalty=broken("repetition_penalty"),
        no_repeat_ngram=whole("no_repeat_ngram"),
        bad_words=words,
        max_tokens=whole("max_tokens"),
    )


def own_text(form: Mapping[str, Any]) -> OwnText:
    """Return what the Markov engine is to learn."""
    text = form["text"] if isinstance(form["text"], str) else ""
    return OwnText(
        text=text,
        token=line(form["file"], "phrase"),
        recipe=MarkovSettings(
            order=parse_int(number(form["order"]), "order"),
            unit=check_choice(line(form["unit"], "unit"), "unit", Unit),
        ),
        temperature=parse_float(number(form["temperature"]), "temperature"),
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


def number(value: Any) -> str | int | float:
    """Return what may be a number, or the text of something that is none."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return str(value)[:40]
    return value


def line(value: Any, field: str) -> str:
    """Return one line of text; "" for nothing."""
    text = "" if value is None else str(value).strip()
    if len(text) > MAX_LINE:
        raise InvalidRequest("request.text.long", field=field, length=len(text), limit=MAX_LINE)
    return text


def listed(value: Any, field: str) -> list[str]:
    """Return the words of a line with commas.

    >>> listed(" 고양이,, 문어 ", "topics")
    ['고양이', '문어']
    """
    parts = line(value, field).replace("、", ",").replace("，", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _seed(value: Any) -> int:
    text = line(value, "seed")
    return parse_int(text, "seed") if text else RANDOM_SEED
