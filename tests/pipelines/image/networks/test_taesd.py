"""Previews by TAESD: both namings, the right latents, and only where they are worth it."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
import torch
from PIL import Image

from models.errors import ModelFileError
from models.probe import ModelKind
from pipelines.image.latents.preview import SD15_MAP, Previewer, preview_jpeg
from pipelines.image.memory.device import DevicePlan
from pipelines.image.networks.taesd import TinyDecoders, load_tiny

LATENT = torch.randn((4, 4, 6), generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def tiny():
    from diffusers import AutoencoderTiny

    torch.manual_seed(0)
    return AutoencoderTiny().eval()


def model(family="sd15", device="cpu"):
    channels = {"crayon": 16}.get(family, 4)
    vae = SimpleNamespace(config=SimpleNamespace(latent_channels=channels))
    return SimpleNamespace(
        name=family,
        family=SimpleNamespace(name=family),
        plan=DevicePlan(device, "float32"),
        pipeline=SimpleNamespace(vae=vae, _execution_device=torch.device("cpu")),
        previewer=Previewer(SD15_MAP),
    )


def original(vae, prefix=""):
    """Return the decoder under the names of the original file, whose layer 0 has no weights."""
    start = "decoder.layers."
    found = {}
    for key, tensor in vae.state_dict().items():
        if key.startswith(start):
            number, rest = key.removeprefix(start).split(".", 1)
            found[f"{prefix}{int(number) + 1}.{rest}"] = tensor
    return found


@pytest.mark.parametrize("naming", ["diffusers", "original", "original, both halves"])
def test_the_preview_is_what_the_tiny_decoder_makes(library, put, tiny, naming):
    prefix = "taesd_decoder." if "both" in naming else ""
    put("taesd", tiny.state_dict() if naming == "diffusers" else original(tiny, prefix))
    one = model()
    assert TinyDecoders(library, on_any_device=True).attach(one) == "taesd"
    with torch.no_grad():
        expected = (tiny.decode(LATENT[None])[0][0].mean((1, 2)) / 2 + 0.5).clamp(0, 1)
    image = Image.open(io.BytesIO(one.previewer.jpeg(LATENT)))
    assert image.size == (256, 171)
    means = torch.tensor(image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))) / 255
    torch.testing.assert_close(means, expected, atol=0.03, rtol=0)
    assert one.previewer.jpeg(LATENT) != preview_jpeg(LATENT, SD15_MAP)


def test_on_a_processor_the_linear_map_stays(library, put, tiny):
    put("taesd", tiny.state_dict())
    one = model()
    assert TinyDecoders(library).attach(one) == ""
    assert one.previewer.jpeg(LATENT) == preview_jpeg(LATENT, SD15_MAP)


@pytest.mark.parametrize(
    ("family", "chosen"), [("sd15", "taesd"), ("sdxl", "taesdxl"), ("crayon", "")]
)
def test_the_name_tells_which_family_it_was_made_for(library, put, tiny, family, chosen):
    for name in ("taesdxl", "taesd"):
        put(name, tiny.state_dict())
    assert TinyDecoders(library, on_any_device=True).attach(model(family)) == chosen


def test_other_latents_are_refused(library, put, caplog):
    from diffusers import AutoencoderTiny

    put("taesd3", AutoencoderTiny(latent_channels=16).state_dict())
    one = model()
    with pytest.raises(ModelFileError) as caught:
        load_tiny(library.open_part("taesd3", [ModelKind.TAESD]), one)
    assert caught.value.key == "taesd.channels"
    assert TinyDecoders(library, on_any_device=True).attach(one) == ""
    assert not caplog.text and one.previewer.jpeg(LATENT)  # its latents tell, it is not tried


@pytest.mark.parametrize("change", ["missing", "shape"])
def test_a_damaged_file_is_told_and_not_used(library, put, tiny, caplog, change):
    tensors = dict(tiny.state_dict())
    if change == "missing":
        del tensors["decoder.layers.2.conv.0.bias"]
    else:
        tensors["decoder.layers.2.conv.0.bias"] = torch.zeros(3)
    put("taesd", tensors)
    one = model()
    assert TinyDecoders(library, on_any_device=True).attach(one) == ""
    assert "structure" in caplog.text and one.previewer.is_able


def test_it_is_loaded_once_and_goes_with_the_file(library, put, tiny):
    path = put("taesd", tiny.state_dict())
    one, decoders = model(), TinyDecoders(library, on_any_device=True)
    decoders.attach(one)
    first = one.previewer.tiny
    decoders.attach(one)
    assert one.previewer.tiny is first
    path.unlink()
    library.scan()
    assert decoders.attach(one) == "" and one.previewer.tiny is None


def test_without_memory_for_it_the_linear_map_makes_the_preview():
    def full(*_args, **_more):
        raise torch.OutOfMemoryError

    previewer = Previewer(SD15_MAP)
    previewer.tiny = SimpleNamespace(device="cpu", dtype=torch.float32, decode=full)
    assert previewer.jpeg(LATENT) == preview_jpeg(LATENT, SD15_MAP)
    assert previewer.tiny is None


def test_a_model_without_any_has_no_previews():
    assert Previewer(None).jpeg(LATENT) is None and not Previewer(None).is_able


def encoder(vae):
    """Return the encoder under the names of the original file."""
    start = "encoder.layers."
    return {
        key.removeprefix(start): tensor
        for key, tensor in vae.state_dict().items()
        if key.startswith(start)
    }


def test_halves_and_other_families_beside_it_do_not_switch_previews_off(library, put, tiny):
    from diffusers import AutoencoderTiny

    put("a_encoder", encoder(tiny))
    put("b_taef1_decoder", original(AutoencoderTiny(latent_channels=16)))
    put("c_damaged", {k: v for k, v in original(tiny).items() if not k.endswith("0.bias")})
    put("d_taesd_decoder", original(tiny))
    one, decoders = model(), TinyDecoders(library, on_any_device=True)
    assert decoders.attach(one) == "d_taesd_decoder"
    first = one.previewer.tiny
    assert decoders.attach(one) == "d_taesd_decoder" and one.previewer.tiny is first
