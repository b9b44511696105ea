"""A very small training run: it goes on bit for bit after being killed, and exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from pipelines.training.crayon import __main__ as crayon
from pipelines.training.crayon import codec, export, muon, pca, pieces, pool, sample, text
from pipelines.training.crayon import start as starts
from pipelines.training.crayon import workshop as workshops
from pipelines.training.crayon.captions import Captioner
from pipelines.training.crayon.diffusion import DiffusionRecipe, DiffusionTraining
from pipelines.training.crayon.mixture import SceneMixture
from pipelines.training.crayon.scenes import Renderer
from pipelines.training.crayon.vocabulary import DrawableVocabulary

AMOUNTS = workshops.SceneAmounts(
    scenes=24, codec_pictures=32, decoder_steps=2, encoder_steps=2, judge_steps=1
)


@pytest.fixture(scope="module")
def tokenizer(vocabulary: DrawableVocabulary, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("tokenizer")
    captions = [noun.ko for noun in vocabulary.nouns] * 2
    pieces.train_tokenizer(captions, folder, merges=200)
    return pieces.open_tokenizer(folder)


def small_unet() -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        sample_size=16,
        in_channels=16,
        out_channels=16,
        block_out_channels=(32, 32),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=text.WIDTH,
        attention_head_dim=4,
    )


def small_training(
    folder: Path, tokenizer: Any, vocabulary: DrawableVocabulary, minutes: float = 0.0
) -> DiffusionTraining:
    import random

    torch.manual_seed(0)
    mixture = SceneMixture(vocabulary)
    scenes = [mixture.scene(random.Random(i)) for i in range(8)]
    latents = torch.randn((8, 16, 16, 16), generator=torch.Generator().manual_seed(1))
    parts = (small_unet(), text.build_encoder(tokenizer), tokenizer)
    recipe = DiffusionRecipe(samples=8, minutes=minutes, batch=2, save_every_seconds=1e9)
    return DiffusionTraining(
        folder, parts, pool.LatentPool(scenes, latents.half()), Captioner(vocabulary), recipe
    )


def test_a_killed_run_goes_on_bit_for_bit(
    tmp_path: Path, tokenizer: Any, vocabulary: DrawableVocabulary
) -> None:
    whole = small_training(tmp_path / "whole", tokenizer, vocabulary)
    whole.run(until=8)
    small_training(tmp_path / "parts", tokenizer, vocabulary).run(until=4)
    resumed = small_training(tmp_path / "parts", tokenizer, vocabulary)
    assert (resumed.step, resumed.seen) == (2, 4)
    resumed.run(until=8)
    for name, weights in whole.averaged().items():
        for key, value in weights.items():
            assert torch.equal(value, resumed.averaged()[name][key]), f"{name} {key}"
    assert whole.step == 4


def test_text_of_any_kind_has_tokens(tokenizer: Any) -> None:
    ids = pieces.tokens_of(["", "장미와 코", "뷁 꿻 xyz 😀", "가" * 200], tokenizer)
    assert ids.shape == (4, pieces.TOKENS)
    assert tokenizer.model_max_length == pieces.TOKENS
    inside = ids[2][1:][: int((ids[2][1:] == tokenizer.eos_token_id).int().argmax())]
    assert len(inside) > 3  # no unknown token, which would be the end token
    assert tokenizer.decode(ids[1], skip_special_tokens=True) == "장미와 코"


def test_a_run_of_minutes_ends_with_them(
    tmp_path: Path, tokenizer: Any, vocabulary: DrawableVocabulary
) -> None:
    training = small_training(tmp_path, tokenizer, vocabulary, minutes=1.0)
    training.spent = 30.0
    assert training.done() == 0.5
    training.spent = 60.0
    training.run(until=8)
    assert training.step == 0
    assert small_training(tmp_path, tokenizer, vocabulary, minutes=1.0).spent == 60.0


def test_a_grown_ear_hears_old_captions_as_before(tokenizer: Any, tmp_path: Path) -> None:
    torch.manual_seed(0)
    old = text.build_encoder(tokenizer).eval()
    tokenizer.save_pretrained(tmp_path / "old")
    for name in ("vocab.json", "merges.txt"):
        source = Path(tokenizer.name_or_path) / name
        (tmp_path / "old" / name).write_bytes(source.read_bytes())
    pieces.grow(tmp_path / "old", tmp_path / "new", ["삐약삐약이", "뿡뿡이"], ["장미와 코"])
    wider = pieces.open_tokenizer(tmp_path / "new")
    grown = text.grow_encoder(old, wider).eval()
    ids = pieces.tokens_of(["장미와 코"], wider)
    assert len(wider) > len(tokenizer)
    with torch.no_grad():
        assert torch.equal(old(ids).last_hidden_state, grown(ids).last_hidden_state)
        assert grown(pieces.tokens_of(["뿡뿡이"], wider)).last_hidden_state.isfinite().all()


def test_the_codec_matrix_is_read_back_from_the_encoder() -> None:
    generator = torch.Generator().manual_seed(4)
    smooth = torch.nn.functional.interpolate(
        torch.rand((12, 3, 16, 16), generator=generator), scale_factor=16.0, mode="bilinear"
    )
    pictures = (smooth + 0.1 * torch.rand((12, 3, 256, 256), generator=generator)) * 2 - 1
    pyramid, vae = pca.fit(pictures), codec.build()
    pca.switch_off_branches(vae)
    pca.write_encoder(vae, pyramid)
    found = pca.read_encoder(vae).encode(pictures)
    assert torch.allclose(found, pyramid.encode(pictures), atol=1e-3)


def test_orthogonal_brings_singular_values_near_one() -> None:
    matrix = torch.randn((24, 80), generator=torch.Generator().manual_seed(2))
    values = torch.linalg.svdvals(muon.orthogonal(matrix))
    assert 0.5 < float(values.min()) <= float(values.max()) < 1.4
    assert muon.orthogonal(matrix.T).shape == (80, 24)


def test_encoder_of_the_codec_is_its_matrix(
    renderer: Renderer, vocabulary: DrawableVocabulary
) -> None:
    import random

    mixture = SceneMixture(vocabulary)
    scenes = [mixture.scene(random.Random(i)) for i in range(32)]
    pictures = codec.pictures_of(scenes, renderer)
    pyramid, vae = codec.start(pictures)
    shown = codec.signed(pictures[:4])
    with torch.no_grad():
        latents = pyramid.encode(shown)
        assert torch.allclose(vae.encode(shown).latent_dist.mode(), latents, atol=0.2)
        error = (vae.decode(latents).sample - shown).square().mean() / 4
    assert float(error) < 0.016  # 18 dB
    assert torch.allclose(pca.Pyramid.from_state(pyramid.state()).encode(shown), latents)


@pytest.mark.slow
def test_all_stages_make_a_folder_that_diffusers_loads(
    renderer: Renderer,
    vocabulary: DrawableVocabulary,
    tokenizer: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from diffusers import StableDiffusionPipeline

    del renderer  # only asks for the font
    monkeypatch.setattr(workshops, "build_unet", small_unet)
    monkeypatch.setattr(workshops, "TOKENIZER_CAPTIONS", 300)
    shop = workshops.CrayonWorkshop(tmp_path / "work", AMOUNTS)
    for _ in range(2):  # the second time there is nothing left to do
        shop.prepare()
        shop.text_encoder()
        shop.train_codec()
        shop.diffusion_training(DiffusionRecipe(samples=2, batch=2)).run(2)
    shop.export(tmp_path / "crayon")

    pipeline = StableDiffusionPipeline.from_pretrained(tmp_path / "crayon", local_files_only=True)
    assert pipeline.safety_checker is None
    assert pipeline.tokenizer.model_max_length == pieces.TOKENS
    config = pipeline.scheduler.config
    assert (config.prediction_type, config.rescale_betas_zero_snr) == ("v_prediction", True)
    assert (config.beta_schedule, config.timestep_spacing) == ("scaled_linear", "trailing")
    pictures = sample.draw(pipeline, ["장미와 코", "별"], sample.SampleSettings(steps=2))
    assert [picture.size for picture in pictures] == [(256, 256)] * 2
    assert sample.grid(pictures, columns=2).size == (260, 130)
    preview = json.loads((tmp_path / "crayon" / "preview.json").read_text(encoding="utf-8"))
    assert [len(row) for row in preview["matrix"]] == [3] * 16
    assert len(preview["bias"]) == 3

    monkeypatch.setattr(starts, "PHRASES", 100)
    longer = workshops.CrayonWorkshop(tmp_path / "longer", AMOUNTS, start=tmp_path / "crayon")
    longer.prepare()
    longer.train_codec()
    longer.diffusion_training(DiffusionRecipe(samples=2, batch=2)).run(2)
    assert len(longer.tokenizer) > len(shop.tokenizer)
    drawn = sample.draw(longer.opened(), ["장미와 코"], sample.SampleSettings(steps=2))
    assert drawn[0].size == (256, 256)


def test_preview_matrix_shows_a_plain_colour(
    renderer: Renderer, vocabulary: DrawableVocabulary
) -> None:
    import random

    mixture = SceneMixture(vocabulary)
    scenes = [mixture.scene(random.Random(i)) for i in range(40)]
    pictures = codec.pictures_of(scenes, renderer)
    pyramid = pca.fit(codec.signed(pictures))
    found = export.preview(pyramid, pictures)
    flat = torch.tensor([0.8, 0.2, 0.4]).reshape(1, 3, 1, 1).expand(1, 3, 16, 16)
    latent = pyramid.encode(flat.contiguous() * 2 - 1)[0, :, 0, 0]
    shown = latent @ torch.tensor(found["matrix"]) + torch.tensor(found["bias"])
    assert torch.allclose(shown, flat[0, :, 0, 0], atol=0.08)


def test_command_line_says_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        crayon.main(["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert all(stage in shown for stage in ("prepare", "diffusion", "export", "score"))
