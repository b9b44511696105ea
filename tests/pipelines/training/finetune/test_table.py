"""A table's mistakes stay in their own line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.training.finetune.table import records, split


def read(text):
    return [(record.line, record.fields) for record in records(text.split("\n"), ",")]


def test_quotes_hold_commas_quotes_and_line_breaks():
    text = 'Q,A,label\n"a, b","say ""hi""",0\n"two\nlines",c,1\nd,e,2'
    assert read(text) == [
        (1, ("Q", "A", "label")),
        (2, ("a, b", 'say "hi"', "0")),
        (3, ("two lines", "c", "1")),
        (5, ("d", "e", "2")),
    ]


def test_an_unbalanced_quote_breaks_one_row_and_swallows_nothing():
    rows = [f"q{n},a{n},0" for n in range(100)]
    rows[10] = 'q10,"a10,0'
    found = read("\n".join(rows))
    assert [line for line, fields in found if not fields] == [11]
    assert len(found) == 100
    rows[20] = 'q20,a20",0'  # a stray quote further down does not close it either
    found = read("\n".join(rows))
    assert [line for line, fields in found if not fields] == [11]
    assert (20 + 1, ("q20", 'a20"', "0")) in found


def test_a_quote_inside_a_field_is_a_letter():
    assert split('5" 파이,a "b" c,0', ",") == ('5" 파이', 'a "b" c', "0")


@given(st.lists(st.text(alphabet='ab",;\t ', max_size=12), max_size=60))
@settings(deadline=None, max_examples=200)
def test_every_line_is_read_once(lines):
    last = 0
    for record in records(lines, ","):
        assert last < record.line <= len(lines)
        last = record.line
