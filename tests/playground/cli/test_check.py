"""`index` and `check`: what they print, and what they refuse."""

import io
import json

import pytest

from pipelines.text.korean import kiwi
from playground import cli
from tests.pipelines.text.markov.test_engine import story


@pytest.fixture(autouse=True)
def korean(monkeypatch, tmp_path):
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def without_kiwi(monkeypatch):
    monkeypatch.setattr(kiwi.Holder, "get", lambda self: None)
    monkeypatch.setattr(kiwi.Holder, "is_installed", False)


def test_index_prints_score_kind_text_and_reasons(without_kiwi, capsys):
    assert cli.main(["index", "파란 냄새가 세 켤레의 침묵을 먹었다", "ㅁㄴㅇㄹ"]) == 0
    out, err = capsys.readouterr()
    first, second = (line.split("\t") for line in out.splitlines())
    assert int(first[0]) > 50 and first[1] == "아무말"
    assert "감각명사에 색이 있어요: 파란" in first[3]
    assert second[:3] == ["-", "헛타자", "ㅁㄴㅇㄹ"]
    assert "requirements-korean.txt" in err


def test_index_reads_lines_and_speaks_json_and_english(without_kiwi, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("망각이 재채기했다\n\n사랑!\n"))
    assert cli.main(["index", "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["is_estimate"] is True
    assert first["reasons"] == [
        "an abstract noun takes a predicate of the living: 망각 + 재채기했다"
    ]
    assert (second["kind"], second["score"]) == ("short", None)


def test_index_refuses_a_text_that_is_too_long(without_kiwi, capsys):
    assert cli.main(["index", "가" * 5000]) == 2
    assert "5000" in capsys.readouterr().err


def test_check_prints_a_verdict_and_a_table(capsys):
    assert cli.main(["check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "정상"
    assert any(line.startswith("1.000\t≥ 0.95\t< 0.8\t좋음") for line in lines)
    # what was not looked for is not said to be absent
    assert "답이 충분히 다양해요." in lines
    assert [line for line in lines if "베" in line] == [
        "배운 글을 주지 않아서 베꼈는지는 볼 수 없었어요."
    ]


def test_check_judges_a_file_of_replies(tmp_path, capsys):
    replies = tmp_path / "replies.txt"
    replies.write_text("\n".join(["사랑!"] * 30), "utf-8")
    assert cli.main(["check", "--replies", str(replies)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("붕괴")
    assert "30번\t사랑!" in out
    assert cli.main(["check", "--replies", str(replies), "--learned", str(replies), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["health"] == "memorised"


def test_check_learns_a_text_with_the_markov_engine(tmp_path, capsys):
    learned = tmp_path / "learned.txt"
    learned.write_text(story(300), "utf-8")
    assert cli.main(["check", "--engine", "markov", "--learned", str(learned), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["replies"] == 1_000


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "parrot"], "parrot"),
        (["--engine", "markov"], "--learned"),
        (["--replies", "없는파일.txt"], "없는파일.txt"),
        (["--feedback", "99"], "99"),
        (["--feedback", "셋"], "셋"),
        (["--engine", "neural", "--model", "없는모델"], "없는모델"),
    ],
)
def test_check_says_what_is_wrong(arguments, said, capsys):
    assert cli.main(["check", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_too_few_replies_are_told(tmp_path, capsys):
    replies = tmp_path / "replies.txt"
    replies.write_text("사랑!\n미움!", "utf-8")
    assert cli.main(["check", "--replies", str(replies)]) == 2
    assert "2개뿐" in capsys.readouterr().err


def test_the_feedback_loop_prints_generations_and_draws_them(tmp_path, capsys, monkeypatch):
    from playground.studio.work import self_check as checking

    monkeypatch.setattr(checking, "FIRST_PHRASES", 150)
    plot = tmp_path / "decay.svg"
    assert cli.main(["check", "--feedback", "2", "--plot", str(plot)]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == ["0", "1", "2"]
    assert float(rows[2][1]) < float(rows[1][1]) < 1
    drawn = plot.read_text("utf-8")
    assert drawn.startswith("<svg") and "남은 낱말" in drawn
