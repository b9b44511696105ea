"""A LoRA that is called otherwise here is found by its hash."""

from __future__ import annotations

import pytest

from pipelines.contract.painter import AddonFile
from playground.studio.pictures.infotext import read_infotext
from playground.web.tabs.draw.infotext import told_by
from playground.web.tabs.draw.renamed import with_local_names

DIGEST = "0123456789ab" + "c" * 52
INK = AddonFile("lora", "먹물 (1)", "sd15", hashes=("f" * 64, DIGEST))
WASH = AddonFile("lora", "wash", "sd15")


@pytest.mark.parametrize(
    ("prompt", "hashes", "expected"),
    [
        ("a <lora:ink:0.7>", "ink: 0123456789ab", "a <lora:먹물 (1):0.7>"),
        ("<lora:ink:0.7:0.2>, <lora:wash:1>", "wash: ffffffff, ink: 0123456789ab",
         "<lora:먹물 (1):0.7:0.2>, <lora:wash:1>"),
        ("<lora:ink>", "ink: FFFFFFFFFF", "<lora:먹물 (1)>"),
        ("a <lora:ink:0.7>", "ink: 111111111111", "a <lora:ink:0.7>"),
        ("a <lora:ink:0.7>", "ink: 0123", "a <lora:ink:0.7>"),
        ("a <lora:ink:0.7>", None, "a <lora:ink:0.7>"),
        ("a <lora::0.7>", "ink: 0123456789ab", "a <lora::0.7>"),
        ("a <hypernet:x:1> b", "x: zz, : , ,", "a <hypernet:x:1> b"),
    ],
)  # fmt: skip
def test_names_become_those_of_here(prompt, hashes, expected):
    assert with_local_names(prompt, hashes, (INK, WASH)) == expected


def test_settings_of_a_picture_name_the_lora_that_is_here():
    text = (
        "a cat <lora:ink:0.7>\nSteps: 20, Sampler: Euler, CFG scale: 7, Seed: 5, Size: 64x64, "
        'Lora hashes: "ink: 0123456789ab"'
    )
    told = told_by(read_infotext(text), (), (), (), loras=(INK,))
    assert told.values["prompt"] == "a cat <lora:먹물 (1):0.7>"
    assert not told.left_out


def test_a_name_with_signs_of_the_syntax_is_escaped():
    odd = AddonFile("lora", "a:b", "sd15", hashes=(DIGEST,))
    assert with_local_names("<lora:ink:1>", "ink: 0123456789ab", (odd,)) == "<lora:a\\:b:1>"
