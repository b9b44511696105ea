"""LoRAs that are called otherwise here than in the settings of a picture: found by their hashes.

`Lora hashes: "ink: 0123456789ab"` says what `<lora:ink:0.7>` was. Knows tags and hashes; changes no
tag whose name is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import AddonFile
from pipelines.image.prompt.networks import SYNTAX, take_networks

PAIR = re.compile(r"\s*([^:]+):\s*([0-9a-fA-F]{8,64})\s*")
MOST = 40  # of one text


def with_local_names(prompt: str, hashes: str | None, loras: Sequence[AddonFile]) -> str:
    """Return the prompt with the names that its LoRAs have here.

    Args:
        hashes: the value of `Lora hashes`, names and hashes between commas.
        loras: those that are here.
    """
    told = _told(hashes or "")
    here = {lora.name for lora in loras}
    try:
        tags = take_networks(prompt)[1]
    except InvalidRequest:  # whoever draws it is told
        return prompt
    for tag in tags:
        hashed = told.get(_bare(tag.name))
        found = None if tag.name in here or not hashed else _by_hash(hashed, loras)
        if found is not None:
            prompt = prompt.replace(tag.tag, _renamed(tag.tag, found), 1)
    return prompt


def _told(hashes: str) -> dict[str, str]:
    pairs = (PAIR.fullmatch(part) for part in hashes.split(",")[:MOST])
    return {pair[1].strip(): pair[2].lower() for pair in pairs if pair is not None}


def _bare(name: str) -> str:
    """Return a name as it stands in a list of hashes."""
    return name.replace(":", "").replace(",", "")


def _by_hash(hashed: str, loras: Sequence[AddonFile]) -> str | None:
    return next(
        (lora.name for lora in loras if any(one.startswith(hashed) for one in lora.hashes)), None
    )


def _renamed(tag: str, name: str) -> str:
    """Return a tag with another name, its weights as they were."""
    kind, _, rest = tag.removeprefix("<").partition(":")
    end = re.search(r"(?<!\\)[:>]", rest)
    tail = rest[end.start() :] if end else ">"
    return f"<{kind}:{SYNTAX.sub(lambda sign: chr(92) + sign[0], name)}{tail}"
