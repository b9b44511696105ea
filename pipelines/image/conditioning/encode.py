"""Chunks of tokens become the states a denoiser attends to, with attention weights applied.

One encoder (SD 1.5, SD 2, crayon), two (SDXL) or only the second (the SDXL refiner): what a
pipeline has decides. Same numbers as diffusers' encode_prompt for one chunk without weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pipelines.image.conditioning.chunks import Chunk, Vectors, chunks
from pipelines.image.conditioning.embedding_names import EmbeddingNames
from pipelines.image.prompt.weighted_text import WeightedText

NO_MEAN = 1e-4  # of the spread; a mean closer to zero is rounding, and dividing by it is no scale


@dataclass(frozen=True, slots=True)
class Conditioning:
    """What the denoiser hears.

    Attributes:
        states: (1, tokens, width).
        pooled: (1, width) of SDXL; None elsewhere.
    """

    states: Any
    pooled: Any = None


@dataclass(frozen=True, slots=True)
class Embedding:
    """A word that was learnt as vectors (textual inversion).

    Attributes:
        name: what stands in a prompt.
        sha256: of its file; tells whether it is still the same.
        vectors: (count, width) for each text encoder, in the encoder's order.
    """

    name: str
    sha256: str
    vectors: tuple[Any, ...]

    @property
    def count(self) -> int:
        """Return how many tokens it takes."""
        return int(self.vectors[0].shape[0])


class Encoder:
    """The text encoders of one loaded model; remembers what it has encoded.

    Args:
        pipeline: a diffusers pipeline; only its tokenizers and text encoders are used.
    """

    MOST_REMEMBERED = 64  # prompts; a phrase and its negative prompt come back all the time

    def __init__(self, pipeline: Any) -> None:
        pairs = (
            (getattr(pipeline, "tokenizer", None), getattr(pipeline, "text_encoder", None)),
            (getattr(pipeline, "tokenizer_2", None), getattr(pipeline, "text_encoder_2", None)),
        )
        self._parts = [(tok, enc) for tok, enc in pairs if tok is not None and enc is not None]
        self._is_sdxl = hasattr(pipeline, "text_encoder_2")
        self._zeros_when_empty = bool(
            self._is_sdxl and pipeline.config.get("force_zeros_for_empty_prompt")
        )
        self._device = pipeline._execution_device
        self._known: dict[Any, Conditioning] = {}
        self._embeddings: dict[str, Embedding] = {}

    @property
    def widths(self) -> tuple[int, ...]:
        """Return how wide the tokens of each text encoder are."""
        return tuple(int(enc.get_input_embeddings().weight.shape[1]) for _, enc in self._parts)

    def learn(self, embeddings: Sequence[Embedding]) -> None:
        """Know exactly these words besides those of the tokenizer."""
        found = {embedding.name: embedding for embedding in embeddings}
        if _digests(found) != _digests(self._embeddings):
            self.forget()
        self._embeddings = found

    @property
    def size(self) -> int:
        """Return the tokens of one chunk, begin and end marks not counted."""
        return min(int(tokenizer.model_max_length) for tokenizer, _ in self._parts) - 2

    def chunks(
        self, pieces: Sequence[WeightedText], counts: Mapping[str, int] | None = None
    ) -> tuple[Chunk, ...]:
        """Return the chunks as the first tokenizer cuts them; for a meter.

        Args:
            counts: name -> vectors of the embeddings to count; None for those that are known.
        """
        if counts is None:
            counts = self._counts()
        return self._chunks(self._parts[0][0], pieces, counts)

    def encode(
        self, pieces: Sequence[WeightedText], *, clip_skip: int = 1, is_negative: bool = False
    ) -> Conditioning:
        """Return the states of a prompt; `clip_skip` 1 is the last layer, as A1111 counts."""
        may_be_zeros = is_negative and self._zeros_when_empty
        key = (tuple(pieces), clip_skip, may_be_zeros)
        if key not in self._known:
            if len(self._known) >= self.MOST_REMEMBERED:
                self._known.pop(next(iter(self._known)))
            self._known[key] = self._encode(pieces, clip_skip, may_be_zeros)
        return self._known[key]

    def forget(self) -> None:
        """Forget what was encoded: the weights have changed."""
        self._known.clear()

    def _encode(
        self, pieces: Sequence[WeightedText], clip_skip: int, may_be_zeros: bool
    ) -> Conditioning:
        import torch

        with torch.inference_mode():
            found = [self._one(number, pieces, clip_skip) for number in range(len(self._parts))]
        longest = max(states.shape[1] for states, _ in found)
        padded = [_repeat_last(states, longest) for states, _ in found]
        whole = Conditioning(torch.cat(padded, dim=-1), found[-1][1] if self._is_sdxl else None)
        is_empty = not any(piece.text.strip() for piece in pieces)
        if is_empty and may_be_zeros:
            return Conditioning(torch.zeros_like(whole.states), torch.zeros_like(whole.pooled))
        return whole

    def _counts(self) -> dict[str, int]:
        return {name: embedding.count for name, embedding in self._embeddings.items()}

    def _chunks(
        self, tokenizer: Any, pieces: Sequence[WeightedText], counts: Mapping[str, int]
    ) -> tuple[Chunk, ...]:
        words = EmbeddingNames(counts)

        def tokenize(text: str) -> list[int | Vectors]:
            found: list[int | Vectors] = []
            for written, name in words.split(text):
                if name:
                    found.append(Vectors(name, counts[name]))
                else:
                    found += tokenizer(
                        written, add_special_tokens=False, truncation=False
                    ).input_ids
            return found

        comma = tokenizer.convert_tokens_to_ids(",</w>")
        is_known = comma is not None and comma != tokenizer.unk_token_id
        return chunks(pieces, tokenize, comma if is_known else -1, self.size)

    def _one(self, number: int, pieces: Sequence[WeightedText], clip_skip: int) -> tuple[Any, Any]:
        """Return the states (1, chunks * context, width) of one encoder and its pooled state."""
        import torch

        tokenizer, encoder = self._parts[number]
        parts = self._chunks(tokenizer, pieces, self._counts())
        rows, weights = [], []
        for chunk in parts:
            ids = [tokenizer.bos_token_id, *(token.id for token in chunk), tokenizer.eos_token_id]
            room = self.size + 2 - len(ids)
            rows.append(ids + [tokenizer.pad_token_id] * room)
            weights.append([1.0, *(token.weight for token in chunk), 1.0] + [1.0] * room)
        with _in_place_of_tokens(encoder, self._rows(parts, number)):
            output = encoder(torch.tensor(rows, device=self._device), output_hidden_states=True)
        states = self._layer(encoder, output, clip_skip)  # (chunks, context, width)
        states = _weighted(states, torch.tensor(weights, device=states.device))
        pooled = output[0][:1] if self._is_sdxl and output[0].ndim == 2 else None
        return states.reshape(1, -1, states.shape[-1]), pooled

    def _rows(self, parts: Sequence[Chunk], number: int) -> list[tuple[int, int, Any]]:
        """Return (chunk, place, vector) of every token that an embedding stands for."""
        return [
            (row, place + 1, self._embeddings[token.vector[0]].vectors[number][token.vector[1]])
            for row, chunk in enumerate(parts)
            for place, token in enumerate(chunk)
            if token.vector is not None
        ]

    def _layer(self, encoder: Any, output: Any, clip_skip: int) -> Any:
        if self._is_sdxl:  # the last layer but one, never normed
            return output.hidden_states[-(clip_skip + 1)]
        if clip_skip == 1:
            return output.last_hidden_state
        text_model = getattr(encoder, "text_model", encoder)
        return text_model.final_layer_norm(output.hidden_states[-clip_skip])


def _digests(embeddings: Mapping[str, Embedding]) -> dict[str, str]:
    return {name: embedding.sha256 for name, embedding in embeddings.items()}


@contextmanager
def _in_place_of_tokens(encoder: Any, rows: list[tuple[int, int, Any]]) -> Iterator[None]:
    """Put vectors where their tokens would be, for one call; tokenizer and weights stay."""

    def put(_module: Any, _inputs: Any, output: Any) -> Any:
        changed = output.clone()  # (chunks, context, width)
        for row, place, vector in rows:
            changed[row, place] = vector.to(device=output.device, dtype=output.dtype)
        return changed

    if not rows:
        yield
        return
    handle = encoder.get_input_embeddings().register_forward_hook(put)
    try:
        yield
    finally:
        handle.remove()


def _weighted(states: Any, weights: Any) -> Any:
    """Multiply each token's states by its weight and restore the mean, as A1111 does."""
    if bool((weights == 1).all()):
        return states
    before = states.float().mean()
    heavier = states.float() * weights[..., None]
    after = heavier.mean()
    if abs(float(after)) < NO_MEAN * float(heavier.std()):
        return heavier.to(states.dtype)
    return (heavier * (before / after)).to(states.dtype)


def _repeat_last(states: Any, tokens: int) -> Any:
    """Return states of a given number of tokens: the last chunk again for what is missing."""
    import torch

    missing = tokens - states.shape[1]
    return states if missing <= 0 else torch.cat([states, states[:, -missing:]], dim=1)
