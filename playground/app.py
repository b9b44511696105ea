"""Puts the studio and its faces together and serves them; owns no logic.

The page is served before torch is imported: only `warm_up`, on a thread of its own, imports it.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
import webbrowser
from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from models.errors import PlaygroundError
from models.library import Library
from pipelines.contract.painter import Painter
from pipelines.image.memory.device import DeviceOptions, Offload
from pipelines.image.memory.malloc import leave_alone
from pipelines.image.memory.oom_history import FILE as PLANS_FILE
from pipelines.image.memory.oom_history import OomHistory
from pipelines.painter.diffusers_painter import DiffusersPainter
from pipelines.text.korean import kiwi
from playground.gate import GateSettings, page_url
from playground.gate.owner_key import open_key
from playground.launch import console
from playground.launch.environment import prepare_environment
from playground.launch.flags import LOOPBACK, Flags, MemoryMode
from playground.launch.stopwatch import Stopwatch
from playground.messages import explain
from playground.studio.language.shelf import LanguageShelf
from playground.studio.studio import Studio

if TYPE_CHECKING:
    from fastapi import FastAPI

    from playground.gate.owner import OwnerProof
    from playground.studio.work.training import TrainingWork

log = logging.getLogger(__name__)
OFFLOAD = {
    MemoryMode.AUTO: Offload.NONE,
    MemoryMode.MEDIUM: Offload.MODEL,
    MemoryMode.LOW: Offload.SEQUENTIAL,
}
USER = "amumal"
TELL_SECONDS = 0.8  # after Ctrl+C; who has to wait for longer is told what for


def run(flags: Flags, stopwatch: Stopwatch) -> int:
    """Serve until Ctrl+C; return the exit code."""
    prepare_environment(flags.data_dir / "tmp")
    logins = credentials(flags)
    with stopwatch.step("library"):
        library = Library.open(flags.data_dir, flags.models_dirs)
    painter = DiffusersPainter(
        library,
        device_options(flags),
        on_loaded=lambda line: console.say("serving.model", line=line),
        memory=OomHistory(flags.data_dir / PLANS_FILE),
    )
    with stopwatch.part("studio"):
        languages = LanguageShelf(library, use_cpu=flags.use_cpu)
        studio = Studio.open(flags.data_dir, painter, where="starting", languages=languages)
    with studio:
        if flags.words_dir is not None:
            with stopwatch.step("words"):
                mistakes = studio.use_words(flags.words_dir)
            for mistake in mistakes:
                console.complain(mistake)
        for key, values in studio.notices:
            console.say(key, **values)
        with stopwatch.part("page"):
            with stopwatch.step("gradio"):
                from playground.studio.work.models import ModelWork
                from playground.studio.work.training import TrainingWork
                from playground.web.application import build_app
                from playground.web.kit.fast_import import import_gradio

                import_gradio()
            with stopwatch.step("tabs"):
                models = ModelWork(library, flags.data_dir)
                training = TrainingWork(library, flags.data_dir, studio.consents)
                app = build_app(
                    studio,
                    gate=gate_settings(flags, logins),
                    theme=flags.theme.value,
                    models=models,
                    training=training,
                )
        with closing(training):
            return _serve(app, flags, Ending(studio, training), stopwatch)


def gate_settings(flags: Flags, logins: tuple[tuple[str, str], ...]) -> GateSettings:
    return GateSettings(
        hosts=((flags.server_name,) if flags.server_name else ()) + flags.public_hosts,
        listens_beyond_loopback=flags.host not in LOOPBACK,
        credentials=logins,
        subpath=flags.subpath,
        is_shared=flags.share,
        owner_key=open_key(flags.data_dir),
    )


def _serve(app: FastAPI, flags: Flags, ending: Ending, stopwatch: Stopwatch) -> int:
    from playground.web.http.server import Server

    studio = ending.studio
    with stopwatch.step("socket"):
        server = Server(app, flags.host, flags.port, on_stop=ending.begin)

    def on_ready(origin: str) -> None:
        url = page_url(origin, flags.subpath)
        studio.set_where(url)
        console.say("serving.ready", url=url, times=stopwatch.line)
        opened = _open_to_owner(app.state.gate.owner, url)
        is_open = app.state.gate.owner.is_needed
        warming = threading.Thread(
            target=partial(_warm_up_all, studio, is_open=is_open), name="warm-up", daemon=True
        )
        warming.start()
        if flags.share:
            _share(app, server.port, flags.subpath)
        if flags.autolaunch:
            webbrowser.open(opened)

    server.run(on_ready=on_ready)
    return 0


class Ending:
    """What Ctrl+C sets going; the program says so when it has to wait for something.

    Args:
        studio: what is being drawn and written.
        training: what is being learned.
        wait: waits until the program should have ended by itself.
    """

    def __init__(
        self, studio: Studio, training: TrainingWork, wait: Callable[[], object] | None = None
    ) -> None:
        self.studio, self._training = studio, training
        self._wait = wait or (lambda: time.sleep(TELL_SECONDS))

    def begin(self) -> None:
        """Stop everything, and say in a moment what is still waited for."""
        self._training.stop()
        self.studio.interrupt()
        threading.Thread(target=self._tell, name="ending", daemon=True).start()

    def _tell(self) -> None:
        self._wait()
        if self._training.is_running:
            console.say("serving.closing.training")
        elif self.studio.jobs.is_drawing:
            console.say("serving.closing.drawing")
        else:
            console.say("serving.closing")


def _open_to_owner(proof: OwnerProof, url: str) -> str:
    """Say how the person at the machine proves it; return what their browser should open."""

    def say_proxy() -> None:
        console.say("serving.proxy", link=proof.link(url))

    proof.on_needed = say_proxy
    if not proof.is_needed:
        return url
    console.say("serving.owner", link=proof.link(url))
    return proof.link(url)  # one of its own: what is printed stays good


def _share(app: FastAPI, port: int, subpath: str) -> None:
    """Ask for a public link; without one the page goes on locally and says why."""
    from playground.web.http.share import host_of, share_in_background

    def on_link(link: str) -> None:
        app.state.gate.allow_host(host_of(link))
        console.say("serving.link", link=page_url(link, subpath))

    share_in_background(port, on_link, console.complain)


def _warm_up_all(studio: Studio, *, is_open: bool) -> None:
    """Load what the first visitor would have to wait for, and all others with them.

    Args:
        is_open: others may come in. Kiwi takes 270 MB, and a second in which nobody is answered;
            who is alone loads it when they need it.
    """
    warm_up(studio.painter)
    try:
        studio.typed("말")  # builds the dictionary
        if is_open:
            kiwi.holder().get()
    except Exception:  # the border of a thread
        log.exception("warm-up failed")
    leave_alone()


def warm_up(painter: Painter) -> None:
    """Load the default model; whatever goes wrong is reported again at the first drawing."""
    try:
        painter.warm_up()
    except PlaygroundError as error:
        log.warning("%s", explain(error, console.language()))
    except Exception:  # the border of a thread
        log.exception("warm-up failed")


def credentials(flags: Flags) -> tuple[tuple[str, str], ...]:
    """Return the logins; an open page without any gets one, printed once."""
    if flags.is_auth_typed:
        console.say("serving.auth_seen")
    if flags.auth or not flags.is_open:
        return flags.auth
    password = secrets.token_urlsafe(9)
    console.say("serving.password", user=USER, password=password)
    return ((USER, password),)


def device_options(flags: Flags) -> DeviceOptions:
    return DeviceOptions(
        use_cpu=flags.use_cpu,
        no_half=flags.no_half,
        offload=OFFLOAD[flags.memory],
        xformers=flags.xformers,
        device_id=flags.device_id or 0,
        fp8=flags.fp8,
        cache_bytes=None if flags.model_cache_gb is None else int(flags.model_cache_gb * 2**30),
        is_compiled=flags.compile,
        openvino=flags.data_dir / "cache" / "openvino" if flags.openvino else None,
    )
