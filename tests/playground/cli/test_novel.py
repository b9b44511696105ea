"""`novel`: a story picked in the terminal or written by itself, into a file or not."""

from __future__ import annotations

import io
import json

import pytest

from playground import cli
from tests.fake_language import FakeTokens

NOVEL = cli.COMMANDS["novel"]


@pytest.fixture
def write(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean
    monkeypatch.setattr(NOVEL, "open_language", lambda options: FakeTokens())
    openings = tmp_path / "open.txt"
    openings.write_text("옛날에 문어가 살았다.\n문어는 추웠다.\n", encoding="utf-8")

    def written(typed, *more):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = cli.main(["novel", "--openings", str(openings), "--seed", "1", *more])
        out, err = capsys.readouterr()
        return code, out, err

    return written


def test_auto_writes_by_itself_and_the_same_with_the_same_seed(write):
    code, out, _ = write("", "--auto", "--rounds", "4")
    assert code == 0
    assert out.startswith("옛날에 문어가 살았다. 문어는 추웠다. ")
    assert len(out.replace("?", ".").replace("!", ".").strip().split(".")) >= 6
    assert write("", "--auto", "--rounds", "4")[1] == out


def test_as_json_the_sentences_and_the_file(write, tmp_path):
    _, out, _ = write("", "--auto", "--rounds", "2", "--json")
    told = json.loads(out)
    assert len(told["sentences"]) == 4 and told["path"] is None
    place = tmp_path / "story.md"
    _, out, _ = write("", "--auto", "--rounds", "2", "--json", "-o", str(place))
    assert json.loads(out) == {**told, "path": str(place)} and place.is_file()


def test_numbers_own_words_undo_and_again(write):
    _, out, err = write("1\nu\nr\n내가 쓴 말이다.\nq\n", "--rounds", "3")
    assert out == "옛날에 문어가 살았다. 문어는 추웠다. 내가 쓴 말이다.\n"
    assert "다시 뽑기" in err


def test_wrong_answers_are_sentences_and_nothing_is_lost(write):
    _, out, err = write("99\n벨\x07\n", "--rounds", "2")
    assert "99번 후보는 없어요" in err and "제어 문자" in err
    assert out == "옛날에 문어가 살았다. 문어는 추웠다.\n"


def test_file_is_markdown_or_text(write, tmp_path):
    for name, begins in (("이야기.md", "# 옛날에"), ("이야기.txt", "옛날에")):
        code, out, err = write("", "--auto", "--rounds", "1", "-o", str(tmp_path / name))
        assert (code, out) == (0, "")
        assert (tmp_path / name).read_text("utf-8").startswith(begins)
        assert "저장했어요" in err


def test_stopping_keeps_what_was_written(write, monkeypatch, tmp_path):
    class Stopped(io.StringIO):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr("io.StringIO", Stopped)
    code, _, _ = write("", "--rounds", "2", "-o", str(tmp_path / "out.txt"))
    assert code == 130
    assert (tmp_path / "out.txt").read_text("utf-8").startswith("옛날에")


def test_beam_search_can_be_chosen(write):
    assert write("", "--auto", "--rounds", "1", "--method", "beam")[0] == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("--rounds", "0"),
        ("--rounds", "x"),
        ("--method", "magic"),
        ("--novelty", "2"),
        ("--temperature", "0"),
        ("--seed", "-7"),
        ("-o", "/no/such/folder/x.md"),
        ("-o", "/"),
        ("--openings", "/no/such/file.txt"),
    ],
)
def test_bad_value_is_a_sentence_and_exit_code_2(write, wrong):
    code, _, err = write("", "--auto", *wrong)
    assert code == 2 and err.strip()


def test_six_openings_are_a_sentence(write, tmp_path):
    many = tmp_path / "many.txt"
    many.write_text("가.\n나.\n다.\n라.\n마.\n바.\n", encoding="utf-8")
    code, _, err = write("", "--auto", "--openings", str(many))
    assert code == 2 and "여는 문장이 6개" in err
