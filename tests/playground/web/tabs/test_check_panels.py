"""The panels of the nonsense index and of the self-check: results, progress, stop, hostile text."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pipelines.contract.errors import Cancelled
from pipelines.text.korean import kiwi
from pipelines.text.nonsense import IndexVerdict, TextKind
from playground.messages import Language
from playground.plots.curves import PlotLine, svg
from playground.studio.stops import Stops
from playground.studio.uploads import Uploads
from playground.studio.work import self_check as checking
from playground.web.tabs.training.check_events import TOOL, CheckHandlers
from playground.web.tabs.writing import index_view
from playground.web.tabs.writing.index_events import IndexHandlers
from tests.fake_language import FakeShelf, FakeTokens
from tests.playground.web.asking import visit
from tests.playground.web.tabs.test_explorer import EVIL


class FakeHolder:
    def __init__(self, *, is_installed=False, is_loaded=False):
        self.is_installed, self.is_loaded = is_installed, is_loaded

    def get(self):
        return None


@pytest.fixture
def holder(monkeypatch):
    made = FakeHolder()
    monkeypatch.setattr(kiwi, "holder", lambda: made)
    return made


@pytest.fixture
def studio():
    parrot = FakeTokens("parrot", sentences=("사랑!", EVIL))
    return SimpleNamespace(languages=FakeShelf(parrot), stops=Stops(), drops=Uploads())


@pytest.fixture
def handlers(studio):
    return CheckHandlers(studio)


def asked(model, replies, learned):
    return {"model": model, "replies": replies, "learned": learned}


def measured(line, language="ko"):
    return list(IndexHandlers().measure(visit(language, is_local=False), {"line": line}))


# ---- index


def test_a_gauge_says_its_score_and_why(holder):
    (page,) = measured("파란 냄새가 세 켤레의 침묵을 먹었다")
    assert 'role="meter"' in page and 'aria-valuemin="0"' in page
    assert 'class="index-verdict nonsense"' in page
    assert "감각명사에 색이 있어요" in page
    assert "추정" in page and "requirements-korean.txt" in page
    assert 'class="draw-this"' in page


def test_it_speaks_english(holder):
    (page,) = measured("망각이 재채기했다", "en")
    assert "an abstract noun takes a predicate of the living" in page
    assert "Because" in page


def test_the_page_tells_that_kiwi_is_being_opened(holder):
    holder.is_installed = True
    first, second = measured("파란 냄새")
    assert "여는 중" in first
    assert "index-verdict" in second
    holder.is_loaded = True
    assert len(measured("파란 냄새")) == 1


def test_garbage_has_no_gauge_and_nothing_to_draw(holder):
    (page,) = measured("ㅁㄴㅇㄹ")
    assert "헛타자" in page
    assert 'role="meter"' not in page and "draw-this" not in page


def test_one_word_is_too_short(holder):
    assert "짧음" in measured("사랑!")[-1]


@pytest.mark.parametrize("line", ["", None, 7, "가" * 50_000, "가\x00", ["목록"]])
def test_what_cannot_be_measured_is_an_alert(holder, line):
    assert 'role="alert"' in measured(line)[-1]


def test_typed_text_is_no_html(holder):
    page = measured(f"사랑은 {EVIL} 뼈다귀")[-1]
    assert "<img" not in page


def test_every_kind_has_a_name():
    for language in Language:
        assert len({index_view.name(kind, language) for kind in TextKind}) == len(TextKind)
    assert IndexVerdict(None, TextKind.SHORT, False, ()).score is None


# ---- self-check


def test_models_and_the_grammar_engine_can_be_chosen(handlers):
    choices = handlers.names(visit(is_local=False))["choices"]
    assert [value for _, value in choices] == ["grammar", "parrot"]
    assert choices[0][0] == "문법 엔진"


def test_a_parrot_is_found_out(handlers):
    pages = list(handlers.check(visit(is_local=False), asked("parrot", "", "")))
    assert "붕괴" in pages[-1] and "<table>" in pages[-1]
    assert "argmax 붕괴" in pages[-1]
    assert "<img" not in pages[-1] and "&lt;img" in pages[-1]


def test_the_grammar_engine_is_well_in_english_too(handlers):
    page = list(handlers.check(visit("en", is_local=False), asked("grammar", None, None)))[-1]
    assert 'class="verdict normal"' in page and "different replies" in page


def test_a_dropped_file_of_replies_is_judged(handlers, studio):
    token = studio.drops.put("someone", "replies.txt", "\n".join(["응."] * 40).encode("cp949"))
    page = list(handlers.check(visit(is_local=False), asked("grammar", token, "")))[-1]
    assert "붕괴" in page and "답 40개" in page


@pytest.mark.parametrize(
    ("model", "token", "said"),
    [("없는모델", "", "없는모델"), (None, "", "ongari"), ("grammar", "gone", "alert")],
)
def test_what_cannot_be_checked_is_an_alert(handlers, model, token, said):
    page = list(handlers.check(visit(is_local=False), asked(model, token, "")))[-1]
    assert 'role="alert"' in page and said in page


def test_a_check_can_be_stopped(handlers, studio, monkeypatch):
    def slow(wanted, shelf, owner, cancel, tell):
        tell(25, 1_000)
        while not cancel.is_cancelled:
            pass
        raise Cancelled

    monkeypatch.setattr("playground.web.tabs.training.check_events.check", slow)
    pages = handlers.check(visit(is_local=False), asked("parrot", "", ""))
    assert "25/1000" in next(pages)
    assert studio.stops.stop("someone", TOOL)
    assert "멈췄어요" in next(pages)


def test_the_feedback_loop_draws_a_curve_that_grows(handlers, monkeypatch):
    monkeypatch.setattr(checking, "FIRST_PHRASES", 150)
    pages = list(handlers.feedback(visit(is_local=False), {"generations": 2, "learned": ""}))
    assert pages[-1].count("<li>") == 3
    assert '<svg viewBox="0 0 640 280" role="img"' in pages[-1]
    assert "<progress" not in pages[-1]


@pytest.mark.parametrize("generations", [0, 99, "셋", None])
def test_a_wrong_number_of_generations_is_an_alert(handlers, generations):
    assert (
        'role="alert"'
        in list(
            handlers.feedback(visit(is_local=False), {"generations": generations, "learned": ""})
        )[-1]
    )


def test_a_failure_of_ours_is_told_without_its_words(handlers, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("playground.web.tabs.training.check_events.check", broken)
    page = list(handlers.check(visit(is_local=False), asked("parrot", "", "")))[-1]
    assert "RuntimeError" in page and "secret" not in page


# ---- curves


def test_names_never_lie_over_each_other_and_are_escaped():
    drawn = svg([PlotLine(EVIL, (1.0, 0.5)), PlotLine("나", (1.0, 0.5))], "말", "세대")
    assert "<img" not in drawn
    places = [float(part.split('"')[0]) for part in drawn.split('class="name-')[1:]
              for part in [part.split(' y="')[1]]]  # fmt: skip
    assert abs(places[0] - places[1]) >= 15


def test_a_file_brings_its_colours_and_a_page_does_not():
    assert "<style>" in svg([PlotLine("가", (1.0,))], "말", "세대", alone=True)
    assert "<style>" not in svg([PlotLine("가", (1.0,))], "말", "세대")
    assert svg([], "말", "세대").endswith("</svg>")
