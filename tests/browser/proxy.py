"""A real nginx in front of the page, set up as docs/proxy.md says."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "proxy.md"
DOCUMENTED = "http://127.0.0.1:7860"
# Debian keeps it where only root looks
PATH = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    log_format plain '$status $request_uri';
    access_log {folder}/access.log plain;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location = /robots.txt {{ return 200; access_log off; }}
        location / {{ return 404; }}
{location}
    }}
}}
"""


def find_nginx() -> str:
    """Return the path of nginx; skip, or fail in CI, when there is none."""
    found = shutil.which("nginx", path=PATH)
    if found:
        return found
    reason = "no nginx: install the package nginx-light"
    if os.environ.get("CI") == "true" or os.environ.get("PLAYGROUND_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def documented_location(upstream: str, *, strips: bool) -> str:
    """Return the block of docs/proxy.md for another upstream.

    `strips` takes the prefix away and names the visitor's host twice, as Caddy's handle_path does.
    """
    block = re.search(r"```nginx\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert block is not None and f"{DOCUMENTED};" in block[1]
    if not strips:
        return block[1].replace(f"{DOCUMENTED};", f"{upstream};")
    twice = "proxy_set_header X-Forwarded-Host $http_host;"
    return block[1].replace(f"{DOCUMENTED};", f"{upstream}/;\n    {twice}")


@dataclass(frozen=True)
class Proxy:
    """A running nginx.

    Attributes:
        origin: where it listens.
        log: its access log.
    """

    origin: str
    log: Path

    def answers(self) -> list[tuple[int, str]]:
        """Return the status and the address of every request so far."""
        lines = self.log.read_text("utf-8").splitlines()
        return [(int(line[:3]), line[4:]) for line in lines]


@contextlib.contextmanager
def nginx(folder: Path, upstream: str, *, strips: bool) -> Iterator[Proxy]:
    """Run nginx on a free port in front of `upstream`."""
    program = find_nginx()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir()
    config = folder / "nginx.conf"
    location = documented_location(upstream, strips=strips)
    config.write_text(CONFIG.format(folder=folder, port=port, location=location), "utf-8")
    command = [program, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            _wait_for(port, process)
            yield Proxy(f"http://127.0.0.1:{port}", folder / "access.log")
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[str]) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")
