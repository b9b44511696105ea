"""Styles: A1111's styles.csv is read, applied and taken off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import DiskError
from pipelines.contract.errors import InvalidRequest
from pipelines.image.prompt.style_sheet import MAX_BYTES, MOST_MISTAKES, parse_styles, read_styles
from pipelines.image.prompt.styles import Style, apply_styles, find_styles

HEAD = "name,prompt,negative_prompt\n"


@pytest.mark.parametrize(
    ("style", "prompt", "expected"),
    [
        ("masterpiece", "cat", "cat, masterpiece"),
        ("photo of {prompt}, 4k", "cat", "photo of cat, 4k"),
        ("x", "", "x"),
        ("masterpiece", "cat,", "cat,, masterpiece"),
        ("", "cat", "cat"),
        ("", " cat ", "cat"),
        ("{prompt} and {prompt}", "cat", "cat and cat"),
        (" 4k ", " cat ", "cat, 4k"),
    ],
)
def test_applying_follows_the_table(style, prompt, expected):
    assert apply_styles(prompt, "", [Style("s", style)])[0] == expected
    assert apply_styles("", prompt, [Style("s", "", style)])[1] == expected


def test_styles_are_applied_in_the_order_of_choice_to_both_prompts():
    ink, photo = Style("ink", "ink", "colour"), Style("photo", "photo of {prompt}", "blurry")
    assert apply_styles("cat", "dog", [ink, photo]) == ("photo of cat, ink", "dog, colour, blurry")
    assert apply_styles("cat", "dog", [photo, ink]) == ("photo of cat, ink", "dog, blurry, colour")


def test_styles_that_double_the_prompt_without_end_are_refused():
    with pytest.raises(InvalidRequest) as caught:
        apply_styles("cat", "", [Style("twice", "{prompt}{prompt}")] * 64)
    assert caught.value.key == "prompt.long"


def test_file_of_a1111_is_read(tmp_path):
    path = tmp_path / "styles.csv"
    text = HEAD + '#note,"x",\r\n\r\n잉크,"ink, black\nand white",colour\n---,,\nb,{prompt} 4k,\n'
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_styles([path]).styles == (
        Style("잉크", "ink, black\nand white", "colour"),
        Style("---"),
        Style("b", "{prompt} 4k"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "name,text\nb,4k\n",
        "name,prompt\nb,4k",
        " Name , Prompt ,other\nb,4k,zzz\n",
        "prompt,name\n4k,b\n",
        HEAD + "b,4k\n",
        HEAD + "b,4k,,,\n",
        HEAD + "b,old,\nb,4k,\n",
    ],
)
def test_other_columns_and_short_rows_are_read(text):
    assert parse_styles(text, "styles.csv").styles == (Style("b", "4k"),)


def test_file_from_excel_in_korea_is_read(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_bytes((HEAD + "수묵,먹 그림,").encode("cp949"))
    assert read_styles([path]).styles == (Style("수묵", "먹 그림"),)


def test_later_file_wins(tmp_path):
    for name, prompt in (("a.csv", "old"), ("b.csv", "new")):
        (tmp_path / name).write_text(HEAD + f"s,{prompt},\nonly-{name},x,\n", encoding="utf-8")
    styles = read_styles(sorted(tmp_path.glob("*.csv"))).styles
    assert [style.name for style in styles] == ["s", "only-a.csv", "only-b.csv"]
    assert styles[0].prompt == "new"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("ink,black,white\n", "styles.columns", 1),
        ("\n# note\nink,black\n", "styles.columns", 3),
        ('name,"prompt\na,b\n', "styles.quotes", 1),
        ("name,prompt\x00\na,b\n", "file.binary", 1),
    ],
)
def test_table_without_columns_is_refused(text, key, line):
    with pytest.raises(InvalidRequest) as caught:
        parse_styles(text, "styles.csv")
    assert caught.value.key == f"prompt.{key}"
    assert caught.value.values["line"] == line


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ("b,ink, black, white", "styles.cells"),
        (",z,", "styles.nameless"),
        ('b,"x"y,', "styles.quotes"),
        ('b,"photo of "big" cats, 4k",', "styles.quotes"),
        ('b,"never closed,', "styles.quotes"),
        ('b,x,"never closed', "styles.quotes"),
        ('"b,never closed', "styles.quotes"),
        ("b," + "x" * 200_000 + ",", "styles.quotes"),
        ("b,\x00,", "file.binary"),
        ("b,\udcff,", "file.binary"),
    ],
)
@pytest.mark.parametrize("after", ["c,y,n", '"c","y","n"', 'c, "y", "n"', '"c",y,n\n# note'])
def test_odd_row_costs_itself_alone_and_is_named(row, key, after):
    sheet = parse_styles(f'{HEAD}a,"x\ny",m\n{row}\n{after}\n', "styles.csv")
    assert sheet.styles == (Style("a", "x\ny", "m"), Style("c", "y", "n"))
    (mistake,) = sheet.mistakes
    assert (mistake.key, mistake.values["line"]) == (f"prompt.{key}", 4)


def test_blank_behind_a_comma_means_nothing_as_in_a1111():
    table = HEAD + 'soft, "{prompt}, soft", "harsh, contrast"\nhard,  {prompt} hard, x\n'
    assert parse_styles(table, "styles.csv").styles == (
        Style("soft", "{prompt}, soft", "harsh, contrast"),
        Style("hard", "{prompt} hard", "x"),
    )


def test_table_of_odd_rows_alone_is_read_in_one_go_and_tells_a_hundred():
    sheet = parse_styles(HEAD + 'a,"b" c,"\n' * 50_000, "styles.csv")
    assert (sheet.styles, len(sheet.mistakes)) == ((), MOST_MISTAKES)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\xff\xfen\x00\n\x00a", 1),
        (b"PK\x03\x04\xff\xff\n\x00\x00", 1),
        ("name,prompt\na,b\n".encode("utf-16-le"), 1),
    ],
)
def test_file_that_is_no_text_names_its_line(tmp_path, data, line):
    path = tmp_path / "styles.csv"
    path.write_bytes(data)
    with pytest.raises(InvalidRequest) as caught:
        read_styles([path])
    assert caught.value.key == "prompt.file.binary"
    assert caught.value.values["line"] == line


@pytest.mark.parametrize("row", [b"a,\x00", b"a,\xff\xff\xff", "가,xÿ".encode() + b"\xff"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_row_that_is_no_text_is_named_and_the_others_are_read(tmp_path, row, mark):
    path = tmp_path / "styles.csv"
    path.write_bytes(mark + b"name,prompt\r\n" + row + "\r\n수묵,먹\r\n".encode())
    sheet = read_styles([path])
    assert sheet.styles == (Style("수묵", "먹"),)
    assert [(one.key, one.values["line"]) for one in sheet.mistakes] == [("prompt.file.binary", 2)]


def test_large_file_is_not_read(tmp_path):
    path = tmp_path / "styles.csv"
    path.write_bytes(b"a" * (MAX_BYTES + 1))
    with pytest.raises(InvalidRequest) as caught:
        read_styles([path])
    assert caught.value.key == "prompt.file.large"


def test_missing_file_is_a_disk_error(tmp_path):
    with pytest.raises(DiskError):
        read_styles([tmp_path / "none.csv"])


def test_unknown_style_names_the_nearest():
    styles = [Style("watercolour"), Style("ink")]
    assert find_styles(["ink"], styles) == (Style("ink"),)
    with pytest.raises(InvalidRequest) as caught:
        find_styles(["ink", "watercolor"], styles)
    assert caught.value.values == {"style": "watercolor", "nearest": "watercolour"}
    with pytest.raises(InvalidRequest) as caught:
        find_styles(["ink"], [])
    assert caught.value.key == "prompt.style.none"


@given(st.text(), st.text(st.sampled_from(list('name,prompt"\n#{} a'))))
def test_any_table_is_read_or_refused(text, likely):
    for table in (text, likely, HEAD + text, HEAD + likely):
        try:
            sheet = parse_styles(table, "styles.csv")
        except InvalidRequest as error:
            assert int(error.values["line"]) >= 1
        else:
            assert all(style.name for style in sheet.styles)
            assert all(int(one.values["line"]) > 1 for one in sheet.mistakes)
