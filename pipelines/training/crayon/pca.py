"""The frozen linear half of the picture codec: 16 x 16 pixel patches to 16 whitened numbers.

Four rounds of "principal components of 2 x 2 blocks" make a pyramid of features; its top, divided
by its spread, is the latent. The same matrices are written into the taps of a diffusers
AutoencoderKL, whose nonlinear branches start switched off, so encoder and matrix agree; the
decoder starts as the least-squares way back. Knows nothing of training.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

LATENT_CHANNELS = 16
PATCH = 16  # pixels a side that one latent stands for
KEPT = (12, 32, 64, 96)  # features kept at 128, 64, 32 and 16 pixels a side
# GroupNorm must not rescale the signal: constants this large beside it make up nearly all of a
# group's variance.
CONSTANT = 10.0
PLACES = 500  # of each picture, for the least squares


@dataclass(frozen=True)
class Pyramid:
    """The matrices of the codec: `rounds[i]` is (kept, 4 x features below)."""

    rounds: tuple[Tensor, ...]
    mean: Tensor  # (16,)
    spread: Tensor  # (16,)

    def levels(self, pictures: Tensor) -> list[Tensor]:
        """Return the features of pictures (batch, 3, side, side) in -1..1, finest first."""
        found = [pictures]
        for matrix in self.rounds:
            # half the side each time: (batch, kept, side / 2, side / 2), ...
            found.append(torch.einsum("kc,bchw->bkhw", matrix, blocks(found[-1])))
        return found

    def encode(self, pictures: Tensor) -> Tensor:
        """Return the latents (batch, 16, side / 16, side / 16) of pictures in -1..1."""
        count, _, height, width = pictures.shape
        patches = pictures.reshape(count, 3, height // PATCH, PATCH, width // PATCH, PATCH)
        rows = patches.permute(0, 2, 4, 1, 3, 5).reshape(-1, 3 * PATCH * PATCH)  # (patches, 768)
        latents = (rows @ self._matrix - self.mean) / self.spread  # (patches, 16), whitened
        grid = latents.reshape(count, height // PATCH, width // PATCH, LATENT_CHANNELS)
        return grid.permute(0, 3, 1, 2).contiguous()

    @cached_property
    def _matrix(self) -> Tensor:
        """All rounds in one matrix (768, 16): the response to each pixel of a patch alone."""
        alone = torch.eye(3 * PATCH * PATCH).reshape(-1, 3, PATCH, PATCH)  # (768, 3, 16, 16)
        return self.levels(alone)[-1][:, :LATENT_CHANNELS, 0, 0]

    def state(self) -> dict[str, Tensor]:
        """Return the matrices by name, for saving."""
        rounds = {f"round.{i}": matrix for i, matrix in enumerate(self.rounds)}
        return {**rounds, "mean": self.mean, "spread": self.spread}

    @classmethod
    def from_state(cls, state: dict[str, Tensor]) -> Pyramid:
        """Return the pyramid that `state` described."""
        rounds = tuple(state[f"round.{i}"] for i in range(len(KEPT)))
        return cls(rounds, state["mean"], state["spread"])


@torch.no_grad()
def read_encoder(vae: Any) -> Pyramid:
    """Return the pyramid that `write_encoder` wrote into the encoder of an autoencoder."""
    encoder, rounds, depth = vae.encoder, [], 3
    for block, kept in zip(encoder.down_blocks, KEPT, strict=False):
        taps = block.downsamplers[0].conv.weight
        parts = [taps[:kept, :depth, y, x] for y, x in ((0, 0), (0, 1), (1, 0), (1, 1))]
        rounds.append(torch.cat(parts, dim=1).float().contiguous())
        depth = kept
    shortcut = encoder.down_blocks[-1].resnets[0].conv_shortcut
    size = encoder.conv_norm_out.num_channels // encoder.conv_norm_out.num_groups
    pairs = -(-LATENT_CHANNELS // encoder.conv_norm_out.num_groups)
    places = [(i // pairs) * size + 2 * (i % pairs) for i in range(LATENT_CHANNELS)]
    # `write_encoder` wrote 1 / spread on the diagonal and -mean / spread as the bias
    inverse = torch.stack([shortcut.weight[j, i, 0, 0] for i, j in enumerate(places)]).float()
    bias = shortcut.bias[places].float()  # (16,)
    return Pyramid(tuple(rounds), -bias / inverse, 1 / inverse)


def blocks(features: Tensor) -> Tensor:
    """Stack the features of each 2 x 2 block: (B, C, H, W) to (B, 4 C, H / 2, W / 2)."""
    return torch.cat([features[:, :, y::2, x::2] for y in (0, 1) for x in (0, 1)], dim=1)


def fit(pictures: Tensor) -> Pyramid:
    """Return the pyramid of pictures (batch, 3, side, side) in -1..1."""
    features, rounds = pictures, []
    spread = torch.ones(1)
    for kept in KEPT:
        below = blocks(features)  # (batch, 4 C, H / 2, W / 2)
        rows = below.permute(0, 2, 3, 1).reshape(-1, below.shape[1])  # (blocks, 4 C)
        # eigh sorts by rising eigenvalue: the principal components are the last columns
        values, vectors = torch.linalg.eigh(torch.cov(rows.T.double()))
        matrix = vectors[:, -kept:].flip(1).T.float().contiguous()  # (kept, 4 C)
        spread = values[-kept:].flip(0).clamp_min(1e-8).sqrt().float()  # (kept,)
        rounds.append(matrix)
        features = torch.einsum("kc,bchw->bkhw", matrix, below)  # (batch, kept, H / 2, W / 2)
    top = features[:, :LATENT_CHANNELS]
    return Pyramid(tuple(rounds), top.mean((0, 2, 3)), spread[:LATENT_CHANNELS].clone())


def switch_off_branches(vae: Any) -> None:
    """Make every residual block of the autoencoder the identity (or its bare shortcut)."""
    for name, parameter in vae.named_parameters():
        if ".conv2." in name:
            torch.nn.init.zeros_(parameter)


@torch.no_grad()
def write_encoder(vae: Any, pyramid: Pyramid) -> None:
    """Write the pyramid into the encoder and freeze it."""
    encoder = vae.encoder
    _write_identity(encoder.conv_in, 3)
    depth = 3
    for block, matrix in zip(encoder.down_blocks, pyramid.rounds, strict=False):
        shortcut = block.resnets[0].conv_shortcut
        if shortcut is not None:
            _write_identity(shortcut, depth)
        down = block.downsamplers[0].conv
        torch.nn.init.zeros_(down.weight)
        torch.nn.init.zeros_(down.bias)
        for tap, (y, x) in enumerate(((0, 0), (0, 1), (1, 0), (1, 1))):
            down.weight[: len(matrix), :depth, y, x] = matrix[:, tap * depth : (tap + 1) * depth]
        depth = len(matrix)
    weight = torch.zeros(LATENT_CHANNELS, depth)
    weight[:, :LATENT_CHANNELS] = torch.diag(1 / pyramid.spread)
    _write_pairs(
        encoder.down_blocks[-1].resnets[0].conv_shortcut,
        encoder.conv_norm_out,
        encoder.conv_out,
        weight,
        -pyramid.mean / pyramid.spread,
    )
    encoder.conv_out.bias[LATENT_CHANNELS:] = -30.0  # log variance: the posterior is a point
    _write_identity(vae.quant_conv, 2 * LATENT_CHANNELS)
    for part in (vae.encoder, vae.quant_conv):
        part.requires_grad_(False)


@torch.no_grad()
def write_decoder(vae: Any, pyramid: Pyramid, pictures: Tensor, seed: int = 0) -> None:
    """Start the decoder as the chain of least-squares predictions from coarse to fine."""
    decoder, generator = vae.decoder, torch.Generator().manual_seed(seed)
    _write_identity(vae.post_quant_conv, LATENT_CHANNELS)
    levels = pyramid.levels(pictures)
    guess = _solve(decoder.conv_in, pyramid.encode(pictures), levels[-1], generator)
    for block, target in zip(decoder.up_blocks, reversed(levels[:-1]), strict=False):
        shortcut = block.resnets[0].conv_shortcut
        if shortcut is not None:
            _write_identity(shortcut, min(shortcut.weight.shape[:2]))
        upsampled = functional.interpolate(guess, scale_factor=2.0, mode="nearest")
        guess = _solve(block.upsamplers[0].conv, upsampled, target, generator)
    weight = torch.zeros(3, decoder.up_blocks[-1].resnets[0].conv_shortcut.weight.shape[1])
    weight[:, :3] = torch.eye(3)
    _write_pairs(
        decoder.up_blocks[-1].resnets[0].conv_shortcut,
        decoder.conv_norm_out,
        decoder.conv_out,
        weight,
        torch.zeros(3),
    )


def _write_identity(conv: Any, depth: int) -> None:
    torch.nn.init.zeros_(conv.weight)
    torch.nn.init.zeros_(conv.bias)
    middle = conv.weight.shape[-1] // 2
    for i in range(depth):
        conv.weight[i, i, middle, middle] = 1.0


def _write_pairs(shortcut: Any, norm: Any, conv_out: Any, weight: Tensor, bias: Tensor) -> None:
    """Carry `weight x + bias` unharmed through GroupNorm and SiLU, as silu(x) - silu(-x) = x."""
    channels, groups = norm.num_channels, norm.num_groups
    size = channels // groups
    pairs = -(-len(weight) // groups)  # signal pairs a group holds
    torch.nn.init.zeros_(shortcut.weight)
    signs = torch.tensor([1.0, -1.0]).repeat(channels // 2)
    shortcut.bias.copy_(signs * CONSTANT)
    torch.nn.init.zeros_(conv_out.weight)
    torch.nn.init.zeros_(conv_out.bias)
    middle = conv_out.weight.shape[-1] // 2
    for i in range(len(weight)):
        place = (i // pairs) * size + 2 * (i % pairs)
        for j, sign in ((place, 1.0), (place + 1, -1.0)):
            shortcut.weight[j, :, 0, 0] = sign * weight[i]
            shortcut.bias[j] = sign * bias[i]
            conv_out.weight[i, j, middle, middle] = sign
    # Each group's spread is that of its constants; the signals have a spread of about one.
    for group in range(groups):
        held = min(pairs, max(0, len(weight) - group * pairs))
        variance = ((size - 2 * held) * CONSTANT**2 + 2 * held) / size
        norm.weight[group * size : (group + 1) * size] = variance**0.5
    torch.nn.init.zeros_(norm.bias)


def _solve(conv: Any, features: Tensor, target: Tensor, generator: torch.Generator) -> Tensor:
    """Set the first rows of a 3 x 3 convolution to predict `target`; return the prediction."""
    depth, wanted = features.shape[1], target.shape[1]
    patches = functional.unfold(features, 3, padding=1)  # (batch, depth * 9, places)
    picked = torch.randperm(patches.shape[-1], generator=generator)[:PLACES]
    rows = patches[:, :, picked].permute(0, 2, 1).reshape(-1, depth * 9).double()
    # a column of ones for the bias: (batch * PLACES, depth * 9 + 1)
    rows = torch.cat([rows, torch.ones(len(rows), 1, dtype=torch.float64)], dim=1)
    targets = target.flatten(2)[:, :, picked].permute(0, 2, 1).reshape(-1, wanted).double()
    # normal equations with a little ridge: neighbouring pixels are nearly collinear
    gram = rows.T @ rows + 1e-4 * len(rows) * torch.eye(rows.shape[1], dtype=torch.float64)
    answer = torch.linalg.solve(gram, rows.T @ targets).float()  # (depth * 9 + 1, wanted)
    conv.weight[:wanted].zero_()
    conv.weight[:wanted, :depth] = answer[:-1].T.reshape(wanted, depth, 3, 3)
    conv.bias[:wanted] = answer[-1]
    return functional.conv2d(features, conv.weight[:wanted, :depth], conv.bias[:wanted], padding=1)
