"""The longest time in which nobody gets an answer, while one request of a guest is worked on.

Every function of the page is called with every text in all its fields, and with every file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from benchmarks.figure import Figure, compare
from benchmarks.hardening.site import ServedPage

GOAL = 0.25  # seconds
LARGE = 10  # values of a form
BODIES = {
    "4 MB of digits": b'{"data":["' + b"7" * 3_900_000 + b'"]}',
    "a number of 1 MB": b'{"data":[' + b"7" * 1_000_000 + b"]}",
    "4,900 empty objects": b'{"data":[' + b"{}," * 4_900 + b"{}]}",
    "4 MB of objects": b'{"data":[' + b"{}," * 1_300_000 + b"{}]}",
    "4 MB of numbers": b'{"data":[' + b"1," * 1_900_000 + b"1]}",
    "100,000 brackets": b"[" * 100_000,
}
MARKS = "a" + "\u0301\u0323" * 30_000
TEXTS = {
    "60,000 combining marks": MARKS,
    "1,000 characters, 900 marks each other": ("가" + "\u0323\u0301" * 450) * 2,
    "90,000 digits": "7" * 90_000,
    "50,000 braces": "{" * 50_000,
    "20,000 choices": "{가|나}" * 20_000,
    "50,000 parentheses": "(" * 50_000,
    "10,000 wildcards": "__말__ " * 10_000,
    "10,000 LoRAs": "<lora:말:1>" * 10_000,
    "a prompt of 90,000 words": "고양이 " * 90_000,
    "2,000 characters, a word each": "가 " * 1_000,
    "2,000 characters without a break": "뷁" * 2_000,
    "1,990 choices inside each other": "{" * 995 + "}" * 995,
}
FILES = {
    "a chat of 60,000 marks": ("2024. 1. 1. 오후 1:00, 나 : " + MARKS).encode(),
    "a table of 500,000 columns": b",".join([b"a"] * 500_000),
    "a table of 3,000,000 quotes": b'"' * 3_000_000,
    "4 MB of digits": b"010-1234-5678 " * 280_000,
    "4 MB of lines": "사랑은 눈물의 씨앗\n".encode() * 150_000,
    "4 MB in one line": "사랑은눈물의씨앗".encode() * 160_000,
    "a JSON of 1,000,000 brackets": b"[" * 1_000_000,
    "a PNG cut off": b"\x89PNG\r\n\x1a\n" + bytes(1_000_000),
}


def measure(site: ServedPage) -> list[Figure]:
    """Return the worst wait of another visitor for each request, beside the goal."""
    site.wait_until_level()
    functions = site.functions()
    phrase = json.dumps({"data": ["고양이가 잔다", "sd15"]}).encode()
    first = _wait(site, "from_phrase", phrase)  # loads Kiwi, which a page for others does before
    figures = [compare("others wait: Kiwi, once", [first], "goal", [GOAL])]
    figures += [_figure(name, {"draw": _wait(site, "draw", body)}) for name, body in BODIES.items()]
    for name, text in TEXTS.items():
        figures.append(_figure(name, _waits(site, functions.items(), text)))
    for name, data in FILES.items():
        waits = {"handed over": _hand_over(site, data)}
        token = site.hand_over(data, quote("대화.csv"))
        figures.append(_figure(name, waits | _waits(site, functions.items(), token)))
    return figures


def _figure(name: str, waits: dict[str, float]) -> Figure:
    worst = max(waits, key=lambda function: waits[function])
    return compare(f"others wait: {name} (worst: {worst})", [waits[worst]], "goal", [GOAL])


def _waits(site: ServedPage, functions: Iterable[tuple[str, int]], value: str) -> dict[str, float]:
    return {
        function: _wait(site, function, json.dumps({"data": _form(value, count)}).encode())
        for function, count in functions
        if count
    }


def _form(value: str, count: int) -> list[str]:
    """Return values of a form; of a large one those that are texts come first."""
    return [value] * count if count < LARGE else [value] * 4 + [""] * (count - 4)


def _wait(site: ServedPage, function: str, body: bytes) -> float:
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(site.post, f"/gradio_api/run/{function}", body)
        waits = [site.seconds()]
        while not sent.done():
            waits.append(site.seconds())
    return max(waits)


def _hand_over(site: ServedPage, data: bytes) -> float:
    with ThreadPoolExecutor(1) as pool:
        sent = pool.submit(site.hand_over, data, quote("대화.csv"))
        waits = [site.seconds()]
        while not sent.done():
            waits.append(site.seconds())
    return max(waits)
