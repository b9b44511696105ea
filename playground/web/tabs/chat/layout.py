"""The Talk tab: a conversation with 두억시니.

Lays out the page's own bubbles and Gradio's fine tuning, and connects them; the answers are in
events.py, the behaviour in chat.js. gr.Chatbot is not used: it names its parts in
English only and draws the whole log again with every word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.web.kit.connect import connect
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.model_choice import model_box
from playground.web.kit.wording import bilingual
from playground.web.tabs import TabContext
from playground.web.tabs.chat import form as chat_form
from playground.web.tabs.chat.events import ChatHandlers

if TYPE_CHECKING:
    from collections.abc import Callable

VISITORS_AT_ONCE = 4  # more wait for their turn; one CPU writes for all of them
EXAMPLES = ("octopus", "fridge", "today")
MOODS = (0, 1, 2)  # the labels that the models learnt: everyday, parting, love
WIRE = """
const script = import(new URL("./ui/chat.js", document.baseURI).href);
script.then((chat) => chat.begin((event, letter) => trigger(event, letter)));
watch("value", () => script.then((chat) => chat.take(props.value)));
"""
PRIVATE: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def _moods() -> str:
    return "".join(
        f'<label><input type="radio" name="chat-mood" value="{label}"'
        f"{' checked' if label == 0 else ''}><span>{bilingual(f'chat.mood.{label}')}</span></label>"
        for label in MOODS
    )


def _examples() -> str:
    from html import escape

    from playground.messages import table

    return "".join(
        f'<button type="button" class="chip example" '
        f'data-question="{escape(table()[f"chat.example.{name}"].ko, quote=True)}">'
        f"{bilingual(f'chat.example.{name}')}</button>"
        for name in EXAMPLES
    )


def _tool(action: str) -> str:
    return (
        f'<button type="button" class="chip" data-act="{action}" disabled>'
        f"{bilingual(f'chat.{action}')}</button>"
    )


def skeleton() -> str:
    """Return the tab as it is before anything was said."""
    return f"""
<section class="talk" aria-labelledby="chat-name">
  <h2 id="chat-name" class="unseen">{bilingual("chat.name")}</h2>
  <div class="log" role="log" aria-live="off" aria-labelledby="chat-name" tabindex="0" hidden>
    <ol></ol></div>
  <div class="empty"><strong>{bilingual("chat.empty")}</strong>
    <span>{bilingual("chat.empty.more")}</span><div class="examples">{_examples()}</div></div>
  <p class="unseen" role="status" aria-live="polite"></p>
  <p class="alert" role="alert" hidden></p>
  <form class="composer">
    <fieldset><legend>{bilingual("chat.mood")}</legend>{_moods()}</fieldset>
    <p class="editing" hidden>{bilingual("chat.editing")}
      <button type="button" class="not-edit">{bilingual("chat.not_edit")}</button></p>
    <div class="line"><label class="unseen" for="chat-text">{bilingual("chat.say")}</label>
      <textarea id="chat-text" rows="1" lang="ko" autocomplete="off"></textarea>
      <button type="submit" class="send">{bilingual("chat.send")}</button>
      <button type="button" class="stop" hidden>{bilingual("chat.stop")}</button></div>
    <p class="keys">{bilingual("chat.keys")}</p>
  </form>
  <p class="licence" hidden></p>
  <div class="tools">{_tool("undo")}{_tool("clear")}{_tool("save_text")}{_tool("save_json")}
    <label class="chip">{bilingual("chat.restore")}
      <input type="file" class="unseen" accept=".json,application/json"></label></div>
</section>"""


def build(context: TabContext) -> None:
    """Lay the tab out inside its gr.Tab."""
    gr, handlers = import_gradio(), ChatHandlers(context.studio)
    gr.HTML(skeleton(), elem_id="chat", apply_default_css=False, js_on_load=None)
    wire = gr.HTML("", html_template="", elem_id="chat-wire", js_on_load=WIRE)
    form = _controls(gr, context.say)
    connect(
        wire.submit,
        handlers.say,
        form,
        [wire],
        trigger_mode="multiple",
        concurrency_limit=VISITORS_AT_ONCE,
        **PRIVATE,
    )
    at_once: dict[str, Any] = {"queue": False, "trigger_mode": "multiple", **PRIVATE}
    connect(wire.apply, handlers.act, None, [wire], **at_once)
    connect(wire.stop, handlers.stop, **at_once)
    connect(context.tab.select, handlers.names, None, [form["model"]], queue=False, **PRIVATE)


def _controls(gr: Any, say: Callable[[str], Any]) -> dict[str, Any]:
    """Lay the fine tuning out; return its controls by name."""
    with gr.Accordion(say("chat.settings"), open=False, elem_id="chat-settings"):
        with gr.Row():
            model = model_box(say("chat.model"), "chat-model")
            seed = gr.Textbox(
                "-1",
                label=say("chat.seed"),
                elem_id="chat-seed",
                min_width=200,
                max_lines=1,
                interactive=True,
            )
        with gr.Row():
            dials = {
                name: gr.Slider(
                    *limits,
                    start,
                    step=step,
                    label=say(f"chat.{name}"),
                    elem_id=f"chat-{name}",
                    min_width=260,
                    interactive=True,
                )
                for name, limits, step, start in chat_form.DIALS
            }
    return {"model": model, "seed": seed, **dials}
