"""Which implementation of attention a pipeline uses: torch's own (SDPA), or xformers."""

from __future__ import annotations

import logging
from typing import Any

log = logging.getLogger(__name__)


def try_xformers(pipeline: Any) -> None:
    """Use xformers; where that does not work, say why and go on with SDPA."""
    try:
        pipeline.enable_xformers_memory_efficient_attention()
    except (ImportError, ValueError, NotImplementedError, RuntimeError) as error:
        log.warning("attention: xformers asked for, using sdpa (%s)", str(error)[:160])
