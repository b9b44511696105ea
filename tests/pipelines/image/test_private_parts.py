"""Whether everything private that is touched is still there, and still does what it did."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from pipelines.image import private_parts
from tests.tiny import tiny_parts


def test_a_hidden_package_cannot_be_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "colorsys", None)  # so that it is put back
    private_parts.hide_package("colorsys")
    with pytest.raises(ModuleNotFoundError):
        import colorsys  # noqa: F401


def test_a_pipeline_computes_where_its_weights_go_for_it():
    from accelerate import cpu_offload
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline(**tiny_parts())
    assert private_parts.device_of(pipeline) == torch.device("cpu")
    for part in (pipeline.unet, pipeline.text_encoder, pipeline.vae):
        cpu_offload(part, torch.device("cpu"))
    assert pipeline.device == torch.device("meta")  # the public name does not serve
    assert private_parts.device_of(pipeline) == torch.device("cpu")


def test_a_unet_says_that_its_blocks_repeat():
    parts = tiny_parts()
    assert private_parts.has_repeated_blocks(parts["unet"])
    assert not private_parts.has_repeated_blocks(parts["vae"])
    assert not private_parts.has_repeated_blocks(nn.Linear(1, 1))


def test_a_compiled_module_computes_plainly_again():
    calls = []

    def backend(graph, _example):
        calls.append(graph)
        return graph.forward

    class Twice(nn.Module):
        def forward(self, x):
            return x * 2

    layer = Twice()
    layer.compile(backend=backend)
    private_parts.undo_compile(layer)
    layer(torch.ones(1, 2))
    assert not calls
    layer.compile(backend=backend)
    layer(torch.ones(1, 2))
    assert len(calls) == 1


def test_the_module_inside_a_compiled_one_is_found():
    layer = nn.Linear(2, 2)
    compiled = torch.compile(layer, backend="eager")
    assert compiled is not layer
    assert private_parts.without_compiler(compiled) is layer
    assert private_parts.without_compiler(layer) is layer


def test_the_limit_of_programs_holds_inside_the_block_only():
    before = torch._dynamo.config.recompile_limit
    with private_parts.recompile_limit(before + 5):
        assert torch._dynamo.config.recompile_limit == before + 5
    assert torch._dynamo.config.recompile_limit == before


def test_a_compiler_that_fails_raises_the_compilers_error():
    def backend(_graph, _example):
        raise RuntimeError("no compiler")

    with pytest.raises(private_parts.compiler_error(), match="no compiler"):
        torch.compile(lambda x: x + 1, backend=backend)(torch.ones(1))


def test_writing_into_a_tensor_is_counted_and_reading_is_not():
    tensor = torch.zeros(3)
    before = private_parts.count_writes(tensor)
    assert float(tensor.sum()) == 0
    assert private_parts.count_writes(tensor) == before
    tensor.add_(1)
    assert private_parts.count_writes(tensor) > before


def test_the_numbers_of_an_offloaded_layer_are_found_and_can_be_changed():
    from accelerate import cpu_offload

    layer = nn.Linear(2, 2, bias=False)
    assert private_parts.offloaded_weights(layer) is None
    cpu_offload(layer, torch.device("cpu"))
    assert layer.weight.is_meta
    private_parts.offloaded_weights(layer)["weight"].fill_(3.0)
    assert layer(torch.ones(1, 2)).tolist() == [[6.0, 6.0]]


def test_a_hook_that_keeps_no_weights_has_none():
    assert private_parts.offloaded_weights(SimpleNamespace(_hf_hook=object())) is None


def test_openvino_halves_the_weights_of_a_model(monkeypatch):
    monkeypatch.setitem(sys.modules, "openvino_telemetry", None)  # an import calls home otherwise
    openvino = pytest.importorskip("openvino", reason="requirements-openvino.txt is not installed")
    ops = pytest.importorskip("openvino.opset13")
    weights = ops.constant([[1.5, 2.5], [3.5, 4.5]], openvino.Type.f32)
    given = ops.parameter([1, 2], openvino.Type.f32)
    model = openvino.Model([ops.matmul(given, weights, False, False)], [given])
    private_parts.halve_weights(model)
    types = {op.get_element_type().get_type_name() for op in model.get_ops()}
    assert "f16" in types
