"""The "draw this" button that stands beside every phrase, whatever tab it is in.

Only the button's HTML: page.js hears a click on it anywhere, opens the Play tab and has the phrase
drawn there with the settings of that tab. What the person has typed there stays.
"""

from __future__ import annotations

from html import escape

from playground.web.kit.wording import bilingual


def html(phrase: str) -> str:
    """Return the button of one phrase as HTML.

    >>> 'data-text="&lt;b&gt;"' in html("<b>")
    True
    """
    return (
        f'<button type="button" class="draw-this" data-text="{escape(phrase, quote=True)}">'
        f"{bilingual('draw_this')}</button>"
    )
