"""What the Draw tab answers while somebody types."""

from __future__ import annotations

from playground.web.tabs.draw.events import DrawHandlers
from tests.playground.web.asking import visit


def typed(prompt, model):
    return {"prompt": prompt, "model": model, "steps": 4}


def test_what_an_english_model_will_read_is_shown_while_it_is_typed(studio):
    handlers = DrawHandlers(studio)
    told = handlers.measure(visit(), typed("파란 고양이 <b>", "english"))
    assert "모델이 읽을 말" in told
    assert "a blue cat" in told
    assert "<b>" not in told
    assert "읽을 말" not in handlers.measure(visit(), typed("a blue cat", "english"))
    assert "읽을 말" not in handlers.measure(visit(), typed("파란 고양이", "crayon"))


def test_half_an_emoji_is_counted_like_any_other_character(studio, painter, monkeypatch):
    """A lone surrogate is no text for a tokenizer; the drawing itself says which it is."""
    counted = []
    monkeypatch.setattr(painter, "measure", lambda prompt, *_: counted.append(prompt))
    assert DrawHandlers(studio).measure(visit(), typed("고양이 \ud83d", "crayon")) == ""
    assert counted == ["고양이 ?"]
