"""Korean to English by a translation model of one's own, where there is one.

Opus-MT (MarianMT) and M2M100 folders; offline, on the CPU, safetensors only. None is needed:
without a translator typed text is glossed word by word (text/glossing).
"""

from pipelines.text.translation.loading import load
from pipelines.text.translation.translator import Translator

__all__ = ["Translator", "load"]
