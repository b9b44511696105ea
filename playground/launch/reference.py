"""The help of the command line and docs/flags.md, both written from the table of flags.

`python -m playground.launch.reference > docs/flags.md` brings the file up to date.
"""

from __future__ import annotations

import sys

from playground.launch.known import REFUSED, UNNEEDED, USED, Known
from playground.messages import Language, text

BOTH = (Language.KO, Language.EN)


def help_text() -> str:
    """Return what `--help` prints: every flag in use, in Korean and English."""
    lines = [text("launch.help.usage", language) for language in BOTH]
    for known in _without_aliases(USED):
        lines += ["", f"  {_shown(known)}"]
        lines += [f"      {text(known.key, language)}" for language in BOTH]
    lines.append("")
    for key in ("launch.help.unneeded", "launch.help.footer"):
        lines += [text(key, language) for language in BOTH]
    return "\n".join(lines)


def markdown() -> str:
    """Return docs/flags.md."""
    return "\n".join(
        (
            "# 옵션 / Flags",
            "",
            *(text("launch.help.footer", language) for language in BOTH),
            "",
            "```",
            *(text("launch.help.usage", language) for language in BOTH),
            "```",
            "",
            "## 쓰는 옵션 / In use",
            "",
            *_table(USED),
            "",
            "## 받지만 필요 없는 옵션 / Accepted, but not needed",
            "",
            *_table(UNNEEDED),
            "",
            "## 쓸 수 없는 옵션 / Refused",
            "",
            *_table(REFUSED),
        )
    )


def _without_aliases(flags: tuple[Known, ...]) -> tuple[Known, ...]:
    return tuple(known for known in flags if known.stands_for == known.name)


def _shown(known: Known) -> str:
    return f"{known.name} {known.value}".strip()


def _table(flags: tuple[Known, ...]) -> list[str]:
    rows: dict[str, list[Known]] = {}
    for known in flags:
        rows.setdefault(known.key, []).append(known)
    lines = ["| | 한국어 | English |", "| --- | --- | --- |"]
    for key, group in rows.items():
        names = "<br>".join(f"`{_shown(known)}`".replace("|", "\\|") for known in group)
        sentences = (text(key, language, flag="").lstrip(": ") for language in BOTH)
        lines.append(f"| {names} | {' | '.join(sentences)} |")
    return lines


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(markdown())
