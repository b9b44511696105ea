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
from playground.gate import visitor
from playground.messages import Language, text
from playground.web.kit import forms
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.tickets import Ticket, alert_ticket, owner_of
from playground.web.kit.wording import language_of

if TYPE_CHECKING:
    import gradio as gr

    from playground.studio.studio import Studio
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

RECENT_PHRASES = 200  # how far back a card is looked up; older ones are read like typed text


class Handlers:
    """The answers to the events of one page."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def say(self, request: gr.Request, *values: Any) -> tuple[Any, Ticket]:
        """Say phrases; return the cards and a ticket that may carry an alert."""
        try:
            wanted = forms.text_request(values)
            phrases = self._studio.say(wanted, owner_of(request))
        except Exception as error:  # the border to the person
            return gr.skip(), alert_ticket(error, request)
        lines = [phrase.ko for phrase in phrases]
        return gr.Radio(choices=lines, value=lines[0]), {"said": lines}

    def draw(self, request: gr.Request, *values: Any) -> Ticket:
        """Submit a drawing; return the ticket: the job's id or an alert."""
        return self._submit(request, values)

    def draw_this(self, request: gr.Request, event: gr.EventData, *settings: Any) -> Ticket:
        """Submit a drawing of a phrase that stands anywhere on the page."""
        values = (None, str(event._data.get("text") or ""), *settings)
        return self._submit(request, values)

    def _submit(self, request: gr.Request, values: tuple[Any, ...]) -> Ticket:
        owner = owner_of(request)
        try:
            phrase = self._phrase(forms.chosen_text(values), owner)
            (job,) = self._studio.orders.order(forms.wanted_picture(phrase, values), owner)
        except Exception as error:  # the border to the person
            return alert_ticket(error, request)
        return {"job": job.id}

    def models(self) -> Any:
        """Offer the models there are now, the builtin one first."""
        names = sorted(self._studio.painter.families(), key=lambda name: name != DEFAULT_MODEL)
        return gr.update(choices=names)

    def choose(self, model: Any) -> tuple[Any, ...]:
        """Return sampler, steps, guidance, width and height that suit a chosen model."""
        known = self._studio.painter.known(str(model))
        if known is None:  # a slip of the pen must not change what has been set
            return (gr.skip(),) * 5
        suited = suited_to(known)
        sizes = (str(suited.width), str(suited.height))
        return suited.sampler, suited.steps, suited.guidance, *sizes

    def gloss(self, request: gr.Request, card: Any, model: Any) -> str:
        """Return the English rendering of the picked card, and what will not show, as HTML."""
        if not isinstance(card, str) or not 0 < len(card) <= MAX_TEXT:
            return ""
        try:
            phrase = self._phrase(card, owner_of(request))
        except PlaygroundError:
            return ""
        language = language_of(request.request.scope)
        known = self._studio.painter.known(str(model or DEFAULT_MODEL))
        has_few_words = known is not None and known.reads is PromptLanguage.CAPTION
        unseen = _undrawable(phrase, language) if has_few_words else ""
        return _rendering(phrase, language) + unseen

    def reuse(self, request: gr.Request, event: gr.EventData) -> list[Any]:
        """Put the phrase and the settings of an old picture back into the controls."""
        who = visitor(request.request.scope)
        try:
            picture = self._studio.pictures.get(int(event._data["id"]), who.sees)
        except (PlaygroundError, KeyError, TypeError, ValueError):
            picture = None
        if picture is None or picture.request is None:
            return [gr.skip()] * len(forms.DRAW_FIELDS)
        values = (None, picture.request.phrase.ko, *forms.setting_values(picture.request))
        return [gr.update(value=value) for value in values]

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
