"""What there is to know of a directed graph: circles, floors, and arrows that go up.

Knows nodes by their names only. Circles are found by who reaches whom, which is quick enough for
some hundreds of nodes.

>>> graph = {"a": {"b"}, "b": {"c"}, "c": {"b"}}
>>> [sorted(circle) for circle in circles(graph)]
[['b', 'c']]
>>> arrows_in_circles(graph)
(('b', 'c'), ('c', 'b'))
>>> up_arrows({"a": {"b": 1}, "b": {"c": 5}, "c": {"b": 1}})
(('c', 'b'),)
>>> count_floors(graph)
2
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

Graph = Mapping[str, Collection[str]]  # every node, and where its arrows go; targets may lack a row
Weights = Mapping[str, Mapping[str, int]]  # a graph that knows how often each arrow is used


def circles(graph: Graph) -> tuple[frozenset[str], ...]:
    """Return the strongly connected components of two or more nodes, largest first."""
    reached = {node: _reachable(graph, node) for node in graph}
    found = {
        frozenset(other for other in reached[node] if node in reached.get(other, set()))
        for node in graph
    }
    return tuple(sorted((c for c in found if len(c) > 1), key=lambda c: (-len(c), sorted(c))))


def arrows_in_circles(graph: Graph) -> tuple[tuple[str, str], ...]:
    """Return the arrows inside a circle: no order of floors sends all of them down.

    Floors are the layers by longest path of the graph whose circles are drawn together; every arrow
    between two of its nodes goes down by construction.
    """
    floors = _floors(graph)
    arrows = sorted((start, end) for start in graph for end in graph[start] if start != end)
    return tuple((start, end) for start, end in arrows if floors[start] <= floors[end])


def up_arrows(weights: Weights) -> tuple[tuple[str, str], ...]:
    """Return the arrows that go against the majority: without them there is no circle.

    The order inside a circle is that of Eades, Lin and Smyth (1993): what only imports goes to the
    top, what is only imported to the bottom, and else the node that imports most and is imported
    least to the top. A near-minimal answer; the least one is costly to find.
    """
    rank = {
        node: place
        for circle in circles(weights)
        for place, node in enumerate(_majority_order(weights, circle))
    }
    return tuple(
        (start, end) for start, end in arrows_in_circles(weights) if rank[start] > rank[end]
    )


def _majority_order(weights: Weights, circle: frozenset[str]) -> list[str]:
    left, top, bottom = set(circle), list[str](), list[str]()
    while left:
        leaving = {a: sum(weights[a].get(b, 0) for b in left - {a}) for a in left}
        entering = {a: sum(weights[b].get(a, 0) for b in left - {a}) for a in left}
        names = sorted(left)
        sink = next((name for name in names if not leaving[name]), None)
        if sink:
            bottom.insert(0, sink)
            left.remove(sink)
            continue
        best = next((name for name in names if not entering[name]), None)
        best = best or max(names, key=lambda name: leaving[name] - entering[name])
        top.append(best)
        left.remove(best)
    return top + bottom


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
