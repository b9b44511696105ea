import sys
import threading
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from pipelines.text.korean import kiwi


def fake(monkeypatch, make):
    module: Any = ModuleType("kiwipiepy")
    module.__spec__ = SimpleNamespace(name="kiwipiepy")
    module.Kiwi = make
    monkeypatch.setitem(sys.modules, "kiwipiepy", module)
    return kiwi.Holder()


class FakeKiwi:
    made = 0

    def __init__(self, **options):
        type(self).made += 1
        self.options = options

    def analyze(self, text):
        return text


def test_it_is_loaded_once_however_many_ask(monkeypatch):
    FakeKiwi.made = 0
    holder = fake(monkeypatch, FakeKiwi)
    assert holder.is_installed and not holder.is_loaded
    start = threading.Barrier(8)
    got = []

    def ask():
        start.wait()
        got.append(holder.get())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert FakeKiwi.made == 1
    assert len({id(one) for one in got}) == 1
    assert holder.is_loaded
    assert got[0].options["load_default_dict"] is False


@pytest.mark.parametrize("error", [ImportError("no model"), OSError("no library")])
def test_a_broken_installation_counts_as_none(monkeypatch, error):
    def broken(**_options):
        raise error

    holder = fake(monkeypatch, broken)
    assert holder.get() is None
    assert not holder.is_installed and not holder.is_loaded


def test_nothing_is_loaded_where_nothing_is_installed(monkeypatch):
    monkeypatch.setattr(kiwi, "find_spec", lambda name: None)
    assert kiwi.Holder().get() is None


def test_all_share_one_holder():
    assert kiwi.holder() is kiwi.holder()
