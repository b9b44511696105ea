"""What people let the Markov engine learn: one model a person, kept in memory, never on the disk.

Knows owners and when a text has to be learned again. Does not know where a text came from.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.contract.cancel import NEVER, CancelToken
from playground.studio.language.shelf import LanguageShelf

if TYPE_CHECKING:
    from pipelines.text.markov.engine import MarkovModel, MarkovSettings

MAX_OWNERS = 6  # a chain of a long text takes hundreds of MB


@dataclass(frozen=True, slots=True)
class _Learned:
    digest: bytes
    recipe: MarkovSettings
    name: str
    model: MarkovModel


class OwnTexts:
    """The Markov models of all visitors; each sees their own. May be called from any thread."""

    def __init__(self, languages: LanguageShelf) -> None:
        self._languages = languages
        self._lock = threading.Lock()
        self._learned: OrderedDict[str, _Learned] = OrderedDict()

    def learn(
        self,
        owner: str,
        name: str,
        text: str,
        recipe: MarkovSettings,
        cancel: CancelToken = NEVER,
    ) -> MarkovModel:
        """Return a model of the text; the same text and recipe are not learned twice.

        The model stands on the shelf of language models too, by that name.

        Raises:
            CorpusError: nothing can be learned from it.
            Cancelled: the person said stop.
        """
        from pipelines.text.markov import engine as markov
        from pipelines.text.markov.language_model import MarkovLanguage

        digest = hashlib.sha256(text.encode("utf-8", "replace")).digest()
        with self._lock:
            known = self._learned.get(owner)
        if known is not None and (known.digest, known.recipe) == (digest, recipe):
            return known.model
        model = markov.train(text, recipe, cancel)
        with self._lock:
            self._learned.pop(owner, None)
            self._learned[owner] = _Learned(digest, recipe, name, model)
            while len(self._learned) > MAX_OWNERS:
                self._learned.popitem(last=False)
        self._languages.add_markov(owner, name, MarkovLanguage(model, name))
        return model
