"""What the Draw tab tells and offers about the chosen model, without a page around it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.contract.painter import AddonFile, PlanSummary
from pipelines.image.families import PromptLanguage, presets_of
from playground.messages import Language
from playground.studio.prompts import PromptDesk
from playground.web.tabs.draw.chosen_model import PRESET, ChosenModel
from tests.fakes import FakePainter
from tests.playground.web.asking import visit as asking

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
    form = {"model": model, **{name: getattr(preset, name) for name in PRESET}}
    return tuple(chosen.pressed(asking(), form).values())


def set_to(chosen, model, *values):
    form = {"model": model, **dict(zip(PRESET, values, strict=True))}
    return tuple(chosen.pressed(asking(), form).values())


def choose(chosen, model, shape):
    return chosen.choose(asking(), {"model": model, "shape": shape})


def press(chosen, preset, model, shape):
    return chosen.press(asking(), {"presets": preset, "model": model, "shape": shape})


def about(chosen, model):
    return chosen.about(asking(), {"model": model})


def arrive(chosen, styles):
    return chosen.arrive(
        asking(),
        {
            "styles": styles,
            "model": "crayon",
            "steps": 6,
            "guidance": 2.5,
            "sampler": "DDIM",
            "schedule": "Automatic",
            "clip_skip": 1,
        },
    )


def test_a_name_suggests_its_settings_and_says_why(chosen):
    preset = next(one for one in presets_of("sdxl") if one.name == "Lightning")
    shape, width, height, steps, guidance, *_ = choose(
        chosen, "dreamXL_lightning", "upright"
    ).values()
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
    offered, why = set_to(chosen, "plainXL", "33", 4.5, "Heun", "Karras", 2)
    assert (offered["value"], why) == (None, "")
    assert set_to(chosen, "plainXL", "x", None, 7, [], "")[0]["value"] is None


def test_one_preset_is_no_choice(chosen):
    assert pressed(chosen, "crayon", presets_of("crayon")[0])[0]["visible"] is False


def test_a_pressed_preset_sets_its_values(chosen):
    preset = next(one for one in presets_of("sd15") if one.name == "LCM")
    found = press(chosen, "LCM", "english", None)
    assert found["shape"] == "square"
    assert {name: found[name] for name in PRESET} == {
        name: getattr(preset, name) for name in PRESET
    }
    assert press(chosen, "X", "english", None) == {}


def test_a_misspelt_model_changes_no_setting_and_gets_the_nearest_name(chosen):
    assert choose(chosen, "plainXK", "square") == {}
    told = about(chosen, "plainXK<")["about"]
    assert "plainXK&lt;" in told
    assert "혹시 ‘plainXL’을 찾으셨나요" in told
    assert "목록에서 골라 주세요" in about(chosen, "완전히 다른 말")["about"]
    assert pressed(chosen, "plainXK_lightning", presets_of("sdxl")[0])[0]["visible"] is False
    wide = chosen.shape(asking(), {"shape": "wide", "model": "plainXK"})
    assert wide == {"width": "768", "height": "512"}


def test_a_name_of_another_time_gets_its_family_and_is_not_called_unknown(chosen, painter):
    painter.aliases["plainXL [abcdef1234]"] = "plainXL"
    preset = presets_of("sdxl")[0]
    values = choose(chosen, "plainXL [abcdef1234]", "square")
    assert tuple(values.values())[1:4] == ("1024", "1024", preset.steps)
    told, _, refiners, *_ = about(chosen, "plainXL [abcdef1234]").values()
    assert told.startswith("‘plainXL’, 영어를 읽는 모델이에요.")
    assert "plainXL" not in [name for _, name in refiners["choices"]]
    assert pressed(chosen, "plainXL [abcdef1234]", preset)[0]["value"] == "usual"


def test_an_lcm_model_is_told_by_what_is_in_it_and_says_so(chosen, painter):
    painter.variants["plainXL"] = "lcm"
    values = choose(chosen, "plainXL", "square")
    assert (values["guidance"], values["sampler"]) == (8.0, "LCM")
    offered, why = set_to(chosen, "plainXL", *(values[name] for name in PRESET))
    assert offered["value"] == "LCM"
    assert "LCM 모델이라서 골랐어요." in why
    assert press(chosen, "LCM", "plainXL", "square") == values
    assert "LCM 모델이라서 그 설정을" in pressed(chosen, "plainXL", presets_of("sdxl")[0])[1]


def test_a_model_that_reads_korean_says_so_once_it_is_known(chosen, painter):
    painter.reads["english"] = PromptLanguage.KOREAN
    assert about(chosen, "english")["about"] == "‘english’는 우리말을 그대로 읽어요."
    assert chosen.language("english") is PromptLanguage.KOREAN


def test_lists_begin_with_what_suits_and_say_what_the_rest_is_for(chosen):
    _, vaes, refiners, upscalers, shelf = about(chosen, "plainXL").values()
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
    assert chosen.plan(asking(), {"model": "crayon"}) == ""
    painter.told = (PlanSummary("drawing.preset.chosen", {"preset": "<i>"}),)
    assert chosen.plan(asking(), {"model": "crayon"}).startswith("<small>이름에 ‘&lt;i&gt;’")


def test_styles_are_hidden_until_there_are_some(chosen, tmp_path):
    assert arrive(chosen, [])["styles"]["visible"] is False
    assert arrive(chosen, ["전에 고른 것"])["styles"]["visible"] is True
    (tmp_path / "styles.csv").write_text('name,prompt\n먹,"{prompt}, 먹"\n', "utf-8")
    assert arrive(chosen, [])["styles"]["choices"] == ["먹"]
    (tmp_path / "styles.csv").write_text('name,prompt\n먹,"열린\n붓,붓\n', "utf-8")
    arrived = arrive(chosen, [])  # the row that is broken is named, the other one can be chosen
    assert arrived["styles"]["choices"] == ["붓"]
    assert "styles.csv의 2번째" in arrived["ticket"]["alert"]
