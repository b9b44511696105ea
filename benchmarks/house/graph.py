"""What there is to know of a directed graph: circles, floors, and arrows that go up.

Knows nodes by their names only. Circles are found by who reaches whom, which is quick enough for
some hundreds of nodes.

>>> graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}}
>>> [sorted(circle) for circle in circles(graph)]
[['b', 'c']]
>>> up_arrows(graph)
(('b', 'c'), ('c', 'b'))
>>> count_floors(graph)
2
"""

from __future__ import annotations

from collections.abc import Mapping, Set

Graph = Mapping[str, Set[str]]  # every node, and where its arrows go; targets may lack a row


def circles(graph: Graph) -> tuple[frozenset[str], ...]:
    """Return the strongly connected components of two or more nodes, largest first."""
    reached = {node: _reachable(graph, node) for node in graph}
    found = {
        frozenset(other for other in reached[node] if node in reached.get(other, set()))
        for node in graph
    }
    return tuple(sorted((c for c in found if len(c) > 1), key=lambda c: (-len(c), sorted(c))))


def up_arrows(graph: Graph) -> tuple[tuple[str, str], ...]:
    """Return the arrows that no order of floors sends down: those inside a circle.

    Floors are the layers by longest path of the graph whose circles are drawn together; every arrow
    between two of its nodes goes down by construction.
    """
    floors = _floors(graph)
    arrows = sorted((start, end) for start in graph for end in graph[start] if start != end)
    return tuple((start, end) for start, end in arrows if floors[start] <= floors[end])


def count_floors(graph: Graph) -> int:
    """Return how many floors the nodes take."""
    return max(_floors(graph).values(), default=-1) + 1


def _floors(graph: Graph) -> dict[str, int]:
    """Return each node's floor: 0 where no arrow leaves; a circle lies on one floor."""
    home = {node: frozenset([node]) for node in _nodes(graph)}
    home |= {node: circle for circle in circles(graph) for node in circle}
    floors: dict[frozenset[str], int] = {}

    def floor_of(group: frozenset[str]) -> int:
        if group not in floors:
            below = {home[end] for node in group for end in graph.get(node, ())} - {group}
            floors[group] = 1 + max((floor_of(other) for other in below), default=-1)
        return floors[group]

    return {node: floor_of(group) for node, group in home.items()}


def _nodes(graph: Graph) -> set[str]:
    return set(graph).union(*graph.values())


def _reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting.extend(graph.get(node, ()))
    return seen
