"""`say` with its other engines: a person's own text, a language model folder, own words."""

from __future__ import annotations

import json

import pytest

from pipelines.contract.requests import TextRequest
from pipelines.text.engines import say
from playground import cli
from tests.tiny_language import make_folder


@pytest.fixture
def run(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean

    def command(*words):
        code = cli.main(["say", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return command


@pytest.fixture
def diary(tmp_path):
    path = tmp_path / "일기.txt"
    lines = [phrase.ko for phrase in say(TextRequest(count=50, seed=1))]
    path.write_text("\n".join(lines), encoding="cp949")
    return path


def test_own_text_is_stitched_and_its_lines_are_named(run, diary):
    words = ("--engine", "markov", "--text", diary, "-n", 3, "--seed", 1, "--temperature", 1.5)
    code, lines, told = run(*words, "--stitches")
    assert code == 0 and len(lines) == 3
    assert "문장이" in told and any(
        row.split("\t")[0].strip().isdigit() for row in told.split("\n")
    )
    assert run(*words)[1] == lines


def test_folder_of_a_language_model_babbles(run, tiny_language):
    words = ("--engine", "neural", "--model", tiny_language, "--use-cpu", "--seed", 4, "-n", 2)
    code, lines, _ = run(*words, "--top-k", 5, "--ban", "장미", "--json")
    assert code == 0
    told = [json.loads(line)["settings"] for line in lines]
    assert len(told) == 2 and (told[0]["top_k"], told[0]["bad_words"]) == (5, "장미")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--engine", "markov"), "배울 글"),
        (("--engine", "markov", "--text", "/없는/파일.txt"), "파일.txt"),
        (("--engine", "neural", "--model", "crayon"), "글 모델이 아니"),
        (("--engine", "neural", "--temperature", "뜨겁게"), "뜨겁게"),
        (("--engine", "markov", "--text", __file__, "--order", "9"), "9"),
        (("--engine", "markov", "--text", __file__, "--unit", "글자"), "글자"),
    ],
)
def test_what_cannot_be_said_is_a_sentence(run, words, told):
    code, lines, sentence = run(*words)
    assert (code, lines) == (2, []) and told in sentence and "Traceback" not in sentence


def test_folder_that_drops_hangul_is_a_sentence(run, tmp_path):
    folder = make_folder(tmp_path / "귀먹은모델", drops_hangul=True)
    code, lines, sentence = run("--engine", "neural", "--model", folder)
    assert (code, lines) == (2, []) and "한글을 잃어버려요" in sentence


def test_own_words_are_used_and_mistakes_have_a_line(run, tmp_path):
    rows = '{"ko": "돌고래밥", "en": "dolphin snack", "cat": "먹을것"}\n{"ko": 3}\n'
    (tmp_path / "nouns.jsonl").write_text(rows, encoding="utf-8")
    code, lines, told = run("--words-dir", tmp_path, "--topic", "돌고래밥", "-n", 2, "--english")
    assert code == 0 and "nouns.jsonl 2번째 줄" in told
    assert all("dolphin snack" in line.lower() for line in lines)
