"""The files that the page is made of: which of a folder are sent, and under which name.

Shared files keep their path below the shared folder; those of a tab's folder are addressed by
their name alone, so that scripts import each other as if they lay side by side. Knows no tabs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[1] / "static"
SENT = frozenset({".css", ".js", ".svg", ".webp", ".woff2"})
FIRST = ("variables.css", "style.css")  # other styles build on these


@dataclass(frozen=True, slots=True)
class PageAssets:
    """What may be asked for at /ui/.

    Attributes:
        files: path by the name it is asked for by.
        styles: names of the styles in the order in which the page links them.
    """

    files: Mapping[str, Path]
    styles: tuple[str, ...]


def collect_assets(folders: Iterable[Path], shared: Path = SHARED) -> PageAssets:
    """Return the files of the page: the shared ones, then those of each folder.

    Raises:
        ValueError: two files go by one name.
    """
    named = [
        (path.relative_to(shared).as_posix(), path)
        for path in sorted(shared.rglob("*"))
        if path.suffix in SENT
    ]
    named += [
        (path.name, path)
        for folder in folders
        for path in sorted(folder.iterdir())
        if path.suffix in SENT
    ]
    files: dict[str, Path] = {}
    for name, path in named:
        if name in files:
            raise ValueError(f"two files of the page are called {name}: {files[name]}, {path}")
        files[name] = path
    others = [name for name in files if name.endswith(".css") and name not in FIRST]
    return PageAssets(files, (*FIRST, *others))
