"""The story as a file."""

from __future__ import annotations

from pipelines.text.novel.export import as_markdown, as_text

TWELVE = [f"하마 {number}마리." for number in range(12)]


def test_text_comes_in_paragraphs_of_five():
    assert [len(part.split(". ")) for part in as_text(TWELVE).strip().split("\n\n")] == [5, 5, 2]


def test_markdown_shows_marks_as_they_are():
    text = as_markdown(["- 하나", "[x](javascript:1) <script>"], "1. 제목", "끝 `말`")
    assert "\\- 하나" in text
    assert "\\[x\\](javascript:1) \\<script\\>" in text
    assert text.startswith("# 1\\. 제목\n")
    assert text.endswith("---\n\n끝 \\`말\\`\n")
