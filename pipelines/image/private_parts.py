"""What torch, diffusers, accelerate and OpenVINO do not name in public: an upgrade breaks it here.

Seen in torch 2.13, diffusers 0.42, accelerate 1.15, OpenVINO 2026.4. One function for each thing
that is touched, with the public name that is missing. Knows nothing of what it is needed for, and
imports nothing of ours.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from typing import Any, cast


def hide_package(name: str) -> None:
    """Have every later import of a package fail as if it were not installed.

    None in `sys.modules` is Python's own way to say so. Missing: a switch in diffusers not to
    import an xformers that it finds, and one in OpenVINO not to call home.
    """
    sys.modules[name] = None  # type: ignore[assignment]


def device_of(pipeline: Any) -> Any:
    """Return the torch.device on which a diffusers pipeline computes.

    `DiffusionPipeline._execution_device`. Missing: a public name that counts offloading;
    `pipeline.device` is where the weights wait.
    """
    return pipeline._execution_device


def has_repeated_blocks(model: Any) -> bool:
    """Tell whether diffusers can compile a model block by block.

    `ModelMixin._repeated_blocks`. Missing: a question; `compile_repeated_blocks` raises ValueError
    for this and for much else.
    """
    return bool(getattr(model, "_repeated_blocks", None))


def undo_compile(module: Any) -> None:
    """Undo `torch.nn.Module.compile`, for this module alone.

    `Module._compiled_call_impl`, which `compile` sets and `__call__` prefers. Missing: a way back.
    """
    module._compiled_call_impl = None


def without_compiler(model: Any) -> Any:
    """Return the module inside what `torch.compile(module)` returned; any other as it is.

    `OptimizedModule._orig_mod`. Missing: a public property.
    """
    return getattr(model, "_orig_mod", model)


def recompile_limit(most: int) -> AbstractContextManager[None]:
    """Let torch.compile make so many programs of one piece of code inside the block.

    `torch._dynamo.config`. Missing: `torch.compiler.config` has no such limit.
    """
    import torch

    # mypy reads torch._dynamo as untyped
    return cast("AbstractContextManager[None]", torch._dynamo.config.patch(recompile_limit=most))


def compiler_error() -> type[Exception]:
    """Return what torch.compile raises where it cannot compile.

    `torch._dynamo.exc.TorchDynamoException`. Missing: a public class of it.
    """
    from torch._dynamo.exc import TorchDynamoException

    return TorchDynamoException


def count_writes(tensor: Any) -> int:
    """Return how often a tensor was written in place, as autograd counts it.

    `Tensor._version`. Missing: a public name.
    """
    return int(tensor._version)


def offloaded_weights(module: Any) -> Any:
    """Return name -> tensor where accelerate's sequential offload keeps the numbers of a module.

    `Module._hf_hook` and the hooks inside it; None without any. Missing: a public way to the hook;
    `accelerate.utils.align_module_device` lends copies, and writing into those changes nothing.
    """
    hook = getattr(module, "_hf_hook", None)
    for candidate in (hook, *getattr(hook, "hooks", ())):
        weights = getattr(candidate, "weights_map", None)
        if weights is not None:
            return weights
    return None


def halve_weights(model: Any) -> None:
    """Have an OpenVINO model keep its weights in fp16.

    `openvino._offline_transformations.compress_model_transformation`. Missing: a public function
    for a model in memory; `openvino.save_model` does it on the way to a file.
    """
    from openvino._offline_transformations import compress_model_transformation

    compress_model_transformation(model)
