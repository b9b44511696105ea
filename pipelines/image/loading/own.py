"""Weights that lie in a mapped file, at whatever address, get memory of their own.

On a CPU the address decides how sums are split, and with that their last bit: the same weights from
a folder and from a single file would draw pictures that differ by a pixel here and there. Devices
copy weights to memory of their own anyway.
"""

from __future__ import annotations

from typing import Any

ALIGNMENT = 64  # bytes; what torch gives memory of its own


def own_weights(module: Any) -> None:
    """Copy each weight that does not lie where torch would have put it."""
    for tensor in (*module.parameters(), *module.buffers()):
        if tensor.data_ptr() % ALIGNMENT:
            tensor.data = tensor.data.clone()
