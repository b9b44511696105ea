"""What is known of models without drawing: which there are, their languages, what would go wrong.

May be called from any thread; loads nothing and hashes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.entry import Model
from models.library import Library
from models.lora import WIDTHS
from models.probe import ModelKind
from pipelines.contract.painter import AddonFile, KnownModel, Meter, PlanSummary
from pipelines.contract.requests import PictureRequest
from pipelines.image.conditioning.meter import TokenBudget, measure_prompt
from pipelines.image.families import PromptLanguage, find
from pipelines.image.loading.load import LoadedModel
from pipelines.image.loading.model_cache import ModelCache
from pipelines.image.memory.device import Remark
from pipelines.image.memory.forecast import check_memory
from pipelines.image.memory.ram import read_ram
from pipelines.image.networks.apply import NetworkApplier
from pipelines.image.prompt.networks import take_networks
from pipelines.image.sampling.table import resolve

PART_KINDS = (ModelKind.LORA, ModelKind.EMBEDDING, ModelKind.VAE, ModelKind.UPSCALER)


class ModelInfo:
    """The answers of a painter that need no drawing; see the Painter protocol.

    Args:
        library: which models there are.
        model_cache: which of them are loaded.
        networks: what may take part besides a model.
    """

    def __init__(self, library: Library, model_cache: ModelCache, networks: NetworkApplier) -> None:
        self._library, self._model_cache, self._networks = library, model_cache, networks
        self._languages: dict[str, PromptLanguage] = {}  # of models that were loaded: measured

    def note_language(self, model: LoadedModel) -> None:
        """Remember a loaded model's prompt language: its family's is only a guess before."""
        self._languages[model.name] = model.family.language

    def families(self) -> Mapping[str, str]:
        """Return the models that a request may name: name -> family."""
        found = self._library.drawable()
        return {model.name: model.probe.family for model in found if model.probe is not None}

    def known(self, name: str) -> KnownModel | None:
        """Return the model that a name means; see the Painter protocol."""
        model = self._library.peek(name)
        return self._known(model) if model is not None and model.can_draw else None

    def _known(self, model: Model) -> KnownModel:
        family, variant = (model.probe.family, model.probe.variant) if model.probe else ("", "")
        found = find(family)
        usual = PromptLanguage.ENGLISH if found is None else found.language
        return KnownModel(model.name, family, variant, self._languages.get(model.name, usual))

    def check(self, request: PictureRequest) -> None:
        """Raise what `draw` would raise about names and sizes; see the Painter protocol."""
        resolve(request.sampler, request.schedule)
        model = self._library.find_drawable(request.model)
        family = find(self._known(model).family)
        if family is not None:
            family.check_sides(request.width, request.height)
            weights = model.size_bytes // 2  # a file in fp32 is half of it once it is loaded
            total = read_ram().total
            check_memory(request, family.name, weights, total, family.side_multiple)
        if request.refiner is not None:
            self._library.find_drawable(request.refiner.model)
        base = "" if family is None else WIDTHS.get(family.text_width, "")
        # what the bridge makes of a phrase has no syntax and names nothing
        self._networks.check(request, request.prompt, base)

    def parts(self) -> tuple[AddonFile, ...]:
        """Return what may take part besides a model, by kind and name."""
        found = [
            AddonFile(
                model.probe.kind.value,
                model.name,
                model.probe.family,
                model.probe.lora.words if model.probe.lora else (),
                tuple(filter(None, (model.sha256, model.payload_sha256))),
            )
            for model in self._library.parts(*PART_KINDS)
            if model.probe is not None
        ]
        return tuple(sorted(found, key=lambda part: (part.kind, part.name)))

    def plan(self, model: str) -> tuple[PlanSummary, ...]:
        """Return how a model works on this machine, in sentences; () while it is not loaded."""
        loaded = self._model_cache.peek(model)
        remarks: list[Remark] = []
        if loaded is not None:
            stand_in: Remark | None = getattr(loaded.denoiser, "remark", None)
            remarks = [*loaded.plan.remarks, *([stand_in] if stand_in is not None else [])]
        return tuple(PlanSummary(remark.key, remark.blanks) for remark in remarks)

    def measure(self, prompt: str, model: str, steps: int) -> Meter | None:
        """Count a prompt's tokens with the model's own tokenizer; None while it is not loaded."""
        found = self._library.peek(model)
        loaded = None if found is None else self._model_cache.peek(found.name)
        if loaded is None:
            return None
        pipeline = loaded.pipeline
        tokenizer = getattr(pipeline, "tokenizer", None) or pipeline.tokenizer_2
        bare, _ = take_networks(prompt)
        # the crayon was trained on captions of one chunk; it never learnt what later ones mean
        most = 1 if loaded.family.language is PromptLanguage.CAPTION else None
        budget = TokenBudget(loaded.encoder.chunk_length, most, tokenizer.decode)
        return measure_prompt(bare, steps, self._networks.inversions.cut(loaded), budget)
