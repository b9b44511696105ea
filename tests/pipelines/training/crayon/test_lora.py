"""A LoRA for the crayon: what it learns from, and a file that the crayon can wear."""

from __future__ import annotations

import pytest
import torch
from PIL import Image

from models.header import read_header
from models.library import Library
from models.probe import ModelKind
from pipelines.image.networks.names import address, sites
from pipelines.training.crayon import lora as training
from pipelines.training.crayon.__main__ import main
from pipelines.training.crayon.lora import LoraRecipe, LoraTraining, from_folder


@pytest.fixture
def folder(tmp_path):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for name, colour in (("a", "red"), ("b", "blue")):
        Image.new("RGB", (300, 200), colour).save(pictures / f"{name}.png")
    (pictures / "a.txt").write_text("빨간 네모\n", encoding="utf-8")
    (pictures / "notes.md").write_text("no picture", encoding="utf-8")
    return pictures


def test_a_text_of_the_same_name_is_the_caption(folder):
    shown = list(from_folder(folder))
    assert [caption for _, caption in shown] == ["빨간 네모", ""]
    assert [picture.size for picture, _ in shown] == [(256, 256)] * 2


@pytest.mark.parametrize("style", training.STYLES)
def test_styles_change_every_colour_of_white_paper(style):
    paper = training.STYLES[style](Image.new("RGB", (4, 4), "white"))
    assert paper.mode == "RGB" and paper.getpixel((0, 0)) != (255, 255, 255)


def test_the_file_is_one_that_the_crayon_can_wear(folder, tmp_path, tiny_models):
    recipe = LoraRecipe(minutes=1e-9, rank=2, batch=2)
    taught = LoraTraining(tiny_models / "tiny", list(from_folder(folder)), recipe)
    taught.run()
    path = tmp_path / "look.safetensors"
    taught.save(path)
    opened = Library([tmp_path], pins={}).open_part("look", [ModelKind.LORA])
    assert opened.probe.family == "crayon"
    assert dict(read_header(path).metadata)["ss_network_dim"] == "2"
    from tests.tiny import tiny_parts

    pipeline = type("Pipeline", (), {"unet": tiny_parts()["unet"]})
    stems = {tensor.name.split(".")[0] for tensor in read_header(path).tensors}
    assert {address(stem) for stem in stems} <= sites(pipeline).keys()
    assert len(stems) > 20


def test_training_moves_only_the_thin_matrices(folder, tiny_models):
    recipe = LoraRecipe(minutes=1.0, rank=2, batch=2)
    taught = LoraTraining(tiny_models / "tiny", list(from_folder(folder)), recipe)
    names = [name for name, p in taught.unet.named_parameters() if p.requires_grad]
    assert names and all(".lora_" in name for name in names)
    import random

    torch.autograd.backward(taught._loss(random.Random(1)))
    ups = [p for name, p in taught.unet.named_parameters() if "lora_B" in name]
    assert any(float(p.grad.abs().sum()) > 0 for p in ups)


@pytest.mark.parametrize(
    "arguments",
    [["--style", "sepia"], ["--out", "x"], ["--style", "sepia", "--pictures", ".", "--out", "x"]],
)
def test_the_command_says_what_it_needs(arguments, capsys):
    with pytest.raises(SystemExit):
        main(["lora", *arguments])
    assert "--out" in capsys.readouterr().err
