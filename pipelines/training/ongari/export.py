"""Write a trained model as a folder that transformers opens: 16-bit weights, config, tokenizer.

Knows the folder layout. Trains nothing.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from models.disk import make_folder, write_atomically

TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")
SAMPLING = {"do_sample": True, "temperature": 0.9, "top_p": 0.95, "top_k": 0, "max_new_tokens": 40}


def write(model: Any, tokenizer_folder: Path, folder: Path) -> None:
    """Save the model and its tokenizer into `folder`; the model itself stays as it is."""
    import torch
    from safetensors.torch import save

    make_folder(folder)
    # the head is the embedding once more: it is stored once
    weights = {
        name: tensor.to(torch.float16).contiguous()
        for name, tensor in model.state_dict().items()
        if name != "lm_head.weight"
    }
    write_atomically(folder / "model.safetensors", save(weights, {"format": "pt"}))
    config = model.config.to_dict()
    config |= {
        "architectures": ["GPT2LMHeadModel"],
        "dtype": "float32",  # half as fast in 16 bits where the processor has none
        "tie_word_embeddings": True,
    }
    _write_json(folder / "config.json", {k: v for k, v in config.items() if v is not None})
    ends = {"bos_token_id": config["bos_token_id"], "eos_token_id": config["eos_token_id"]}
    padding = {"pad_token_id": config["pad_token_id"]}
    _write_json(folder / "generation_config.json", {**SAMPLING, **ends, **padding})
    for name in TOKENIZER_FILES:
        write_atomically(folder / name, (tokenizer_folder / name).read_bytes())


def _write_json(path: Path, data: dict[str, Any]) -> None:
    text = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write_atomically(path, text.encode())
