"""The controls of the Train tab by name and order, as its events get them."""

from __future__ import annotations

TEXT_FIELDS = ("drop", "paste")
SETTING_FIELDS = (
    "epochs",
    "learning_rate",
    "batch",
    "patience",
    "holdout",
    "dropout",
    "label_dropout",
    "max_tokens",
    "rank",
    "seed",
)
FORM_FIELDS = (*TEXT_FIELDS, "source", "basis", "note", "base", "name", "method", *SETTING_FIELDS)
