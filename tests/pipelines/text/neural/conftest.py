"""One loaded tiny language model for all tests of this folder."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def tiny(tiny_language):
    import torch

    from pipelines.text.neural import load

    torch.set_num_threads(1)
    return load(tiny_language, "tiny", use_cpu=True)
