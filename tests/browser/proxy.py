"""A real nginx or Caddy in front of the page, set up as docs/proxy.md says, or not at all."""

from __future__ import annotations

import contextlib
import json
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
{locations}
    }}
}}
"""


CADDYFILE = """
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    log {{
        output file {folder}/access.log
        format json
    }}
{directives}
}}
"""
ELSEWHERE = "location / { return 404; }\n"


def find(program: str, package: str) -> str:
    """Return the path of a proxy; skip, or fail in CI, when there is none."""
    found = shutil.which(program, path=PATH)
    if found:
        return found
    reason = f"no {program}: install the package {package}"
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


def silent_location(upstream: str, path: str = "/") -> str:
    """Return what most people write first: nginx then says nothing at all about the visitor."""
    return f"location {path} {{ proxy_pass {upstream}; }}\n"


def documented_caddy(upstream: str) -> str:
    """Return the lines inside of the site of docs/proxy.md for another upstream."""
    block = re.search(r"```caddy\n[^{]*\{\n(.*?)\}\n```", DOCS.read_text("utf-8"), re.DOTALL)
    address = DOCUMENTED.removeprefix("http://")
    assert block is not None and address in block[1]
    return block[1].replace(address, upstream.removeprefix("http://"))


@dataclass(frozen=True)
class Proxy:
    """A running proxy.

    Attributes:
        origin: where it listens.
        log: its access log.
    """

    origin: str
    log: Path

    def answers(self) -> list[tuple[int, str]]:
        """Return the status and the address of every request so far."""
        lines = self.log.read_text("utf-8").splitlines()
        return [_of_caddy(line) if line[0] == "{" else (int(line[:3]), line[4:]) for line in lines]


def _of_caddy(line: str) -> tuple[int, str]:
    row = json.loads(line)
    # 0: the visitor went away before there was an answer, which nginx calls 499
    return row["status"] or 499, row["request"]["uri"]


@contextlib.contextmanager
def nginx(folder: Path, locations: str) -> Iterator[Proxy]:
    """Run nginx with these locations on a free port."""
    program = find("nginx", "nginx-light")
    port = _free_port()
    folder.mkdir()
    config = folder / "nginx.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, locations=locations), "utf-8")
    command = [program, "-p", str(folder), "-c", str(config), "-e", str(folder / "error.log")]
    with _running(command, folder, port) as proxy:
        yield proxy


@contextlib.contextmanager
def caddy(folder: Path, directives: str) -> Iterator[Proxy]:
    """Run Caddy with these lines for its one site on a free port."""
    program = find("caddy", "caddy")
    port = _free_port()
    folder.mkdir()
    config = folder / "Caddyfile"
    config.write_text(CADDYFILE.format(folder=folder, port=port, directives=directives), "utf-8")
    command = [program, "run", "--config", str(config), "--adapter", "caddyfile"]
    with _running(command, folder, port) as proxy:
        yield proxy


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[Proxy]:
    environ = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder / "data")}
    errors = folder / "errors.txt"  # a file: nobody reads a pipe until the end
    with (
        errors.open("wb") as said,
        subprocess.Popen(command, stdout=said, stderr=said, env=environ) as process,
    ):
        try:
            _wait_for(port, process, errors)
            yield Proxy(f"http://127.0.0.1:{port}", folder / "access.log")
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _wait_for(port: int, process: subprocess.Popen[bytes], errors: Path) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        assert process.poll() is None, errors.read_text("utf-8", "replace")
        time.sleep(0.05)
    raise AssertionError("the proxy does not listen")
