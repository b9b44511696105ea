"""Text encoders turn a prompt into conditioning: prompt embeddings, with attention weights applied.

One encoder (SD 1.5, SD 2, crayon), two (SDXL) or only the second (the SDXL refiner): what a
pipeline has decides. Same numbers as diffusers' encode_prompt for one chunk without weights.

Shapes: T tokens a chunk with its begin and end (77 for CLIP), D the width of the embeddings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.lru import Lru
from pipelines.image.conditioning.chunks import Chunk, Vectors, chunks
from pipelines.image.conditioning.embedding_names import EmbeddingNames
from pipelines.image.conditioning.textual_inversion import (
    Embedding,
    Placement,
    replaced_token_embeddings,
)
from pipelines.image.private_parts import device_of
from pipelines.image.prompt.weighted_text import WeightedText

NO_MEAN = 1e-4  # of the spread; a mean closer to zero is rounding, and dividing by it is no scale


@dataclass(frozen=True, slots=True)
class Conditioning:
    """What a UNet is conditioned on besides the timestep; the names are those of diffusers.

    Attributes:
        prompt_embeds: (1, tokens, D), keys and values of its cross-attention.
        pooled_prompt_embeds: (1, D) of SDXL's second encoder; None elsewhere.
    """

    prompt_embeds: Any
    pooled_prompt_embeds: Any = None


class PromptEncoder:
    """The text encoders of one loaded model, with a cache of what they have encoded.

    Args:
        pipeline: a diffusers pipeline; only its tokenizers and text encoders are used.
    """

    CACHE_SIZE = 64  # prompts; a phrase and its negative prompt come back all the time

    def __init__(self, pipeline: Any) -> None:
        pairs = (
            (getattr(pipeline, "tokenizer", None), getattr(pipeline, "text_encoder", None)),
            (getattr(pipeline, "tokenizer_2", None), getattr(pipeline, "text_encoder_2", None)),
        )
        self._encoders = [(tok, enc) for tok, enc in pairs if tok is not None and enc is not None]
        self._is_sdxl = hasattr(pipeline, "text_encoder_2")
        self._zeros_when_empty = bool(
            self._is_sdxl and pipeline.config.get("force_zeros_for_empty_prompt")
        )
        self._device = device_of(pipeline)
        self._cache: Lru[Any, Conditioning] = Lru(self.CACHE_SIZE)
        self._embeddings: dict[str, Embedding] = {}

    @property
    def widths(self) -> tuple[int, ...]:
        """Return the width of each text encoder's token embeddings."""
        return tuple(int(enc.get_input_embeddings().weight.shape[1]) for _, enc in self._encoders)

    @property
    def chunk_length(self) -> int:
        """Return the tokens of one chunk, begin and end not counted: 75 for CLIP."""
        return min(int(tokenizer.model_max_length) for tokenizer, _ in self._encoders) - 2

    def set_embeddings(self, embeddings: Sequence[Embedding]) -> None:
        """Replace the textual-inversion words that are known besides those of the tokenizer."""
        found = {embedding.name: embedding for embedding in embeddings}
        if _digests(found) != _digests(self._embeddings):
            self.clear_cache()
        self._embeddings = found

    def clear_cache(self) -> None:
        """Drop what was encoded; for when the weights of a text encoder have changed."""
        self._cache.clear()

    def chunks(
        self, prompt: Sequence[WeightedText], counts: Mapping[str, int] | None = None
    ) -> tuple[Chunk, ...]:
        """Return the chunks of the first tokenizer; for a meter.

        Args:
            counts: name -> vectors of the embeddings to count; None for those that are set.
        """
        if counts is None:
            counts = self._counts()
        return self._chunks(self._encoders[0][0], prompt, counts)

    def encode(
        self, prompt: Sequence[WeightedText], *, clip_skip: int = 1, is_negative: bool = False
    ) -> Conditioning:
        """Return the conditioning of a prompt.

        Args:
            clip_skip: the layer taken, counted from the last one, which is 1 as in A1111.
            is_negative: an empty one is zeros for models whose config says so.
        """
        may_be_zeros = is_negative and self._zeros_when_empty
        key = (tuple(prompt), clip_skip, may_be_zeros)
        found = self._cache.get(key)
        if found is None:
            found = self._encode(prompt, clip_skip, may_be_zeros)
            self._cache.put(key, found)
        return found

    def _encode(
        self, prompt: Sequence[WeightedText], clip_skip: int, may_be_zeros: bool
    ) -> Conditioning:
        import torch

        with torch.inference_mode():
            found = [self._run(number, prompt, clip_skip) for number in range(len(self._encoders))]
        longest = max(embeds.shape[1] for embeds, _ in found)
        padded = [_repeat_last(embeds, longest) for embeds, _ in found]
        prompt_embeds = torch.cat(padded, dim=-1)  # (1, chunks * T, sum of the encoders' D)
        pooled: Any = found[-1][1] if self._is_sdxl else None  # (1, D)
        if may_be_zeros and not any(run.text.strip() for run in prompt):
            prompt_embeds, pooled = torch.zeros_like(prompt_embeds), torch.zeros_like(pooled)
        return Conditioning(prompt_embeds, pooled)

    def _counts(self) -> dict[str, int]:
        return {name: embedding.count for name, embedding in self._embeddings.items()}

    def _chunks(
        self, tokenizer: Any, prompt: Sequence[WeightedText], counts: Mapping[str, int]
    ) -> tuple[Chunk, ...]:
        names = EmbeddingNames(counts)

        def tokenize(text: str) -> list[int | Vectors]:
            found: list[int | Vectors] = []
            for written, name in names.split(text):
                if name:
                    found.append(Vectors(name, counts[name]))
                else:
                    found += tokenizer(
                        written, add_special_tokens=False, truncation=False
                    ).input_ids
            return found

        comma = tokenizer.convert_tokens_to_ids(",</w>")
        is_known = comma is not None and comma != tokenizer.unk_token_id
        return chunks(prompt, tokenize, comma if is_known else -1, self.chunk_length)

    def _run(self, number: int, prompt: Sequence[WeightedText], clip_skip: int) -> tuple[Any, Any]:
        """Return the embeddings (1, chunks * T, D) of one text encoder and the pooled one (1, D).

        All chunks are one batch: each is encoded alone, then they are laid end to end.
        """
        import torch

        tokenizer, encoder = self._encoders[number]
        found = self._chunks(tokenizer, prompt, self._counts())
        rows, weights = [], []
        for chunk in found:
            ids = [tokenizer.bos_token_id, *(token.id for token in chunk), tokenizer.eos_token_id]
            missing = self.chunk_length + 2 - len(ids)
            rows.append(ids + [tokenizer.pad_token_id] * missing)
            weights.append([1.0, *(token.weight for token in chunk), 1.0] + [1.0] * missing)
        input_ids = torch.tensor(rows, device=self._device)  # (chunks, T)
        with replaced_token_embeddings(encoder, self._placements(found, number)):
            output = encoder(input_ids, output_hidden_states=True)
        embeds = self._hidden_state(encoder, output, clip_skip)  # (chunks, T, D)
        embeds = _weighted(embeds, torch.tensor(weights, device=embeds.device))
        # with a projection, output[0] is the pooled embedding; the first chunk's is the prompt's
        pooled = output[0][:1] if self._is_sdxl and output[0].ndim == 2 else None  # (1, D)
        return embeds.reshape(1, -1, embeds.shape[-1]), pooled  # (1, chunks * T, D)

    def _placements(self, found: Sequence[Chunk], number: int) -> list[Placement]:
        """Return where in the chunks the learnt vectors stand; the begin token is position 0."""
        return [
            (row, place + 1, self._embeddings[token.vector[0]].vectors[number][token.vector[1]])
            for row, chunk in enumerate(found)
            for place, token in enumerate(chunk)
            if token.vector is not None
        ]

    def _hidden_state(self, encoder: Any, output: Any, clip_skip: int) -> Any:
        """Return the layer (chunks, T, D) that the UNet was trained with."""
        if self._is_sdxl:  # the last layer but one, without the final norm
            return output.hidden_states[-(clip_skip + 1)]
        if clip_skip == 1:
            return output.last_hidden_state
        text_model = getattr(encoder, "text_model", encoder)
        return text_model.final_layer_norm(output.hidden_states[-clip_skip])


def _digests(embeddings: Mapping[str, Embedding]) -> dict[str, str]:
    return {name: embedding.sha256 for name, embedding in embeddings.items()}


def _weighted(embeds: Any, weights: Any) -> Any:
    """Multiply the embeddings (chunks, T, D) by their weights (chunks, T); keep the mean.

    As A1111 does: without the old mean, heavier words would make the whole prompt stronger.
    """
    if bool((weights == 1).all()):
        return embeds
    before = embeds.float().mean()
    heavier = embeds.float() * weights[..., None]  # (chunks, T, D)
    after = heavier.mean()
    if abs(float(after)) < NO_MEAN * float(heavier.std()):
        return heavier.to(embeds.dtype)
    return (heavier * (before / after)).to(embeds.dtype)


def _repeat_last(embeds: Any, tokens: int) -> Any:
    """Return embeddings of a given number of tokens: the last chunk again for what is missing."""
    import torch

    missing = tokens - embeds.shape[1]
    return embeds if missing <= 0 else torch.cat([embeds, embeds[:, -missing:]], dim=1)
