"""The chat command: from a pipe, on a terminal, and over a real tiny model."""

from __future__ import annotations

import io
import json
import sys

import pytest

from pipelines.contract.errors import InvalidRequest
from playground import cli
from playground.cli import chat
from playground.messages import Language, explain
from tests.fake_language import FakeShelf, FakeTokens
from tests.tiny_language import make_folder


@pytest.fixture
def model(monkeypatch):
    fake = FakeTokens("ongari")
    monkeypatch.setattr(chat, "LanguageShelf", lambda library, use_cpu: FakeShelf(fake))
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean
    return fake


def pipe(monkeypatch, text, *more):
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    return cli.main(["chat", "--seed", "7", *more])


def test_one_reply_for_every_line_of_a_pipe(model, monkeypatch, capsys):
    assert pipe(monkeypatch, "문어가 뭐야?\n\n왜 울어?\n너 누구야?") == 0
    first = capsys.readouterr()
    assert len(first.out.splitlines()) == 3 and first.err == ""
    assert pipe(monkeypatch, "문어가 뭐야?\n왜 울어?\n너 누구야?\n") == 0
    assert capsys.readouterr().out == first.out


def test_as_json_question_and_reply(model, monkeypatch, capsys):
    assert pipe(monkeypatch, "문어가 뭐야?\n왜 울어?\n", "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["question"] for row in rows] == ["문어가 뭐야?", "왜 울어?"]
    assert all(row["reply"] for row in rows)


@pytest.mark.parametrize("word", ["quit", "끝", " exit "])
def test_a_word_leaves(model, monkeypatch, capsys, word):
    assert pipe(monkeypatch, f"응?\n{word}\n뭐?\n") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_retry_says_something_else_undo_and_label_speak_beside(model, monkeypatch, capsys):
    assert pipe(monkeypatch, "응?\n/retry\n/undo\n/label 2\n뭐?\n") == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert len(lines) == 3 and lines[0] != lines[1]
    assert "되돌렸어요: ‘응?’" in said.err and "설레" in said.err
    assert model.prompts[-1] == "<usr>뭐?<unused1>2<sys>"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("/retry", "먼저 말을 걸어"),
        ("/undo", "먼저 말을 걸어"),
        ("/label 7", "분위기"),
        ("/label x", "분위기"),
        ("/label", "분위기"),
        ("/dance", "/dance"),
        ("문" * 600, "500"),
        ("문어\x01", "U+0001"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_the_talk_goes_on(
    model, monkeypatch, capsys, line, part
):
    assert pipe(monkeypatch, f"{line}\n응?\n") == 0
    said = capsys.readouterr()
    assert part in said.err and len(said.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (("--temperature", "9"), "request.range"),
        (("--temperature", "warm"), "request.number"),
        (("--label", "3"), "request.range"),
        (("--drafts", "0"), "request.range"),
        (("--turns-back", "99"), "request.range"),
        (("--model", "nobody"), "language.unknown"),
    ],
)
def test_bad_flag_is_a_sentence_and_exit_code_2(model, monkeypatch, more, key):
    seen: list[InvalidRequest] = []
    monkeypatch.setattr(cli, "explain", lambda error, lang: seen.append(error) or "sentence")
    assert pipe(monkeypatch, "응?\n", *more) == 2
    assert [error.key for error in seen] == [key]
    assert explain(seen[0], Language.KO) and explain(seen[0], Language.EN)


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_welcomes_and_ctrl_d_says_goodbye(model, monkeypatch, capsys):
    typed = iter(["응?", "  ", "/label 1"])
    monkeypatch.setattr("builtins.input", lambda mark: next(typed, None) or _end())
    monkeypatch.setattr(sys, "stdin", Terminal())
    assert cli.main(["chat"]) == 0
    said = capsys.readouterr()
    assert "두억시니가 기다려요" in said.err and "잘 가요" in said.err
    assert len(said.out.splitlines()) == 1


def test_ctrl_c_stops_one_reply_only(model, monkeypatch, capsys):
    calls = iter([KeyboardInterrupt, None])

    class Slow(FakeTokens):
        def draft(self, *arguments):
            stop = next(calls)
            if stop:
                raise stop
            return super().draft(*arguments)

    monkeypatch.setattr(chat, "LanguageShelf", lambda library, use_cpu: FakeShelf(Slow("ongari")))
    assert pipe(monkeypatch, "응?\n뭐?\n") == 0
    said = capsys.readouterr()
    assert "멈췄어요" in said.err and len(said.out.splitlines()) == 1


def test_real_tiny_folder_talks(monkeypatch, tmp_path, capsys):
    folder = tmp_path / "models"
    folder.mkdir()
    make_folder(folder / "tiny", vocab=2_000)
    places = ["--models-dir", str(folder), "--data-dir", str(tmp_path / "data"), "--use-cpu"]
    assert pipe(monkeypatch, "문어가 뭐야?\n왜?\n", "--model", "tiny", *places) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.strip()]) == 2


def _end():
    raise EOFError
