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


PROXIES = """
Forwarded Via X-Forwarded X-Forwarded-For X-Forwarded-Host X-Forwarded-Port X-Forwarded-Proto
X-Forwarded-Prefix X-Forwarded-Server X-Forwarded-Ssl X-Forwarded-User X-Forwarded-By Forwarded-For
X-Real-IP X-Real-Port X-Client-IP Client-IP True-Client-IP WL-Proxy-Client-IP Fastly-Client-IP
X-Cluster-Client-IP X-Envoy-External-Address X-Envoy-Internal CF-Connecting-IP CF-Connecting-IPv6
CF-Ray CF-Visitor CDN-Loop Do-Connecting-IP Fly-Client-IP Fly-Forwarded-Port Tailscale-User-Login
X-Original-For X-Original-Host X-ProxyUser-Ip X-Appengine-User-IP X-Azure-ClientIP X-Vercel-Id
X-Remote-IP X-Remote-Addr X-Amzn-Trace-Id Ngrok-Trace-Id X-Nf-Client-Connection-Ip
""".split()
OF_BROWSERS = """
Host Connection User-Agent Accept Accept-Encoding Accept-Language Cookie Origin Referer Range
Cache-Control Pragma If-None-Match Sec-Fetch-Site Sec-Fetch-Mode Sec-Fetch-Dest Sec-CH-UA
Upgrade-Insecure-Requests Sec-GPC DNT Priority Content-Type Content-Length Authorization Viability
X-File-Name X-Gradio-User X-Requested-With Device-Memory Viewport-Width
""".split()


@pytest.mark.parametrize("name", PROXIES)
def test_whatever_a_proxy_says_of_the_visitor_is_noticed(name):
    for spelled in (name, name.lower(), name.upper(), name.replace("-", "_")):
        assert not is_local(scope("127.0.0.1", "localhost", (spelled.encode(), b"203.0.113.7")))


@pytest.mark.parametrize("name", OF_BROWSERS)
def test_what_browsers_and_the_page_send_is_no_proxy(name):
    assert is_local(scope("127.0.0.1", "localhost", (name.encode(), b"x")))


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
