"""Faster denoising: attention backends, token merging, torch.compile, OpenVINO."""
