"""One shelf of tiny models for all tests of drawing."""

from __future__ import annotations

import pytest

from tests.pipelines.image.shelf import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory, tiny_models):
    """Return the tiny models of every family and variant."""
    return Shelf(tmp_path_factory.mktemp("shelf"), tiny_models)
