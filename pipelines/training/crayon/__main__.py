"""Make the builtin picture model: `python -m pipelines.training.crayon all`.

The command line of the training code. Stages leave checkpoints in the work folder and go on from
them when started again:

    prepare    words, tokenizer, linear codec, training set      (minutes)
    listen     the text encoder alone, on captions               (minutes)
    codec      the decoder that turns latents into pixels        (tens of minutes)
    diffusion  the denoiser, and the text encoder with it        (hours)
    export     a diffusers folder
    sample     a grid of pictures for some prompts
    judge      the classifier that marks pictures               (minutes)
    ceilings   what real renders reach in the exam               (minutes)
    score      how often a classifier finds what the prompt names (`--model`: a finished folder)
    sweep      what other steps and guidances score
    contact    100 phrases of the grammar engine on one sheet
    blind      100 nouns on numbered sheets without words, and the key
    lora       a LoRA for the finished model: `--style` or `--pictures`, `--out` (minutes)
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from pipelines.training.crayon.diffusion import DiffusionRecipe, DiffusionTraining
from pipelines.training.crayon.glyphs import FONT
from pipelines.training.crayon.lora import STYLES, LoraRecipe, LoraTraining, from_folder, styled
from pipelines.training.crayon.sample import SampleSettings
from pipelines.training.crayon.workshop import FROM_START, CrayonWorkshop, SceneAmounts

logger = logging.getLogger(__name__)

BUILTIN = Path("models/builtin/crayon")
WORK = Path("data/training/crayon")
STAGES = (
    "prepare",
    "listen",
    "codec",
    "diffusion",
    "export",
    "sample",
    "judge",
    "ceilings",
    "score",
)


def parser() -> argparse.ArgumentParser:
    """Return the command line."""
    found = argparse.ArgumentParser(
        prog="python -m pipelines.training.crayon",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    more = ("ceilings", "sweep", "contact", "blind", "lora", "all")
    found.add_argument("stage", choices=(*STAGES, *more))
    found.add_argument(
        "prompts",
        nargs="*",
        help="what to sample (default: every noun), or numbers of tests to score",
    )
    found.add_argument("--work", type=Path, default=WORK, help="work folder (default %(default)s)")
    found.add_argument("--font", type=Path, default=FONT, help="emoji font (default %(default)s)")
    found.add_argument("--threads", type=int, default=1, help="torch threads (default 1)")
    found.add_argument(
        "--start", type=Path, help="a crayon folder to go on from (default: from nothing)"
    )
    found.add_argument("--model", type=Path, help="a finished folder to sample or score")
    found.add_argument("--minutes", type=float, help="wall time of the denoiser's whole run")
    found.add_argument("--samples", type=int, help="pictures the denoiser sees in the whole run")
    found.add_argument("--rate", type=float, help="peak learning rate of the denoiser")
    found.add_argument("--focus", type=float, help="share of a batch for looks and tints")
    found.add_argument("--decoder-steps", type=int, help="steps of the decoder's whole run")
    found.add_argument("--to", type=Path, default=BUILTIN, help="export to (default %(default)s)")
    found.add_argument("--steps", type=int, help="sampling steps")
    found.add_argument("--guidance", type=float, help="classifier-free guidance")
    found.add_argument("--seed", type=int, help="first sampling seed")
    found.add_argument("--style", choices=tuple(STYLES), help="what a LoRA makes of our renders")
    found.add_argument("--pictures", type=Path, help="pictures and .txt captions for a LoRA")
    found.add_argument("--rank", type=int, help="of a LoRA (default 8)")
    found.add_argument("--out", type=Path, help="where a LoRA is written")
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one stage, or all."""
    given = parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    torch.set_num_threads(given.threads)
    if given.stage == "lora":
        return _lora(given)
    usual = FROM_START if given.start else SceneAmounts()
    amounts = replace(usual, **_given(given, "decoder_steps"))
    shop = CrayonWorkshop(given.work, amounts, given.font, start=given.start, model=given.model)
    recipe = DiffusionRecipe(**_given(given, "samples", "minutes", "rate", "focus"))
    settings = SampleSettings(**_given(given, "steps", "guidance", "seed"))
    stages: dict[str, Callable[[], object]] = {
        "prepare": shop.prepare,
        "listen": shop.text_encoder,
        "codec": shop.train_codec,
        "diffusion": lambda: _train(shop.diffusion_training(recipe), recipe),
        "export": lambda: shop.export(given.to),
        "sample": lambda: shop.sample(
            given.prompts or shop.nouns(), given.work / "samples" / "grid.png", settings
        ),
        "judge": shop.judge,
        "ceilings": lambda: shop.ceilings(given.prompts),
        "score": lambda: shop.score(settings, given.prompts),
        "sweep": lambda: shop.sweep(settings),
        "contact": lambda: shop.contact(given.to / "contact.webp", settings),
        "blind": lambda: shop.blind(settings),
    }
    for name in STAGES if given.stage == "all" else (given.stage,):
        logger.info("stage %s", name)
        stages[name]()
    return 0


def _lora(given: argparse.Namespace) -> int:
    """Train a LoRA for a finished folder."""
    if given.out is None or (given.style is None) == (given.pictures is None):
        parser().error("lora needs --out, and either --style or --pictures")
    recipe = LoraRecipe(**_given(given, "minutes", "rank", "rate", "seed"))
    found = from_folder(given.pictures) if given.pictures else styled(given.style, recipe)
    shown = list(found)
    if not shown:
        parser().error(f"there are no pictures in {given.pictures}")
    training = LoraTraining(given.model or BUILTIN, shown, recipe)
    training.run()
    training.save(given.out)
    logger.info("%d steps over %d pictures: %s", training.step, len(shown), given.out)
    return 0


def _train(training: DiffusionTraining, recipe: DiffusionRecipe) -> None:
    """Train; a polite stop (SIGTERM, Ctrl-C) saves first, kill -9 loses some minutes."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: training.stop())
    training.run(recipe.samples if not recipe.minutes else sys.maxsize)


def _given(arguments: argparse.Namespace, *names: str) -> dict[str, Any]:
    """Return the options that were given; the others keep their defaults."""
    values = vars(arguments)
    return {name: values[name] for name in names if values[name] is not None}


if __name__ == "__main__":
    sys.exit(main())
