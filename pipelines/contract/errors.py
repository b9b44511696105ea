"""What can go wrong while phrases and pictures are made.

PlaygroundError (models.errors)
├── InvalidRequest       a value of a request is out of its range; names the field and the value
├── CannotDraw           the request is fine, the machine or the model is not
│   └── OutOfMemory      not enough memory for this size
├── LexiconError         a data file of the lexicon is wrong; names file and line
├── CorpusError          a person's own text cannot be learned from; says why
├── LanguageModelError   a language model folder cannot be used; names the model
└── TrainingError        a model cannot be taught; says why

Cancelled is no error: it is how a request to stop leaves a running generation.
"""

from __future__ import annotations

from models.errors import PlaygroundError

__all__ = [
    "Cancelled",
    "CannotDraw",
    "CorpusError",
    "InvalidRequest",
    "LanguageModelError",
    "LexiconError",
    "OutOfMemory",
    "PlaygroundError",
    "TrainingError",
]


class InvalidRequest(PlaygroundError):
    """A value of a request cannot be used."""


class CannotDraw(PlaygroundError):
    """The picture cannot be made here and now."""


class OutOfMemory(CannotDraw):
    """The device ran out of memory."""


class LexiconError(PlaygroundError):
    """A lexicon file says something it must not."""


class CorpusError(PlaygroundError):
    """A person's own text cannot be learned from."""


class LanguageModelError(PlaygroundError):
    """A language model cannot be used."""


class TrainingError(PlaygroundError):
    """A model cannot be taught, or cannot go on learning."""


class Cancelled(Exception):
    """Raised inside a step callback when the cancel token is set."""
