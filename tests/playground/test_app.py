"""Composition: an open page has a password, flags become device options, the start is timed."""

from __future__ import annotations

import logging

import pytest

from models.errors import ModelNotFound
from pipelines.image.memory.device import Offload
from playground import app
from playground.launch.environment import prepare_environment
from playground.launch.flags import parse
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
    flags = parse(["--listen", "--gradio-auth", "kim:비밀번호"], {})
    assert app.credentials(flags) == (("kim", "비밀번호"),)
    assert capsys.readouterr().out == ""


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


def test_names_and_path_of_the_page_reach_the_gate():
    words = ["--server-name", "10.0.0.7", "--public-host", "pics.example.org", "--subpath", "/a/b"]
    made = app.gate_settings(parse(words, {}), ())
    assert made.hosts == ("10.0.0.7", "pics.example.org")
    assert (made.subpath, made.listens_beyond_loopback) == ("/a/b", True)
    assert app.gate_settings(parse([], {}), ()).subpath == ""


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


def test_surroundings_are_quiet_offline_and_never_proxied_to_the_page():
    environ = {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "intra.example"}
    environ["HF_HUB_OFFLINE"] = "0"
    prepare_environment(None, environ)
    assert environ["NO_PROXY"] == "intra.example,localhost,127.0.0.1,::1"
    assert environ["GRADIO_ANALYTICS_ENABLED"] == "False"
    assert environ["HF_HUB_OFFLINE"] == "0"  # what a person set stays
