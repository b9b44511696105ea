"""Replies of a model: sampled or greedy, in batches.

Knows the transformers' own generate loop, so that the figures do not depend on our sampler.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipelines.text.neural.transcript import question_prompt

TEMPERATURE, TOP_P, LONGEST = 0.9, 0.95, 40
TOGETHER = 100


def answer(
    model: Any, tokenizer: Any, questions: Sequence[str], seed: int, *, is_greedy: bool = False
) -> list[str]:
    """Return one reply for each question, at temperature .9 and top-p .95 without top-k."""
    return write(
        model,
        tokenizer,
        [str(question_prompt(question)) for question in questions],
        seed,
        is_greedy=is_greedy,
    )


def write(
    model: Any, tokenizer: Any, starts: Sequence[str], seed: int, *, is_greedy: bool = False
) -> list[str]:
    """Return the model's continuation of each start."""
    import torch

    torch.manual_seed(seed)
    drawing: dict[str, Any] = {"do_sample": False}
    if not is_greedy:
        drawing = {"do_sample": True, "temperature": TEMPERATURE, "top_p": TOP_P, "top_k": 0}
    found: list[str] = []
    for first in range(0, len(starts), TOGETHER):
        some = list(starts[first : first + TOGETHER])
        encoded = tokenizer(
            some, return_tensors="pt", padding=True, padding_side="left",
            return_token_type_ids=False,
        )  # fmt: skip
        with torch.no_grad():
            written = model.generate(
                **encoded, max_new_tokens=LONGEST, pad_token_id=tokenizer.pad_token_id, **drawing
            )
        new = written[:, encoded["input_ids"].shape[1] :]  # (rows, new tokens), the prompts cut off
        found += [text.strip() for text in tokenizer.batch_decode(new, skip_special_tokens=True)]
    return found
