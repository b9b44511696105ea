"""Put the page, its routes and the gate together into one ASGI application.

Imports Gradio, and nothing of torch, diffusers or transformers. Opens no socket: http/server.py.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware

from playground.gate import Gate, GateSettings
from playground.web.http.bodies import BoundedBodies
from playground.web.http.deletion_routes import deletion_routes
from playground.web.http.event_streams import Streams
from playground.web.http.files import look_routes, picture_routes
from playground.web.http.front_page import FrontPage
from playground.web.http.gradio_values import GradioValues
from playground.web.http.job_routes import explain_errors, job_routes
from playground.web.http.kept_answers import KeptAnswers
from playground.web.http.open_requests import OpenRequests
from playground.web.http.upload_routes import drop_routes
from playground.web.kit.fast_import import import_gradio
from playground.web.kit.page_sessions import PageSessions
from playground.web.kit.private_gradio import (
    bound_sessions,
    forget_session,
    open_no_files,
    queued_scopes,
    quote_no_values,
)
from playground.web.page import build_page, page_assets

if TYPE_CHECKING:
    from playground.studio.studio import Studio
    from playground.studio.work.models import ModelWork
    from playground.studio.work.training import TrainingWork

MAX_UPLOAD = "1kb"  # no control of the page takes a file


def build_app(
    studio: Studio,
    *,
    gate: GateSettings,
    theme: str = "auto",
    models: ModelWork | None = None,
    training: TrainingWork | None = None,
) -> FastAPI:
    """Return the application.

    `app.state.gate` lets the share link's name in later; `app.state.streams` is what a server
    closes first when it stops.

    Args:
        studio: what every face shares; it stays the caller's to close.
        gate: who may come in.
        theme: "light", "dark" or "auto": what a browser that has not chosen sees.
        models: the work behind the Models tab; without it there is no such tab.
        training: the work behind the Train tab; without it the tab has its self-check only.
    """
    gr = import_gradio()
    from playground.web.kit.theme import sticker
    from playground.web.kit.wording import translations

    doors = Gate(gate)
    assets = page_assets()
    front = Middleware(FrontPage, theme=theme, styles=assets.styles)
    say = translations()
    demo = build_page(studio, say, models, training)
    sessions = PageSessions(partial(forget_session, demo))
    layers = [
        Middleware(BoundedBodies, subpath=gate.subpath),
        *doors.middleware(),
        Middleware(OpenRequests),
        Middleware(
            GradioValues,
            functions=demo.fns,
            sessions=sessions,
            queued=partial(queued_scopes, demo),
        ),
        Middleware(KeptAnswers),
        front,
    ]
    open_no_files()
    quote_no_values()
    app = FastAPI(middleware=layers, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.gate = doors
    explain_errors(app)
    app.state.streams = streams = Streams()
    for router in (
        look_routes(assets.files),
        picture_routes(studio),
        deletion_routes(studio),
        job_routes(studio, streams),
        drop_routes(studio.drops),
    ):
        app.include_router(router)
    gr.mount_gradio_app(
        app,
        demo,
        path="/",
        root_path=gate.subpath or None,  # where X-Forwarded-Host makes Gradio forget the path
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=MAX_UPLOAD,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        app_kwargs={"openapi_url": None},
        i18n=say,
        theme=sticker(),
    )
    bound_sessions(demo, sessions)
    return app
