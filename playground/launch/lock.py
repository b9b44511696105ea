"""Write requirements.lock and the locks beside it: `python -m playground.launch.lock`.

For maintainers, with a network and `pip install uv`. The locks hold names, versions, markers and
hashes for every supported Python and system, and nothing about where packages come from.
Versions that still fit are kept; `--upgrade` looks for newer ones.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = "3.11"
DATA_ONLY = "kiwipiepy-model"  # published as a source archive: data, nothing to compile
WITHOUT_TORCH = 'torch ; sys_platform == "never"\n'  # an override: nobody's dependency any more


def command(name: str, override: Path | None, *more: str) -> list[str]:
    """Return the command that writes ``<name>.lock`` from ``<name>.txt``.

    Args:
        override: takes torch away from what needs it; None is for the lock of torch itself.
    """
    without_torch = ("--override", str(override), "--no-emit-package", "torch")
    return [
        *("uv", "pip", "compile", f"{name}.txt", "--output-file", f"{name}.lock"),
        *("--python-version", OLDEST_PYTHON, *(without_torch if override else ())),
        *("--universal", "--generate-hashes", "--only-binary", ":all:", "--no-config"),
        *("--no-binary", DATA_ONLY),
        *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
        *("--custom-compile-command", "python -m playground.launch.lock", "--quiet"),
        *more,
    ]


def main(more: list[str]) -> int:
    """Write all locks; the others are held to the versions of the first."""
    if shutil.which("uv") is None:
        print("uv is missing: pip install uv", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        override = Path(folder) / "override.txt"
        override.write_text(WITHOUT_TORCH, "utf-8")
        held = [*more, "--constraint", "requirements.lock"]
        for name, without, extra in (
            ("requirements", override, more),
            ("requirements-korean", override, held),
            ("requirements-openvino", override, held),
            ("requirements-test", override, held),
            ("requirements-torch", None, held),
        ):
            done = subprocess.run(command(name, without, *extra), cwd=ROOT, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
