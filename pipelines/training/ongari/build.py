"""The shape of ongari: a GPT-2, small, with more heads than layers need, so that it can attend to
the question.

Knows sizes. Does not know tokens or training.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipelines.training.ongari.tokenizer import CONTEXT


@dataclass(frozen=True, slots=True)
class NetworkShape:
    """Layers, width and heads; 5.0 million parameters with 7,000 tokens."""

    layers: int = 4
    width: int = 256
    heads: int = 8
    context: int = CONTEXT


def build(tokenizer: Any, shape: NetworkShape = NetworkShape(), seed: int = 1) -> Any:
    """Return an untrained GPT2LMHeadModel."""
    import torch
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(seed)
    config = GPT2Config(
        vocab_size=len(tokenizer),
        n_positions=shape.context,
        n_embd=shape.width,
        n_layer=shape.layers,
        n_head=shape.heads,
        activation_function="gelu_pytorch_tanh",  # gelu_new in one piece
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=tokenizer.eos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        use_cache=True,
    )
    model = GPT2LMHeadModel(config)
    model.set_attn_implementation("eager")  # faster than sdpa for rows this short
    return model
