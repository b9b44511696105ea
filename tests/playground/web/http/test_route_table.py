"""The table of docs/security.md is what the application really does."""

from __future__ import annotations

from tests.playground.web.http.route_table import OF_THE_GATE, in_docs, routes_of, table

AGAIN = "python -m tests.playground.web.http.route_table"


def test_no_route_is_missing_from_the_table(app):
    ours, gradio = routes_of(app)
    lines = in_docs().splitlines()
    missing = [
        f"{method} {path}"
        for path, method in sorted({*ours, *gradio, *OF_THE_GATE})
        if not any(line.startswith(f"| `{path}` | {method} |") for line in lines)
    ]
    assert not missing, f"say who may what: {AGAIN}"


def test_the_table_is_true(tmp_path):
    assert table(tmp_path).splitlines() == in_docs().splitlines(), f"look, and then: {AGAIN}"
