"""Every format changes the weights by what its paper says, computed here by hand."""

from __future__ import annotations

import pytest
import torch

from models.errors import ModelFileError
from pipelines.image.networks.lora_manager import LoraManager
from pipelines.image.prompt.networks import take_networks

ATTENTION = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
OUT = "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_out.0"
CONV = "down_blocks.1.resnets.0.conv1"
PROJ = "down_blocks.0.attentions.0.proj_in"  # a 1x1 convolution in SD 1.5, a matrix in SDXL
TEXT = "encoder.layers.0.mlp.fc1"
R = 3


def rand(*shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(sum(shape) + len(shape)))


def weight_of(model, path, part="unet"):
    return getattr(model.pipeline, part).get_submodule(path).weight.detach()


def flat(path):
    return path.replace(".", "_")


def applied(model, library, strength=1.0):
    tags = take_networks(f"<lora:net:{strength}>")[1]
    return LoraManager(library).apply(model, tags)


def check(model, library, path, expected, part="unet", strength=1.0):
    """`expected` is what the format adds at strength 1, as a function of the old weight."""
    before = weight_of(model, path, part).clone()
    added = expected(before) if callable(expected) else expected
    applied(model, library, strength)
    torch.testing.assert_close(
        weight_of(model, path, part), before + strength * added.reshape(before.shape)
    )


NAMES = {
    "kohya": "lora_unet_{flat}.lora_{kohya}.weight",
    "PEFT": "unet.{path}.lora_{peft}.weight",
    "PEFT adapter": "unet.{path}.lora_{peft}.default.weight",
    "PEFT model": "base_model.model.{path}.lora_{peft}.weight",
    "diffusers": "unet.{path}.lora.{kohya}.weight",
    "LyCORIS": "lycoris_{flat}.lora_{kohya}.weight",
}


@pytest.mark.parametrize("spelling", NAMES)
def test_lora_in_every_spelling(model_of, library, put, spelling):
    model = model_of()
    width = weight_of(model, ATTENTION).shape[0]
    down, up = rand(R, 768), rand(width, R)

    def key(kohya, peft):
        return NAMES[spelling].format(path=ATTENTION, flat=flat(ATTENTION), kohya=kohya, peft=peft)

    put("net", {key("down", "A"): down, key("up", "B"): up})
    check(model, library, ATTENTION, up @ down)


@pytest.mark.parametrize("path", [ATTENTION, OUT], ids=["to_k", "to_out"])
def test_the_processor_spelling_of_old_diffusers(model_of, library, put, path):
    model = model_of()
    out, width = weight_of(model, path).shape
    stem = "unet." + path.removesuffix(".0").replace(".to_", ".processor.to_")
    down, up = rand(R, width), rand(out, R)
    put("net", {f"{stem}_lora.down.weight": down, f"{stem}_lora.up.weight": up})
    check(model, library, path, up @ down)


ORIGINAL = {
    "input_blocks_1_1_transformer_blocks_0_attn2_to_k": ATTENTION,
    "input_blocks_0_0": "conv_in",
    "input_blocks_2_0_op": "down_blocks.0.downsamplers.0.conv",
    "input_blocks_3_0_in_layers_2": CONV,
    "input_blocks_3_0_emb_layers_1": "down_blocks.1.resnets.0.time_emb_proj",
    "input_blocks_3_0_skip_connection": "down_blocks.1.resnets.0.conv_shortcut",
    "middle_block_0_out_layers_3": "mid_block.resnets.0.conv2",
    "middle_block_1_transformer_blocks_0_ff_net_0_proj": (
        "mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj"
    ),
    "middle_block_2_in_layers_2": "mid_block.resnets.1.conv1",
    "output_blocks_1_0_in_layers_2": "up_blocks.0.resnets.1.conv1",
    "output_blocks_1_1_conv": "up_blocks.0.upsamplers.0.conv",
    "output_blocks_3_1_proj_in": "up_blocks.1.attentions.1.proj_in",
    "time_embed_0": "time_embedding.linear_1",
    "label_emb_0_2": "add_embedding.linear_2",
    "out_2": "conv_out",
}


@pytest.mark.parametrize("name", ORIGINAL)
def test_the_names_of_the_original_checkpoints(model_of, library, put, name):
    model = model_of("sdxl")
    path = ORIGINAL[name]
    shape = weight_of(model, path).shape
    put("net", {f"lora_unet_{name}.diff": rand(*shape)})
    check(model, library, path, rand(*shape))


@pytest.mark.parametrize(
    ("start", "part", "family"),
    [
        ("lora_te_text_model_", "text_encoder", "sd15"),
        ("lora_te1_text_model_", "text_encoder", "sdxl"),
        ("lora_te2_text_model_", "text_encoder_2", "sdxl"),
        ("text_encoder.text_model.", "text_encoder", "sd15"),
        ("text_encoder_2.text_model.", "text_encoder_2", "sdxl"),
    ],
)
def test_text_encoders(model_of, library, put, start, part, family):
    model = model_of(family)
    whole = getattr(model.pipeline, part)
    path = next(name for name, _ in whole.named_modules() if name.endswith(TEXT))
    out, width = weight_of(model, path, part).shape
    stem = start + (TEXT if "." in start else flat(TEXT))
    put("net", {f"{stem}.lora_down.weight": rand(R, width), f"{stem}.lora_up.weight": rand(out, R)})
    check(model, library, path, rand(out, R) @ rand(R, width), part)


def test_the_oldest_attention_names_of_text_encoders(model_of, library, put):
    model = model_of()
    stem = "text_encoder.text_model.encoder.layers.0.self_attn.to_out"
    tensors = {f"{stem}_lora.down.weight": rand(R, 768), f"{stem}_lora.up.weight": rand(768, R)}
    put("net", tensors)
    path = "encoder.layers.0.self_attn.out_proj"
    check(model, library, path, rand(768, R) @ rand(R, 768), "text_encoder")


def kohya(path, **roles):
    return {f"lora_unet_{flat(path)}.{role}": tensor for role, tensor in roles.items()}


def low_rank(path, down, up, **more):
    stem = f"lora_unet_{flat(path)}"
    tensors = {f"{stem}.lora_down.weight": down, f"{stem}.lora_up.weight": up}
    return tensors | {f"{stem}.{name}": value for name, value in more.items()}


def test_alpha_is_divided_by_the_rank(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    down, up = rand(R, 768), rand(out, R)
    put("net", low_rank(ATTENTION, down, up, alpha=torch.tensor(1.5)))
    check(model, library, ATTENTION, up @ down * 1.5 / R)


def test_alpha_of_peft_stands_in_the_metadata(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    stem = f"unet.{ATTENTION}"
    put(
        "net",
        {f"{stem}.lora_A.weight": rand(R, 768), f"{stem}.lora_B.weight": rand(out, R)},
        {"lora_adapter_metadata": '{"unet.lora_alpha": 6, "unet.r": 3}'},
    )
    check(model, library, ATTENTION, rand(out, R) @ rand(R, 768) * 2)


def test_locon_changes_convolutions(model_of, library, put):
    model = model_of()
    out, width, side, _ = weight_of(model, CONV).shape
    down, up = rand(R, width, side, side), rand(out, R, 1, 1)
    put("net", low_rank(CONV, down, up))
    check(model, library, CONV, torch.einsum("or,rihw->oihw", up[:, :, 0, 0], down))


def test_locon_with_a_kernel_in_the_middle(model_of, library, put):
    model = model_of()
    out, width, side, _ = weight_of(model, CONV).shape
    down, mid, up = rand(R, width, 1, 1), rand(R, R, side, side), rand(out, R, 1, 1)
    tensors = low_rank(CONV, down, up) | {f"lora_unet_{flat(CONV)}.lora_mid.weight": mid}
    put("net", tensors)
    whole = torch.zeros(out, width, side, side)
    for m in range(R):
        for n in range(R):
            outer = up[:, m, 0, 0][:, None] * down[n, :, 0, 0][None]
            whole += outer[..., None, None] * mid[m, n]
    check(model, library, CONV, whole)


def test_a_matrix_fits_a_convolution_of_one_pixel(model_of, library, put):
    model = model_of()
    out, width = weight_of(model, PROJ).shape[:2]
    put("net", low_rank(PROJ, rand(R, width), rand(out, R)))
    check(model, library, PROJ, rand(out, R) @ rand(R, width))


def test_loha(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    a, b = rand(out, R), rand(R, 768)
    c, d = a.flip(0), b.flip(1)
    tensors = kohya(ATTENTION, hada_w1_a=a, hada_w1_b=b, hada_w2_a=c, hada_w2_b=d)
    put("net", tensors | kohya(ATTENTION, alpha=torch.tensor(1.0)))
    check(model, library, ATTENTION, (a @ b) * (c @ d) / R)


def test_loha_of_a_convolution(model_of, library, put):
    model = model_of()
    out, width, side, _ = weight_of(model, CONV).shape
    core, a, b = rand(R, R, side, side), rand(R, out), rand(R, width)
    roles = {"hada_t1": core, "hada_w1_a": a, "hada_w1_b": b}
    roles |= {"hada_t2": core * 2, "hada_w2_a": a, "hada_w2_b": b}
    put("net", kohya(CONV, **roles))
    half = torch.einsum("xykl,xo,yi->oikl", core, a, b)
    check(model, library, CONV, half * half * 2)


def test_loha_of_a_convolution_in_the_usual_layout(model_of, library, put):
    # LyCORIS without Tucker: ((w1a @ w1b) * (w2a @ w2b) * alpha / r).reshape(weight.shape)
    model = model_of()
    shape = weight_of(model, CONV).shape
    a, b = rand(shape[0], R), rand(R, shape[1:].numel())
    c, d = a.flip(0), b.flip(1)
    tensors = kohya(CONV, hada_w1_a=a, hada_w1_b=b, hada_w2_a=c, hada_w2_b=d)
    put("net", tensors | kohya(CONV, alpha=torch.tensor(1.0)))
    check(model, library, CONV, ((a @ b) * (c @ d) / R).reshape(shape))


@pytest.mark.parametrize("is_whole", [True, False])
def test_lokr_of_a_convolution_in_the_usual_layout(model_of, library, put, is_whole):
    # LyCORIS without Tucker: kron(w1, w2a @ w2b).reshape(weight.shape)
    model = model_of()
    out, width, side, _ = weight_of(model, CONV).shape
    left = rand(2, 2)
    a, b = rand(out // 2, R), rand(R, width // 2 * side * side)
    roles = {"lokr_w1": left, "lokr_w2_a": a, "lokr_w2_b": b, "alpha": torch.tensor(float(R))}
    right = (a @ b).reshape(out // 2, width // 2, side, side)
    if is_whole:
        roles = {"lokr_w1": left, "lokr_w2": right}
    put("net", kohya(CONV, **roles))
    whole = torch.zeros(out, width, side, side)
    for i in range(2):
        for j in range(2):  # block (i, j) of a Kronecker product is left[i, j] * right
            rows, columns = (
                slice(i * out // 2, (i + 1) * out // 2),
                slice(j * width // 2, (j + 1) * width // 2),
            )
            whole[rows, columns] = left[i, j] * right
    check(model, library, CONV, whole)


def test_matrix_of_other_sizes_than_the_convolution_is_refused(model_of, library, put):
    model = model_of()
    shape = weight_of(model, CONV).shape
    a, b = rand(shape[1:].numel(), R), rand(R, shape[0])  # turned round: as many numbers
    put("net", kohya(CONV, hada_w1_a=a, hada_w1_b=b, hada_w2_a=a, hada_w2_b=b))
    with pytest.raises(ModelFileError) as caught:
        applied(model, library)
    assert caught.value.key == "network.shape"


def test_lokr_with_whole_halves_ignores_alpha(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    left, right = rand(2, 4), rand(out // 2, 192)
    put("net", kohya(ATTENTION, lokr_w1=left, lokr_w2=right, alpha=torch.tensor(9.0)))
    check(model, library, ATTENTION, torch.kron(left, right))


def test_lokr_with_factored_halves(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    a, b, c, d = rand(2, R), rand(R, 4), rand(out // 2, R), rand(R, 192)
    roles = {"lokr_w1_a": a, "lokr_w1_b": b, "lokr_w2_a": c, "lokr_w2_b": d}
    put("net", kohya(ATTENTION, **roles, alpha=torch.tensor(1.0)))
    check(model, library, ATTENTION, torch.kron(a @ b, c @ d) / R)


def test_lokr_of_a_convolution(model_of, library, put):
    model = model_of()
    out, width, side, _ = weight_of(model, CONV).shape
    left, core = rand(2, 2), rand(R, R, side, side)
    a, b = rand(R, out // 2), rand(R, width // 2)
    put("net", kohya(CONV, lokr_w1=left, lokr_t2=core, lokr_w2_a=a, lokr_w2_b=b))
    right = torch.einsum("xykl,xo,yi->oikl", core, a, b).contiguous()
    check(model, library, CONV, torch.kron(left[:, :, None, None], right))


@pytest.mark.parametrize("on_input", [True, False])
def test_ia3(model_of, library, put, on_input):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    scale = rand(768 if on_input else out)
    put("net", kohya(ATTENTION, weight=scale, on_input=torch.tensor(float(on_input))))
    column = scale[None] if on_input else scale[:, None]
    check(model, library, ATTENTION, lambda weight: weight * column, strength=0.5)


def test_a_full_difference_with_bias(model_of, library, put):
    model = model_of()
    shape = weight_of(model, CONV).shape
    bias = model.pipeline.unet.get_submodule(CONV).bias
    before = bias.detach().clone()
    put("net", kohya(CONV, diff=rand(*shape), diff_b=rand(shape[0])))
    check(model, library, CONV, rand(*shape), strength=-0.7)
    torch.testing.assert_close(bias.detach(), before - 0.7 * rand(shape[0]))


def test_norms(model_of, library, put):
    model = model_of()
    path = "down_blocks.1.resnets.0.norm1"
    width = weight_of(model, path).shape[0]
    put("net", kohya(path, w_norm=rand(width), b_norm=rand(width)))
    check(model, library, path, rand(width))


def test_oft_turns_the_weight_and_keeps_its_length(model_of, library, put):
    model = model_of()
    before = weight_of(model, ATTENTION).clone()
    blocks = 0.1 * rand(4, before.shape[0] // 4, before.shape[0] // 4)
    put("net", kohya(ATTENTION, oft_blocks=blocks))
    applied(model, library)
    after = weight_of(model, ATTENTION)
    torch.testing.assert_close(after.norm(dim=0), before.norm(dim=0))
    skew = blocks[0] - blocks[0].T
    eye = torch.eye(len(skew))
    turn = (eye + skew) @ torch.linalg.inv(eye - skew)
    torch.testing.assert_close(after[: len(skew)], turn.T @ before[: len(skew)])


def test_dora_of_peft_has_a_length_for_each_output(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    stem, length = f"unet.{ATTENTION}", rand(out).abs()
    tensors = {f"{stem}.lora_A.weight": rand(R, 768), f"{stem}.lora_B.weight": rand(out, R)}
    put("net", tensors | {f"{stem}.lora_magnitude_vector": length})

    def added(weight):
        whole = weight + rand(out, R) @ rand(R, 768)
        return whole / whole.norm(dim=1, keepdim=True) * length[:, None] - weight

    check(model, library, ATTENTION, added, strength=0.5)


def test_dora_of_lycoris_has_a_length_for_each_input(model_of, library, put):
    model = model_of()
    out = weight_of(model, ATTENTION).shape[0]
    length = rand(1, 768).abs()
    put("net", low_rank(ATTENTION, rand(R, 768), rand(out, R), dora_scale=length))

    def added(weight):
        whole = weight + rand(out, R) @ rand(R, 768)
        return whole / whole.norm(dim=0, keepdim=True) * length - weight

    check(model, library, ATTENTION, added)


@pytest.mark.parametrize(
    ("roles", "label"),
    [
        ({"a1.weight": (4, 4), "lora_down.weight": (4, 4)}, "GLoRA"),
        ({"oft_blocks": (2, 3, 4, 4)}, "BOFT"),
        ({"oft_diag": (2, 4, 4)}, "Diag-OFT (LyCORIS 2)"),
        ({"lora_down.weight": (4, 4), "lora_up.weight": (4, 4), "lora_up.bias": (4,)}, "bias"),
        ({"lora_down.weight": (4, 4), "strange": (4,)}, "?"),
    ],
)
def test_a_format_that_cannot_be_worn_is_named(model_of, library, put, roles, label):
    model = model_of()
    put("net", {f"lora_unet_{flat(ATTENTION)}.{role}": rand(*size) for role, size in roles.items()})
    with pytest.raises(ModelFileError) as caught:
        applied(model, library)
    assert caught.value.key == "network.format" and label in str(caught.value.values["format"])
