"""The Models tab: what it says, to whom, and that files cannot speak HTML."""

from __future__ import annotations

import pytest

from models import shelves
from models.connection import HttpsClient
from models.library import Library
from playground.messages import Language
from playground.studio.work.models import ModelTask, ModelWork
from playground.web.tabs.models.events import ModelHandlers, _status
from tests.models.golden import file_of
from tests.playground.web.asking import visit

LORA = {"lora_unet_x.lora_down.weight": (4, 768)}
EVIL = "<img src=x onerror=alert(1)>"


@pytest.fixture
def opened():
    return []


@pytest.fixture
def handlers(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    (tmp_path / "models").mkdir()
    metadata = {
        "ss_output_name": EVIL,
        "ss_tag_frequency": '{"a": {"<b>word</b>": 3}}',
    }
    (tmp_path / "models" / "cat.safetensors").write_bytes(file_of(LORA, metadata=metadata))
    work = ModelWork(Library.open(tmp_path), tmp_path, connect=HttpsClient)
    return ModelHandlers(work, opened.append)


def test_person_at_the_machine_sees_the_files(handlers):
    shelf, tools, names, status, timer = handlers.look(visit()).values()
    assert "cat" in shelf and "LoRA kohya fp16" in shelf
    assert "아직 모름" in shelf and tools["visible"] and not timer["active"]
    assert "cat" in names["choices"] and status == ""
    assert "nobody vouches" in handlers.look(visit(language="en"))["shelf"]


@pytest.mark.parametrize("action", ["look", "rescan", "verify_all", "stop", "open"])
def test_everybody_else_sees_one_sentence_and_does_nothing(handlers, opened, action):
    shelf, tools, names, _, _ = getattr(handlers, action)(visit(is_local=False)).values()
    assert "이 컴퓨터 앞에 있는 사람만" in shelf and "cat" not in shelf
    assert not tools["visible"] and names["choices"] == []
    assert handlers._work.now is None and not opened


@pytest.mark.parametrize("action", ["verify", "pin", "quarantine", "get"])
def test_everybody_else_cannot_name_a_model_either(handlers, action):
    shelf, *_ = getattr(handlers, action)(
        visit(is_local=False), {"name": "cat", "source": "cat"}
    ).values()
    assert "cat" not in shelf
    assert handlers._work.now is None
    assert handlers._work.library.find("cat").trust == "unknown"


def test_nothing_from_a_file_is_html(handlers, tmp_path):
    (tmp_path / "models" / f"{EVIL.replace('/', '')}.safetensors").write_bytes(b"<html>")
    handlers.rescan(visit())
    shelf, _, _, status, _ = handlers.verify(visit(), {"name": EVIL}).values()
    assert "<img" not in shelf + status and "<b>word" not in shelf
    assert "&lt;b&gt;word" in shelf


def test_check_and_trust(handlers):
    handlers.verify(visit(), {"name": "cat"})
    handlers._work.join(10)
    shelf, _, _, status, timer = handlers.look(visit()).values()
    assert "검사함" in shelf and "끝났어요" in status and not timer["active"]
    shelf, *_ = handlers.pin(visit(), {"name": "cat"}).values()
    assert "믿음" in shelf


@pytest.mark.parametrize("name", [None, "", "  ", 3, ["cat"], "x" * 2000])
def test_no_name_is_a_sentence(handlers, name):
    for action in (handlers.verify, handlers.pin, handlers.quarantine):
        status = action(visit(), {"name": name, "source": name})["status"]
        assert 'role="alert"' in status and "고른 모델이 없어요" in status


@pytest.mark.parametrize("source", [None, "", "  ", 3, ["cat"], "x" * 2000])
def test_no_address_is_a_sentence_of_its_own(handlers, source):
    status = handlers.get(visit(), {"name": "cat", "source": source})["status"]
    said = "에서는 받을 수 없어요" if source == "x" * 2000 else "주소가 비어 있어요"
    assert 'role="alert"' in status and said in status and handlers._work.now is None


def test_broken_file_says_why_in_the_readers_language(handlers, tmp_path):
    (tmp_path / "models" / "page.safetensors").write_bytes(b"<!DOCTYPE html>")
    assert "웹 페이지" in handlers.rescan(visit())["shelf"]
    assert "web page" in handlers.rescan(visit(language="en"))["shelf"]


def test_empty_shelf_tells_three_ways(handlers, tmp_path):
    handlers.quarantine(visit(), {"name": "cat"})
    shelf = handlers.look(visit())["shelf"]
    assert shelf.count("<li>") == 3 and str(tmp_path / "models") in shelf


def test_refused_download_is_told_when_it_has_ended(handlers):
    handlers.get(visit(), {"source": "ftp://x"})
    handlers._work.join(10)
    assert "ftp://x" in handlers.look(visit())["status"]


def test_folder_is_opened_and_a_bug_is_a_sentence(handlers, opened, caplog):
    handlers.open(visit())
    assert opened[0].startswith("file://")
    handlers._open_folder = None
    assert "TypeError" in handlers.open(visit())["status"]
    assert "a handler of the page failed" in caplog.text


def test_progress_is_told_in_bytes():
    work = ModelTask("models.work.get", "m", 3 << 20, 10 << 20)
    status = _status(work, "", Language.EN)
    assert "3 of 10 MB" in status and '<progress max="10485760"' in status


def test_model_that_needs_parts_says_so(handlers, tmp_path):
    tensors = {"model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias": (4,)}
    (tmp_path / "models" / "sd3.safetensors").write_bytes(file_of(tensors))
    assert "더 필요한 것: clip-g, clip-l, vae" in handlers.rescan(visit())["shelf"]
