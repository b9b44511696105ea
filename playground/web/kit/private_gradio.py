"""What Gradio has no public name for: an upgrade breaks it here and nowhere else.

Seen in Gradio 6.31; tests/playground/web/kit/test_private_gradio.py asks whether it is still there.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any

from playground.web.kit.page_sessions import PageSessions

log = logging.getLogger(__name__)


def detail_of(event: Any) -> Any:
    """Return what the page's script sent with an event; None for nothing.

    gr.EventData hands its detail on as attributes, which hides the details called `target`.
    """
    return event._data


def open_no_files() -> None:
    """Make Gradio leave every value as it is: it would fetch or copy the files that one names.

    The pictures of the page come from routes of ours, so no value is ever a file.
    """
    from gradio import processing_utils
    from gradio.data_classes import GradioModel, GradioRootModel

    async def as_it_is(data: Any, *_args: Any, **_how: Any) -> Any:
        is_model = isinstance(data, GradioModel | GradioRootModel)
        return data.model_dump() if is_model else data

    processing_utils.async_move_files_to_cache = as_it_is


class _KindOnly:
    """Stands where Gradio has the module `traceback`: its errors quote what a visitor typed."""

    def print_exc(self, *_args: Any, **_how: Any) -> None:
        """Log the kind of the error that is being handled."""
        kind = sys.exc_info()[0]
        log.warning("a call of the page failed inside of Gradio: %s", kind and kind.__name__)

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)


def quote_no_values() -> None:
    """Keep Gradio from writing the values of a visitor to the log."""
    from gradio import queueing, route_utils, routes

    for module in (routes, queueing, route_utils):
        module.traceback = _KindOnly()


def bound_sessions(demo: Any, sessions: PageSessions) -> None:
    """Keep little for each session, and of those only that are known; call it once it is mounted.

    Gradio copies the configuration of every control (0.5 MB) for whatever session a request
    names. It is for deep links, of which the page has none.
    """
    from gradio import state_holder

    class SmallState(state_holder.SessionState):  # type: ignore[misc]
        def __init__(self, blocks: Any) -> None:
            super().__init__(_WithoutControls(blocks))

        def __setitem__(self, key: int, value: Any) -> None:
            super().__setitem__(key, value)
            self.config_values.clear()

        def _update_config(self, key: int) -> None:
            pass

        def _update_value_in_config(self, key: int, value: Any) -> None:
            pass

    holder = demo.state_holder

    class SmallHolder(type(holder)):  # type: ignore[misc]
        def __getitem__(self, session: str) -> Any:
            if session not in sessions:  # it has gone while its call waited
                return SmallState(self.blocks)
            if session not in self.session_data:
                self.session_data[session] = SmallState(self.blocks)
            return super().__getitem__(session)

    holder.__class__ = SmallHolder
    demo._queue.ANALYTICS_MAX_EVENTS = 1  # a table of the last 10,000 calls is made at every call


def forget_session(demo: Any, session: str) -> bool:
    """Let go of all that Gradio keeps of a session; return False while a call of it waits."""
    queue, holder = demo._queue, demo.state_holder
    ids = queue.pending_event_ids_session.get(session, ())
    if any(event in queue.event_ids_to_events for event in tuple(ids)):
        return False
    queue.pending_event_ids_session.pop(session, None)
    queue.pending_messages_per_session.pop(session, None)
    holder.session_data.pop(session, None)
    holder.time_last_used.pop(session, None)
    return True


def queued_scopes(demo: Any) -> list[Any]:
    """Return the scopes of the requests that wait in Gradio's queue, or are being worked on."""
    queue = demo._queue
    waiting = [one for line in queue.event_queue_per_concurrency_id.values() for one in line.queue]
    active = [one for together in queue.active_jobs if together for one in together]
    return [event.request.scope for event in (*waiting, *active)]


class _WithoutControls:
    """What a session's state is made from, with no control to copy the configuration of."""

    blocks: dict[int, Any] = {}  # noqa: RUF012

    def __init__(self, demo: Any) -> None:
        self.default_config = demo.default_config
