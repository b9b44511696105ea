"""Init images and masks of image-to-image: resized, cropped, and overlaid again. No torch.

A mask is grey: 255 is drawn anew. Knows no model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipelines.contract.errors import InvalidRequest
from pipelines.contract.picture_settings import Fit, ImageToImage, MaskContent

if TYPE_CHECKING:
    from PIL.Image import Image

OpenPicture = Callable[[str], "Image"]  # sha256 -> RGB or grey picture; raises PlaygroundError
FILL_BLURS = ((256, 1), (64, 1), (16, 2), (4, 4), (2, 2), (0, 1))  # radius, how often; as in A1111


def no_pictures(sha256: str) -> Image:
    """Refuse every name; for where no pictures are kept."""
    raise InvalidRequest("request.picture", field="image", value=sha256[:20])


@dataclass(frozen=True, slots=True)
class InitImage:
    """What image-to-image begins with, at the size that is drawn.

    Attributes:
        image: RGB, what is encoded into latents.
        mask: grey, 255 is drawn anew; None for everything.
        original: the picture that the result is laid over; None when the result is the picture.
        crop_box: where in `original` (left, top, right, bottom).
        overlay_mask: the mask of `original`, its edge fading inwards.
    """

    image: Image
    mask: Image | None = None
    original: Image | None = None
    crop_box: tuple[int, int, int, int] = (0, 0, 0, 0)
    overlay_mask: Image | None = None

    def apply_overlay(self, generated: Image, *, is_enlarged: bool = False) -> Image:
        """Return the finished picture: outside of the mask it is the original, to the pixel.

        Args:
            generated: what was drawn.
            is_enlarged: by hires fix: the original is enlarged with it.
        """
        if self.original is None or self.overlay_mask is None:
            return generated
        from PIL import Image as Pillow

        if is_enlarged:
            size = generated.size
            original = self.original.resize(size, Pillow.Resampling.LANCZOS)
            mask = self.overlay_mask.resize(size, Pillow.Resampling.BILINEAR)
            return Pillow.composite(generated, original, mask)
        left, top, right, bottom = self.crop_box
        placed = self.original.copy()
        size = (right - left, bottom - top)
        placed.paste(generated.resize(size, Pillow.Resampling.LANCZOS), (left, top))
        return Pillow.composite(placed, self.original, self.overlay_mask)


def prepare_init_image(
    source: ImageToImage, open_picture: OpenPicture, size: tuple[int, int]
) -> InitImage:
    """Return the init image for a picture of `size` (width, height).

    Raises InvalidRequest when the mask covers nothing.
    """
    image = open_picture(source.image).convert("RGB")
    if not source.mask:
        return InitImage(fitted(image, size, source.fit))
    mask = _mask(source, open_picture, image.size)
    if source.only_masked:
        return _cut_out(source, image, mask, size)
    image = fitted(image, size, source.fit)
    mask = _binary(fitted(mask, size, source.fit))
    _check_covers(mask)
    soft = _soft(mask, source.mask_blur)
    filled = _with_content(image, mask, source.content)
    return InitImage(filled, mask, image, (0, 0, *size), soft)


def fitted(image: Image, size: tuple[int, int], fit: Fit) -> Image:
    """Return a picture of `size`: cut to its shape, stretched, or with its edges drawn out."""
    from PIL import Image as Pillow
    from PIL import ImageOps

    method = Pillow.Resampling.LANCZOS
    if image.size == size:
        return image
    if fit is Fit.STRETCH:
        return image.resize(size, method)
    if fit is Fit.CROP:
        return ImageOps.fit(image, size, method)
    inner = ImageOps.contain(image, size, method)
    left, top = (size[0] - inner.width) // 2, (size[1] - inner.height) // 2
    padded = inner.resize(size, method)  # the edges, before the middle is put on top
    padded.paste(inner, (left, top))
    return padded


def _mask(source: ImageToImage, open_picture: OpenPicture, size: tuple[int, int]) -> Image:
    from PIL import Image as Pillow
    from PIL import ImageOps

    mask = open_picture(source.mask).convert("L")
    if mask.size != size:  # drawn on a smaller copy of the picture: the same shape is enough
        wide, narrow = mask.width * size[1], mask.height * size[0]
        if abs(wide - narrow) > 0.02 * max(wide, narrow):
            raise InvalidRequest(
                "request.mask_size",
                mask=f"{mask.width}x{mask.height}",
                image=f"{size[0]}x{size[1]}",
            )
        mask = mask.resize(size, Pillow.Resampling.BILINEAR)
    return _binary(ImageOps.invert(mask) if source.is_inverted else mask)


def _binary(mask: Image) -> Image:
    return mask.point(lambda value: 255 if value >= 128 else 0)


def _check_covers(mask: Image) -> tuple[int, int, int, int]:
    box = mask.getbbox()
    if box is None:
        raise InvalidRequest("request.mask_empty")
    return box


def _soft(mask: Image, blur: int) -> Image:
    """Return the mask with an edge that fades inwards: what lies outside stays to the pixel.

    A stroke thinner than the fade is as strong in its middle as a broad one.
    """
    import numpy as np
    from PIL import Image as Pillow
    from scipy import ndimage

    if not blur:
        return mask
    inside = np.asarray(mask) >= 128
    depth = ndimage.distance_transform_edt(np.pad(inside, 1, constant_values=True))[1:-1, 1:-1]
    spots, count = ndimage.label(inside)
    deepest = np.concatenate([[1.0], ndimage.maximum(depth, spots, range(1, count + 1))])
    reach = np.minimum(deepest, 2 * blur)[spots]
    return Pillow.fromarray((np.clip(depth / reach, 0, 1) * 255).astype(np.uint8))


def _cut_out(source: ImageToImage, image: Image, mask: Image, size: tuple[int, int]) -> InitImage:
    """Cut the masked part out with some of what is around it, in the shape of `size`."""
    from PIL import Image as Pillow

    box = _in_shape(_grown(_check_covers(mask), source.padding, image.size), size, image.size)
    method = Pillow.Resampling.LANCZOS
    part = image.crop(box).resize(size, method)
    part_mask = _binary(mask.crop(box).resize(size, method))
    filled = _with_content(part, part_mask, source.content)
    return InitImage(filled, part_mask, image, box, _soft(mask, source.mask_blur))


def _grown(
    box: tuple[int, int, int, int], by: int, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return max(0, left - by), max(0, top - by), min(size[0], right + by), min(size[1], bottom + by)


def _in_shape(
    box: tuple[int, int, int, int], shape: tuple[int, int], size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Widen a box to the shape of what is drawn, as far as the picture goes."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    wanted = shape[0] / shape[1]
    if width / height < wanted:
        left, right = _widened(left, right, round(height * wanted), size[0])
    else:
        top, bottom = _widened(top, bottom, round(width / wanted), size[1])
    return left, top, right, bottom


def _widened(low: int, high: int, length: int, limit: int) -> tuple[int, int]:
    length = min(length, limit)
    low = max(0, min(low - (length - (high - low)) // 2, limit - length))
    return low, low + length


def _with_content(image: Image, mask: Image, content: MaskContent) -> Image:
    """Return the picture with the masked part filled from its surroundings, if that is wanted."""
    from PIL import Image as Pillow
    from PIL import ImageFilter

    if content is not MaskContent.FILL:
        return image
    kept = Pillow.new("RGBA", image.size)
    kept.paste(image.convert("RGBA"), mask=mask.point(lambda value: 255 - value))
    layer = Pillow.new("RGBA", image.size)
    for radius, times in FILL_BLURS:
        blurred = kept.filter(ImageFilter.GaussianBlur(radius)) if radius else kept
        for _ in range(times):
            layer.alpha_composite(blurred)
    return layer.convert("RGB")
