"""xformers in every state it is met in: it works, or one sentence says why it is not used."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest

from pipelines.image.accelerate import attention
from pipelines.image.accelerate.attention import (
    SDPA,
    Attention,
    choose_attention,
    read_answer,
    settle_attention,
    try_xformers,
    use_attention,
)
from pipelines.image.memory.device import DeviceOptions, Remark
from playground.messages import Language, text

RIGHT = """
import torch
def memory_efficient_attention(query, key, value):
    query, key, value = (tensor.transpose(1, 2) for tensor in (query, key, value))
    return torch.nn.functional.scaled_dot_product_attention(query, key, value).transpose(1, 2)
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package named xformers where only the probe finds it."""

    def write(ops, init=""):
        folder = tmp_path / "xformers"
        folder.mkdir()
        (folder / "__init__.py").write_text(init)
        (folder / "ops.py").write_text(ops)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    return write


def tried(timeout_seconds=60):
    return try_xformers("cpu", "float32", timeout_seconds)


@pytest.mark.slow
def test_one_that_computes_what_torch_computes_is_used(install):
    install(RIGHT)
    assert tried() is None


@pytest.mark.slow
def test_one_that_computes_wrong_numbers_is_not(install):
    install(RIGHT.replace("transpose(1, 2)\n", "transpose(1, 2) * 1.5\n"))
    assert tried().key == "attention.wrong"


def test_none_is_said_to_be_missing(monkeypatch):
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert tried().key == "attention.missing"


def test_one_that_raises_is_quoted_in_one_line(install):
    install("", init="raise ImportError('built for CUDA 11.8,\\n  this torch has 13.0')")
    remark = tried()
    assert remark.key == "attention.raised"
    assert "13.0" in dict(remark.values)["reason"]


def test_one_that_crashes_leaves_a_sentence(install):
    install("", init="import os; os.abort()")
    remark = tried()
    assert remark.key == "attention.crashed"
    assert dict(remark.values)["reason"] == "signal 6"


def test_one_that_leaves_without_a_word_has_not_proved_itself(install):
    install("", init="import os; os._exit(0)")
    assert tried().key == "attention.crashed"


def test_one_that_never_answers_is_stopped(install):
    install("", init="import time; time.sleep(600)")
    remark = tried(timeout_seconds=1)
    assert remark.key == "attention.silent"


def test_one_whose_child_keeps_talking_is_stopped_too(install):
    install("", init="import subprocess, time; subprocess.Popen(['sleep', '3']); time.sleep(600)")
    assert tried(timeout_seconds=1).key == "attention.silent"


@pytest.mark.parametrize(
    ("out", "key"),
    [
        ("", "attention.crashed"),
        ("attention-probe {", "attention.crashed"),
        ("attention-probe [1]", "attention.crashed"),
        ("attention-probe {}", "attention.wrong"),
        ('attention-probe {"difference": "nan"}', "attention.wrong"),
        ('attention-probe {"difference": "inf"}', "attention.wrong"),
        ('noise\nattention-probe {"missing": true}\nnoise', "attention.missing"),
    ],
)
def test_an_answer_that_is_no_proof_is_a_sentence(out, key):
    remark = read_answer(0, out, "")
    assert remark.key == key
    for language in Language:
        assert "{" not in text(remark.key, language, **remark.blanks)


def test_xformers_is_not_tried_unless_asked_for(monkeypatch):
    monkeypatch.setattr(attention, "try_xformers", lambda *_: pytest.fail("tried"))
    assert choose_attention("cuda:0", "float16", wants_xformers=False) is SDPA


def test_one_answer_holds_for_a_torch_an_xformers_and_a_device(monkeypatch):
    calls = []
    monkeypatch.setattr(attention, "try_xformers", lambda *asked: calls.append(asked))
    versions = {"torch": "1", "xformers": "1"}
    monkeypatch.setattr(attention, "_version", versions.__getitem__)
    attention._tried.cache_clear()
    try:
        for device, xformers in (("a", "1"), ("a", "1"), ("b", "1"), ("a", "2"), ("a", "2")):
            versions["xformers"] = xformers
            assert choose_attention(device, "float16", wants_xformers=True).name == "xformers"
    finally:
        attention._tried.cache_clear()
    assert len(calls) == 3


def test_a_pipeline_that_refuses_xformers_goes_on_with_sdpa(caplog):
    def refuse():
        raise ValueError("only available for GPU")

    pipeline = SimpleNamespace(enable_xformers_memory_efficient_attention=refuse)
    found = use_attention(pipeline, Attention("xformers"))
    assert found.name == "sdpa"
    assert "only available for GPU" in caplog.text


def test_a_pipeline_is_left_alone_with_sdpa(caplog):
    found = use_attention(object(), Attention("sdpa", Remark("attention.missing", "not there")))
    assert found.name == "sdpa"
    assert "not there" in caplog.text


def test_an_xformers_nobody_asked_for_is_kept_out_of_diffusers(monkeypatch):
    monkeypatch.delitem(sys.modules, "xformers", raising=False)
    settle_attention(DeviceOptions())
    with pytest.raises(ImportError):
        import xformers  # noqa: F401
    monkeypatch.delitem(sys.modules, "xformers", raising=False)


def test_a_loaded_model_tells_why_xformers_is_not_used(monkeypatch):
    from models.library import Library
    from pipelines.image.loading import load as loading
    from pipelines.image.memory.device import DevicePlan

    remark = Remark("attention.missing", "xformers is not installed")
    monkeypatch.setattr(
        loading, "choose_attention", lambda *_, wants_xformers: Attention("sdpa", remark)
    )
    opened = Library(()).open_verified("crayon")
    model = loading.load(opened, DevicePlan("cpu", "float32"), xformers=True)
    assert remark in model.plan.remarks
