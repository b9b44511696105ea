"""Fixtures that several floors share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# the same surroundings as webui.py sets up: no hub, no telemetry, no torchvision chatter
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("DIFFUSERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
if "PYTEST_XDIST_WORKER" in os.environ:  # as many workers as cores: one thread each
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def pytest_configure(config: pytest.Config) -> None:
    from tests.gates import Gates

    config.pluginmanager.register(Gates(config))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright keeps an event loop running in the main thread.

    And what takes a minute first, the benchmarks of all and the whole way of the browser's, so that
    no worker still has it before it at the end while the others are done.
    """
    tests = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        if item.get_closest_marker("browser") is not None:
            return 1 if item.path == tests / "browser" / "test_whole_way.py" else 2
        return -1 if tests / "benchmarks" in item.path.parents else 0

    items.sort(key=place)


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with one real, tiny picture model called "tiny"."""
    from tests.tiny import save_tiny_model

    root = tmp_path_factory.mktemp("models")
    save_tiny_model(root / "tiny")
    return root


@pytest.fixture(scope="session")
def tiny_language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one real, tiny language model in KoGPT2's layout."""
    from tests.tiny_language import make_folder

    return make_folder(tmp_path_factory.mktemp("language") / "tiny-gpt")
