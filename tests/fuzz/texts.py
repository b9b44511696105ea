"""Texts that a guest or a folder can hand over: styles, word lists, settings, chats, tables."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from models.errors import PlaygroundError
from pipelines.image.prompt.attention import parse_attention
from pipelines.image.prompt.expand import expand
from pipelines.image.prompt.style_sheet import read_styles
from pipelines.text.corpus.corpus import parse_corpus, read_text
from pipelines.training.finetune.dataset import read_data
from playground.studio.pictures.infotext import read_infotext
from playground.studio.plain_json import read_json, read_request
from playground.studio.settings import SettingsFile
from tests.fuzz.fuzzed_file import FuzzedFile
from tests.fuzz.mutations import change_bytes, change_json, change_text
from tests.fuzz.pictures import FOREIGN, SETTINGS, recipe
from tests.pipelines.text.corpus.chat_exports import VARIANTS, export, mac

STYLES = (
    'name,prompt,negative_prompt\n수채화,"watercolor, {prompt}",ugly\n"a ""b""","x, y","z"\n',
    "prompt,name\nink,먹\n",
)
LISTS = ("파란\n빨간\n# 쪽지\n{노란|하얀}\n__색__\n2::검은\n",)
PROMPTS = (
    "a (cat:1.2) with {2$$__색__|<lora:ink:0.7>} [a:b:0.5] BREAK dog AND fox :1.1",
    "${x={a|b|c}}${x} {1-3$$, $$a|b|c} (((x))) [y] \\(z\\) __색*__",
)
THINGS = tuple(f"{number}번 과자" for number in range(1, 26))
TABLES = (
    "question,answer\n" + "".join(f'{one}는 어때,"{one}, 010-1234-5678로"\n' for one in THINGS),
    "Q\tA\tlabel\n" + "".join(f"{one}는 어때\t{one}는 별로야\t0\n" for one in THINGS),
    "".join(f"{one}를 먹었다. 신한 110-234-567890에 {one} 값을 보냈다.\n\n" for one in THINGS),
)
VERBS = ("챙겼", "잃었", "숨겼", "찾았", "그렸")


def _encoded(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode() for text in texts)


def _chats() -> tuple[bytes, ...]:
    chats = (*map(export, VARIANTS), mac())
    return _encoded(*("".join(chat.replace(VERBS[0], verb) for verb in VERBS) for chat in chats))


def _read_styles(data: bytes, folder: Path) -> None:
    path = folder / "styles.csv"
    path.write_bytes(data)
    sheet = read_styles([path])
    expand("a cat", "", sheet.styles[:3])


def _read_list(data: bytes, folder: Path) -> None:
    lists = folder / "wildcards"
    lists.mkdir(exist_ok=True)
    (lists / "색.txt").write_bytes(data)
    expand("__색__ 고양이", "", (), lists, seed=1)


def _read_prompt(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "replace")[:2_000]
    lists = folder / "wildcards"
    lists.mkdir(exist_ok=True)
    (lists / "색.txt").write_text(LISTS[0].replace("__색__\n", ""), encoding="utf-8")
    parse_attention(expand(text, "ugly", (), lists, seed=1).prompt)


def _read_infotext(data: bytes, folder: Path) -> None:
    read_infotext(data.decode("utf-8", "replace"))


def _read_chat(data: bytes, folder: Path) -> None:
    parse_corpus(read_text(data))


def _read_table(name: str, data: bytes, folder: Path) -> None:
    read_data(data, name)


def _read_recipe(data: bytes, folder: Path) -> None:
    read_request(read_json(data))


def _read_settings(data: bytes, folder: Path) -> None:
    path = folder / "settings.json"
    path.write_bytes(data)
    SettingsFile(path, temp_dir=folder).load()
    for left in folder.glob("settings*"):
        left.unlink()


def _change(data: bytes, rng: random.Random) -> bytes:
    if data[:1] == b"{" and b"\n" not in data and rng.random() < 0.5:
        return change_json(data, rng)
    return change_bytes(data, rng) if rng.random() < 0.4 else change_text(data, rng)


REFUSALS = (PlaygroundError,)
KINDS = {
    "styles": FuzzedFile(partial(_encoded, *STYLES), _change, _read_styles, REFUSALS),
    "word-list": FuzzedFile(partial(_encoded, *LISTS), _change, _read_list, REFUSALS),
    "prompt": FuzzedFile(partial(_encoded, *PROMPTS), _change, _read_prompt, REFUSALS),
    "infotext": FuzzedFile(
        partial(_encoded, SETTINGS, FOREIGN), _change, _read_infotext, (ValueError,)
    ),
    "chat": FuzzedFile(_chats, _change, _read_chat, REFUSALS),
    "chat-table": FuzzedFile(_chats, _change, partial(_read_table, "chat.csv"), REFUSALS),
    "table": FuzzedFile(
        partial(_encoded, *TABLES), _change, partial(_read_table, "a.csv"), REFUSALS
    ),
    "recipe": FuzzedFile(lambda: _encoded(recipe()), _change, _read_recipe, (ValueError,)),
    "settings": FuzzedFile(
        lambda: _encoded('{"language": "ko", "theme": "dark", "models_dir": "x", "port": 7860}'),
        _change, _read_settings, REFUSALS,
    ),
}  # fmt: skip
