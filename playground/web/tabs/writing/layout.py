"""The Write tab (글짓기): three engines with all their dials, and what comes out of them.

Lays out controls and connects them; the answers are in events.py, what the controls' values
mean in form.py, looks in view.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipelines.contract.requests import SURPRISE_RANGE
from pipelines.contract.text_options import LENGTHS, Mood, Rating, SentenceFamily
from pipelines.text.language import model as language
from pipelines.text.markov import engine as markov
from pipelines.text.markov.tokens import Unit
from playground.studio.language.shelf import DEFAULT
from playground.web.kit import upload_field as drop_field
from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.writing import index_panel
from playground.web.tabs.writing.events import WritingHandlers
from playground.web.tabs.writing.form import FIELDS, defaults

if TYPE_CHECKING:
    from collections.abc import Callable

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
MOST_AT_ONCE = 4  # visitors that are written for at the same time
MOST_PHRASES = 20  # at a time; the command line takes up to 50
ENGINES = ("grammar", "markov", "neural")
FORGET = "() => window.amumal.page.then((page) => page.deletion.text())"
EMPTY = f'<p class="invite">{bilingual("writing.empty")}</p>'


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, say, handlers = import_gradio(), context.say, WritingHandlers(context.studio)
    lay = _WritingControls(gr, say)
    with gr.Row(equal_height=False, elem_id="writing"):
        with gr.Column(scale=5, min_width=320):
            lay.shared()
            with gr.Tabs(elem_id="writing-engines"):
                for engine in ENGINES:
                    with gr.Tab(say(f"writing.{engine}"), id=f"writing-{engine}"):
                        getattr(lay, engine)()
            stop = gr.Button(say("writing.stop"), elem_id="writing-stop")
        with gr.Column(scale=6, min_width=320):
            board = gr.HTML(
                EMPTY, elem_id="writing-board", apply_default_css=False, js_on_load=None
            )
            with gr.Accordion(say("writing.index"), open=False, elem_id="writing-index"):
                index_panel.build(say)
    for engine, button in lay.buttons.items():
        connect(
            button.click,
            getattr(handlers, engine),
            lay.inputs(engine),
            [board],
            queue=True,
            concurrency_limit=MOST_AT_ONCE,
            **QUIET,
        )
    model, told = {"model": lay.model}, [lay.model, lay.licence]
    lay.forget.click(None, None, None, js=FORGET, **QUIET)
    connect(stop.click, handlers.stop, queue=False, **QUIET)
    connect(context.tab.select, handlers.models, model, told, queue=False, **QUIET)
    connect(lay.model.change, handlers.licence, model, [lay.licence], queue=False, **QUIET)


class _WritingControls:
    """Makes the controls and remembers them by engine and name."""

    def __init__(self, gr: Any, say: Callable[[str], Any]) -> None:
        self._gr, self._say = gr, say
        self._first = defaults()
        self._parts: dict[tuple[str, str], Any] = {}
        self.buttons: dict[str, Any] = {}
        self.forget: Any = None
        self.model: Any = None
        self.licence: Any = None

    def inputs(self, engine: str) -> dict[str, Any]:
        """Return the controls of an engine by name."""
        return {
            name: self._parts.get((engine, name)) or self._parts["", name]
            for name in FIELDS[engine]
        }

    def shared(self) -> None:
        """Lay out what every engine asks."""
        with self._gr.Row():
            self._slider("", "count", (1, MOST_PHRASES), 1, self._first["count"])
            self._box("", "seed", value=self._first["seed"])
        self._box("", "topics", placeholder=self._say("writing.topics.hint"))
        self._radio("", "length", tuple(LENGTHS), "any")

    def grammar(self) -> None:
        """Lay out the wishes of the grammar engine."""
        self._parts["grammar", "families"] = self._gr.CheckboxGroup(
            [(self._say(f"writing.family.{one}"), one.value) for one in SentenceFamily],
            label=self._say("writing.families"),
            elem_id="writing-families",
            interactive=True,
        )
        self._slider("grammar", "surprise", SURPRISE_RANGE, 0.1, self._first["surprise"])
        self._radio("grammar", "mood", tuple(Mood), Mood.ANY.value)
        self._radio("grammar", "rating", tuple(Rating), Rating.MILD.value)
        self._button("grammar")

    def markov(self) -> None:
        """Lay out the text to learn from, and how."""
        self._parts["markov", "text"] = self._gr.Textbox(
            label=self._say("writing.text"),
            placeholder=self._say("writing.text.hint"),
            elem_id="writing-text",
            lines=6,
            max_lines=14,
            interactive=True,
        )
        self._parts["markov", "file"] = drop_field.build(self._gr, self._say, "writing")
        self._radio("markov", "unit", tuple(Unit), Unit.EOJEOL.value)
        with self._gr.Row():
            self._slider("markov", "order", markov.ORDER_RANGE, 1, self._first["order"])
            first = self._first["markov_temperature"]
            self._slider("markov", "temperature", markov.TEMPERATURE_RANGE, 0.1, first)
        self._button("markov")
        self.forget = self._gr.Button(
            self._say("writing.forget"), elem_id="writing-forget", size="sm"
        )

    def neural(self) -> None:
        """Lay out the model and how it draws."""
        self.model = self._gr.Dropdown(
            [DEFAULT],
            value=DEFAULT,
            label=self._say("writing.model"),
            elem_id="writing-model",
            interactive=True,
        )
        self._parts["neural", "model"] = self.model
        self.licence = self._gr.HTML(
            "", elem_id="writing-licence", apply_default_css=False, js_on_load=None
        )
        self._dial("temperature", language.TEMPERATURE_RANGE, 0.05)
        with self._gr.Accordion(self._say("writing.finer"), open=False, elem_id="writing-finer"):
            self._dial("top_p", language.TOP_P_RANGE, 0.01)
            self._dial("top_k", language.TOP_K_RANGE, 1)
            self._dial("repetition_penalty", language.REPETITION_RANGE, 0.05)
            self._dial("no_repeat_ngram", language.NGRAM_RANGE, 1)
            self._dial("max_tokens", language.TOKENS_RANGE, 1)
            self._box("neural", "bad_words")
        self._button("neural")

    def _dial(self, name: str, limits: tuple[float, float], step: float) -> None:
        self._slider("neural", name, limits, step, self._first[name])

    def _slider(
        self, engine: str, name: str, limits: tuple[float, float], step: float, value: float
    ) -> None:
        self._parts[engine, name] = self._gr.Slider(
            *limits,
            value,
            step=step,
            label=self._say(f"writing.{name}"),
            elem_id="-".join(filter(None, ("writing", engine, name))),
            min_width=200,
            interactive=True,
        )

    def _box(self, engine: str, name: str, value: str = "", placeholder: Any = None) -> None:
        self._parts[engine, name] = self._gr.Textbox(
            value,
            label=self._say(f"writing.{name}"),
            placeholder=placeholder,
            elem_id=f"writing-{name}",
            max_lines=1,
            min_width=160,
            interactive=True,
        )

    def _radio(self, engine: str, name: str, values: tuple[str, ...], first: str) -> None:
        self._parts[engine, name] = self._gr.Radio(
            [(self._say(f"writing.{name}.{one}"), str(one)) for one in values],
            value=first,
            label=self._say(f"writing.{name}"),
            elem_id=f"writing-{name}",
            interactive=True,
        )

    def _button(self, engine: str) -> None:
        self.buttons[engine] = self._gr.Button(
            self._say(f"writing.say.{engine}"),
            elem_id=f"writing-say-{engine}",
            variant="primary",
            size="lg",
        )
