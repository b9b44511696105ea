"""Train the Markov engine on a text of a person's own, or find the model of it on the shelf.

Knows when a text has to be trained on again. Does not know where a text came from, and keeps
nothing itself: the shelf of language models is the one cache.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pipelines.contract.cancel import NEVER, CancelToken
from playground.studio.jobs.guest import Guest
from playground.studio.language.shelf import LanguageShelf

if TYPE_CHECKING:
    from pipelines.text.markov.engine import MarkovModel, MarkovSettings


class OwnTexts:
    """The Markov models of all visitors; each sees their own. May be called from any thread."""

    def __init__(self, languages: LanguageShelf) -> None:
        self._languages = languages

    def learn(
        self,
        owner: str,
        name: str,
        text: str,
        recipe: MarkovSettings,
        cancel: CancelToken = NEVER,
        guest: Guest | None = None,
    ) -> MarkovModel:
        """Return a model of the text; the same text and settings are not trained on twice.

        The model stands on the shelf of language models too, by that name.

        Args:
            guest: how its owner is counted; None is the person at the machine.

        Raises:
            CorpusError: nothing can be learned from it.
            Cancelled: the cancel token was set.
        """
        from pipelines.text.markov import engine as markov
        from pipelines.text.markov.language_model import MarkovLanguage

        trained_on = hashlib.sha256(f"{recipe}\n{text}".encode("utf-8", "replace")).hexdigest()
        known = self._languages.markov(owner, name, trained_on)
        if isinstance(known, MarkovLanguage):
            return known.model
        model = markov.train(text, recipe, cancel)
        language = MarkovLanguage(model, name)
        self._languages.add_markov(owner, name, language, trained_on, guest, len(text))
        return model
