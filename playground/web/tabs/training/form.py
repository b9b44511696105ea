"""The settings of the Train tab by name, in the order in which they are laid out."""

from __future__ import annotations

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
