"""Which settings of a folder's config reach the library that builds the network.

A config can name much more than sizes: code, adapters, quantisers, files elsewhere. So a setting is
taken over only if it is written down here, of the right type and in its range; what is not is as if
it were not there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ACTIVATIONS = frozenset({
    "gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu", "relu", "silu", "swish",
    "tanh",
})  # fmt: skip
MAX_BANNED = 64
MAX_HEADS = 128


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """The names of settings that may be taken over, by what they are."""

    shares: tuple[str, ...] = ()  # 0..1
    switches: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()  # number of one
    heads: tuple[str, ...] = ()
    activation: str = "activation_function"


GPT2 = KnownSettings(
    shares=(
        "layer_norm_epsilon", "initializer_range", "resid_pdrop", "embd_pdrop", "attn_pdrop",
    ),
    switches=(
        "scale_attn_weights", "scale_attn_by_inverse_layer_idx", "reorder_and_upcast_attn",
        "tie_word_embeddings",
    ),
    tokens=("bos_token_id", "eos_token_id", "pad_token_id"),
    heads=("n_head",),
)  # fmt: skip
TRANSLATOR = KnownSettings(
    switches=(
        "scale_embedding", "normalize_embedding", "normalize_before", "add_final_layer_norm",
        "static_position_embeddings", "share_encoder_decoder_embeddings", "tie_word_embeddings",
    ),
    tokens=(
        "bos_token_id", "eos_token_id", "pad_token_id", "decoder_start_token_id",
        "forced_eos_token_id",
    ),
    heads=("encoder_attention_heads", "decoder_attention_heads"),
)  # fmt: skip


def known_settings(data: Mapping[str, Any], known: KnownSettings, rows: int) -> dict[str, Any]:
    """Return the settings of a config that are written down in `known` and make sense.

    Args:
        rows: how many tokens there are; the number of one is below that.
    """
    found: dict[str, Any] = {}
    found |= {name: data[name] for name in known.shares if _is_share(data.get(name))}
    found |= {name: data[name] for name in known.switches if type(data.get(name)) is bool}
    found |= {name: data[name] for name in known.tokens if _is_below(data.get(name), rows)}
    found |= {name: data[name] for name in known.heads if _is_below(data.get(name), MAX_HEADS + 1)}
    if data.get(known.activation) in ACTIVATIONS:
        found[known.activation] = data[known.activation]
    return found


def banned_tokens(data: Mapping[str, Any], rows: int) -> list[list[int]]:
    """Return the token sequences that must never be written (`bad_words_ids`)."""
    given = data.get("bad_words_ids")
    if not isinstance(given, list) or len(given) > MAX_BANNED:
        return []
    return [
        row
        for row in given
        if isinstance(row, list) and 0 < len(row) <= MAX_BANNED
        and all(_is_below(number, rows) for number in row)
    ]  # fmt: skip


def _is_share(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value) and 0 <= value <= 1


def _is_below(value: Any, limit: int) -> bool:
    return type(value) is int and 0 <= value < limit
