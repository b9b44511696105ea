"""What plainly is no prompt never becomes one; what may be one always does."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.studio.pictures.foreign import foreign_settings
from playground.studio.pictures.infotext import read_infotext

FORMS = {
    "Fooocus": {"prompt": "a fox", "seed": "12", "metadata_scheme": "fooocus"},
    "RuinedFooocus": {"Prompt": "a fox", "Negative": "", "software": "RuinedFooocus"},
    "SwarmUI": {"sui_image_params": {"prompt": "a fox", "steps": 20}, "sui_extra_data": {}},
    "JSON": {"prompt": "a fox", "resolution": "832 x 1216", "use_upscaler": None},
}


@pytest.mark.parametrize(("program", "data"), FORMS.items())
def test_a_program_is_told_by_what_it_writes(program: str, data: dict[str, object]) -> None:
    for text in (json.dumps(data), f"\n {json.dumps(data, indent=2)}\n", json.dumps([data])):
        found = read_infotext(text)
        assert (found.program, found.prompt, found.settings) == (program, "a fox", ())


@pytest.mark.parametrize(
    "text",
    [
        '{"prompt": "cut off',
        "{'prompt': 'a fox', 'steps': 3}",
        '[{"prompt": "cut',
        "<?xml version='1.0'?><x/>",
        '{"a": ' + "[" * 100_000,
    ],
)
def test_data_that_cannot_be_read_is_no_prompt_either(text: str) -> None:
    found = read_infotext(text)
    assert found.program and not found.prompt


@pytest.mark.parametrize(
    "prompt",
    [
        "{red|blue} fox", "[cat:dog:0.5] on a roof", "[[cat]]", "[a|b]", '"a fox" in the rain',
        "{", "[]", "{}", "<lora:ink:0.8> fox", "a cat: {}", '["quoted" fox:0.8]', "[1, 2]",
        "파란 여우",
    ],
)  # fmt: skip
def test_what_may_be_a_prompt_is_one(prompt: str) -> None:
    assert read_infotext(prompt).prompt == prompt
    assert not read_infotext(prompt).program


def test_settings_behind_it_make_anything_a_prompt() -> None:
    found = read_infotext('{"a": 1}\nSteps: 20, Sampler: Euler, Seed: 1')
    assert (found.prompt, found.program) == ('{"a": 1}', "")


@given(st.dictionaries(st.text(max_size=9), st.text(max_size=9) | st.integers() | st.none()))
def test_any_object_is_told_or_empty(data: dict[str, object]) -> None:
    assert (foreign_settings(json.dumps(data)) is not None) == bool(data)
