"""`next`: percentages in a table, and a sentence chosen eojeol by eojeol."""

from __future__ import annotations

import io
import json

import pytest

from playground import cli
from tests.fake_language import FakeLanguage
from tests.pipelines.text.markov.test_engine import story

NEXT = cli.COMMANDS["next"]


@pytest.fixture
def model(monkeypatch):
    made = FakeLanguage()
    monkeypatch.setattr(NEXT, "open_language", lambda options: made)
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean
    return made


@pytest.fixture
def walk(model, monkeypatch, capsys):
    def walked(typed, *more):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(["next", "파란", "-i", *more])
        out, err = capsys.readouterr()
        return code, out.strip(), err

    return walked


def test_table_has_percentages_the_end_and_the_rest(model, capsys):
    assert cli.main(["next", "파란", "--top", "3"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  1  40.00 %  뼈다귀",
        "  2  30.00 %  콧구멍에",
        "  3  15.00 %  ‹끝›",
        "     15.00 %  그 밖에",
    ]


def test_tempered_percentages_stand_beside_the_honest_ones(model, capsys):
    assert cli.main(["next", "파란", "--temperature", "0.5"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.split() == ["1", "40.00", "%", "→", "56.64", "%", "뼈다귀"]


def test_json_is_for_machines(model, capsys):
    assert cli.main(["next", "파란", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["candidates"]
    assert (told[0]["text"], told[0]["ended"]) == ("뼈다귀", False)
    assert [one["text"] for one in told if one["ended"]] == [None]


def test_numbers_words_undo_and_the_end(walk):
    code, out, _ = walk("1\n2\nu\n모자를 썼다\n3\nq\n")
    assert (code, out) == (0, "파란 뼈다귀 모자를 썼다")


def test_after_the_end_only_undo_helps(walk):
    _, out, err = walk("3\n1\nu\n1\n")
    assert out == "파란 뼈다귀"
    assert "후보는 없어요" in err


def test_dice_are_seeded(walk):
    assert walk("r\nr\n", "--seed", "4")[1] == walk("r\nr\n", "--seed", "4")[1]


def test_what_cannot_be_is_a_sentence_and_the_walk_goes_on(walk):
    _, out, err = walk("99\n벨\x07\n1\nq\n")
    assert out == "파란 뼈다귀"
    assert "99번 후보는 없어요" in err and "제어 문자" in err


@pytest.mark.parametrize(
    "wrong",
    [
        ["가" * 10_000],
        ["파란", "--top", "0"],
        ["파란", "--top", "x"],
        ["파란", "--temperature", "x"],
        ["반쪽\ud83d"],
    ],
)
def test_bad_value_is_a_sentence_and_exit_code_2(model, capsys, wrong):
    assert cli.main(["next", *wrong]) == 2
    assert capsys.readouterr().err.strip()


def test_a_text_file_is_learned(tmp_path, capsys):
    path = tmp_path / "내 글.txt"
    path.write_text(story(200), encoding="utf-8")
    assert cli.main(["next", "문어가", "--model", str(path)]) == 0
    assert "%" in capsys.readouterr().out


def test_a_text_file_that_is_not_there_is_a_sentence(tmp_path, capsys):
    assert cli.main(["next", "문어가", "--model", str(tmp_path / "no.txt")]) == 2
    assert "no.txt" in capsys.readouterr().err


def test_an_unknown_model_is_a_sentence(tmp_path, capsys):
    assert cli.main(["next", "--model", "아무개", "--data-dir", str(tmp_path)]) == 2
    assert "아무개" in capsys.readouterr().err
