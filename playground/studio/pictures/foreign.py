"""Text that stands where a prompt is expected and plainly is none: settings in another form.

Fooocus, RuinedFooocus, SwarmUI and many spaces of Hugging Face write JSON under `parameters`. Says
which program it was and what it calls the prompt, for a title. Nothing else is read of it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

# the beginning of data: a quoted key, in one bracket or two; or markup
DATA = re.compile(
    r"""\s*(?:[\[{]\s*[\[{]?\s*(["'])[\w .:/-]{1,80}\1\s*:|<\?xml|<!doctype|<x:xmp|<html)""", re.I
)
PROMPTS = ("prompt", "Prompt", "positive_prompt", "positive", "raw_prompt", "full_prompt")
INSIDE = ("sui_image_params", "parameters", "settings", "meta", "metadata")
MARKS = (  # a key that only one program writes
    ("sui_image_params", "SwarmUI"),
    ("fooocus_scheme", "Fooocus"),
    ("metadata_scheme", "Fooocus"),
    ("base_model_hash", "Fooocus"),
    ("prompt_expansion", "Fooocus"),
    ("positive_prompt_combined", "InvokeAI"),
    ("app_version", "InvokeAI"),
    ("nodes", "ComfyUI"),
    ("last_node_id", "ComfyUI"),
    ("reduced_prompt", "NovelAI"),
)
MAX_NAME = 40  # characters of a program's name


@dataclass(frozen=True, slots=True)
class ForeignSettings:
    """Settings in another form.

    Attributes:
        program: who wrote them; "JSON" when nobody says so.
        prompt: what it calls the prompt; "" when there is none.
    """

    program: str
    prompt: str = ""


def foreign_settings(text: str) -> ForeignSettings | None:
    """Return what a text is when it plainly is no prompt; None for what may be one.

    >>> foreign_settings('{"prompt": "a fox", "software": "RuinedFooocus"}')
    ForeignSettings(program='RuinedFooocus', prompt='a fox')
    >>> foreign_settings("{red|blue} fox, [cat:dog:0.5]") is None
    True
    """
    stripped = text.strip()
    data = _parsed(stripped) if stripped.startswith(("{", "[")) else None
    if isinstance(data, list):
        data = next((item for item in data if isinstance(item, dict)), None)
    if isinstance(data, dict) and data:
        return ForeignSettings(_program(data), _prompt(data))
    if DATA.match(stripped):
        return ForeignSettings("XML" if stripped.startswith("<") else "JSON")
    return None


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _program(data: dict[str, Any]) -> str:
    named = data.get("software") or data.get("Software") or data.get("generator")
    if isinstance(named, str) and named.strip():
        return " ".join(named.split())[:MAX_NAME]
    levels = [data, *(data[key] for key in INSIDE if isinstance(data.get(key), dict))]
    marks = (name for key, name in MARKS for level in levels if key in level)
    return next(marks, "JSON")


def _prompt(data: dict[str, Any]) -> str:
    levels = [*(data[key] for key in INSIDE if isinstance(data.get(key), dict)), data]
    for level in levels:
        for key in PROMPTS:
            if isinstance(level.get(key), str):
                return str(level[key]).strip()
    return ""
