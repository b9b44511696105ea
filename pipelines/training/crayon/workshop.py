"""The stages of making crayon, in order, and the work folder they share.

Each stage leaves files behind and does nothing when they are complete, so that "all" may be
started again after any interruption. Knows the order and the files; the work is done elsewhere.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor

from models.disk import write_atomically
from pipelines.training.crayon import (
    checkpoint,
    codec,
    exam,
    export,
    pca,
    pieces,
    sample,
    score,
    sheets,
    text,
)
from pipelines.training.crayon import pool as pools
from pipelines.training.crayon import start as starts
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.classifier import Judge
from pipelines.training.crayon.codec import DecoderTraining
from pipelines.training.crayon.diffusion import DiffusionRecipe, DiffusionTraining, build_unet
from pipelines.training.crayon.glyphs import FONT, Glyphs
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.sample import SampleSettings
from pipelines.training.crayon.scenes import Renderer
from pipelines.training.crayon.vocabulary import (
    LEXICON,
    DrawableVocabulary,
    read_lexicon,
    read_snapshot,
    snapshot,
)

logger = logging.getLogger(__name__)

TOKENIZER_CAPTIONS = 60_000
NEW_WEIGHT = 2.2  # how much oftener a new noun is shown than one the start already draws
SWEEP = ((8, 2.5), (6, 2.5), (6, 3.5), (4, 3.0))  # steps and guidance
SWEPT = 4  # of the tests with several nouns and looks, every fourth scene
FINE_RATE = 3e-4  # learning rate of a decoder and of a text encoder that were trained before


@dataclass(frozen=True, slots=True)
class SceneAmounts:
    """How much of everything; the defaults are the recipe of the shipped weights."""

    scenes: int = 60_000
    codec_pictures: int = 2_400
    decoder_steps: int = 6_000
    encoder_steps: int = 900
    judge_scenes: int = 7_000
    judge_steps: int = 1_800


# From finished weights: what only has to be adapted takes less.
FROM_START = SceneAmounts(decoder_steps=900, encoder_steps=500)


class CrayonWorkshop:
    """The work folder and what lies in it."""

    def __init__(
        self,
        folder: Path,
        amounts: SceneAmounts = SceneAmounts(),
        font: Path = FONT,
        lexicon: Path = LEXICON,
        start: Path | None = None,
        model: Path | None = None,
    ) -> None:
        self.folder, self.amounts = folder, amounts
        self.start = starts.StartWeights(start) if start else None
        self.model, self.exam_size = model, exam.ExamSize()
        self._font, self._lexicon = font, lexicon

    @cached_property
    def vocabulary(self) -> DrawableVocabulary:
        """The snapshot of the lexicon; taken at first use."""
        path = self.folder / "vocabulary.json"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, snapshot(read_lexicon(self._lexicon)).encode())
        return read_snapshot(path.read_text(encoding="utf-8"))

    @cached_property
    def renderer(self) -> Renderer:
        """What draws scenes; needs the font."""
        return Renderer(self.vocabulary, Glyphs(self.vocabulary, self._font))

    @cached_property
    def captioner(self) -> Captioner:
        """Writes captions of scenes."""
        return Captioner(self.vocabulary)

    @cached_property
    def mixture(self) -> SceneMixture:
        """What chooses scenes."""
        weights = dict.fromkeys(self.new_nouns, NEW_WEIGHT)
        return SceneMixture(self.vocabulary, weights)

    @cached_property
    def new_nouns(self) -> frozenset[str]:
        """The nouns that the start does not know; none without a start."""
        return self.start.new_nouns(self.vocabulary) if self.start else frozenset()

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, learnt from captions at first use."""
        folder = self.folder / "tokenizer"
        if not (folder / "merges.txt").exists():
            chance = random.Random("tokenizer")
            scenes = [self.mixture.scene(chance) for _ in range(TOKENIZER_CAPTIONS)]
            if self.start:
                known = [scene for scene in scenes if not text.is_new(scene, self.new_nouns)]
                captions = [self.captioner.caption(scene, chance) for scene in known]
                captions += starts.old_words()
                old = self.start.folder / "tokenizer"
                pieces.grow(old, folder, starts.words(self.vocabulary), captions)
            else:
                captions = [self.captioner.caption(scene, chance) for scene in scenes]
                pieces.train_tokenizer(captions, folder)
        return pieces.open_tokenizer(folder)

    @cached_property
    def codec(self) -> tuple[pca.Pyramid, Any]:
        """The pyramid and the autoencoder as it starts."""
        path = self.folder / "codec.pt"
        if not path.exists():
            if self.start:
                vae = self.start.vae()
                pyramid = pca.read_encoder(vae)
            else:
                pyramid, vae = codec.start(self.codec_pictures)
            checkpoint.save({"pyramid": pyramid.state(), "vae": vae.state_dict()}, path)
        state = checkpoint.load(path)
        vae = codec.build()
        vae.load_state_dict(state["vae"])
        return pca.Pyramid.from_state(state["pyramid"]), vae

    @cached_property
    def codec_pictures(self) -> Tensor:
        """Rendered pictures for the codec, uint8."""
        count = self.amounts.codec_pictures
        scenes = [self.mixture.scene(random.Random(f"codec {i}")) for i in range(count)]
        return codec.pictures_of(scenes, self.renderer)

    @property
    def pool_folder(self) -> Path:
        """Where the training set lies."""
        return self.folder / "pool"

    def prepare(self) -> None:
        """Take the words, learn the tokenizer, fit the linear codec, render the pictures."""
        logger.info("%d nouns, %d tokens", len(self.vocabulary.nouns), len(self.tokenizer))
        pyramid, _ = self.codec
        pools.make(self.pool_folder, self.amounts.scenes, self.mixture, self.renderer, pyramid)

    def train_codec(self) -> None:
        """Train the decoder."""
        self.decoder_training().run(self.amounts.decoder_steps)

    def decoder_training(self) -> DecoderTraining:
        """Return the decoder's training where it stands."""
        pyramid, vae = self.codec
        rate = FINE_RATE if self.start else codec.PEAK_RATE
        return DecoderTraining(self.folder, vae, pyramid, self.codec_pictures, rate)

    def text_encoder(self) -> Any:
        """Return the text encoder, pretrained to classify what captions name."""
        torch.manual_seed(1)
        encoder, old = text.build_encoder(self.tokenizer), None
        if self.start:
            old = self.start.encoder()
            encoder = text.grow_encoder(old, self.tokenizer)
        training = text.EncoderTraining(
            encoder, self.tokenizer, self.captioner, text.Questions(self.vocabulary)
        )
        if old is not None:
            training.anchor(old, self.new_nouns, FINE_RATE)
        path = self.folder / "listening.pt"
        training.run(self.mixture, self.amounts.encoder_steps, path)
        return encoder

    def diffusion_training(self, recipe: DiffusionRecipe) -> DiffusionTraining:
        """Return the diffusion training where it stands."""
        encoder = self.text_encoder()
        torch.manual_seed(2)
        unet = build_unet()
        if self.start:
            unet.load_state_dict(self.start.unet().state_dict())
        parts = (unet, encoder, self.tokenizer)
        pool = pools.LatentPool.open(self.pool_folder)
        training = DiffusionTraining(self.folder, parts, pool, self.captioner, recipe)
        training.weigh(self.codec[0].spread)
        return training

    def pipeline(self) -> Any:
        """Return the pipeline of the newest checkpoints, with averaged weights."""
        averaged = checkpoint.load(self.folder / "diffusion.pt")["averaged"]
        encoder, unet = text.build_encoder(self.tokenizer), build_unet()
        encoder.load_state_dict(averaged["encoder"])
        unet.load_state_dict(averaged["unet"])
        _, vae = self.codec
        if (self.folder / "decoder.pt").exists():
            vae.load_state_dict(checkpoint.load(self.folder / "decoder.pt")["vae"])
        return export.assemble(vae, unet, encoder, self.tokenizer)

    def export(self, folder: Path) -> None:
        """Write the newest checkpoints as a diffusers folder."""
        scenes = [self.mixture.scene(random.Random(f"preview {i}")) for i in range(300)]
        pictures = codec.pictures_of(scenes, self.renderer)
        export.write(self.pipeline(), self.codec[0], pictures, folder)
        for name in ("vocab.json", "merges.txt"):  # for readers that do not know tokenizer.json
            data = (self.folder / "tokenizer" / name).read_bytes()
            write_atomically(folder / "tokenizer" / name, data)

    def sample(self, prompts: Sequence[str], path: Path, settings: SampleSettings) -> None:
        """Draw `prompts` into one grid at `path`."""
        pictures = sample.draw(self.opened(), prompts, settings)
        path.parent.mkdir(parents=True, exist_ok=True)
        sample.grid(pictures, columns=min(len(prompts), 12)).save(path)

    def nouns(self) -> tuple[str, ...]:
        """Return every drawable noun: what to sample when nobody names prompts."""
        return tuple(noun.ko for noun in self.vocabulary.nouns)

    def opened(self) -> Any:
        """Return the pipeline of the folder `model`, without one that of the newest checkpoints."""
        return export.read(self.model) if self.model else self.pipeline()

    def contact(self, path: Path, settings: SampleSettings) -> None:
        """Draw 100 phrases of the grammar engine, one after another, into a sheet with captions."""
        sheets.contact(self.opened(), path, settings)

    def blind(self, settings: SampleSettings) -> None:
        """Draw 100 random nouns into numbered sheets without words, and a key for who marks."""
        nouns = [noun.ko for noun in self.vocabulary.things]
        sheets.blind(self.opened(), nouns, self.folder / "blind", settings)

    def judge(self) -> Judge:
        """Return the judge, trained at first use."""
        judge, amounts = Judge(self.vocabulary), self.amounts
        path = self.folder / "judge.pt"
        judge.train(self.renderer, amounts.judge_scenes, amounts.judge_steps, path)
        scenes, steps = amounts.judge_scenes // 5, amounts.judge_steps // 4
        path = self.folder / "judge-shapes.pt"
        judge.train(self.renderer, scenes, steps, path, shaped=0.5)
        return judge

    def sweep(self, settings: SampleSettings) -> dict[str, dict[str, float]]:
        """Return what some steps and guidances score, one seed, with the seconds of a picture."""
        judge, pipeline = self.judge(), self.opened()
        marker, found = score.Marker(judge, self.vocabulary), {}
        tests = exam.Examiner(self.vocabulary, self.exam_size).tests()
        chosen = [tests[0], tests[1], next(t for t in tests if t.expected is exam.Expectation.LOOK)]
        for steps, guidance in SWEEP:
            row = {}
            for test in (exam.part(test, SWEPT) for test in chosen):
                began = time.process_time()
                now = replace(settings, steps=steps, guidance=guidance)
                pictures = sample.draw(pipeline, test.prompts, now)
                row["seconds"] = round((time.process_time() - began) / len(pictures), 3)
                row |= {
                    f"{test.name}: {mark}": share
                    for mark, share in score.shares(test, pictures, marker).items()
                }
            found[f"{steps} steps, guidance {guidance}"] = row
            logger.info("%d steps, guidance %s: %s", steps, guidance, json.dumps(row))
        write_atomically(self.folder / "sweep.json", json.dumps(found, indent=1).encode())
        return found

    def ceilings(self, only: Sequence[str] = ()) -> dict[int, dict[str, Any]]:
        """Return what real renders reach in each test; each test leaves a file behind."""
        marker, vae = score.Marker(self.judge(), self.vocabulary), self.opened().vae

        def recode(pictures: Sequence[Image.Image]) -> list[Image.Image]:
            return codec.recoded(pictures, vae)

        def found(test: exam.Test) -> dict[str, Any]:
            return score.ceilings(marker, self.renderer, recode, test)

        return self._each_test("ceilings", found, only)

    def score(self, settings: SampleSettings, only: Sequence[str] = ()) -> str:
        """Do the tests that are not done yet, or only those numbered, and return their table.

        Each test leaves a file behind, so that several processes may share the work.
        """
        reached = self.ceilings(only)
        marker, pipeline = score.Marker(self.judge(), self.vocabulary), self.opened()

        def draw(prompts: Sequence[str], seed: int) -> list[Image.Image]:
            return sample.draw(pipeline, prompts, replace(settings, seed=seed))

        def found(test: exam.Test) -> dict[str, Any]:
            return {**asdict(settings), "name": test.name, **score.score(draw, marker, test)}

        rows = self._each_test("scores", found, only)
        table = score.table({rows[i]["name"]: {**rows[i], **reached[i]} for i in rows})
        write_atomically(self.folder / "scores.md", (table + "\n").encode())
        return table

    def _each_test(
        self, name: str, do: Callable[[exam.Test], dict[str, Any]], only: Sequence[str]
    ) -> dict[int, dict[str, Any]]:
        """Return the result of `do` for each test, by number, from its file where there is one."""
        folder, found = self.folder / name, {}
        folder.mkdir(exist_ok=True)
        for i, test in enumerate(exam.Examiner(self.vocabulary, self.exam_size).tests()):
            path = folder / f"{i:02}.json"
            if not path.exists() and (not only or str(i) in only):
                write_atomically(path, json.dumps(do(test), ensure_ascii=False).encode())
            if path.exists():
                found[i] = json.loads(path.read_text(encoding="utf-8"))
        return found
