"""The hand-written texts keep their rules, and a mistake is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.text.chat.topic import content
from pipelines.text.korean.blocklist import is_clean
from pipelines.training.ongari.questions import blanks
from pipelines.training.ongari.written_files import (
    FOLDER,
    numbered,
    parse_form,
    parse_line,
    parse_pair,
    read_written,
)

FILES = {
    "lines.txt": parse_line,
    "paragraphs.txt": parse_line,
    "prompts.txt": parse_line,
    "dialogues.tsv": parse_pair,
    "questions.tsv": parse_form,
}


@pytest.mark.parametrize("name", FILES)
def test_every_row_of_the_written_files_can_be_read(name: str) -> None:
    assert list(numbered(FOLDER / name, FILES[name]))


def test_at_least_three_thousand_texts_are_written_by_hand() -> None:
    written = read_written()
    assert len(written.lines) + len(written.paragraphs) + len(written.pairs) >= 3_000


def test_what_meets_the_block_list_is_passed_over() -> None:
    written = read_written()
    texts = [*written.lines, *written.paragraphs]
    texts += [text for pair in written.pairs for text in (pair.question, pair.reply)]
    assert all(map(is_clean, texts))


def test_the_prompts_of_the_score_are_200_and_none_is_a_written_question() -> None:
    written = read_written()
    assert len(written.prompts) == 200
    assert not set(written.prompts) & {pair.question for pair in written.pairs}


def test_every_prompt_has_a_word_of_the_lexicon() -> None:
    assert all(content(prompt) for prompt in read_written().prompts)


def test_some_forms_are_held_out_and_all_have_a_noun() -> None:
    held = [form for form in read_written().forms if form.is_held]
    assert len(held) >= 10
    assert all("N" in blanks(form.text) for form in held)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("문어가 3마리", "'3'"),
        ("LP를 삼킨 문어", "'L'"),
        ("두  칸", "two in a row"),
        ("끝에 빈칸 ", "at an end"),
        ("탭\t하나", "a tab"),
        ("\u1112\u1161\u11ab글", "NFC"),
        ("가" * 401, "401 characters"),
    ],
)
def test_a_line_that_breaks_a_rule_is_told_with_file_and_number(
    line: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "lines.txt"
    path.write_text(f"사랑은 착한 뼈다귀\n\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lines\.txt, line 3: ") as caught:
        list(numbered(path, parse_line))
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("안녕?\t안녕.", "2 fields"),
        ("안녕?\t안녕.\t3", "label '3'"),
        ("\t안녕.\t0", "empty question"),
        ("안녕?\t안녕 bye\t0", "'b'"),
    ],
)
def test_a_pair_that_breaks_a_rule_is_told_with_file_and_number(
    line: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "dialogues.tsv"
    path.write_text(f"뭐야?\t뼈다귀.\t0\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"dialogues\.tsv, line 2: ") as caught:
        list(numbered(path, parse_pair))
    assert reason in str(caught.value)


def test_paragraphs_are_parted_by_blank_lines(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_text("", encoding="utf-8")
    text = "문어가 왔다.\n문어가 갔다.\n\n국자가 남았다.\n"
    (tmp_path / "paragraphs.txt").write_text(text, encoding="utf-8")
    assert read_written(tmp_path).paragraphs == ("문어가 왔다. 문어가 갔다.", "국자가 남았다.")
