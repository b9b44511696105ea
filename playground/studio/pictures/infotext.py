"""The `parameters` text of A1111: written so that other programs can read it, read with care.

    <prompt>
    Negative prompt: <negative prompt>
    Steps: 20, Sampler: Euler a, Key: value, Key: "a value, with a comma"

An independent implementation of the format. The grammar cannot hold every prompt (one with a line
"Negative prompt: x" comes back different): our own pictures also carry JSON, see metadata.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipelines.contract.painter import Picture
from pipelines.contract.picture_settings import MaskContent
from pipelines.contract.requests import PictureRequest
from pipelines.image.sampling.schedules import AUTOMATIC
from pipelines.image.sampling.table import split_name
from playground.studio.pictures.foreign import foreign_settings
from playground.version import VERSION

PROGRAM = f"Amumal Playground {VERSION}"
NEGATIVE = "Negative prompt:"
MAX_INFOTEXT = 2**20  # characters; the longest seen in the wild have about 20,000
MAX_ITEMS = 500  # of one line; a text that is meant has about 50
MIN_ITEMS = 3  # fewer make a line of prompt, as A1111 decides
# A prompt like "quality: high, style: anime, mood: calm" has three items too, so one of these
# must be among them. The two last ones: Fooocus and ComfyUI's savers write them without the others.
TELLING_KEYS = frozenset({"Steps", "Sampler", "Seed", "Model hash", "CFG scale"})
MASKED_CONTENT = {
    MaskContent.ORIGINAL: "",  # theirs too
    MaskContent.FILL: "fill",
    MaskContent.NOISE: "latent noise",
    MaskContent.NOTHING: "latent nothing",
}
# key, the setting's own name, the value that is left out; keys without a line of A1111's are ours
TUNED = (
    ("Eta", "eta", -1),
    ("Sigma churn", "churn", 0),
    ("Sigma tmin", "churn_least", 0),
    ("Sigma tmax", "churn_most", 0),
    ("Sigma noise", "noise_scale", 1),
    ("Schedule min sigma", "sigma_least", 0),
    ("Schedule max sigma", "sigma_most", 0),
    ("Schedule rho", "rho", 0),
    ("CFG rescale", "rescale", 0),
    ("Skip Early CFG", "guidance_start", 0),
    ("Skip Late CFG", "guidance_end", 1),
)

_KEY = re.compile(r"\s*(\w[\w /-]+):\s*")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"(?=\s*(?:,|$))')
_SIZE = re.compile(r"(\d{1,6})x(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Infotext:
    """A `parameters` text taken apart.

    Attributes:
        settings: key and value in the order of the text, quotes removed, nothing converted; a
            key may occur twice.
        program: who wrote it in a form of its own, of which the prompt alone was read; "" for
            a text of A1111's.
    """

    prompt: str
    negative_prompt: str
    settings: tuple[tuple[str, str], ...]
    program: str = ""

    def get(self, key: str) -> str | None:
        """Return the first value of `key`."""
        return next((value for name, value in self.settings if name == key), None)

    @property
    def size(self) -> tuple[int, int] | None:
        """Return width and height, if the text has them."""
        found = _SIZE.fullmatch(self.get("Size") or "")
        return (int(found[1]), int(found[2])) if found else None


def write_infotext(picture: Picture) -> str:
    """Return the text for a picture of ours; its prompt is the one the model really got."""
    request = picture.request
    sampler, schedule = split_name(request.sampler)
    if request.schedule != AUTOMATIC:
        schedule = request.schedule
    items = [
        ("Steps", str(request.steps)),
        ("Sampler", _quote(sampler)),
        ("Schedule type", "" if schedule == AUTOMATIC else schedule),
        ("CFG scale", f"{request.guidance:g}"),
        ("Seed", str(request.seed)),
        ("Size", f"{request.width}x{request.height}"),
        ("Model hash", picture.model_sha256[:10]),
        ("Model", _quote(request.model)),
        *_vae(picture),
        *_extras(request),
        *_networks(picture),
        ("Phrase", _quote(request.phrase.ko)),
        ("Template", _quote(request.template)),
        ("Version", PROGRAM),
    ]
    lines = [picture.prompt.strip()]
    if request.negative_prompt:
        lines.append(f"{NEGATIVE} {request.negative_prompt}")
    lines.append(", ".join(f"{key}: {value}" for key, value in items if value))
    return "\n".join(lines).strip()


def _extras(request: PictureRequest) -> list[tuple[str, str]]:
    """Return what differs from the usual, under A1111's names and in its order."""
    tuning, source, hires = request.tuning, request.source, request.hires
    has_variation = tuning.variation_strength > 0
    strength = hires.strength if hires else source.strength if source else 0.0
    items = [
        ("Variation seed", str(tuning.variation_seed) if has_variation else ""),
        ("Variation seed strength", _unless(tuning.variation_strength, 0)),
        ("Denoising strength", _unless(strength, 0)),
        ("Clip skip", _unless(tuning.clip_skip, 1)),
        ("Token merging ratio", _unless(tuning.token_merging, 0)),
        ("Batch size", _unless(request.batch_size, 1)),
    ]
    if hires is not None:
        items += [
            ("Hires upscale", f"{hires.scale:g}"),
            ("Hires steps", _unless(hires.steps, 0)),
            ("Hires upscaler", _quote(hires.upscaler)),
        ]
    if source is not None and hires is not None:  # one name for two things: theirs is the last pass
        items.append(("First pass denoising strength", f"{source.strength:g}"))
    if source is not None and source.mask:
        items += [
            ("Mask mode", "Inpaint not masked" if source.is_inverted else ""),
            ("Mask blur", str(source.mask_blur)),
            ("Inpaint area", "Only masked" if source.only_masked else ""),
            ("Masked area padding", str(source.padding) if source.only_masked else ""),
            ("Masked content", MASKED_CONTENT[source.content]),
        ]
    return items + [(key, _unless(getattr(tuning, name), usual)) for key, name, usual in TUNED]


def _vae(picture: Picture) -> list[tuple[str, str]]:
    used = next((file for file in picture.used if file.kind == "vae"), None)
    if used is None:
        return []
    return [("VAE hash", used.short_hash), ("VAE", _quote(used.name))]


def _networks(picture: Picture) -> list[tuple[str, str]]:
    """Return the files that took part: names without what the format needs, and short hashes."""
    items = []
    for key, kind in (("Lora hashes", "lora"), ("TI hashes", "embedding")):
        found = (file for file in picture.used if file.kind == kind)
        pairs = [f"{_bare(file.name)}: {file.short_hash}" for file in found]
        items.append((key, _quote(", ".join(pairs)) if pairs else ""))
    refiner = picture.request.refiner
    if refiner is not None:
        used = next((file for file in picture.used if file.kind == "refiner"), None)
        name = refiner.model if used is None else f"{used.name} [{used.short_hash}]"
        items += [("Refiner", _quote(name)), ("Refiner switch at", f"{refiner.switch_at:g}")]
    return items


def _bare(name: str) -> str:
    """Return a name as A1111 puts it into a list of hashes."""
    return name.replace(":", "").replace(",", "")


def _unless(value: float, usual: float) -> str:
    """Return a number as A1111 writes it; "" for the usual one, which is left out."""
    return "" if value == usual else f"{value:g}"


def _quote(value: str) -> str:
    """Quote a value that would not come back as it is; A1111 reads JSON strings.

    >>> _quote("plain"), _quote("a, b"), _quote("512x512")
    ('plain', '"a, b"', '"512x512"')
    """
    is_plain = (
        not re.search(r'[,:"\n\r\[\]{}]', value)
        and value == value.strip()
        and not _SIZE.fullmatch(value)
    )
    return value if is_plain else json.dumps(value, ensure_ascii=False)


def read_infotext(text: str) -> Infotext:
    """Take a `parameters` text apart; text without parameters is all prompt, if it can be one.

    >>> read_infotext("a cat\\nNegative prompt: dog\\nSteps: 2, Seed: 5, Size: 8x8").get("Seed")
    '5'

    Raises:
        ValueError: it is too long to be one.
    """
    if len(text) > MAX_INFOTEXT:
        raise ValueError(f"an infotext of {len(text)} characters")
    lines = [line.strip() for line in text.strip().split("\n")]
    settings: tuple[tuple[str, str], ...] = ()
    # Upwards: other tools put lines such as "Template: ..." behind the parameters.
    for number in range(len(lines) - 1, -1, -1):
        items = tuple(islice(_items(lines[number]), MAX_ITEMS))
        if len(items) >= MIN_ITEMS and TELLING_KEYS & {key for key, _ in items}:
            settings, lines = items, lines[:number]
            break
    else:
        foreign = foreign_settings(text)
        if foreign is not None:
            return Infotext(foreign.prompt, "", (), foreign.program)
    prompt, negative = _split_negative(lines)
    return Infotext(prompt, negative, settings)


def _split_negative(lines: list[str]) -> tuple[str, str]:
    for number, line in enumerate(lines):
        if line.startswith(NEGATIVE):
            negative = [line.removeprefix(NEGATIVE).strip(), *lines[number + 1 :]]
            return "\n".join(lines[:number]).strip(), "\n".join(negative).strip()
    return "\n".join(lines).strip(), ""


def _items(line: str) -> Iterator[tuple[str, str]]:
    """Yield the `key: value` items of a line; leave out what is none, and empty values."""
    position = 0
    while position < len(line):
        found = _KEY.match(line, position)
        if found is None:
            position = _next_item(line, position)
            continue
        value, end = _value(line, found.end())
        position = _next_item(line, end)
        if value:
            yield found[1], value


def _next_item(line: str, position: int) -> int:
    comma = line.find(",", position)
    return len(line) if comma < 0 else comma + 1


def _value(line: str, start: int) -> tuple[str, int]:
    """Return the value that begins at `start` and where it ends."""
    if line.startswith('"', start):
        quoted = _QUOTED.match(line, start)
        if quoted is not None:
            return _unquote(quoted[0]), quoted.end()
    if line.startswith(("[", "{"), start):  # JSON, commas and all
        try:
            _, end = json.JSONDecoder().raw_decode(line, start)
            return line[start:end], end
        except (ValueError, RecursionError):
            pass
    end = line.find(",", start)
    end = len(line) if end < 0 else end
    return line[start:end].strip(), end


def _unquote(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text
