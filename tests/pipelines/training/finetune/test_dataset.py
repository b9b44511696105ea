"""Whatever people hand over is read, or a sentence names the line that is wrong."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.contract.cancel import CancelToken
from pipelines.contract.errors import Cancelled, CorpusError
from pipelines.text.corpus.masking import Private
from pipelines.training.finetune.dataset import DatasetFormat, TrainingRow, read_data
from playground.messages import Language, explain
from tests.pipelines.training.finetune.conftest import pairs_csv

CSV = pairs_csv(40)
LINES = "\n".join(f"{n}번째 뼈다귀, 착한 냄새를 먹는다" for n in range(30))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le"])
def test_every_usual_encoding_is_read(encoding):
    data = CSV.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    read = read_data(data, "a.csv")
    assert read.kind is DatasetFormat.PAIRS and len(read.rows) == 40 and not read.dropped
    assert read.digest == read_data(CSV, "").digest


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Q,A,label", "{q},{a},1"),
        ("질문,답변", "{q},{a}"),
        ("id,label,answer,question", "7,1,{a},{q}"),
        ("", "{q},{a},1"),
        ("Q\tA\tlabel", "{q}\t{a}\t1"),
        ("", "{q}\t{a}"),
        ("Q;A;label", "{q};{a};1"),
    ],
)
def test_columns_are_found_by_name_or_by_what_is_in_them(header, row):
    lines = [header, *(row.format(q=f"왜 {n}?", a=f"답 {n}") for n in range(25))]
    read = read_data("\n".join(lines), "a.csv")
    assert read.kind is DatasetFormat.PAIRS and not read.dropped
    first = read.rows[0]
    assert (first.question, first.reply) == ("왜 0?", "답 0")
    assert first.label == (1 if "1" in row else 0)


def test_plain_lines_are_lines_even_with_commas():
    read = read_data(LINES, "")
    assert read.kind is DatasetFormat.LINES and len(read.rows) == 30
    assert read.rows[3] == TrainingRow(4, "", "3번째 뼈다귀, 착한 냄새를 먹는다")


def test_a_chat_export_loses_its_names():
    text = "\n".join(f"[김철수] [오후 3:{n}] 나는 {n}번 웃었다" for n in range(10, 40))
    read = read_data(text, "chat.txt")
    assert read.kind is DatasetFormat.CHAT and "김철수" not in repr(read.rows)


def test_rows_that_are_not_used_are_named_with_their_lines():
    rows = CSV.split("\n")
    rows[5] = "칸이,너무,많아요,정말"
    rows[7] = ",답만 있음,0"
    rows[9] = "왜?,이상한 라벨,9"
    rows[11] = '왜 010-1234-5678?,"안 닫힘,0'
    read = read_data("\n".join(rows), "a.csv")
    assert read.dropped == 4 and len(read.rows) == 36
    assert [(p.line, p.key.rsplit(".", 1)[1]) for p in read.problems] == [
        (6, "columns"),
        (8, "empty"),
        (10, "label"),
        (12, "quote"),
    ]
    assert "1234" not in repr(read)
    assert {row.line for row in read.rows} == set(range(2, 42)) - {6, 8, 10, 12}


def test_private_things_are_masked_counted_and_shown_masked():
    rows = [*CSV.split("\n"), "번호 줘,내 번호는 010 1234 5678이고 메일은 a@b.co야,0"]
    read = read_data("\n".join(rows), "a.csv")
    found = {masked.kind: masked for masked in read.masked}
    assert {kind: masked.count for kind, masked in found.items()} == {
        Private.PHONE: 1,
        Private.EMAIL: 1,
    }
    assert "내 번호는 [전화번호]이고" in found[Private.PHONE].examples[0]
    assert "5678" not in repr(read) and "b.co" not in repr(read)


def test_text_is_composed():
    read = read_data(unicodedata.normalize("NFD", CSV), "a.csv")
    assert read.digest == read_data(CSV, "a.csv").digest


@pytest.mark.parametrize(
    ("data", "name", "key", "part"),
    [
        (b"", "a.csv", "training.empty", "비어"),
        (b"\n \n", "a.txt", "training.empty", "비어"),
        ("사랑은 착한 뼈다귀", "", "training.few", "1"),
        ("Q,A,label\n안녕,뼈다귀,0", "a.csv", "training.few", "1"),
        (b"\x89PNG\r\n\x1a\n\x00\x00" * 50, "a.csv", "corpus.binary", "읽을 수 없어요"),
        (bytes(range(1, 32)) * 40, "a.csv", "corpus.binary", "읽을 수 없어요"),
        ("id,text,when\n" + "1,가나,어제\n" * 50, "a.csv", "training.columns", "id, text, when"),
        ("Q,A,label\n" + "가,나\n" * 50, "a.csv", "training.row.columns", "2번째"),
        ("가나다라\n".encode() * 4_200_000, "a.txt", "training.large", "55 MB"),
    ],
)
def test_what_cannot_be_learned_from_is_told_in_a_sentence(data, name, key, part):
    with pytest.raises(CorpusError) as caught:
        read_data(data, name)
    assert caught.value.key == key
    assert part in explain(caught.value, Language.KO)
    assert explain(caught.value, Language.EN)


def test_reading_stops_when_the_person_says_stop():
    with pytest.raises(Cancelled):
        read_data(CSV, "a.csv", CancelToken(lambda: True))


@given(st.one_of(st.binary(max_size=400), st.text(max_size=400)))
@settings(deadline=None, max_examples=300)
def test_anything_is_read_or_refused(data):
    try:
        read = read_data(data, "a.csv")
    except CorpusError as error:
        assert explain(error, Language.KO)
    else:
        assert read.rows
