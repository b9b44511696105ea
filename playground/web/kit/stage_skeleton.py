"""The stage before anything is shown on it, as HTML; static/stage.js fills it."""

from __future__ import annotations

from playground.web.kit.wording import bilingual


def stage_skeleton(more: str) -> str:
    """Return the empty stage.

    Args:
        more: the key of the sentence below the welcome; it says how to begin in this tab.
    """
    return f"""
<div class="frame">
  <div class="welcome"><span class="doodle" aria-hidden="true"></span>
    <strong>{bilingual("stage.welcome")}</strong><span>{bilingual(more)}</span>
  </div>
  <img class="shown" alt="" hidden>
</div>
<p class="caption" hidden></p>
<div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="0">
  <span></span></div>
<div class="line"><span class="words"></span><span class="count"></span></div>
<p class="unseen" role="status" aria-live="polite"></p>
<p class="alert" role="alert" hidden></p>
<p class="prompt" hidden><b>{bilingual("stage.prompt")}</b> <span></span></p>
<p class="used" hidden></p>
<div class="tools" hidden></div>
<div class="offers"></div>
"""
