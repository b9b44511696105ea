"""A https server on the loopback that behaves as badly as it is told, under real hosts' names.

Nothing leaves the machine: names resolve to a public address that is never dialled; the dial goes
to this server, whatever the address.
"""

from __future__ import annotations

import hashlib
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from models.connection import HttpsClient

PUBLIC = "93.184.215.14"  # only ever looked at
NAMES = ("huggingface.co", "cdn-lfs.hf.co", "civitai.com", "bucket.r2.cloudflarestorage.com")


class Host:
    """A server with a queue of behaviours; each request takes the next, the last one stays."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[tuple[str, str, dict[str, str]]] = []
        self.plays: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.addresses: dict[str, list[str]] = {}
        certificate, key = make_certificate(folder)
        server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server_context.load_cert_chain(certificate, key)
        self.context = ssl.create_default_context(cafile=certificate)
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                headers = {name.lower(): value for name, value in self.headers.items()}
                host.requests.append((headers["host"], self.path, headers))
                play = host.plays.pop(0) if len(host.plays) > 1 else host.plays[0]
                play(self)
                self.close_connection = True

            def log_message(self, *_args):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_args):
                pass  # clients that hang up are what is tested

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.socket = server_context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def dial(self, _address: str) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def client(self, **changes) -> HttpsClient:
        options: dict[str, Any] = {
            "resolver": lambda name: self.addresses.get(name, [PUBLIC]),
            "dial": self.dial,
            "context": self.context,
        }
        return HttpsClient(**(options | changes))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for the names of the hosts, with the openssl of the system."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    certificate, key = folder / "host.pem", folder / "host.key"
    names = ",".join(f"DNS:{name}" for name in NAMES)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=test", "-addext", f"subjectAltName={names}",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate, key


def answer(status=200, data=b"", **headers):
    """Answer with all of it."""

    def play(handler):
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(data))} | headers).items():
            if value is not None:
                handler.send_header(name.replace("_", "-"), str(value))
        handler.end_headers()
        handler.wfile.write(data)

    return play


def redirect(url, **headers):
    return answer(302, Location=url, **headers)


def serve(data, *, drop_after=None, ranges=True, etag=None):
    """Serve a file as a good host does: Range, If-Range, ETag; hang up after some bytes."""
    tag = etag or f'"{hashlib.sha256(data).hexdigest()}"'

    def play(handler):
        asked = handler.headers.get("Range", "")
        start = int(asked.removeprefix("bytes=").rstrip("-") or 0) if asked else 0
        is_part = ranges and start and handler.headers.get("If-Range") == tag
        part = data[start:] if is_part else data
        handler.send_response(206 if is_part else 200)
        handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(part)))
        if is_part:
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        handler.end_headers()
        handler.wfile.write(part[:drop_after])
        handler.wfile.flush()

    return play
