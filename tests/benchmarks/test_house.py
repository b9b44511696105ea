"""The house is measured on a small one: a circle, a homonym and an arrow that goes up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.house.graph import arrows_in_circles, circles, count_floors, up_arrows
from benchmarks.house.measure import HouseFigures, find_homonyms, measure, part_of, rooms_of
from benchmarks.house.source import ImportTime, read_house, read_module

CODE = {
    "models/__init__.py": '"""What lies on disk."""\n',
    "models/disk.py": "class Shelf:\n    pass\n\n\nclass Digest:\n    pass\n",
    "pipelines/__init__.py": "",
    "pipelines/painter.py": """\
from pipelines.image import draw


class _Shelf:  # a homonym of models.disk's
    def paint(self, size: int) -> int:
        # of its own line
        return draw.draw(size)
""",
    "pipelines/image/__init__.py": "",
    "pipelines/image/draw.py": """\
from __future__ import annotations

from typing import TYPE_CHECKING

from models.disk import Shelf

if TYPE_CHECKING:
    from pipelines.painter import _Shelf


def draw(size):
    from pipelines.image.prompt import parse

    return parse.parse(size)
""",
    "pipelines/image/prompt/__init__.py": "",
    "pipelines/image/prompt/parse.py": "from ..draw import draw\n\n\ndef parse(size):\n    ...\n",
    "webui.py": "import pipelines.painter\nimport torch\n",
    "tests/test_none.py": "class Shelf:\n    pass\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in CODE.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def figures(root: Path) -> HouseFigures:
    return measure(read_house(root))


def test_tests_are_no_part_of_the_house(figures: HouseFigures) -> None:
    assert figures.files == 9
    assert figures.lines == sum(
        len(text.splitlines()) for name, text in CODE.items() if not name.startswith("tests/")
    )


def test_circles_grow_with_imports_that_run_later_or_never(figures: HouseFigures) -> None:
    assert figures.circles == (0, 2, 3)


def test_rooms_are_folders_and_a_circle_of_them_goes_up(figures: HouseFigures) -> None:
    assert figures.house.rooms == 5  # ., models, pipelines, pipelines/image, .../prompt
    assert figures.house.floors == 3  # the circle lies on one
    assert figures.house.arrows == 6
    assert figures.house.in_circles == (
        ("pipelines", "pipelines/image"),
        ("pipelines/image", "pipelines"),
        ("pipelines/image", "pipelines/image/prompt"),
        ("pipelines/image/prompt", "pipelines/image"),
    )
    assert len(figures.house.up) == 2  # one of each pair


def test_inside_a_folder_rooms_are_subfolders_and_loose_files(root: Path) -> None:
    modules = read_house(root)
    assert rooms_of(modules, part_of("pipelines")).rooms == 2  # painter.py and image
    inside = rooms_of(modules, part_of("pipelines/image"))
    assert (inside.rooms, inside.floors, inside.arrows) == (2, 1, 2)
    assert (len(inside.in_circles), len(inside.up)) == (2, 1)


def test_rooms_of_text_and_of_pictures_are_measured_apart(root: Path) -> None:
    (root / "pipelines/text/korean").mkdir(parents=True)
    (root / "pipelines/text/korean/josa.py").write_text("", "utf-8")
    (root / "pipelines/text/engines.py").write_text(
        "from pipelines.text.korean import josa\n", "utf-8"
    )
    figures = measure(read_house(root))
    assert (figures.text.rooms, figures.text.arrows, figures.text.up) == (2, 1, ())
    assert figures.image.rooms == 2


def test_a_house_without_a_circle_has_no_arrow_up(root: Path) -> None:
    (root / "pipelines/image/prompt/parse.py").write_text("", "utf-8")
    inside = rooms_of(read_house(root), part_of("pipelines/image"))
    assert (inside.floors, inside.arrows, inside.in_circles, inside.up) == (2, 1, (), ())


def test_homonyms_ignore_the_leading_underscore(figures: HouseFigures) -> None:
    assert figures.homonyms == {"Shelf": ("models.disk", "pipelines.painter")}
    assert (figures.homonymous_classes, figures.classes) == (2, 3)
    assert figures.homonym_share == pytest.approx(2 / 3)


def test_one_module_may_use_a_name_twice(root: Path) -> None:
    path = root / "models/disk.py"
    path.write_text(
        "class One:\n    class Part: ...\n\n\nclass Two:\n    class Part: ...\n", "utf-8"
    )
    assert find_homonyms([read_module(root, path)]) == {}


def test_functions_are_measured_and_comments_counted(figures: HouseFigures) -> None:
    assert dict(figures.longest_functions) == {
        "pipelines/painter.py:paint": 3,
        "pipelines/image/draw.py:draw": 4,
        "pipelines/image/prompt/parse.py:parse": 2,
    }
    assert figures.longest_functions[0][0] == "pipelines/image/draw.py:draw"
    assert figures.function_median == 3
    assert figures.comments == pytest.approx(1 / figures.lines)
    assert figures.end_comments == pytest.approx(1 / figures.lines)
    assert figures.typed == pytest.approx(1 / 3)


def test_a_star_in_the_arguments_needs_its_type_too(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(
        "def a(*more) -> int: ...\n"
        "def b(*more: int, key: int) -> int: ...\n"
        "class C:\n    def __init__(self, x: int): ...\n",
        "utf-8",
    )
    typed = {size.name: size.is_typed for size in read_module(tmp_path, path).functions}
    assert typed == {"a": False, "b": True, "__init__": True}


def test_imports_know_their_time_and_relative_ones_are_made_absolute(root: Path) -> None:
    draw = read_module(root, root / "pipelines/image/draw.py")
    times = {statement.module: statement.time for statement in draw.imports}
    assert times["models.disk"] is ImportTime.LOADING
    assert times["pipelines.painter"] is ImportTime.TYPING
    assert times["pipelines.image.prompt"] is ImportTime.CALLING
    parse = read_module(root, root / "pipelines/image/prompt/parse.py")
    assert parse.imports[0].module == "pipelines.image.draw"


def test_graphs() -> None:
    straight = {"a": {"b", "c"}, "b": {"c"}, "c": set[str]()}
    assert (circles(straight), arrows_in_circles(straight), count_floors(straight)) == ((), (), 3)
    two = straight | {"c": {"b"}, "d": {"e"}, "e": {"f"}, "f": {"d"}}
    assert circles(two) == (frozenset("def"), frozenset("bc"))
    inside = {("b", "c"), ("c", "b"), ("d", "e"), ("e", "f"), ("f", "d")}
    assert set(arrows_in_circles(two)) == inside
    assert circles({"a": {"a"}}) == ()
    assert count_floors({}) == 0


def test_an_arrow_goes_up_against_the_majority() -> None:
    weights = {"a": {"b": 9}, "b": {"c": 4}, "c": {"d": 3, "b": 1}, "d": {"a": 1}}
    assert up_arrows(weights) == (("c", "b"), ("d", "a"))
    down = {start: {end: 1 for end in ends if end > start} for start, ends in weights.items()}
    assert arrows_in_circles(down) == () and up_arrows(down) == ()


def test_the_command_prints_a_table_of_another_checkout(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["house", "--root", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("| ") and line.count("|") == 3 for line in lines)
    assert "2 of 3 = 66.7%" in "\n".join(lines)
    assert main(["house", "--root", str(root), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["homonyms"] == {"Shelf": ["models.disk", "pipelines.painter"]}
    assert read["house"]["arrows"] == 6


def test_a_folder_without_our_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main(["house", "--root", str(tmp_path)])
