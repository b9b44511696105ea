"""What is known about a model, as plain data: the keys of `python -m models ... --json`."""

from __future__ import annotations

from typing import Any

from models.entry import Integrity, Model
from models.signatures import FAMILY_NAMES
from models.trust import Trust

Facts = dict[str, Any]
# flaws of files that are only listed: somebody else's program may use them, this one does not
ONLY_LISTED = ("model.pickle", "model.link")


def describe(model: Model) -> Facts:
    """Return what a row of the table says."""
    probe = model.probe
    return {
        "name": model.name,
        "kind": probe.kind.value if probe else "unknown",
        "family": probe.family if probe else "",
        "variant": probe.variant if probe else "",
        "precision": probe.precision if probe else "",
        "parameters": probe.parameters if probe else 0,
        "needs": probe.needs if probe else (),
        "size_bytes": model.size_bytes,
        "integrity": model.integrity.value,
        "trust": model.trust.value,
        "sha256": model.sha256,
        "payload_sha256": model.payload_sha256,
        "can_draw": model.can_draw,
        "licence": model.licence,
        "source": model.source or (model.known.source if model.known else ""),
        "flaw": "" if model.flaw is None else model.flaw.key,
    }


def family_name(family: str) -> str:
    """Return what people call a family."""
    return FAMILY_NAMES.get(family, family)


def is_only_listed(model: Model) -> bool:
    """Return whether a file is no failure although it is never opened."""
    return model.flaw is not None and model.flaw.key in ONLY_LISTED


def is_bad(model: Model) -> bool:
    """Return whether something is wrong with a model."""
    is_broken = model.integrity is Integrity.BROKEN and not is_only_listed(model)
    return is_broken or model.trust is Trust.CONFLICT
