"""The whole way, tiny: prepare, train, export, score; a second start does nothing twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.training.ongari import __main__, tokenizer
from pipelines.training.ongari import workshop as workshops
from pipelines.training.ongari.build import NetworkShape
from pipelines.training.ongari.loop import PretrainingRecipe
from pipelines.training.ongari.workshop import OngariWorkshop, TextAmounts
from pipelines.training.ongari.written_files import FOLDER

LINES = {"lines.txt": 300, "paragraphs.txt": 300, "dialogues.tsv": 300}
TINY = TextAmounts(60, 1, 20, 50, NetworkShape(layers=1, width=16, heads=2))
RECIPE = PretrainingRecipe(tokens=1_500, batch=512, evaluate_every=50, is_bfloat=False)


def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the beginning of each written file."""
    folder = tmp_path_factory.mktemp("written")
    for path in FOLDER.glob("*.t*"):
        rows = path.read_text("utf-8").splitlines(keepends=True)
        (folder / path.name).write_text("".join(rows[: LINES.get(path.name)]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizer, "VOCABULARY", 2_900)
        patch.setattr(tokenizer, "NOUN_WEIGHT", 3)
        patch.setattr(workshops, "HELD_OUT_QUESTIONS", 2)
        patch.setattr(workshops, "KEPT", 6)
        found = OngariWorkshop(tmp_path_factory.mktemp("work"), TINY, few(tmp_path_factory))
        found.prepare()
        found.train(RECIPE)
        yield found


def test_a_second_start_does_nothing_twice(shop: OngariWorkshop) -> None:
    files = {path: path.stat().st_mtime_ns for path in shop.folder.rglob("*") if path.is_file()}
    again = OngariWorkshop(shop.folder, TINY, shop.written_folder)
    again.prepare()
    again.train(RECIPE)
    assert files == {path: path.stat().st_mtime_ns for path in files}


def test_the_exported_folder_opens_and_speaks(shop: OngariWorkshop, tmp_path: Path) -> None:
    from transformers import GPT2LMHeadModel

    shop.export(tmp_path)
    model, problems = GPT2LMHeadModel.from_pretrained(
        tmp_path, local_files_only=True, output_loading_info=True
    )
    assert not problems["missing_keys"]
    assert str(model.dtype) == "torch.float32"
    weights = tmp_path / "model.safetensors"
    assert weights.stat().st_size < 2.2 * sum(p.numel() for p in model.parameters())
    assert tokenizer.open_tokenizer(tmp_path).eos_token_id == model.config.eos_token_id


def test_the_score_asks_nothing_that_was_trained(shop: OngariWorkshop) -> None:
    material = shop.material()
    trained = (shop.folder / "documents-0.txt").read_text("utf-8")
    assert len(material.prompts) == 200
    assert not [prompt for prompt in material.prompts if f"<usr>{prompt}<" in trained]
    assert not [word for _, word in material.coined if f"{word}" in trained]


def test_the_stages_are_run_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[str] = []
    for name in ("prepare", "export", "score"):
        monkeypatch.setattr(OngariWorkshop, name, lambda self, *given, name=name: seen.append(name))
    monkeypatch.setattr(__main__, "_train", lambda shop, recipe: seen.append("train"))
    assert __main__.main(["all", "--work", str(tmp_path)]) == 0
    assert seen == ["prepare", "train", "export", "score"]
