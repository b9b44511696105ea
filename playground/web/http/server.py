"""Serve an application: bind the port ourselves, say when it is up, go down cleanly.

Knows sockets and uvicorn; knows nothing about the page.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from models.disk import error_code
from playground.launch.errors import LaunchError
from playground.private_exit import leave_now
from playground.web.http.connection_limits import limits_for, raise_descriptor_limit
from playground.web.http.quiet_log import quieten

if TYPE_CHECKING:
    import uvicorn

FIRST_PORT = 7860  # where A1111 and Gradio users look
PORTS_TRIED = 100
ANSWER_SECONDS = 0.2  # for what is being answered; streams never end by themselves
STOPPED = 130  # what a shell expects after a Ctrl+C that was not waited for


def open_socket(host: str, port: int | None) -> socket.socket:
    """Return a listening socket; without a port the first free one from 7860 up.

    Raises:
        LaunchError: the port that was asked for is taken, or the host is not ours to listen on.
    """
    if port is not None:
        try:
            return _bind(host, port)
        except OSError as error:
            raise _refused(host, port, error) from error
    last: OSError | None = None
    for candidate in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return _bind(host, candidate)
        except OSError as error:
            last = error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
    assert last is not None  # noqa: S101
    raise _refused(host, FIRST_PORT, last)


def _bind(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Windows takes SO_REUSEADDR as "share the port with whoever has it": not there.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host.strip("[]"), port))
        sock.listen(128)
    except BaseException:
        sock.close()
        raise
    return sock


def _refused(host: str, port: int, error: OSError) -> LaunchError:
    if error.errno in (errno.EADDRINUSE, errno.EACCES, 10013, 10048):  # the last two: Windows
        return LaunchError("launch.port_taken", port=port, free=_next_free(host, port))
    return LaunchError("launch.host", host=host, reason=error_code(error))


def _next_free(host: str, port: int) -> int:
    candidates: list[int] = [*range(port + 1, min(port + PORTS_TRIED, 65536)), FIRST_PORT]
    for candidate in candidates:
        with contextlib.suppress(OSError):
            _bind(host, candidate).close()
            return candidate
    return 0


class Server:
    """One application on one socket.

    Args:
        app: an ASGI application.
        host: the address to listen on.
        port: the port the person asked for; None takes the first free one.
        on_stop: called once it begins to stop; must not wait for anything.
    """

    def __init__(
        self,
        app: Any,
        host: str,
        port: int | None,
        on_stop: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_stop = on_stop
        self._socket = open_socket(host, port)
        self._app = app
        self._host = host
        self._server: uvicorn.Server | None = None
        self._stopped = threading.Event()

    @property
    def port(self) -> int:
        """The port that is listened on."""
        return int(self._socket.getsockname()[1])

    @property
    def url(self) -> str:
        """The address to open on this machine."""
        host = "127.0.0.1" if self._host in ("0.0.0.0", "::", "") else self._host  # noqa: S104
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    def run(self, on_ready: Callable[[str], None] | None = None) -> None:
        """Serve until Ctrl+C or `stop`; call `on_ready` with the address once pages come back.

        From the first Ctrl+C on, also after this has returned, another one ends the program.
        """
        import uvicorn

        from playground.web.http.bounded_protocol import BoundedHTTP

        BoundedHTTP.limits = limits_for(raise_descriptor_limit())
        config = uvicorn.Config(
            self._app,
            http=BoundedHTTP,
            log_level="warning",
            access_log=False,  # who asked for which picture is nobody's business
            proxy_headers=False,  # "local" is decided on the real address, see playground/gate
            server_header=False,
            ws="none",
        )
        ready = None if on_ready is None else lambda: on_ready(self.url)
        self._server = _announcing(config, ready, self._begin_to_stop)
        if self._stopped.is_set():  # stopped before it began
            self._socket.close()
            return
        speak_again = quieten()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self._hear)
        with contextlib.suppress(KeyboardInterrupt):
            self._server.run(sockets=[self._socket])
        speak_again()

    def _hear(self, number: int, _frame: object) -> None:
        """Answer a signal that comes before uvicorn listens for them, or after."""
        if self._server is not None and self._server.should_exit:
            leave_now(STOPPED)
        self.stop()
        if number == signal.SIGINT:
            raise KeyboardInterrupt

    def _begin_to_stop(self) -> None:
        self._on_stop()
        streams = getattr(getattr(self._app, "state", None), "streams", None)
        if streams is not None:
            streams.close()

    def stop(self) -> None:
        """Ask the server to finish; may be called from any thread."""
        self._stopped.set()
        if self._server is not None:
            self._server.should_exit = True


def _announcing(
    config: uvicorn.Config,
    on_ready: Callable[[], None] | None,
    on_stop: Callable[[], None],
) -> uvicorn.Server:
    import uvicorn

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if on_ready is not None and self.started:
                on_ready()

        def handle_exit(self, sig: int, frame: object) -> None:
            # not to be raised again afterwards: what follows is an end in good order
            if self.should_exit:
                leave_now(STOPPED)
            self.should_exit = True

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # uvicorn would wait for every connection, cancel, and print a traceback for each
            on_stop()
            for server in self.servers:
                server.close()
            ends = asyncio.get_running_loop().time() + ANSWER_SECONDS
            state = self.server_state
            while state.tasks and asyncio.get_running_loop().time() < ends:
                await asyncio.sleep(0.01)
            for connection in tuple(state.connections):
                connection.transport.abort()
            await asyncio.sleep(0.01)  # so that they are told
            state.connections.clear()
            state.tasks.clear()  # what is left are threads, which are not waited for
            await super().shutdown(sockets=sockets)

    return Announcing(config)
