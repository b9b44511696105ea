"""How long a prompt may become by its styles and drawn words: bounded, whatever files say."""

from __future__ import annotations

from pipelines.contract.errors import InvalidRequest

MAX_LENGTH = 8_000  # characters; four times what a person may type


def check_length(length: int, field: str) -> None:
    """Raise InvalidRequest when a prompt would have more than MAX_LENGTH characters."""
    if length > MAX_LENGTH:
        raise InvalidRequest("prompt.long", field=field, length=length, limit=MAX_LENGTH)
