"""The content policy in a real browser: the page never asks for what it forbids."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from models.library import Library
from playground.studio.work.models import ModelWork
from playground.studio.work.training import TrainingWork
from playground.web.tabs import TABS
from tests.browser.conftest import serving
from tests.browser.test_play import finished
from tests.fakes import FakePainter

COUNT = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  [event.effectiveDirective, event.blockedURI, event.sample, event.sourceFile].join(" ")));
"""


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with every tab."""
    data = tmp_path_factory.mktemp("policy-site")
    painter = FakePainter()
    painter.warm_up()
    library = Library.open(data)
    with serving(
        data,
        painter,
        models=lambda studio: ModelWork(library, data),
        training=lambda studio: TrainingWork(library, data, studio.consents),
    ) as (url, _studio):
        yield url


def opened(visitor, url):
    visit = visitor(url)
    visit.context.add_init_script(COUNT)
    return visit, visit.open()


def test_no_tab_asks_for_anything_that_the_policy_forbids(visitor, whole_site):
    _visit, page = opened(visitor, whole_site)
    for row in TABS:
        page.locator(f"#tab-{row.id}-button").click()
        expect(page.locator(f"#tab-{row.id}")).to_be_visible()
        page.wait_for_timeout(300)  # what the tab loads when it is first seen
    page.locator("#tab-play-button").click()
    page.locator("#own-text textarea").fill("졸린 냉장고")
    page.get_by_role("button", name="그리기").click()
    finished(page)
    page.locator("#theme").click()
    assert page.evaluate("window.violations") == []


@pytest.mark.parametrize(
    ("html", "directive"),
    [
        ("<img src=x onerror='window.ran = 1'>", "script-src-attr"),
        ("<script>window.ran = 1</script>", "script-src-elem"),
        ("<img src='https://example.invalid/x.png'>", "img-src"),
        ("<iframe src='./'></iframe>", "frame-src"),
        ("<object data='./ui/icon.svg'></object>", "object-src"),
    ],
)
def test_what_somebody_gets_into_the_page_does_nothing(visitor, whole_site, html, directive):
    visit, page = opened(visitor, whole_site)
    visit.allowed_errors = ("Content Security Policy", "404")
    page.evaluate(
        """(html) => document.body.append(document.createRange().createContextualFragment(html))""",
        html,
    )
    page.wait_for_function("window.violations.length > 0")
    assert page.evaluate("window.violations[0]").startswith(directive)
    assert page.evaluate("window.ran") is None
    visit.external.clear()  # the browser tells of what it then does not ask for


@pytest.mark.parametrize("path", ["./ui/icon.svg", "./gradio_api/info", "./visit"])
def test_what_is_no_page_runs_nothing_at_all(visitor, whole_site, path):
    visit = visitor(whole_site)
    page = visit.context.new_page()
    answer = page.goto(f"{whole_site}/{path}")
    assert answer is not None
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
