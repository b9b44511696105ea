"""Fit the nonsense index: `python -m pipelines.training.nonsense [--check]`."""

from __future__ import annotations

import sys

from pipelines.training.nonsense.fit import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
