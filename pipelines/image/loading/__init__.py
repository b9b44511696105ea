"""A verified model becomes one that can draw: from a folder or a single file, all of it there."""
