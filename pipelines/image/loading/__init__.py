"""Load a verified model, a diffusers folder or a single file, and keep models in an LRU cache."""
