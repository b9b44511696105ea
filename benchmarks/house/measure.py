"""Count what a checkout is like: one frozen `HouseFigures`, made of the modules that were read.

A *room* is a folder with code, an *arrow* leads from a room to another one that it imports from.
Inside one folder the rooms are its subfolders and its loose files.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.house.graph import arrows_in_circles, circles, count_floors, up_arrows
from benchmarks.house.source import FunctionSize, ImportTime, SourceModule

LONGEST = 5
LOADING = frozenset({ImportTime.LOADING})
RUNNING = LOADING | {ImportTime.CALLING}
ALL_TIMES = frozenset(ImportTime)


@dataclass(frozen=True, slots=True)
class RoomFigures:
    """How many rooms, on how many floors, and the arrows between them.

    Attributes:
        in_circles: arrows between rooms that reach each other.
        up: those of them that go against the majority; without them there is no circle.
    """

    rooms: int
    floors: int
    arrows: int
    in_circles: tuple[tuple[str, str], ...]
    up: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HouseFigures:
    """All that is measured.

    Attributes:
        house, pipelines, image, text: rooms of everything, and inside `pipelines/`, `image/` and
            `text/` there.
        circles: modules in import circles: at the top level, with function-level imports, with
            imports for types.
        homonyms: class names defined in two or more modules, and where.
        comments, end_comments: share of lines that are a comment, or have one at their end.
        typed: share of functions whose result and every argument have a type.
    """

    files: int
    lines: int
    house: RoomFigures
    pipelines: RoomFigures
    image: RoomFigures
    text: RoomFigures
    circles: tuple[int, int, int]
    classes: int
    homonyms: dict[str, tuple[str, ...]]
    longest_files: tuple[tuple[str, int], ...]
    longest_functions: tuple[tuple[str, int], ...]
    function_median: float
    function_p95: int
    comments: float
    end_comments: float
    typed: float

    @property
    def homonymous_classes(self) -> int:
        """Return how many class definitions share their name with another module's."""
        return sum(len(modules) for modules in self.homonyms.values())

    @property
    def homonym_share(self) -> float:
        """Return which share of all class definitions that is."""
        return self.homonymous_classes / self.classes if self.classes else 0.0


def measure(modules: Sequence[SourceModule]) -> HouseFigures:
    """Measure the modules of one checkout."""
    functions = [function for module in modules for function in module.functions]
    lengths = sorted(function.lines for function in functions) or [0]
    lines = sum(module.lines for module in modules)
    return HouseFigures(
        files=len(modules),
        lines=lines,
        house=rooms_of(modules, folder_of),
        pipelines=rooms_of(modules, part_of("pipelines")),
        image=rooms_of(modules, part_of("pipelines/image")),
        text=rooms_of(modules, part_of("pipelines/text")),
        circles=(
            _modules_in_circles(modules, LOADING),
            _modules_in_circles(modules, RUNNING),
            _modules_in_circles(modules, ALL_TIMES),
        ),
        classes=sum(len(module.classes) for module in modules),
        homonyms=find_homonyms(modules),
        longest_files=_longest((str(module.path), module.lines) for module in modules),
        longest_functions=_longest(map(_named_length, functions)),
        function_median=statistics.median(lengths),
        function_p95=lengths[int(0.95 * (len(lengths) - 1))],
        comments=sum(module.comments for module in modules) / max(1, lines),
        end_comments=sum(module.end_comments for module in modules) / max(1, lines),
        typed=sum(function.is_typed for function in functions) / max(1, len(functions)),
    )


def find_homonyms(modules: Iterable[SourceModule]) -> dict[str, tuple[str, ...]]:
    """Return the class names of two or more modules; a module stands once for each definition."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in modules:
        for name in module.classes:
            places[name.lstrip("_")].append(module.name)
    return {name: tuple(found) for name, found in sorted(places.items()) if len(set(found)) > 1}


def folder_of(module: SourceModule) -> str:
    """Return a module's room in the whole house."""
    return str(module.path.parent)


def part_of(folder: str) -> Callable[[SourceModule], str | None]:
    """Return what tells a module's room inside a folder, or None outside of it."""
    above = tuple(folder.split("/"))
    own = (*above, "__init__.py")  # what the folder says of itself is no room in it

    def room(module: SourceModule) -> str | None:
        parts = module.path.parts
        return parts[len(above)] if parts[: len(above)] == above and parts != own else None

    return room


def rooms_of(
    modules: Sequence[SourceModule], room_of: Callable[[SourceModule], str | None]
) -> RoomFigures:
    """Count the rooms, their floors, and the arrows between them, of imports of all kinds."""
    rooms = {module.name: room_of(module) for module in modules}
    graph: dict[str, Counter[str]] = {room: Counter() for room in rooms.values() if room}
    for start, ends in module_graph(modules, ALL_TIMES).items():
        room = rooms[start]
        if room:
            graph[room].update(other for end in ends if (other := rooms[end]) and other != room)
    arrows = sum(map(len, graph.values()))
    found = arrows_in_circles(graph)
    return RoomFigures(len(graph), count_floors(graph), arrows, found, up_arrows(graph))


def module_graph(
    modules: Iterable[SourceModule], times: frozenset[ImportTime]
) -> dict[str, set[str]]:
    """Return which of our modules each one imports, by statements that run at these times."""
    modules = tuple(modules)
    known = {module.name for module in modules}
    graph: dict[str, set[str]] = {}
    for module in modules:
        ends: set[str] = set()
        for statement in module.imports:
            if statement.time in times:
                whole = {f"{statement.module}.{name}" for name in statement.names}
                named = whole & known
                # `from package import submodule` is no import of what else the package holds
                ends |= named if named and named == whole else named | {statement.module} & known
        graph[module.name] = ends - {module.name}
    return graph


def _modules_in_circles(modules: Iterable[SourceModule], times: frozenset[ImportTime]) -> int:
    return sum(map(len, circles(module_graph(modules, times))))


def _longest(sizes: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(sizes, key=lambda size: (-size[1], size[0]))[:LONGEST])


def _named_length(function: FunctionSize) -> tuple[str, int]:
    return f"{function.path}:{function.name}", function.lines
