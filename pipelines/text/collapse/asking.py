"""Twenty questions, fifty answers each, and one greedy answer: the samples of the detectors.

Knows LanguageModels and engines that yield phrases. Does not judge (verdict.py).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import islice

from pipelines.contract.cancel import NEVER, CancelToken
from pipelines.contract.phrase import Phrase
from pipelines.text.language.model import LanguageModel, Sampling, TokenModel, WritingHooks
from pipelines.text.neural.transcript import question_prompt

QUESTIONS = (
    "안녕?", "오늘 뭐 했어?", "사랑이 뭐야?", "배고파", "문어는 왜 웃어?", "지금 몇 시야?",
    "너무 졸려", "내일 비 올까?", "어디 가?", "심심해", "이름이 뭐야?", "냉장고가 말을 걸었어",
    "헤어졌어", "좋아하는 색이 뭐야?", "왜 그래?", "월요일이 싫어", "꿈을 꿨어", "고마워",
    "양말 한 짝이 없어졌어", "우주는 얼마나 커?",
)  # fmt: skip
TIMES = 50
BATCH = 25  # answers at a time: cancelled between two tokens, progress after each batch
USUAL = Sampling(temperature=0.9, top_p=0.95, no_repeat_ngram=0, max_tokens=40, seed=0)
GREEDY = replace(USUAL, top_k=1)
Progress = Callable[[int, int], None]  # how many of how many


def answers(
    model: LanguageModel,
    cancel: CancelToken = NEVER,
    on_progress: Progress = lambda done, whole: None,
    times: int = TIMES,
) -> tuple[str, ...]:
    """Return `times` sampled answers to each question; equal calls, equal answers."""
    hooks = WritingHooks(cancel)
    found: list[str] = []
    whole = times * len(QUESTIONS)
    for number, prompt in enumerate(prompts(model)):
        for begun in range(0, times, BATCH):
            sampling = replace(USUAL, seed=number * times + begun)
            count = min(BATCH, times - begun)
            found += [draft.text.strip() for draft in model.draft(prompt, count, sampling, hooks)]
            on_progress(len(found), whole)
    return tuple(found)


def greedy_answers(model: LanguageModel, cancel: CancelToken = NEVER) -> tuple[str, ...]:
    """Return the likeliest answer to each question; () for models without questions."""
    if not isinstance(model, TokenModel):
        return ()
    hooks = WritingHooks(cancel)
    return tuple(model.draft(prompt, 1, GREEDY, hooks)[0].text.strip() for prompt in prompts(model))


def prompts(model: LanguageModel) -> tuple[str, ...]:
    """Return the prompt of a question; a Markov chain has no prompt format and just begins."""
    if isinstance(model, TokenModel):
        return tuple(question_prompt(question) for question in QUESTIONS)
    return ("",) * len(QUESTIONS)


def spoken(
    phrases: Iterable[Phrase],
    cancel: CancelToken = NEVER,
    on_progress: Progress = lambda done, whole: None,
    count: int = TIMES * len(QUESTIONS),
) -> tuple[str, ...]:
    """Return so many phrases of an engine; fewer when it has no more."""
    found: list[str] = []
    for phrase in islice(phrases, count):
        found.append(phrase.ko)
        if len(found) % BATCH == 0:
            cancel.check()
            on_progress(len(found), count)
    return tuple(found)


def perplexity(model: LanguageModel, texts: Sequence[str]) -> float:
    """Return the perplexity a token of some texts, weighted by tokens."""
    drafts = model.score(texts)
    tokens = sum(draft.tokens for draft in drafts)
    return math.exp(-sum(draft.log_prob for draft in drafts) / max(1, tokens))
