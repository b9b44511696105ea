"""아무말 지수, the nonsense index: `index(text)` scores how much nonsense a text is, with reasons.

With Kiwi it weighs how unexpected the words are; without it there is an estimate that says so.
pipelines/training/nonsense makes the constants.
"""

from pipelines.text.nonsense.judge import index
from pipelines.text.nonsense.verdict import NONSENSE_FROM, IndexVerdict, Reason, TextKind

__all__ = ["NONSENSE_FROM", "IndexVerdict", "Reason", "TextKind", "index"]
