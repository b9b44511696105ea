"""Every label that the page asks for is a sentence in both languages."""

from __future__ import annotations

import asyncio
from contextlib import closing

import gradio as gr
import pytest

from models.library import Library
from playground.gate import GateSettings
from playground.messages import labels
from playground.studio.work.models import ModelWork
from playground.studio.work.training import TrainingWork
from playground.web.application import build_app


@pytest.fixture
def asked(studio, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The keys of all labels of all tabs; Gradio would show the key where there is no row."""
    keys: set[str] = set()
    translated = gr.I18n.__call__

    def ask(self, key):
        keys.add(key)
        return translated(self, key)

    monkeypatch.setattr(gr.I18n, "__call__", ask)
    library = Library()

    async def inside(training: TrainingWork) -> None:
        models = ModelWork(library, studio.data_dir)
        build_app(studio, gate=GateSettings(), models=models, training=training)

    with closing(TrainingWork(library, studio.data_dir, studio.consents)) as training:
        asyncio.run(inside(training))
    return keys


def test_every_label_is_a_row(asked):
    assert {"page.tab.play", "models.tab", "drawing.token_merging"} <= asked
    assert asked - labels().keys() == set()
