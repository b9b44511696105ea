"""The server goes away and comes back; two windows of one visitor."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.test_play import finished

IS_BACK = """() => {
    const said = document.querySelector(".connection [role=alert]");
    return !said || said.textContent.includes("다시 이어졌어요");
}"""
OUR_PROBE = re.compile(r"127\.0\.0\.1:\d+/visit$")
SERVER = re.compile(r"127\.0\.0\.1:\d+/(?!$)")


def test_a_server_that_is_gone_is_told_of_once_in_our_own_words(visitor):
    visit = visitor()
    visit.allowed_errors = ("ERR_CONNECTION_REFUSED", "ERR_FAILED", "Failed to fetch", "Load")
    page = visit.open()
    page.route(SERVER, lambda route: route.abort("connectionrefused"))
    page.wait_for_timeout(3100)  # what answered a moment ago is taken to be there
    page.get_by_role("button", name="뽑기").click()
    banner = page.locator(".connection")
    expect(banner.get_by_role("alert")).to_contain_text("놀이터가 답하지 않아요")
    expect(page.locator(".toast-body:visible")).to_have_count(0)
    page.get_by_role("button", name="뽑기").click()  # answered again
    expect(banner.get_by_role("alert")).to_contain_text("놀이터가 답하지 않아요")
    page.unroute(SERVER)
    page.wait_for_function(IS_BACK)  # Gradio, which has noticed too, may load the page anew first


def test_a_server_that_has_come_back_is_told_of_and_the_page_offered_anew(visitor):
    visit = visitor()
    visit.allowed_errors = ("ERR_CONNECTION_REFUSED", "ERR_FAILED", "Failed to fetch", "Load")
    page = visit.open()
    page.route(OUR_PROBE, lambda route: route.abort("connectionrefused"))
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="뽑기").click()
    banner = page.locator(".connection")
    expect(banner.get_by_role("alert")).to_contain_text("놀이터가 답하지 않아요")
    page.unroute(OUR_PROBE)
    expect(banner.get_by_role("alert")).to_contain_text("다시 이어졌어요")
    expect(banner.get_by_role("button", name="새로 고침")).to_be_visible()


def test_gradios_toast_about_the_connection_is_replaced_by_ours(page):
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div class=toast-body>'"
        " + 'Connection to the server was lost. Attempting reconnection...</div>')"
    )
    expect(page.locator(".toast-body")).to_be_hidden()
    expect(page.locator(".connection")).to_have_count(0)  # it does answer


def test_each_window_stops_its_own_drawing_only(visitor, painter):
    visit = visitor()
    first = visit.open()
    second = visit.open()  # before anything is drawn: nothing to take up
    painter.hold()
    first.locator("#own-text textarea").fill("첫째 창의 고래")
    first.get_by_role("button", name="그리기").click()
    painter.wait_until_drawing()
    second.locator("#own-text textarea").fill("둘째 창의 문어")
    second.get_by_role("button", name="그리기").click()
    expect(second.locator("#stage .words")).to_contain_text("차례를 기다리는 중")
    second.get_by_role("button", name="멈춤").click()
    expect(second.locator("#stage .words")).to_contain_text("멈췄어요")
    second.get_by_role("button", name="멈춤").click()
    expect(second.locator("#stage .words")).to_contain_text("지금은 그리고 있는 그림이 없어요")
    painter.release()
    finished(first)
