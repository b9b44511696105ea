"""The self-check (유해의 폭포): has a model collapsed, has it only memorised, or is it well?

`answers` samples its replies, `judge` runs the detectors over them, `decay` shows how a model
collapses when it is trained on its own output.
"""

from pipelines.text.collapse.asking import answers, greedy_answers, perplexity, spoken
from pipelines.text.collapse.feedback import Generation, decay
from pipelines.text.collapse.verdict import CollapseReport, Detector, Finding, Health, Level, judge

__all__ = [
    "CollapseReport",
    "Detector",
    "Finding",
    "Generation",
    "Health",
    "Level",
    "answers",
    "decay",
    "greedy_answers",
    "judge",
    "perplexity",
    "spoken",
]
