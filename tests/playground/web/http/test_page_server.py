"""The application as a whole: what importing it costs, what its first page says."""

from __future__ import annotations

import base64
import hashlib
import inspect
import json
import re
import subprocess
import sys

import pytest

from playground.messages import Language
from playground.web.http.front_page import FrontPage, scripts_in
from playground.web.kit.fast_import import STUB_WRITER
from tests.playground.web.conftest import draw_to_the_end

HEAVY = {"torch", "diffusers", "transformers", "kiwipiepy", "scipy"}


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout))


@pytest.mark.slow
def test_the_page_is_built_without_any_machine_learning_library():
    code = """
import playground.web.application, playground.web.http.server, playground.web.http.share
from playground.web.page import build_page
from playground.web.kit.wording import translations
from importlib import import_module
from playground.web.tabs import TABS
for tab in TABS:
    import_module(f"playground.web.tabs.{tab.id}.layout")
"""
    loaded = loaded_after(code)
    assert "gradio" in loaded
    assert not HEAVY & loaded


def test_the_gate_needs_no_gradio():
    loaded = loaded_after("import playground.gate")
    assert not (HEAVY | {"gradio", "pandas", "fastapi"}) & loaded


def test_gradio_still_has_the_developer_aid_that_is_skipped():
    from gradio import component_meta

    assert inspect.isfunction(getattr(component_meta, STUB_WRITER))
    assert "getfile" in inspect.getsource(getattr(component_meta, STUB_WRITER))


def test_the_ordinary_getfile_is_back_after_the_import():
    # in an interpreter of its own: torch puts a getfile of its own in its place, too
    code = """
import inspect
ordinary = inspect.getfile
from playground.web.kit.fast_import import import_gradio
import_gradio()
assert inspect.getfile is ordinary
"""
    assert "gradio" in loaded_after(code)


@pytest.mark.parametrize(("language", "lang"), [("ko-KR", "ko"), ("en-US", "en"), ("fr", "en")])
def test_the_first_answer_is_in_the_language_of_the_browser(visit, language, lang):
    answer = visit(language=language).get("/")
    assert f'lang="{lang}"' in answer.text
    assert "<title>아무말 놀이터" in answer.text
    assert answer.headers["content-language"] == lang
    assert answer.headers["cache-control"] == "no-store"


def test_the_first_answer_names_no_other_machine(visit):
    text = visit().get("/").text
    head = text[: text.index("</head>")]
    for meta in ("og:", "twitter:", "githubusercontent", "fonts.googleapis"):
        assert meta not in head


def test_compressed_answers_are_not_rewritten_into_rubbish(visit):
    answer = visit().get("/", headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers
    assert "./ui/page.js" in answer.text


def directives(answer):
    parts = answer.headers["content-security-policy"].split("; ")
    return {part.split()[0]: part.split()[1:] for part in parts}


@pytest.mark.parametrize("query", ["", "?view=api", "?__theme=dark"])
def test_the_page_runs_its_own_scripts_only_and_asks_no_other_machine(visit, query):
    answer = visit().get(f"/{query}")
    policy = directives(answer)
    scripts = policy["script-src"]
    assert "'unsafe-inline'" not in scripts
    written = scripts_in(answer.content)
    assert written and any("window.amumal" in script for script in written)
    for script in written:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in scripts
    assert len(scripts) == 2 + len(written)
    assert policy["script-src-attr"] == policy["object-src"] == policy["frame-ancestors"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"]
    sources = {source for allowed in policy.values() for source in allowed}
    assert not {source for source in sources if "://" in source or source in ("*", "https:")}


def test_whatever_is_no_page_may_do_nothing(visit):
    page = visit()
    picture = draw_to_the_end(page)["picture"]["id"]
    paths = (f"/pictures/{picture}.png", f"/pictures/{picture}/thumbnail", "/pictures", "/visit")
    for path in (*paths, "/ui/icon.svg", "/ui/page.js", "/gradio_api/info", "/nothing"):
        answer = page.get(path)
        assert directives(answer)["default-src"] == ["'none'"], path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert "camera=()" in answer.headers["permissions-policy"]


def test_guests_and_the_owner_get_the_same_page(visit):
    """Which is why it may be kept."""
    from tests.playground.gate.door import GUEST

    def page(text):
        return re.sub(r"https?://[0-9.:]+", "", text)

    one = visit()
    assert page(one.get("/").text) == page(visit(GUEST).get("/").text)
    assert one.get("/").text == visit().get("/?fresh").text


def test_a_template_that_changed_is_left_alone():
    page = FrontPage(None, theme="dark", styles=())
    assert page._dressed(b"<p>other</p>", Language.KO) == b"<p>other</p>"


def test_words_for_the_scripts_cannot_close_their_script(monkeypatch):
    from playground.messages import Text, page
    from playground.web.kit.wording import script_words

    monkeypatch.setitem(page.SCRIPT, "stage.name", Text("</script><b>", "</script><b>"))
    assert "</script>" not in script_words(Language.KO)


def test_only_the_page_and_gradio_client_use_a_few_public_names(visit):
    info = visit().get("/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {"/say", "/draw"}
