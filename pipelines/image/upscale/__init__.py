"""Pictures made larger by their pixels: resampling, and ESRGAN models from the library."""
