"""Host names and who is local."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.gate.hosts import HostList, host_name, is_local


def scope(client: str | None, host: str, *extra: tuple[bytes, bytes]) -> dict[str, object]:
    return {
        "type": "http",
        "client": (client, 1234) if client else None,
        "headers": [(b"host", host.encode()), *extra],
    }


@pytest.mark.parametrize(
    ("client", "host"),
    [("127.0.0.1", "127.0.0.1:7860"), ("::1", "[::1]:7860"), ("::ffff:127.0.0.1", "localhost")],
)
def test_loopback_with_a_local_name_is_local(client, host):
    assert is_local(scope(client, host))


@pytest.mark.parametrize(
    ("client", "host", "extra"),
    [
        ("192.168.0.7", "127.0.0.1:7860", ()),
        ("127.0.0.1", "abc.gradio.live", ()),  # the tunnel connects from loopback
        ("127.0.0.1", "evil.example", ()),  # DNS rebinding
        ("127.0.0.1", "localhost", ((b"x-forwarded-for", b"9.9.9.9"),)),
        ("127.0.0.1", "localhost", ((b"Forwarded", b"for=9.9.9.9"),)),
        (None, "localhost", ()),
        ("unix", "localhost", ()),
    ],
)
def test_everybody_else_is_not_local(client, host, extra):
    assert not is_local(scope(client, host, *extra))


def test_names_are_added_while_the_server_runs():
    hosts = HostList(("studio.example",))
    assert "studio.example:8000" in hosts
    assert "abc.gradio.live" not in hosts
    hosts.add("abc.gradio.live")
    assert "ABC.gradio.live." in hosts


def test_every_interface_is_nobodys_name():
    hosts = HostList(("0.0.0.0", "::"))  # noqa: S104
    assert "0.0.0.0:7860" not in hosts
    assert "[::]:7860" not in hosts


def test_own_addresses_count_only_when_other_machines_may_connect(monkeypatch):
    monkeypatch.setattr("playground.gate.hosts.own_addresses", lambda: frozenset({"192.168.0.5"}))
    assert "192.168.0.5:7860" not in HostList()
    assert "192.168.0.5:7860" in HostList(with_own_addresses=True)


@pytest.mark.parametrize("host", ["", "a b", "evil@127.0.0.1", "127.0.0.1:80x", "[::1", "[x]:1"])
def test_malformed_hosts_are_no_names(host):
    assert host_name(host) == ""
    assert host not in HostList()


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_exception(host):
    host_name(host)
