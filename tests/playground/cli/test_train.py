"""The train command: what it asks for and says; Ctrl+C leaves something to go on from."""

from __future__ import annotations

import json

import pytest

from models import shelves
from playground import cli
from playground.cli import train
from playground.studio.work.training import TrainingWork
from tests.pipelines.training.finetune.conftest import pairs_csv
from tests.tiny_language import make_folder

QUICK = ["--epochs", "1", "--batch", "32", "--lr", "0.003", "--max-tokens", "32"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(shelves, "BUILTIN", tmp_path / "builtin")
    monkeypatch.setenv("LC_ALL", "C")  # no language named: Korean
    make_folder(tmp_path / "models" / "tiny", vocab=16_000)
    path = tmp_path / "단톡방.csv"
    path.write_text(pairs_csv(40) + "\n전화해,010-1234-5678,0\n칸이,너무,많은,줄", encoding="utf-8")
    return path


def call(data, *more):
    places = ["--data-dir", str(data.parent), "--name", "mine", "--base", "tiny"]
    return cli.main(["train", *map(str, more), *places])


@pytest.mark.slow
def test_a_file_becomes_a_model_with_a_log_and_a_verdict(data, capsys):
    assert call(data, data, "--source", "단톡방", "--consent", "consent:모두", *QUICK) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert (
        lines[0].startswith("[Epoch 0]") and "train ppl=" in lines[-2] and "val ppl=" in lines[-2]
    )
    folder = data.parent / "models" / "languages" / "mine"
    assert lines[-1] == str(folder) and (folder / "model.safetensors").is_file()
    assert "[전화번호] 1번" in said.err and "43번째 줄의 칸 수" in said.err and "판정:" in said.err
    assert "1234" not in said.out + said.err


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ([], "DATA, --source, --consent"),
        (["--source", "단톡방"], "DATA, --consent"),
    ],
)
def test_nothing_is_learned_without_data_and_consent(data, capsys, more, part):
    assert call(data, *more) == 2
    assert part in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "part"),
    [
        (["--source", "x", "--consent", "own"], "출처"),
        (["--source", "단톡방", "--consent", "consent"], "누가 동의했는지"),
        (["--source", "단톡방", "--consent", "why"], "own | consent | licence | public"),
        (["--source", "단톡방", "--consent", "own", "--epochs", "many"], "many"),
        (["--source", "단톡방", "--consent", "own", "--lr", "5"], "학습률"),
    ],
)
def test_what_is_wrong_is_told(data, capsys, more, part):
    assert call(data, data, *more) == 2
    assert part in capsys.readouterr().err


def test_a_file_that_is_not_there_and_a_job_that_is_not_there(data, capsys):
    consent = ["--source", "단톡방", "--consent", "own"]
    assert call(data, data.parent / "nowhere.csv", *consent) == 2
    assert "nowhere.csv" in capsys.readouterr().err
    assert call(data, "--resume") == 2
    assert "mine" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said_first(data, capsys):
    assert cli.main(["train", str(data.parent / "없는파일"), "--source", "x"]) == 2
    said = capsys.readouterr().err
    assert "없는파일" in said and "그런 파일이 없어요" in said and "--consent" not in said


def test_without_a_name_the_name_is_asked_for(data, capsys):
    assert cli.main(["train", str(data), "--source", "x", "--consent", "own"]) == 2
    assert cli.main(["train", "--resume"]) == 2
    assert capsys.readouterr().err.count("--name") == 2


@pytest.mark.slow
def test_as_json_a_line_for_each_point_and_one_for_the_end(data, capsys):
    assert call(data, data, "--source", "단톡방", "--consent", "own", "--json", *QUICK) == 0
    *points, done = map(json.loads, capsys.readouterr().out.splitlines())
    assert points and {point["event"] for point in points} == {"point"}
    assert done["event"] == "done" and done["path"].endswith("mine")
    assert done["verdict"]["label"] and done["val_ppl"] > 0


def test_a_stop_from_the_keyboard_is_kept_and_goes_on(data, capsys, monkeypatch):
    stopped = []

    def interrupted(work, *, is_json):
        stopped.append(work)
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "_follow", interrupted)
    assert call(data, data, "--source", "단톡방", "--consent", "own", *QUICK) == 130
    assert "--resume" in capsys.readouterr().err
    assert isinstance(stopped[0], TrainingWork) and stopped[0].unfinished() == ("mine",)
    assert call(data, "--resume") == 130
