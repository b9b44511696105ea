"""How the Novel tab looks: the story so far and the candidates for its next sentence.

Knows a Story; decides nothing. static/candidates.js listens to the buttons.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass, field
from datetime import date
from html import escape

from pipelines.text.novel.export import as_markdown, as_text
from pipelines.text.novel.rank import Proposal
from pipelines.text.novel.rounds import GRAMMAR, WANTED, RoundProgress
from pipelines.text.novel.story import Story
from playground.messages import Language, text
from playground.web.kit import draw_this
from playground.web.kit.alert import alert
from playground.web.kit.candidate_parts import (
    ClickAnswer,
    bar,
    button,
    kept,
    korean,
    percent,
    said,
)

TITLE = 40  # letters of the first sentence


@dataclass(frozen=True, slots=True)
class NovelView:
    """What the tab is to show.

    Attributes:
        model: the name of the model that writes.
        progress: how far a round is, None when none is under way.
        wrong: the sentence of what went wrong, "" when nothing did.
        today: the date on an exported story.
    """

    story: Story = field(default_factory=Story)
    model: str = ""
    progress: RoundProgress | None = None
    wrong: str = ""
    today: date = date.min
    turn: ClickAnswer = field(default_factory=ClickAnswer)


def page(shown: NovelView, language: Language) -> str:
    """Return the tab's HTML."""
    parts = (
        alert(shown.wrong),
        _so_far(shown, language),
        _progress(shown, language),
        _candidates(shown, language),
    )
    return kept("".join(parts), shown.story.to_json(), "novel", shown.turn)


def _so_far(shown: NovelView, language: Language) -> str:
    story = shown.story
    undo = button(said("novel.undo", language), "undo") if story.moves else ""
    if not story.sentences:
        tools = f'<div class="tools">{undo}</div>' if undo else ""
        return f'<p class="invite">{said("novel.empty", language)}</p>{tools}'
    rows = "".join(
        _sentence(place, sentence, place < len(story.openings), language)
        for place, sentence in enumerate(story.sentences)
    )
    return (
        f"<h2>{said('novel.title', language)}</h2>"
        f'<ol class="story">{rows}</ol>'
        f'<div class="tools">{undo}{_downloads(shown, language)}</div>'
    )


def _sentence(place: int, sentence: str, is_opening: bool, language: Language) -> str:
    tools = (
        button(said("novel.change", language), "edit", "chip small", at=place, edit=sentence)
        + button(said("novel.remove", language), "remove", "chip small", at=place)
        + draw_this.html(sentence)
    )
    look = ' class="opening"' if is_opening else ""
    return f'<li{look}><p>{korean(sentence)}</p><div class="tools">{tools}</div></li>'


def _downloads(shown: NovelView, language: Language) -> str:
    sentences = shown.story.sentences
    name = text("novel.file", language)
    note = text("novel.note", language, count=len(sentences), date=shown.today.isoformat())
    title = sentences[0] if len(sentences[0]) <= TITLE else f"{sentences[0][:TITLE]}…"
    files = (
        ("novel.save.text", "txt", "text/plain", as_text(sentences)),
        ("novel.save.markdown", "md", "text/markdown", as_markdown(sentences, title, note)),
    )
    return "".join(
        _download(said(key, language), f"{name}.{suffix}", kind, content)
        for key, suffix, kind, content in files
    )


def _download(label: str, name: str, kind: str, content: str) -> str:
    """Return a link that holds the file itself: nothing of a story stays on the server."""
    data = base64.b64encode(content.encode("utf-8")).decode()
    name = escape(name, quote=True)
    return (
        f'<a class="chip" download="{name}" href="data:{kind};charset=utf-8;base64,{data}">'
        f"{label}</a>"
    )


def _progress(shown: NovelView, language: Language) -> str:
    progress = shown.progress
    if progress is None:
        return ""
    key = "novel.writing" if progress.total else "novel.loading"
    label = said(key, language, model=shown.model)
    count = f" {progress.done}/{progress.total}" if progress.total else ""
    length = f' value="{progress.done}" max="{progress.total}"' if progress.total else ""
    return f'<p role="status">{label}{count}</p><progress{length} aria-label="{label}"></progress>'


def _candidates(shown: NovelView, language: Language) -> str:
    story = shown.story
    if shown.progress is not None:
        return ""
    if not story.proposals:
        if not story.moves:
            return ""
        first = button(said("novel.first", language), "again", "chip main")
        return f'<p class="tools">{first}</p>'
    rows = "".join(
        _candidate(number, proposal, language)
        for number, proposal in enumerate(story.proposals, start=1)
    )
    again = button(said("novel.again", language), "again")
    return (
        f"<h2>{said('novel.candidates', language)}</h2>{_notice(shown, language)}"
        f'<ol class="cards">{rows}</ol><div class="tools">{again}</div>'
        f'<p class="keys">{said("novel.keys", language)}</p>'
    )


def _notice(shown: NovelView, language: Language) -> str:
    proposals = shown.story.proposals
    borrowed = [one for one in proposals if one.engine == GRAMMAR]
    if borrowed:
        sentence = said("novel.borrowed", language, model=shown.model, count=len(borrowed))
    elif len(proposals) < WANTED:
        sentence = said("novel.few", language, count=len(proposals))
    else:
        return ""
    return f'<p role="status">{sentence}</p>'


def _candidate(number: int, proposal: Proposal, language: Language) -> str:
    key = {"key": number % 10} if number <= 10 else {}
    about = said(
        "novel.likely.about", language, percent=percent(math.exp(min(0.0, proposal.mean_log_prob)))
    )
    tools = (
        button(said("novel.pick", language), "pick", "chip main", text=proposal.text, **key)
        + button(said("novel.rewrite", language), "pick", edit=proposal.text)
        + draw_this.html(proposal.text)
    )
    return (
        f'<li><p><span class="number" aria-hidden="true">{number % 10}</span>'
        f"{korean(proposal.text)}</p>"
        f'<div class="scores"><span>{said("novel.new", language)} '
        f"{percent(proposal.novelty)}{bar(proposal.novelty)}</span>"
        f'<span title="{about}">{said("novel.likely", language)} '
        f"{percent(proposal.likelihood)}{bar(proposal.likelihood)}</span></div>"
        f'<div class="tools">{tools}</div></li>'
    )
