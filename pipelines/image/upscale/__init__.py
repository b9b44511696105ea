"""Upscale finished pictures: resampling, and ESRGAN models of the library."""
