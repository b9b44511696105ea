"""What the buttons of the Play tab do. Knows the studio and the forms; lays nothing out.

A handler never raises: Gradio would show its own English. What went wrong travels to the page as
the alert of a ticket, in the visitor's language.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from models.errors import PlaygroundError
from pipelines.bridge.caption_parser import undrawable_words
from pipelines.contract.phrase import Phrase
from pipelines.contract.requests import DEFAULT_MODEL
from pipelines.contract.validate import MAX_TEXT
from pipelines.image.families import PromptLanguage, suited_to
from playground.messages import Language, text
from playground.studio.values import picture_number
from playground.web.kit.border import Ticket, Visit
from playground.web.kit.connect import Form
from playground.web.kit.fast_import import import_gradio
from playground.web.tabs.play import form as forms

if TYPE_CHECKING:
    from playground.studio.studio import Studio

gr = import_gradio()

RECENT_PHRASES = 200  # how far back a card is looked up; older ones are read like typed text


class PlayHandlers:
    """The answers to the events of one page."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def say(self, visit: Visit, form: Form) -> dict[str, Any]:
        """Say phrases; return the cards and a ticket that may carry an alert."""
        with visit.border() as border:
            phrases = self._studio.say(forms.text_request(form), visit.owner)
            lines = [phrase.ko for phrase in phrases]
            cards = gr.Radio(choices=lines, value=lines[0])
            return {"card": cards, "ticket": {"said": lines}}
        return {"ticket": border.ticket}

    def draw(self, visit: Visit, form: Form) -> Ticket:
        """Submit a drawing; return the ticket: the job's id or an alert."""
        with visit.border() as border:
            phrase = self._phrase(forms.chosen_text(form), visit.owner)
            wanted = forms.wanted_picture(phrase, form)
            (job,) = self._studio.orders.order(wanted, visit.owner, visit.guest)
            return {"job": job.id}
        return border.ticket

    def draw_this(self, visit: Visit, form: Form) -> Ticket:
        """Submit a drawing of a phrase that stands anywhere on the page."""
        text = str(visit.detail.get("text") or "")
        return self.draw(visit, {**form, "card": None, "own_text": text})

    def models(self, visit: Visit) -> Any:
        """Offer the models there are now, the builtin one first."""
        names = sorted(self._studio.painter.families(), key=lambda name: name != DEFAULT_MODEL)
        return gr.update(choices=names)

    def choose(self, visit: Visit, form: Form) -> dict[str, Any]:
        """Return sampler, steps, guidance, width and height that suit a chosen model."""
        known = self._studio.painter.known(str(form["model"]))
        if known is None:  # a slip of the pen must not change what has been set
            return {}
        suited = suited_to(known)
        return {
            "sampler": suited.sampler,
            "steps": suited.steps,
            "guidance": suited.guidance,
            "width": str(suited.width),
            "height": str(suited.height),
        }

    def gloss(self, visit: Visit, form: Form) -> str:
        """Return the English rendering of the picked card, and what will not show, as HTML."""
        card = form["card"]
        if not isinstance(card, str) or not 0 < len(card) <= MAX_TEXT:
            return ""
        try:
            phrase = self._phrase(card, visit.owner)
        except PlaygroundError:
            return ""
        known = self._studio.painter.known(str(form["model"] or DEFAULT_MODEL))
        has_few_words = known is not None and known.reads is PromptLanguage.CAPTION
        unseen = _undrawable(phrase, visit.language) if has_few_words else ""
        return _rendering(phrase, visit.language) + unseen

    def reuse(self, visit: Visit) -> dict[str, Any]:
        """Put the phrase and the settings of an old picture back into the controls."""
        number = picture_number(visit.detail)
        if number is None:
            return {}
        try:
            request = self._studio.pictures.get(number, visit.sees).request
        except PlaygroundError:
            return {}
        if request is None:
            return {}
        changed = {"card": None, "own_text": request.phrase.ko, **forms.setting_values(request)}
        return {name: gr.update(value=value) for name, value in changed.items()}

    def _phrase(self, chosen: str, owner: str) -> Phrase:
        for phrase in self._studio.phrases.latest(owner, RECENT_PHRASES):
            if phrase.ko == chosen:
                return phrase
        return self._studio.typed(chosen)


def _rendering(phrase: Phrase, language: Language) -> str:
    if not phrase.en:
        return ""
    label = escape(text("stage.gloss", language), quote=True)
    return f'<b>{label}</b> <span lang="en">{escape(phrase.en, quote=True)}</span>'


def _undrawable(phrase: Phrase, language: Language) -> str:
    """Name the words that the crayon has no picture for."""
    is_korean = language is Language.KO
    missing = undrawable_words(phrase)
    words = ", ".join(dict.fromkeys(word.ko if is_korean else word.en or "?" for word in missing))
    if not words:
        return ""
    sentence = text("examples.undrawable", language, words=words)
    return f'<p class="undrawable">{escape(sentence, quote=True)}</p>'
