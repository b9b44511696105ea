"""What the Draw tab tells and offers about the chosen model, without a page around it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.contract.painter import AddonFile, PlanSummary
from pipelines.image.families import PromptLanguage, presets_of
from playground.messages import Language
from playground.studio.prompts import PromptDesk
from playground.web.tabs.draw.chosen_model import ChosenModel
from tests.fakes import FakePainter
from tests.playground.web.asking import request as asking

MODELS = {
    "crayon": "crayon",
    "english": "sd15",
    "dreamXL_lightning": "sdxl",
    "plainXL": "sdxl",
    "sdxl_refiner": "sdxl-refiner",
}


class Shelved(FakePainter):
    """Has more models and parts than the other fake, and a plan."""

    told: tuple[PlanSummary, ...] = ()

    def families(self):
        return MODELS

    def parts(self):
        return (
            AddonFile("embedding", "모름", ""),
            AddonFile("embedding", "badhands", "sd15"),
            AddonFile("lora", "ink", "sdxl", ("ink", "paper")),
            AddonFile("upscaler", "4x-sharp", ""),
            AddonFile("vae", "sharp", "sdxl"),
            AddonFile("vae", "soft", "sd15"),
        )

    def plan(self, model):
        return self.told


@pytest.fixture
def painter():
    return Shelved()


@pytest.fixture
def chosen(painter, tmp_path):
    studio: Any = SimpleNamespace(painter=painter)
    return ChosenModel(studio, PromptDesk(tmp_path))


def pressed(chosen, model, preset):
    values = (preset.steps, preset.guidance, preset.sampler, preset.schedule, preset.clip_skip)
    return chosen.pressed(asking(), model, *values)


def arrive(chosen, styles):
    return chosen.arrive(asking(), styles, "crayon", 6, 2.5, "DDIM", "Automatic", 1)


def test_a_name_suggests_its_settings_and_says_why(chosen):
    preset = next(one for one in presets_of("sdxl") if one.name == "Lightning")
    shape, width, height, steps, guidance, *_ = chosen.choose("dreamXL_lightning", "upright")
    assert (shape, width, height) == ("upright", "832", "1216")
    assert (steps, guidance) == (preset.steps, preset.guidance)
    offered, why = pressed(chosen, "dreamXL_lightning", preset)
    assert offered["value"] == "Lightning"
    assert ("보통", "usual") in offered["choices"]
    assert "이름에 ‘Lightning’ 글자가 있어서 골랐어요." in why


def test_other_settings_than_the_suggested_are_pressed_and_the_better_ones_named(chosen):
    offered, why = pressed(chosen, "dreamXL_lightning", presets_of("sdxl")[0])
    assert offered["value"] == "usual"
    assert "‘Lightning’ 글자가 있어서 그 설정을 권해요" in why


def test_settings_of_ones_own_press_nothing(chosen):
    offered, why = chosen.pressed(asking(), "plainXL", "33", 4.5, "Heun", "Karras", 2)
    assert (offered["value"], why) == (None, "")
    assert chosen.pressed(asking(), "plainXL", "x", None, 7, [], "")[0]["value"] is None


def test_one_preset_is_no_choice(chosen):
    assert pressed(chosen, "crayon", presets_of("crayon")[0])[0]["visible"] is False


def test_a_pressed_preset_sets_its_values(chosen):
    preset = next(one for one in presets_of("sd15") if one.name == "LCM")
    values = chosen.press("LCM", "english", None)
    assert values[0] == "square"
    assert values[3:] == (
        *(preset.steps, preset.guidance, preset.sampler),
        *(preset.schedule, preset.clip_skip),
    )
    assert all(one.get("__type__") == "update" for one in chosen.press("X", "english", None))


def test_a_misspelt_model_changes_no_setting_and_gets_the_nearest_name(chosen):
    assert all(one.get("__type__") == "update" for one in chosen.choose("plainXK", "square"))
    told = chosen.about(asking(), "plainXK<")[0]
    assert "plainXK&lt;" in told
    assert "비슷한 이름: plainXL" in told
    assert pressed(chosen, "plainXK_lightning", presets_of("sdxl")[0])[0]["visible"] is False
    assert chosen.shape("wide", "plainXK") == ("768", "512")


def test_a_name_of_another_time_gets_its_family_and_is_not_called_unknown(chosen, painter):
    painter.aliases["plainXL [abcdef1234]"] = "plainXL"
    preset = presets_of("sdxl")[0]
    values = chosen.choose("plainXL [abcdef1234]", "square")
    assert values[1:4] == ("1024", "1024", preset.steps)
    told, _, refiners, *_ = chosen.about(asking(), "plainXL [abcdef1234]")
    assert told.startswith("‘plainXL’, 영어를 읽는 모델이에요.")
    assert "plainXL" not in [name for _, name in refiners["choices"]]
    assert pressed(chosen, "plainXL [abcdef1234]", preset)[0]["value"] == "usual"


def test_an_lcm_model_is_told_by_what_is_in_it_and_says_so(chosen, painter):
    painter.variants["plainXL"] = "lcm"
    values = chosen.choose("plainXL", "square")
    assert values[4:6] == (8.0, "LCM")
    offered, why = chosen.pressed(asking(), "plainXL", *values[3:])
    assert offered["value"] == "LCM"
    assert "LCM 모델이라서 골랐어요." in why
    assert chosen.press("LCM", "plainXL", "square") == values
    assert "LCM 모델이라서 그 설정을" in pressed(chosen, "plainXL", presets_of("sdxl")[0])[1]


def test_a_model_that_reads_korean_says_so_once_it_is_known(chosen, painter):
    painter.reads["english"] = PromptLanguage.KOREAN
    assert chosen.about(asking(), "english")[0] == "‘english’는 우리말을 그대로 읽어요."
    assert chosen.language("english") is PromptLanguage.KOREAN


def test_lists_begin_with_what_suits_and_say_what_the_rest_is_for(chosen):
    _, vaes, refiners, upscalers, shelf = chosen.about(asking(), "plainXL")
    assert upscalers["choices"][0] == "Latent"
    assert upscalers["choices"][-1] == "4x-sharp"
    assert vaes["choices"] == [
        *(("모델에 든 것 그대로", ""), ("sharp", "sharp")),
        ("soft (SD 1.5 모델용)", "soft"),
    ]
    assert [name for _, name in refiners["choices"]][:2] == ["", "dreamXL_lightning"]
    assert "plainXL" not in [name for _, name in refiners["choices"]]
    rows = [(row["name"], row["suits"], row["family"]) for row in shelf["parts"]]
    assert rows == [("ink", True, "SDXL"), ("모름", True, ""), ("badhands", False, "SD 1.5")]
    assert shelf["parts"][0]["words"] == ["ink", "paper"]


def test_lists_are_in_the_language_of_the_visitor(chosen):
    assert chosen._vaes("sd15", Language.EN)[-1][0] == "sharp (for SDXL)"


def test_how_a_model_works_here_is_told_once_it_is_known(chosen, painter):
    assert chosen.plan(asking(), "crayon") == ""
    painter.told = (PlanSummary("drawing.preset.chosen", {"preset": "<i>"}),)
    assert chosen.plan(asking(), "crayon").startswith("<small>이름에 ‘&lt;i&gt;’")


def test_styles_are_hidden_until_there_are_some(chosen, tmp_path):
    assert arrive(chosen, [])[1]["visible"] is False
    assert arrive(chosen, ["전에 고른 것"])[1]["visible"] is True
    (tmp_path / "styles.csv").write_text('name,prompt\n먹,"{prompt}, 먹"\n', "utf-8")
    assert arrive(chosen, [])[1]["choices"] == ["먹"]
    (tmp_path / "styles.csv").write_text('name,prompt\n먹,"열린', "utf-8")
    assert "styles.csv" in arrive(chosen, [])[3]["alert"]
