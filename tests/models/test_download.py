"""Downloading from a host that misbehaves in every way, on the loopback."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models import connection, disk, partial
from models.connection import HttpsClient, is_public
from models.download import download
from models.errors import DiskError, DiskFull, ModelFileError, NotSafetensors
from models.sources import DownloadRequest, parse_source
from tests.models.golden import file_of
from tests.models.hosts import PUBLIC, Host, answer, redirect, serve

ROOT = Path(__file__).resolve().parents[2]
DATA = file_of({"w": (400, 500)}, fill=bytes(range(256)))  # 400 kB
SHA256 = hashlib.sha256(DATA).hexdigest()
SOURCE = "hf:owner/repo:sub/m.safetensors"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    host = Host(tmp_path_factory.mktemp("host"))
    yield host
    host.close()


@pytest.fixture
def host(server):
    server.requests.clear()
    server.addresses.clear()
    server.plays = [serve(DATA)]
    return server


def get(host, folder, source=SOURCE, **options):
    wanted = source if isinstance(source, DownloadRequest) else parse_source(source)
    client = options.pop("client", None) or host.client()
    options = {"sleep": lambda seconds: None} | options
    return download(wanted, folder / "models", folder / "quarantine", client, **options)


def refusal(host, folder, *args, **options):
    with pytest.raises(ModelFileError) as caught:
        get(host, folder, *args, **options)
    return caught.value.key


def leftovers(folder):
    return sorted(path.name for path in (folder / "models").iterdir())


def test_file_arrives_whole_with_its_digest_and_commit(host, tmp_path):
    host.plays = [
        redirect(
            "https://cdn-lfs.hf.co/x?signed=1",
            X_Linked_Etag=f'"{SHA256}"',
            X_Repo_Commit="c0ffee",
        ),
        serve(DATA),
    ]
    seen = []
    arrived = get(host, tmp_path, on_progress=lambda done, total: seen.append((done, total)))
    assert arrived.path.read_bytes() == DATA
    assert (arrived.sha256, arrived.is_published) == (SHA256, True)
    assert arrived.source == "hf:owner/repo@c0ffee:sub/m.safetensors"
    assert [name for name, _, _ in host.requests] == ["huggingface.co", "cdn-lfs.hf.co"]
    assert host.requests[0][1] == "/owner/repo/resolve/main/sub/m.safetensors"
    assert seen[-1] == (len(DATA), len(DATA))
    assert leftovers(tmp_path) == ["m.safetensors"]


def test_unpublished_digest_is_told(host, tmp_path):
    assert get(host, tmp_path).is_published is False


@pytest.mark.parametrize("cut", [1, 50_000, 300_000])
def test_dropped_connection_goes_on_where_it_stopped(host, tmp_path, cut):
    host.plays = [serve(DATA, drop_after=cut), serve(DATA)]
    assert get(host, tmp_path).sha256 == SHA256
    assert host.requests[1][2]["range"] == f"bytes={cut}-"
    assert host.requests[1][2]["if-range"].startswith('"')


def test_connection_that_keeps_dropping_gives_up_and_keeps_the_bytes(host, tmp_path):
    host.plays = [serve(DATA, drop_after=1000)]
    waits = []
    assert refusal(host, tmp_path, sleep=waits.append) == "download.dropped"
    assert waits == [1.0, 2.0, 4.0]
    assert leftovers(tmp_path) == ["m.safetensors.part", "m.safetensors.part.json"]


def test_answer_200_to_a_range_starts_again(host, tmp_path):
    host.plays = [serve(DATA, drop_after=5000), serve(DATA, ranges=False)]
    assert get(host, tmp_path).sha256 == SHA256


def test_other_bytes_under_the_same_name_start_again(host, tmp_path):
    host.plays = [serve(DATA, drop_after=5000, etag='"old"'), serve(DATA)]
    assert get(host, tmp_path).sha256 == SHA256


def test_range_that_lies_about_its_start_starts_again(host, tmp_path):
    host.plays = [
        serve(DATA, drop_after=5000),
        answer(206, DATA[:10], Content_Range=f"bytes 0-9/{len(DATA)}"),
    ]
    assert refusal(host, tmp_path) == "download.answer"


def test_416_starts_again(host, tmp_path):
    host.plays = [serve(DATA, drop_after=5000), answer(416), serve(DATA)]
    assert get(host, tmp_path).sha256 == SHA256


def test_weak_etag_is_not_resumed(host, tmp_path):
    host.plays = [serve(DATA, drop_after=5000, etag='W/"x"'), serve(DATA)]
    assert get(host, tmp_path).sha256 == SHA256
    assert "range" not in host.requests[1][2]


def test_finished_part_is_not_asked_for_again(host, tmp_path, monkeypatch):
    def crash(_self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(partial.Partial, "finish", crash)
        get(host, tmp_path)
    host.requests.clear()
    assert get(host, tmp_path).sha256 == SHA256
    assert not host.requests


@pytest.mark.parametrize(
    ("play", "key"),
    [
        (answer(404), "download.missing"),
        (answer(401), "download.login"),
        (answer(403), "download.login"),
        (answer(500), "download.status"),
        (answer(200, b"<html>log in</html>", Content_Type="text/html"), "download.page"),
        (answer(200, b"<!DOCTYPE html><html>log in"), "model.html"),
        (answer(200, b'{"error": "log in"}'), "model.json_page"),
        (answer(200, b"\x80\x02}q\x00." + b"." * 200_000), "model.pickle"),
        (answer(200, DATA[:-7]), "model.cut_off"),
        (answer(200, DATA + b"1234567"), "model.header.tail"),
        (answer(200, DATA, Content_Length=None), "download.length"),
        (answer(200, DATA, Content_Length="-5"), "download.length"),
        (answer(200, DATA, Content_Length=str(10**15)), "download.length"),
        (answer(206, DATA), "download.answer"),
        (redirect("http://cdn-lfs.hf.co/x"), "download.address"),
        (redirect("https://cdn-lfs.hf.co:8443/x"), "download.address"),
        (redirect("https://user@cdn-lfs.hf.co/x"), "download.address"),
        (redirect("https://[::1"), "download.source"),
        (redirect("https://cdn-lfs.hf.co:x/"), "download.source"),
        (redirect("https://evil.example/x"), "download.host"),
        (redirect("https://huggingface.co.evil.example/x"), "download.host"),
        (redirect("file:///etc/passwd"), "download.address"),
        (redirect("https://huggingface.co/again"), "download.redirects"),
    ],
)
def test_bad_answer_is_refused_with_its_reason(host, tmp_path, play, key):
    host.plays = [play]
    assert refusal(host, tmp_path) == key
    assert "m.safetensors" not in leftovers(tmp_path)


def test_pages_are_refused_before_the_rest_is_fetched(host, tmp_path):
    seen = []
    host.plays = [answer(200, b"<html>" + b" " * 5_000_000)]
    with pytest.raises(NotSafetensors):
        get(host, tmp_path, on_progress=lambda done, total: seen.append(done))
    assert max(seen, default=0) < 1_000_000


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1%eth0",
     "::ffff:10.0.0.1", "0.0.0.0", "100.64.0.1", "224.0.0.1"],  # noqa: S104
)  # fmt: skip
def test_private_address_is_never_dialled(host, tmp_path, address):
    assert not is_public(address)
    host.addresses["cdn-lfs.hf.co"] = [PUBLIC, address]
    host.plays = [redirect("https://cdn-lfs.hf.co/x")]
    assert refusal(host, tmp_path) == "download.private"
    assert len(host.requests) == 1


def test_wrong_digest_goes_to_quarantine_with_its_reason(host, tmp_path):
    wanted = parse_source(SOURCE)
    wanted = DownloadRequest(wanted.url, wanted.file_name, "0" * 64, wanted.label)
    assert refusal(host, tmp_path, wanted) == "download.digest"
    assert leftovers(tmp_path) == []
    name = f"{SHA256[:16]}-m.safetensors"
    assert (tmp_path / "quarantine" / name).read_bytes() == DATA
    reason = json.loads((tmp_path / "quarantine" / f"{name}.reason.json").read_text())
    assert reason == {"found": SHA256, "expected": "0" * 64, "source": SOURCE}


def test_existing_file_is_never_replaced(host, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.safetensors").write_bytes(b"mine")
    assert refusal(host, tmp_path) == "download.exists"
    assert not host.requests
    (tmp_path / "models" / "m.safetensors").unlink()

    def appear(done, total):
        (tmp_path / "models" / "m.safetensors").write_bytes(b"mine")

    assert refusal(host, tmp_path, on_progress=appear) == "download.exists"
    assert (tmp_path / "models" / "m.safetensors").read_bytes() == b"mine"


def test_full_disk_is_told_before_and_while(host, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(disk, "free_bytes", lambda path: 5)
        with pytest.raises(DiskFull):
            get(host, tmp_path)

    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *_args):
            pass

        def write(self, _data):
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(DiskFull):
        patch.setattr(partial.Partial, "open", lambda self, is_resumed: Full())
        get(host, tmp_path)
    assert get(host, tmp_path).sha256 == SHA256


def test_pause_keeps_the_bytes_and_the_next_call_goes_on(host, tmp_path):
    class Pause(Exception):
        pass

    def pause(done, total):
        if done > 100_000:
            raise Pause

    with pytest.raises(Pause):
        get(host, tmp_path, on_progress=pause)
    assert get(host, tmp_path).sha256 == SHA256
    assert int(host.requests[-1][2]["range"].removeprefix("bytes=").rstrip("-")) > 100_000


def test_killed_process_goes_on_where_it_was(host, tmp_path):
    """kill -9 in the middle: no Python code of ours runs after it."""
    script = f"""
import socket, ssl, sys, time
from pathlib import Path
from models.connection import HttpsClient
from models.download import download
from models.sources import parse_source
client = HttpsClient(resolver=lambda name: [{PUBLIC!r}],
            dial=lambda address: socket.create_connection(("127.0.0.1", {host.port})),
            context=ssl.create_default_context(cafile=sys.argv[2]))
def slow(done, total):
    print(done, flush=True)
    time.sleep(5)
folder = Path(sys.argv[1])
download(parse_source({SOURCE!r}), folder / "models", folder / "q", client, slow)
"""
    certificate = tmp_path / "ca.pem"
    certificate.write_text(
        "".join(map(__import__("ssl").DER_cert_to_PEM_cert, host.context.get_ca_certs(True)))
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path), str(certificate)],
        cwd=ROOT, stdout=subprocess.PIPE,
    )  # fmt: skip
    done = int(process.stdout.readline())
    process.kill()
    process.wait()
    process.stdout.close()
    assert "m.safetensors.part" in leftovers(tmp_path)
    assert get(host, tmp_path).sha256 == SHA256
    assert host.requests[-1][2]["range"] == f"bytes={done}-"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"url": 1}', "[" * 9999, " " * 20_000])
def test_state_nobody_can_read_starts_again(host, tmp_path, text):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "m.safetensors.part").write_bytes(b"x" * 100)
    (tmp_path / "models" / "m.safetensors.part.json").write_text(text)
    assert get(host, tmp_path).sha256 == SHA256
    assert "range" not in host.requests[0][2]


def test_token_goes_to_its_host_only_and_nowhere_else(host, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    host.plays = [redirect("https://cdn-lfs.hf.co/x"), serve(DATA, drop_after=9000), serve(DATA)]
    client = host.client(tokens={"huggingface.co": "hf_secret"})
    get(host, tmp_path, client=client)
    sent = [headers.get("authorization") for _, _, headers in host.requests]
    assert sent[:2] == ["Bearer hf_secret", None]
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"hf_secret" not in files
    assert "hf_secret" not in caplog.text + repr(client)


def civitai(**changes):
    file = {
        "name": "cat.safetensors",
        "primary": True,
        "hashes": {"SHA256": SHA256.upper()},
    } | changes
    return json.dumps({"files": [{"name": "x.zip"}, file]}).encode()


def test_civitai_version_is_described_and_fetched_from_its_store(host, tmp_path):
    host.plays = [
        answer(200, civitai()),
        redirect("https://bucket.r2.cloudflarestorage.com/x"),
        serve(DATA),
    ]
    arrived = get(host, tmp_path, "civitai:123")
    assert arrived.path.name == "cat.safetensors"
    assert (arrived.is_published, arrived.source) == (True, "civitai:123")


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"{", "download.answer"),
        (b"[]", "download.answer"),
        (civitai(hashes={}), "download.answer"),
        (civitai(hashes={"SHA256": "short"}), "download.answer"),
        (civitai(name="../../evil.safetensors"), "download.name"),
        (civitai(name="cat.ckpt"), "download.answer"),
        (b" " * 3_000_000, "download.answer"),
    ],
)
def test_bad_description_is_refused(host, tmp_path, data, key):
    host.plays = [answer(200, data)]
    assert refusal(host, tmp_path, "civitai:123") == key


def test_store_is_not_asked_without_a_redirect(host, tmp_path):
    source = "https://bucket.r2.cloudflarestorage.com/m.safetensors"
    assert refusal(host, tmp_path, source) == "download.host"
    assert not host.requests


def test_wrong_certificate_is_refused(host, tmp_path):
    client = HttpsClient(resolver=lambda name: [PUBLIC], dial=host.dial)
    assert refusal(host, tmp_path, client=client) == "download.certificate"


def test_no_network_is_told(host, tmp_path):
    def nowhere(_name):
        raise OSError("Name or service not known")

    assert refusal(host, tmp_path, client=host.client(resolver=nowhere)) == "download.offline"
    assert refusal(host, tmp_path, client=host.client(resolver=lambda n: [])) == "download.private"


def test_host_that_hangs_up_at_once_is_told(host, tmp_path):
    host.plays = [lambda handler: None]
    assert refusal(host, tmp_path) == "download.offline"


def test_host_that_breaks_in_the_middle_is_told(host, tmp_path, monkeypatch):
    def fail(_self, _size):
        raise ConnectionResetError

    monkeypatch.setattr("http.client.HTTPResponse.read1", fail)
    assert refusal(host, tmp_path) == "download.dropped"


def test_host_that_sends_more_than_it_said_is_refused(host, tmp_path, monkeypatch):
    monkeypatch.setattr("http.client.HTTPResponse.read1", lambda self, size: DATA)
    assert refusal(host, tmp_path) == "download.length"


def test_header_longer_than_the_first_block_is_waited_for(host, tmp_path):
    data = file_of({f"w{number}": (1,) for number in range(3000)})
    host.plays = [serve(data)]
    assert get(host, tmp_path).sha256 == hashlib.sha256(data).hexdigest()


def test_resolver_and_dial_speak_to_the_system(monkeypatch):
    monkeypatch.setattr(
        "socket.getaddrinfo", lambda host, port, type: [(2, 1, 6, "", (PUBLIC, port))]
    )
    monkeypatch.setattr("socket.create_connection", lambda where, timeout: (where, timeout))
    assert connection.resolve("huggingface.co") == [PUBLIC]
    assert connection.dial(PUBLIC) == ((PUBLIC, 443), connection.TIMEOUT_SECONDS)


@pytest.mark.parametrize("call", ["open", "finish", "quarantine"])
def test_disk_that_refuses_is_a_sentence(tmp_path, monkeypatch, call):
    bytes_so_far = partial.Partial(tmp_path / "no folder" / "m.safetensors")
    with pytest.raises(DiskError):
        if call == "open":
            bytes_so_far.open(is_resumed=False)
        elif call == "finish":
            bytes_so_far.finish()
        else:
            bytes_so_far.quarantine(tmp_path / "q", "a" * 64, "b" * 64, "hf:x")


def test_bounded_time_and_no_thread_left(host, tmp_path):
    get(host, tmp_path)  # for ever is what pytest-timeout ends
    assert os.environ.get("HF_HUB_OFFLINE") == "1"  # the client does not need the hub's own client
