"""Sentences of the self-check and of the feedback loop."""

from __future__ import annotations

from pipelines.text.collapse import CollapseReport, Finding
from playground.messages import Language, Text, text

ROWS: dict[str, Text] = {
    "check.title": Text("자가 점검 (유해의 폭포)", "Self-check (the falls of debris)"),
    "check.about": Text(
        "모델에게 질문 20개를 50번씩 던져서, 같은 말만 되풀이하는지(붕괴) 배운 글을 외우기만 "
        "하는지(암기) 살펴봐요.",
        "Asks the model 20 questions fifty times each, to see whether it only repeats itself "
        "(collapse) or only recites what it learned (memorising).",
    ),
    "check.normal": Text("정상", "Well"),
    "check.collapsed": Text("붕괴", "Collapsed"),
    "check.memorised": Text("암기", "Memorised"),
    "check.normal.why": Text(
        "답이 충분히 다양하고, 배운 글을 베끼지 않아요.",
        "The replies are varied, and they are not copies.",
    ),
    "check.normal.varied": Text("답이 충분히 다양해요.", "The replies are varied."),
    "check.collapsed.why": Text(
        "같은 말을 되풀이해요. 온도를 올리거나, 덜 배운 가중치나 더 다양한 글을 써 보세요.",
        "It repeats itself. Raise the temperature, use earlier weights, or more varied text.",
    ),
    "check.memorised.why": Text(
        "배운 글을 그대로 내놓아요. 덜 배운 가중치를 쓰거나 글을 더 모아 주세요.",
        "It gives back what it learned. Use earlier weights, or gather more text.",
    ),
    "check.greedy": Text(
        "가장 그럴듯한 답만 고르면 {count}개 중 {different}개만 달라요(argmax 붕괴). 온도 "
        "샘플링을 쓰세요.",
        "Always taking the likeliest word, only {different} of {count} answers differ (argmax "
        "collapse). Sample with a temperature instead.",
    ),
    "check.greedy.fine": Text(
        "가장 그럴듯한 답만 골라도 {count}개 중 {different}개가 달라요.",
        "Even the likeliest answers differ: {different} of {count}.",
    ),
    "check.replies": Text("답 {count}개를 봤어요.", "{count} replies were looked at."),
    "check.commonest": Text("가장 많이 나온 답", "Commonest replies"),
    "check.times": Text("{count}번", "{count} times"),
    "check.unknown": Text(
        "배운 글을 주지 않아서 베꼈는지는 볼 수 없었어요.",
        "Without the learned text nothing can be said about copies.",
    ),
    "check.head.name": Text("지표", "Figure"),
    "check.head.value": Text("값", "Value"),
    "check.head.good": Text("정상", "Good"),
    "check.head.failed": Text("불합격", "Failed"),
    "check.head.level": Text("판정", "Verdict"),
    "check.good": Text("좋음", "good"),
    "check.poor": Text("애매함", "poor"),
    "check.failed": Text("불합격", "failed"),
    "check.unique": Text("서로 다른 답의 비율", "different replies"),
    "check.top": Text("가장 많이 나온 답의 비율", "share of the commonest reply"),
    "check.distinct_2": Text(
        "서로 다른 두 어절의 비율 (distinct-2)", "different pairs (distinct-2)"
    ),
    "check.self_bleu_3": Text("답끼리 닮은 정도 (self-BLEU3)", "likeness of replies (self-BLEU3)"),
    "check.first_bits": Text("첫 어절의 엔트로피 (비트)", "entropy of the first word (bits)"),
    "check.copies": Text("배운 글과 똑같은 답", "replies that were learned word by word"),
    "check.run": Text("배운 글과 이어서 겹치는 몫", "longest learned run in a reply"),
    "check.ratio": Text("처음 보는 글/배운 글 혼란도", "held-out / learned perplexity"),
    "check.few": Text(
        "답이 {count}개뿐이라 판정할 수 없어요. 한 줄에 하나씩, 적어도 {least}개가 필요해요.",
        "{count} replies are too few for a verdict. At least {least}, one a line, are needed.",
    ),
    "check.asking": Text("묻는 중 {done}/{whole}", "asking {done}/{whole}"),
    "check.model": Text("점검할 것", "What to check"),
    "check.grammar": Text("문법 엔진", "grammar engine"),
    "check.run_it": Text("점검하기", "Check"),
    "check.stop": Text("멈추기", "Stop"),
    "check.stopped": Text("멈췄어요.", "Stopped."),
    "check.empty": Text(
        "점검할 모델을 고르고 ‘점검하기’를 눌러 주세요.", "Choose a model and press “Check”."
    ),
    "check.more": Text("파일로 점검하기", "Files"),
    "check.file": Text("답이 한 줄에 하나씩 든 파일 (모델 대신)", "A file of replies, one a line"),
    "learned.file": Text("배운 글 (베꼈는지 보려면)", "The learned text (to find copies)"),
    "check.feedback": Text("되먹임 실험", "Feedback loop"),
    "check.feedback.about": Text(
        "마르코프 엔진이 자기가 한 말만 다시 배우기를 되풀이해요. 세대가 지날수록 말이 얼마나 "
        "줄어드는지 보세요. 배운 글 파일이 없으면 문법 엔진의 말 1,000개로 시작해요.",
        "A Markov engine learns nothing but its own words, over and over. Watch how much is left "
        "after each generation. Without a file it begins with 1,000 phrases of the grammar engine.",
    ),
    "check.feedback.run": Text("되먹임 시작", "Start the loop"),
    "check.generations": Text("세대 수", "Generations"),
    "check.generation": Text("세대", "generation"),
    "check.feedback.few": Text(
        "글이 {count}문장뿐이라 두 세대도 버티지 못해요. {least}문장 넘게 넣어 주세요.",
        "{count} sentences would not last two generations. Give more than {least}.",
    ),
    "check.feedback.words": Text("남은 낱말", "words left"),
    "check.feedback.distinct": Text("distinct-2", "distinct-2"),
    "check.feedback.bleu": Text("서로 닮음", "likeness"),
    "check.feedback.said": Text(
        "{number}세대 뒤: 처음 낱말의 {words}%가 남았고, 말끼리 {likeness}% 닮았어요.",
        "After {number} generations {words}% of the first words are left, and the sentences are "
        "{likeness}% alike.",
    ),
    "check.feedback.early": Text(
        "{number}세대에서 새로 할 말이 없어져 일찍 끝났어요.",
        "It ended early: generation {number} had nothing new to say.",
    ),
    "check.feedback.sample": Text("{number}세대의 말", "generation {number}"),
    "field.generations": Text("세대 수", "generations"),
    "cli.check": Text(
        "모델이 무너졌는지 점검해요 (정상/붕괴/암기)",
        "check whether a model has collapsed or only memorised",
    ),
    "cli.check.engine": Text(
        "grammar | neural | markov. markov는 --learned의 글을 배워요",
        "grammar | neural | markov; markov learns the text of --learned",
    ),
    "cli.check.model": Text(
        "언어 모델 이름 (--engine neural)", "a language model (--engine neural)"
    ),
    "cli.check.replies": Text(
        "모델 대신 볼 답 파일, 한 줄에 하나씩", "a file of replies to judge instead, one a line"
    ),
    "cli.check.learned": Text("배운 글 파일", "a file with the text that was learned"),
    "cli.check.held_out": Text("배우지 않은 글 파일", "a file with text that was not learned"),
    "cli.check.feedback": Text(
        "점검 대신 되먹임 실험을 이만큼 되풀이해요 (1-30세대)",
        "run the feedback loop instead, for so many generations (1-30)",
    ),
    "cli.check.plot": Text("되먹임 곡선을 둘 SVG 파일", "where to put the curve as SVG"),
    "cli.check.engine.wrong": Text(
        "‘{value}’은(는) 점검할 수 있는 엔진이 아니에요. 이 중에서 골라 주세요: {known}",
        "“{value}” is no engine that can be checked. Choose one of: {known}",
    ),
    "cli.check.file": Text(
        "{path}을(를) 읽지 못했어요({reason}). 파일이 있는지 확인해 주세요.",
        "{path} could not be read ({reason}). Check that the file exists.",
    ),
    "cli.check.no_text": Text(
        "마르코프 엔진은 배울 글이 있어야 해요. --learned로 글 파일을 알려 주세요.",
        "The Markov engine needs a text to learn. Name a file with --learned.",
    ),
}
LABELS: dict[str, Text] = {
    key: ROWS[key]
    for key in (
        *("check.model", "check.run_it", "check.stop", "check.file", "learned.file", "check.more"),
        *("check.feedback.run", "check.generations"),
    )
}


def notes(report: CollapseReport, language: Language) -> list[str]:
    """Return what a report says beside its table, in sentences."""
    knows_copies = any(each.detector == "copies" for each in report.findings)
    says_fine = report.health == "normal" and not knows_copies
    found = [text("check.normal.varied" if says_fine else f"check.{report.health}.why", language)]
    if report.greedy:
        different, count = report.greedy
        key = "check.greedy" if report.is_greedy_collapsed else "check.greedy.fine"
        found.append(text(key, language, count=count, different=different))
    if not knows_copies:
        found.append(text("check.unknown", language))
    return found


def bounds(finding: Finding) -> tuple[str, str]:
    """Return from where a figure is good and from where it failed, as people write it."""
    is_least = finding.bounds.good > finding.bounds.failed
    good, failed = (f"{value:.2g}" for value in (finding.bounds.good, finding.bounds.failed))
    return (f"≥ {good}", f"< {failed}") if is_least else (f"≤ {good}", f"> {failed}")
