"""The private parts of Gradio are still where they were."""

from __future__ import annotations

import gradio as gr
import pytest

from playground.web.kit.private_gradio import detail_of


@pytest.mark.parametrize("sent", [{"id": 7, "target": "mask"}, None, "text"])
def test_a_detail_comes_as_it_was_sent(sent):
    assert detail_of(gr.EventData(None, sent)) == sent
