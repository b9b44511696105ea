"""The login page: one form, no script, no files. Knows no passwords."""

from __future__ import annotations

from html import escape

from playground.messages import Language, text

_STYLE = """
:root{--paper:#f6efdf;--card:#fffdf7;--ink:#1d1a16;--red:#b8311d;--yellow:#ffd84d}
@media(prefers-color-scheme:dark){:root{--paper:#16130e;--card:#231f18;--ink:#f4ecdc;--red:#ff9783}}
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;
background:var(--paper);color:var(--ink);font:16px/1.6 Pretendard,system-ui,sans-serif}
form{width:min(100%,360px);display:grid;gap:14px;background:var(--card);padding:28px;
border:2px solid var(--ink);border-radius:16px;box-shadow:5px 5px 0 var(--ink)}
h1{margin:0 0 4px;justify-self:start;font-size:24px;background:var(--yellow);color:#1d1a16;
border:2px solid #1d1a16;border-radius:10px;padding:4px 12px;transform:rotate(-2deg)}
p{margin:0;word-break:keep-all}label{display:grid;gap:4px;font-weight:600}
input{font:inherit;padding:10px 12px;border:2px solid var(--ink);border-radius:10px;
background:transparent;color:inherit;width:100%}
button{font:inherit;font-weight:700;padding:12px;border:2px solid #1d1a16;border-radius:12px;
background:var(--yellow);color:#1d1a16;box-shadow:4px 4px 0 var(--ink);cursor:pointer}
[role=alert]{color:var(--red);font-weight:600}
:focus-visible{outline:3px solid var(--red);outline-offset:2px}
"""


def login_page(language: Language, note: str) -> str:
    """Return the page; `note` says why the last try failed."""

    def say(key: str) -> str:
        return escape(text(key, language), quote=True)

    alert = f'<p role="alert">{escape(note, quote=True)}</p>' if note else ""
    return f"""<!doctype html><html lang="{language.value}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>{say("page.title")}</title>
<style>{_STYLE}</style></head><body>
<form method="post" action="login" accept-charset="utf-8"><h1>{say("page.title")}</h1>
<p>{say("gate.login.needed")}</p>{alert}
<label>{say("gate.login.user")}<input name="username" autocomplete="username" required
 autocapitalize="none" autofocus></label>
<label>{say("gate.login.password")}<input name="password" type="password" required
 autocomplete="current-password"></label>
<button>{say("gate.login.enter")}</button></form></body></html>"""
