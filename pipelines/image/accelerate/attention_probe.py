"""Compare xformers with SDPA on one tiny attention, in a process of its own: it may crash or hang.

`python -P attention_probe.py DEVICE DTYPE` prints one line of JSON: how far xformers is from
torch's own attention, or that it is not installed. Anything else (an exception, a signal, silence)
is handled by attention.py. Imports nothing of this program.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import sys

SHAPE = (2, 64, 4, 40)  # batch, tokens, heads, width of a head: SD 1.5's first layers
MARK = "attention-probe "


def difference(device: str, dtype_name: str) -> float:
    """Return the largest difference between xformers' attention and torch's."""
    operators = importlib.import_module("xformers.ops")  # first: the import itself may crash
    import torch

    dtype = getattr(torch, dtype_name)
    generator = torch.Generator("cpu").manual_seed(0)
    query, key, value = (
        torch.randn(SHAPE, generator=generator).to(device, dtype) for _ in range(3)
    )
    found = operators.memory_efficient_attention(query, key, value)
    attend = torch.nn.functional.scaled_dot_product_attention
    # xformers takes (batch, tokens, heads, width), torch (batch, heads, tokens, width)
    by_head = [tensor.transpose(1, 2).float() for tensor in (query, key, value)]
    expected = attend(by_head[0], by_head[1], by_head[2]).transpose(1, 2)
    return float((found.float() - expected).abs().max())


def main(device: str, dtype_name: str) -> None:
    """Print the difference as JSON."""
    if importlib.util.find_spec("xformers") is None:
        answer: dict[str, object] = {"missing": True}
    else:
        answer = {"difference": str(difference(device, dtype_name))}
    sys.stdout.write(MARK + json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
