"""Values by name: whatever the order of the components, a handler gets and fills the right ones."""

from __future__ import annotations

from types import SimpleNamespace

import gradio as gr
import pytest

from playground.gate.visitors import Visitor
from playground.web.kit.connect import connect, in_order

SCOPE = {"amumal.visitor": Visitor("me", is_local=False), "headers": [(b"accept-language", b"en")]}
REQUEST = SimpleNamespace(request=SimpleNamespace(scope=SCOPE))


class Event:
    """Keeps what Gradio would be told."""

    def __call__(self, fn, inputs, outputs, **how):
        self.fn, self.inputs, self.outputs, self.how = fn, inputs, outputs, how
        return self

    def happen(self, *values, detail=None):
        return self.fn(REQUEST, gr.EventData(None, detail), *values)


@pytest.fixture
def event():
    return Event()


def test_a_handler_gets_who_asks_and_the_values_by_name(event):
    def handler(visit, form):
        return visit.owner, visit.language.value, dict(visit.detail), form

    connect(event, handler, {"steps": "a slider", "seed": "a box"}, ["shown"], queue=False)
    assert event.inputs == ["a slider", "a box"] and event.outputs == ["shown"]
    answer = event.happen(3, "7", detail={"id": 1})
    assert answer == ("me", "en", {"id": 1}, {"steps": 3, "seed": "7"})


def test_no_value_is_checked_by_gradio(event):
    connect(event, lambda visit: None, queue=False)
    assert event.how == {"preprocess": False, "queue": False}


@pytest.mark.parametrize("detail", [None, "text", 7, ["x"]])
def test_a_detail_that_is_no_mapping_is_none(event, detail):
    connect(event, lambda visit: dict(visit.detail))
    assert event.happen(detail=detail) == {}


def test_an_answer_by_name_fills_its_outputs_and_leaves_the_others(event):
    connect(event, lambda visit: {"seed": 7}, None, {"steps": "a slider", "seed": "a box"})
    assert event.outputs == ["a slider", "a box"]
    assert event.happen() == (gr.skip(), 7)


def test_an_answer_bit_by_bit_is_one_too(event):
    def handler(visit, form):
        yield {"shown": form["text"]}
        yield {}

    connect(event, handler, {"text": "a box"}, {"shown": "a page"})
    assert list(event.happen("가")) == ["가", gr.skip()]


def test_an_output_that_there_is_not_is_an_error():
    with pytest.raises(KeyError, match="ghost"):
        in_order({"ghost": 1}, ("seed",))
