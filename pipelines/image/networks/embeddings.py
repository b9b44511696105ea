"""Textual inversion (Gal et al. 2022, arXiv 2208.01618): names in a prompt that stand for vectors.

The vectors replace token embeddings at the input of a text encoder. Files of A1111 and kohya
(`emb_params`), of diffusers (`<token>`), and of SDXL (`clip_l`, `clip_g`); a vector belongs to the
text encoder of its width. Only the files that a prompt names are opened, verified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from models.entry import Model, OpenedModel, fingerprint
from models.errors import ModelFileError
from models.header import read_header
from models.library import Library
from models.lru import Lru
from models.probe import ModelKind
from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.errors import InvalidRequest
from pipelines.contract.painter import UsedFile
from pipelines.image.conditioning.chunks import Chunk
from pipelines.image.conditioning.embedding_names import EmbeddingNames
from pipelines.image.conditioning.prompt_runs import prompt_runs
from pipelines.image.conditioning.textual_inversion import Embedding
from pipelines.image.loading.load import LoadedModel
from pipelines.image.networks.lora import base_of
from pipelines.image.prompt.weighted_text import WeightedText

MOST_KEPT = 64  # files; an embedding has a few vectors
HASH_LENGTH = 12  # A1111's "TI hashes"


class Inversions:
    """Activate the embeddings that a prompt names in a model's text encoders."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: Lru[tuple[str, tuple[int, ...]], Embedding] = Lru(MOST_KEPT)
        self._counts: dict[str, tuple[str, int]] = {}

    def activate(
        self,
        model: LoadedModel,
        texts: Iterable[str],
        cancel: CancelToken = NEVER,
        *,
        steps: int = 1,
        second: Iterable[int] = (),
    ) -> tuple[UsedFile, ...]:
        """Set exactly the embeddings that the texts name on the model's encoder.

        Args:
            steps: of the first pass, as schedules in the texts count them.
            second: steps that a second pass may have.

        Raises:
            ModelNotFound: `embedding:name` names none; names the nearest.
            InvalidRequest: one is of another width or family than the model, or too long.
            ModelFileError: a file cannot be used.
            Cancelled: the request was cancelled.
        """
        found, used = [], []
        for name in self.named_in(texts, steps, second):
            opened = self._library.open_part(name, (ModelKind.EMBEDDING,), cancel.check_progress)
            found.append(self._embedding(opened, model))
            sha256 = opened.sha256
            used.append(UsedFile("embedding", name, sha256, sha256[:HASH_LENGTH]))
        model.encoder.set_embeddings(found)
        return tuple(used)

    def named_in(
        self, texts: Iterable[str], steps: int = 1, second: Iterable[int] = ()
    ) -> tuple[str, ...]:
        """Return the names that the encoder will find in the texts; opens no file.

        The texts are read as the encoder reads them, so that what is told as used is used.

        Raises:
            ModelNotFound: `embedding:name` names none; names the nearest.
        """
        words = EmbeddingNames(self._names())
        names: dict[str, None] = {}
        passes = tuple(second)
        found = (runs for text in texts for runs in prompt_runs(text, steps, passes))
        for run in (run for runs in found for run in runs):
            unknown = words.unknown_in(run.text)
            if unknown:  # raises, with the nearest names
                names[self._library.find_part(unknown, ModelKind.EMBEDDING).name] = None
            names |= dict.fromkeys(words.names_in(run.text))
        return tuple(names)

    def cut(self, model: LoadedModel) -> Callable[[Sequence[WeightedText]], tuple[Chunk, ...]]:
        """Return how a prompt is cut into chunks, embeddings included; reads headers alone."""
        counts = {
            part.name: self._count(part)
            for part in self._library.parts(ModelKind.EMBEDDING)
            if part.probe is not None and part.probe.family in ("", base_of(model.pipeline))
        }
        counts = {name: count for name, count in counts.items() if count}
        return lambda pieces: model.encoder.chunks(pieces, counts)

    def _names(self) -> list[str]:
        return [part.name for part in self._library.parts(ModelKind.EMBEDDING)]

    def _count(self, part: Model) -> int:
        """Return how many tokens a file takes, from its header; 0 when that cannot be read."""
        try:
            mark = "".join(fingerprint(part.path).values())
            if self._counts.get(part.name, ("", 0))[0] != mark:
                shape = read_header(part.path).tensors[0].shape
                self._counts[part.name] = (mark, shape[0] if len(shape) == 2 else 1)
        except (OSError, ModelFileError):  # gone since the scan: a meter shows words then
            return 0
        return self._counts[part.name][1]

    def _embedding(self, opened: OpenedModel, model: LoadedModel) -> Embedding:
        widths = model.encoder.widths
        key = (opened.sha256, widths)
        kept = self._read.get(key)
        if kept is None:
            kept = _fitted(opened, model, widths)
            self._read.put(key, kept)
        return Embedding(opened.name, kept.sha256, kept.vectors)


def _fitted(opened: OpenedModel, model: LoadedModel, widths: tuple[int, ...]) -> Embedding:
    """Return the vectors of a file (count, width) in the order of the text encoders."""
    name = opened.name
    by_width = {int(rows.shape[-1]): rows for rows in _read(opened).values()}
    if any(width not in by_width for width in widths) or len(by_width) != len(widths):
        probe = opened.probe
        raise InvalidRequest(
            "embedding.width",
            name=name[:60],
            widths=", ".join(map(str, sorted(by_width))),
            family=probe.family if probe is not None and probe.family else "?",
            model_widths=", ".join(map(str, widths)),
            model_family=base_of(model.pipeline) or "?",
        )
    vectors = tuple(by_width[width] for width in widths)
    counts = {int(rows.shape[0]) for rows in vectors}
    if len(counts) > 1:
        raise ModelFileError(
            "embedding.uneven", name=name[:60], counts=", ".join(map(str, sorted(counts)))
        )
    if max(counts) > model.encoder.chunk_length:
        raise InvalidRequest(
            "embedding.long", name=name[:60], count=max(counts), limit=model.encoder.chunk_length
        )
    return Embedding(name, opened.sha256, vectors)


def _read(opened: OpenedModel) -> dict[str, Any]:
    """Return the tensors of a verified file, each (count, width) in fp32."""
    from safetensors.torch import load_file

    found = {}
    with opened.reading() as path:
        for key, tensor in load_file(path).items():
            rows = tensor.float().reshape(-1, tensor.shape[-1])  # (count, width)
            if not bool(rows.isfinite().all()):
                raise ModelFileError("network.not_finite", name=opened.name, tensor=key[:120])
            found[key] = rows.clone()
    return found
