"""Make the builtin language model: `python -m pipelines.training.ongari all`.

The command line of the training code. Stages leave files in the work folder and go on from them
when started again:

    prepare  the tokenizer, and the documents as tokens    (minutes)
    train    the model                                     (an hour on one core)
    export   a folder that transformers opens
    score    does it collapse, does it copy, does it answer the question?
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from pipelines.training.ongari.loop import PretrainingRecipe
from pipelines.training.ongari.workshop import OngariWorkshop, TextAmounts

logger = logging.getLogger(__name__)

BUILTIN = Path("models/builtin/ongari")
WORK = Path("data/training/ongari")
STAGES = ("prepare", "train", "export", "score", "all")


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    found = argparse.ArgumentParser(
        prog="python -m pipelines.training.ongari",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("stage", choices=STAGES)
    found.add_argument("--work", type=Path, default=WORK, help="work folder (default %(default)s)")
    found.add_argument("--to", type=Path, default=BUILTIN, help="export to (default %(default)s)")
    found.add_argument("--threads", type=int, default=1, help="torch threads (default 1)")
    found.add_argument("--documents", type=int, default=TextAmounts().documents)
    found.add_argument(
        "--tokens", type=int, default=PretrainingRecipe().tokens, help="length of the run"
    )
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one stage, or all."""
    given = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)
    shop = OngariWorkshop(given.work, replace(TextAmounts(), documents=given.documents))
    stages: dict[str, Callable[[], object]] = {
        "prepare": shop.prepare,
        "train": lambda: _train(shop, replace(PretrainingRecipe(), tokens=given.tokens)),
        "export": lambda: shop.export(given.to),
        "score": lambda: shop.score(given.to),
    }
    for name in stages if given.stage == "all" else (given.stage,):
        logger.info("stage %s", name)
        stages[name]()
    return 0


def _train(shop: OngariWorkshop, recipe: PretrainingRecipe) -> None:
    """Train; a polite stop (SIGTERM, Ctrl-C) saves first, kill -9 loses a minute."""
    run = shop.run(recipe)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: run.stop())
    shop.train(recipe, run)


if __name__ == "__main__":
    sys.exit(main())
