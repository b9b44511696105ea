"""Open the fine tuning and fill in a setting the way a person does: once it takes what is typed.

Gradio mounts what is inside a closed accordion only when it opens; what a script types in the very
same moment is shown but not heard. A person is slower than that.
"""

from __future__ import annotations

from playwright.sync_api import Error, Page

# The page keeps every value it has heard of in this browser's storage.
HEARD = "(text) => Object.values(localStorage).some((kept) => kept.includes(text))"
TRIES = 20
SETTLE_MS = 500  # a person finds the box before typing into it


def open_settings(page: Page) -> None:
    page.locator("#settings button").first.click()
    page.locator("#seed textarea, #seed input").wait_for()
    page.wait_for_timeout(SETTLE_MS)


def fill_setting(page: Page, selector: str, text: str) -> None:
    """Type until the page has heard it."""
    box = page.locator(selector).first
    for _ in range(TRIES):
        box.fill("")
        box.fill(text)
        box.blur()
        try:
            page.wait_for_function(HEARD, arg=f'"{text}"', timeout=500)
            return
        except Error:
            if page.evaluate(HEARD, f":{text},"):  # a number
                return
    raise AssertionError(f"{selector} never took {text!r}")
