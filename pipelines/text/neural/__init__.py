"""Neural language models: GPT-2 folders in KoGPT2's layout, loaded offline and sampled by us.

`load` opens a folder; what comes back is a LanguageModel (pipelines/text/language/model.py). torch
and transformers are imported when a folder is opened, not before.
"""

from __future__ import annotations

from pipelines.text.neural.loading import load

__all__ = ["load"]
