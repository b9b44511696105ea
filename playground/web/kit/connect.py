"""Connect events to handlers by name: which value is which never depends on a position.

A handler is called with a `Visit` and, when the event carries values, with a `Form`: the values by
the names of the components. With named outputs it returns a mapping; what is missing in it stays
as it is. Gradio checks no value (it would refuse in English and without naming the setting): each
is parsed by its handler. Knows no tab.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playground.web.kit.border import Visit
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.private_gradio import detail_of

if TYPE_CHECKING:
    import gradio as gr
else:
    gr = import_gradio()  # Gradio looks the annotations below up in this module

Form = Mapping[str, Any]  # values by the names of their components, as they came: unchecked
Components = Mapping[str, Any]


def connect(
    event: Callable[..., Any],
    handler: Callable[..., Any],
    inputs: Components | None = None,
    outputs: Components | Sequence[Any] | None = None,
    **how: Any,
) -> Any:
    """Have `handler` answer an event; return what Gradio returns for it.

    Args:
        event: a component's event, e.g. `button.click`; of several see `any_of`.
        inputs: the components whose values the handler gets, by name.
        outputs: what its answer fills: by name, or in the order of what it returns.
        how: handed on to Gradio.
    """
    names = None if inputs is None else tuple(inputs)
    filled = tuple(outputs) if isinstance(outputs, Mapping) else None
    return event(
        _answering(handler, names, filled),
        list((inputs or {}).values()),
        list(outputs.values()) if isinstance(outputs, Mapping) else outputs,
        preprocess=False,
        **how,
    )


def any_of(events: Sequence[Any]) -> Callable[..., Any]:
    """Return several events as one."""

    def on(handler: Any, inputs: Any, outputs: Any, **how: Any) -> Any:
        return gr.on(list(events), handler, inputs, outputs, **how)

    return on


def changes(components: Components) -> Callable[..., Any]:
    """Return the change of any of the components as one event."""
    return any_of([one.change for one in components.values()])


def in_order(answer: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...] | Any:
    """Return an answer by name as Gradio takes it; what is missing is left as it is.

    Raises:
        KeyError: the answer fills something that there is not.
    """
    unknown = set(answer) - set(names)
    if unknown:
        raise KeyError(f"no output is called {', '.join(sorted(unknown))}")
    values = tuple(answer.get(name, gr.skip()) for name in names)
    return values[0] if len(values) == 1 else values


def _answering(
    handler: Callable[..., Any], names: tuple[str, ...] | None, filled: tuple[str, ...] | None
) -> Callable[..., Any]:
    """Return the function that Gradio calls."""

    def call(request: Any, event: Any, values: tuple[Any, ...]) -> Any:
        visit = Visit.of(request.request.scope, detail_of(event))
        if names is None:
            return handler(visit)
        return handler(visit, dict(zip(names, values, strict=True)))

    def shown(answer: Any) -> Any:
        return answer if filled is None else in_order(answer, filled)

    def once(request: gr.Request, event: gr.EventData, *values: Any) -> Any:
        return shown(call(request, event, values))

    def bit_by_bit(request: gr.Request, event: gr.EventData, *values: Any) -> Iterator[Any]:
        for answer in call(request, event, values):
            yield shown(answer)

    answering = bit_by_bit if inspect.isgeneratorfunction(handler) else once
    answering.__name__ = getattr(handler, "__name__", answering.__name__)
    return answering
