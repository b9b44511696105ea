"""A network in training: which of its weights are trainable, and the loss of a batch.

Knows transformers' GPT-2 and peft's LoRA; knows neither rows nor epochs. Logits are computed at
the tokens of replies only: 51,200 of them for every question and padding would be thrown away.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from pipelines.contract.errors import TrainingError
from pipelines.training.finetune.examples import IGNORED, Batch
from pipelines.training.finetune.settings import FinetuneMethod, TrainingSettings

if TYPE_CHECKING:
    from pipelines.text.neural.model import NeuralModel

LORA_PARTS = ["c_attn", "c_proj", "c_fc"]
WEIGHT_DECAY = 0.01


class Learner:
    """Prepares a loaded model for training; the model is changed."""

    def __init__(self, model: NeuralModel, settings: TrainingSettings) -> None:
        import torch

        self.model = model
        self.network = model.network
        self.device = self.network.device
        self._has_bf16 = _has_bf16(self.device.type)
        self._adapted: Any = None
        torch.manual_seed(settings.seed)
        self.network.requires_grad_(True)
        if settings.method is FinetuneMethod.LORA:
            self._adapted = _with_lora(self.network, settings)
        _set_dropout(self.network, settings.dropout)

    @property
    def trainable(self) -> dict[str, Any]:
        """Return the trainable weights, by name."""
        named = self.network.named_parameters()
        return {name: weight for name, weight in named if weight.requires_grad}

    @property
    def parameters(self) -> int:
        """The number of trainable parameters."""
        return sum(weight.numel() for weight in self.trainable.values())

    def optimizer(self, rate: float) -> Any:
        """Return AdamW; biases and norms have no weight decay."""
        import torch

        weights = self.trainable.values()
        groups = [
            {"params": [w for w in weights if w.dim() > 1], "weight_decay": WEIGHT_DECAY},
            {"params": [w for w in weights if w.dim() <= 1], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW([group for group in groups if group["params"]], lr=rate)

    def nats(self, batch: Batch) -> Any:
        """Return the cross entropy of a batch in nats, summed over its target tokens.

        In bf16 where the machine is made for it, but only in training: perplexities are measured
        in fp32.
        """
        import torch
        from torch.nn import functional

        ids, targets = batch.ids.to(self.device), batch.targets.to(self.device)  # (rows, n) each
        wanted = targets[:, 1:]  # (rows, n - 1): each position predicts the next token
        learned = wanted != IGNORED  # (rows, n - 1)
        is_quick = self._has_bf16 and self.network.training
        with torch.autocast(self.device.type, torch.bfloat16, enabled=is_quick):
            hidden = self.network.transformer(ids, use_cache=False)[0][
                :, :-1
            ]  # (rows, n - 1, width)
            logits = self.network.lm_head(hidden[learned])  # (learned tokens, vocabulary)
        return functional.cross_entropy(logits.float(), wanted[learned], reduction="sum")

    def take(self, weights: dict[str, Any]) -> None:
        """Load weights by name.

        Raises TrainingError when they are of another model.
        """
        import torch

        own = self.trainable
        with torch.no_grad():
            for name, tensor in weights.items():
                if name not in own or own[name].shape != tensor.shape:
                    raise TrainingError("training.checkpoint", name=self.model.name, reason=name)
                own[name].copy_(tensor)

    def finish(self) -> None:
        """Merge LoRA into the weights and put the model into inference mode."""
        if self._adapted is not None:
            self.network = self._adapted.merge_and_unload()
            self.model.network = self.network
            self._adapted = None
        self.network.eval().requires_grad_(False)


def _with_lora(network: Any, settings: TrainingSettings) -> Any:
    try:
        from peft import LoraConfig, get_peft_model
    except ImportError as error:
        raise TrainingError("training.no_peft") from error
    config = LoraConfig(
        r=settings.rank,
        lora_alpha=2 * settings.rank,
        lora_dropout=settings.dropout,
        target_modules=LORA_PARTS,
        fan_in_fan_out=True,  # GPT-2's layers are Conv1D: weights lie the other way round
        bias="none",
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():  # peft 0.21 asks transformers 5 for a name it renamed
        warnings.simplefilter("ignore", FutureWarning)
        return get_peft_model(network, config)


def _set_dropout(network: Any, share: float) -> None:
    from torch import nn

    for part in network.modules():
        if isinstance(part, nn.Dropout):
            part.p = share


def _has_bf16(device: str) -> bool:
    """Return whether bf16 products are quicker here: two to three times on such machines."""
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    can = torch.cpu.get_capabilities()
    return device == "cpu" and bool(can.get("avx512_bf16", False) or can.get("amx_tile", False))
