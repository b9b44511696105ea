"""Ports, readiness, a clean end, and the relay program."""

from __future__ import annotations

import asyncio
import hashlib
import signal
import socket
import threading

import httpx
import pytest

from playground.launch.errors import LaunchError
from playground.web.http import server as serve
from playground.web.http import share
from playground.web.http.server import Server


async def hello(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(scope["client"][0]).encode()})


def taken_port():
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    return sock, sock.getsockname()[1]


def test_a_taken_port_is_refused_with_the_next_free_one():
    sock, port = taken_port()
    with sock, pytest.raises(LaunchError) as refused:
        Server(hello, "127.0.0.1", port)
    assert refused.value.key == "launch.port_taken"
    assert refused.value.values["port"] == port
    free = refused.value.values["free"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", int(free)))


def test_without_a_port_the_first_free_one_is_taken(monkeypatch):
    sock, port = taken_port()
    monkeypatch.setattr(serve, "FIRST_PORT", port)
    with sock:
        found = serve.open_socket("127.0.0.1", None)
        with found:
            assert found.getsockname()[1] > port


def test_a_host_that_is_not_ours_is_refused():
    with pytest.raises(LaunchError) as refused:
        serve.open_socket("192.0.2.1", None)
    assert refused.value.key == "launch.host"


@pytest.mark.parametrize(
    ("host", "start"),
    [
        ("127.0.0.1", "http://127.0.0.1:"),
        ("0.0.0.0", "http://127.0.0.1:"),  # noqa: S104
        ("::1", "http://[::1]:"),
    ],
)
def test_the_address_is_one_that_opens_here(host, start):
    try:
        server = Server(hello, host, None)
    except LaunchError:
        pytest.skip("this machine has no IPv6")
    assert server.url.startswith(start)
    server._socket.close()


def test_ready_means_that_pages_come_back_and_stop_means_stop():
    server = Server(hello, "127.0.0.1", None)
    said = []
    thread = threading.Thread(
        target=server.run, args=(lambda url: said.append(httpx.get(url).text),), daemon=True
    )
    # on_ready runs on the server's own loop: asking from there would wait for itself
    ready = threading.Event()
    thread = threading.Thread(target=server.run, args=(lambda url: ready.set(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    forged = {"x-forwarded-for": "9.9.9.9"}
    assert httpx.get(server.url, headers=forged).text == "127.0.0.1"  # the real address counts
    server.stop()
    thread.join(10)
    assert not thread.is_alive()


class Left(BaseException):
    """Instead of the end of the program."""


def test_another_ctrl_c_ends_the_program(monkeypatch):
    def leave(code):
        raise Left(code)

    monkeypatch.setattr(serve, "leave_now", leave)
    server = Server(hello, "127.0.0.1", None)
    with pytest.raises(KeyboardInterrupt):  # before it serves
        server._hear(signal.SIGINT, None)
    server.run()  # so that it does not begin
    import uvicorn

    inner = serve._announcing(uvicorn.Config(hello), None, lambda: None)
    inner.handle_exit(signal.SIGINT, None)
    assert inner.should_exit and not inner._captured_signals
    with pytest.raises(Left):
        inner.handle_exit(signal.SIGINT, None)
    server._server = inner
    with pytest.raises(Left) as left:
        server._hear(signal.SIGTERM, None)
    assert left.value.args == (serve.STOPPED,)


def test_what_does_not_come_to_an_end_is_cut_off_and_not_waited_for(caplog):
    """A stream that waits for ever, and a thread that waits for whatever it does."""
    opened, release, stopping = threading.Event(), threading.Event(), threading.Event()

    async def waits(scope, receive, send):
        if scope["type"] == "lifespan":
            await hello(scope, receive, send)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        opened.set()
        while (await receive())["type"] != "http.disconnect":
            pass
        await asyncio.to_thread(release.wait, 20)

    server = Server(waits, "127.0.0.1", None, on_stop=stopping.set)
    ready, ended = threading.Event(), threading.Event()

    def run():
        server.run(lambda url: ready.set())
        ended.set()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    with socket.create_connection(("127.0.0.1", server.port), 10) as one:
        one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert opened.wait(10)
        server.stop()
        assert stopping.wait(10)
        while one.recv(4096):
            pass  # until it is cut off, while its thread still waits
        assert not release.is_set()
    release.set()
    assert ended.wait(10)
    assert "Traceback" not in caplog.text and not caplog.records


@pytest.fixture
def relay(tmp_path, monkeypatch):
    from gradio import tunneling

    path = tmp_path / "frpc"
    monkeypatch.setattr(tunneling, "BINARY_PATH", str(path))
    good = hashlib.sha256(b"good").hexdigest()
    monkeypatch.setitem(tunneling.CHECKSUMS, tunneling.BINARY_URL, good)
    return path


def test_a_known_relay_program_may_be_used(relay):
    relay.write_bytes(b"good")
    assert share.ready_program() == relay


def test_an_altered_relay_program_is_deleted_and_never_run(relay):
    relay.write_bytes(b"evil")
    with pytest.raises(share.ShareFailed) as refused:
        share.ready_program()
    assert refused.value.key == "share.bad_program"
    assert not relay.exists()


def test_no_network_means_no_link_and_a_reason(relay, monkeypatch):
    from gradio import tunneling

    def offline():
        raise httpx.ConnectError("no route")

    monkeypatch.setattr(tunneling.Tunnel, "download_binary", staticmethod(offline))
    heard = []
    done = threading.Event()
    share.share_in_background(
        1, on_link=heard.append, on_failure=lambda error: heard.append(error.key) or done.set()
    )
    assert done.wait(5)
    assert heard == ["share.offline"]


def test_an_unknown_machine_has_no_relay_program(monkeypatch):
    from gradio import tunneling

    monkeypatch.setattr(tunneling, "BINARY_URL", "https://example/unknown")
    with pytest.raises(share.ShareFailed) as refused:
        share.ready_program()
    assert refused.value.key == "share.unknown_system"


RELAY = [{"host": "relay.example", "port": "7000", "root_ca": "certificate"}]


def answering(monkeypatch, status=200, content=RELAY):
    def get(url, **_):
        assert url.startswith("https://api.gradio.app/")
        return httpx.Response(status, json=content, request=httpx.Request("GET", url))

    monkeypatch.setattr(httpx, "get", get)


def test_a_link_names_its_host_and_leaves_nothing_in_the_checkout(relay, monkeypatch, tmp_path):
    from gradio import tunneling

    relay.write_bytes(b"good")
    answering(monkeypatch)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "tmp"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tunneling.Tunnel, "start_tunnel", lambda self: "http://abc.gradio.live")
    link = share.open_link(7860)
    assert link == "https://abc.gradio.live"
    assert share.host_of(link) == "abc.gradio.live"
    assert (tmp_path / "tmp" / "share-certificate.pem").read_text() == "certificate"
    assert not (tmp_path / ".gradio").exists()


@pytest.mark.parametrize(("status", "content"), [(500, {}), (200, {}), (200, []), (200, [{}])])
def test_the_relay_server_may_be_away_or_confused(relay, monkeypatch, status, content):
    relay.write_bytes(b"good")
    answering(monkeypatch, status, content)
    with pytest.raises(share.ShareFailed) as refused:
        share.open_link(7860)
    assert refused.value.key == "share.offline"


def test_what_the_relay_program_says_is_passed_on(relay, monkeypatch, tmp_path):
    from gradio import tunneling

    def refuse(self):
        raise ValueError("login to server failed")

    relay.write_bytes(b"good")
    answering(monkeypatch)
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path))
    monkeypatch.setattr(tunneling.Tunnel, "start_tunnel", refuse)
    with pytest.raises(share.ShareFailed) as refused:
        share.open_link(7860)
    assert refused.value.key == "share.failed"
    assert "login" in str(refused.value.values["reason"])
