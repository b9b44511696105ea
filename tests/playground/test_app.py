"""Composition: an open page has a password, flags become device options, the start is timed."""

from __future__ import annotations

import logging
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from models.errors import ModelNotFound
from pipelines.image.memory.device import Offload
from pipelines.text.korean import kiwi
from playground import app
from playground.gate.owner import OwnerKey, OwnerProof
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.launch.flags import parse
from playground.messages import text
from tests.fakes import FakePainter


@pytest.mark.parametrize(
    "words",
    [
        ["--listen"],
        ["--share"],
        ["--server-name", "10.0.0.7"],
        ["--public-host", "pics.example.org"],
    ],
)
def test_open_page_without_a_login_gets_one_printed_once(words, capsys):
    ((user, password),) = app.credentials(parse(words, {}))
    said = capsys.readouterr().out
    assert said.count(password) == 1 and user in said
    assert len(password) >= 12
    assert app.credentials(parse(words, {})) != ((user, password),)  # a new one every time


def test_given_login_is_used_and_never_printed(capsys):
    flags = parse(["--listen"], {"COMMANDLINE_ARGS": "--gradio-auth kim:비밀번호"})
    assert app.credentials(flags) == (("kim", "비밀번호"),)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words", [["--gradio-auth", "kim:비밀번호"], ["--gradio-auth=kim:비밀번호"]]
)
def test_a_login_that_everybody_can_read_is_told(words, capsys):
    assert app.credentials(parse(words, {})) == (("kim", "비밀번호"),)
    said = capsys.readouterr().out
    assert "--gradio-auth-path" in said and "비밀번호," not in said and "kim" not in said


def test_a_login_in_a_file_is_not_told(tmp_path, capsys):
    (tmp_path / "login").write_text("kim:비밀번호", "utf-8")
    flags = parse(["--gradio-auth-path", str(tmp_path / "login")], {})
    assert app.credentials(flags) == (("kim", "비밀번호"),)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words",
    [
        *("--listen", "--share", "--subpath /a", "--public-host x.example"),
        *("--server-name 127.0.0.2", "--gradio-auth-path {login}"),
    ],
)
def test_flags_that_let_others_in_make_proof_needed(words, tmp_path):
    (tmp_path / "login").write_text("kim:비밀번호", "utf-8")
    typed = [word.format(login=tmp_path / "login") for word in words.split()]
    flags = parse([*typed, "--data-dir", str(tmp_path)], {})
    assert app.gate_settings(flags, flags.auth).needs_proof


@pytest.mark.parametrize("words", ["", "--port 8000", "--autolaunch", "--server-name localhost"])
def test_flags_of_a_page_at_home_ask_nothing(words, tmp_path):
    flags = parse([*words.split(), "--data-dir", str(tmp_path)], {})
    assert not app.gate_settings(flags, ()).needs_proof


def test_the_browser_that_is_opened_is_the_owners(capsys):
    proof = OwnerProof(OwnerKey(b"k" * 32), is_needed=True)
    opened = app._open_to_owner(proof, "http://127.0.0.1:7860")
    printed = next(word for word in capsys.readouterr().out.split() if "/owner?" in word)
    for link in (opened, printed):  # both are good
        assert proof.is_proof(proof.exchange(link.partition("code=")[2]))


def test_at_home_the_plain_page_is_opened_and_a_proxy_is_told_when_it_is_met(capsys):
    proof = OwnerProof(OwnerKey(b"k" * 32), is_needed=False)
    assert app._open_to_owner(proof, "http://127.0.0.1:7860") == "http://127.0.0.1:7860"
    assert capsys.readouterr().out == ""
    proof.need()
    assert "/owner?code=" in capsys.readouterr().out


def test_page_for_this_computer_only_needs_no_login(capsys):
    assert app.credentials(parse([], {})) == ()
    assert capsys.readouterr().out == ""


def test_memory_flags_become_bytes_and_storage():
    options = app.device_options(parse(["--model-cache-gb", "2.5", "--unet-in-fp8-e4m3fn"], {}))
    assert options.cache_bytes == 5 * 2**29
    assert options.fp8
    assert app.device_options(parse([], {})).cache_bytes is None


def test_flags_become_device_options():
    options = app.device_options(parse(["--use-cpu", "all", "--no-half", "--lowvram"], {}))
    assert (options.use_cpu, options.no_half, options.offload) == (True, True, Offload.SEQUENTIAL)


def test_names_and_path_of_the_page_reach_the_gate(tmp_path):
    words = [
        "--data-dir",
        str(tmp_path),
        "--server-name",
        "10.0.0.7",
        "--public-host",
        "pics.example.org",
        "--subpath",
        "/a/b",
    ]
    made = app.gate_settings(parse(words, {}), ())
    assert made.hosts == ("10.0.0.7", "pics.example.org")
    assert (made.subpath, made.listens_beyond_loopback) == ("/a/b", True)
    assert app.gate_settings(parse(words[:2], {}), ()).subpath == ""


class BrokenPainter(FakePainter):
    def __init__(self, error):
        super().__init__()
        self.error = error

    def warm_up(self):
        raise self.error


@pytest.mark.parametrize(
    "error", [ModelNotFound("model.unknown", model="x", nearest="crayon"), OSError("gone")]
)
def test_failed_warm_up_is_said_and_ends_nothing(error, caplog):
    with caplog.at_level(logging.WARNING):
        app.warm_up(BrokenPainter(error))
    assert caplog.records


@pytest.mark.parametrize("is_open", [True, False])
def test_kiwi_is_there_before_others_are(is_open, monkeypatch):
    done: list[str] = []
    monkeypatch.setattr(app, "leave_alone", lambda: None)
    loaded = SimpleNamespace(get=lambda: done.append("kiwi"))
    monkeypatch.setattr(kiwi, "holder", lambda: loaded)
    studio: Any = SimpleNamespace(painter=FakePainter(), typed=lambda text: None)
    app._warm_up_all(studio, is_open=is_open)
    assert done == (["kiwi"] if is_open else [])


def test_what_the_first_visitor_needs_is_there_and_left_alone_whatever_fails(monkeypatch, caplog):
    done: list[str] = []
    monkeypatch.setattr(app, "leave_alone", lambda: done.append("left alone"))

    def typed(text):
        done.append(text)
        raise OSError("gone")

    studio: Any = SimpleNamespace(painter=FakePainter(), typed=typed)
    app._warm_up_all(studio, is_open=True)
    assert done == ["말", "left alone"] and "warm-up failed" in caplog.text


def test_surroundings_are_quiet_offline_and_never_proxied_to_the_page():
    environ = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "intra.example"}
    environ["HF_HUB_OFFLINE"] = "0"
    prepare_environment(None, environ)
    assert environ["NO_PROXY"] == "intra.example,localhost,127.0.0.1,::1"
    assert environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environ["HF_HUB_OFFLINE"] == "0"  # what a person set stays


@pytest.mark.parametrize(
    ("learns", "draws", "key"),
    [
        (True, True, "serving.closing.training"),
        (False, True, "serving.closing.drawing"),
        (False, False, "serving.closing"),
    ],
)
def test_whoever_has_to_wait_for_the_end_is_told_what_for(learns, draws, key, capsys):
    done: list[str] = []
    studio: Any = SimpleNamespace(
        jobs=SimpleNamespace(is_drawing=draws), interrupt=lambda: done.append("studio")
    )
    training: Any = SimpleNamespace(is_running=learns, stop=lambda: done.append("training"))
    told, waited = threading.Event(), threading.Event()

    ending = app.Ending(studio, training, wait=lambda: waited.wait(20) and told.set())
    ending.begin()
    assert sorted(done) == ["studio", "training"] and not told.is_set()  # it has not waited
    waited.set()
    for thread in threading.enumerate():
        if thread.name == "ending":
            thread.join(20)
    assert text(key, console.language()) in capsys.readouterr().out
