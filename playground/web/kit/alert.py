"""What went wrong as a piece of HTML: a paragraph that a screen reader says at once.

Knows sentences, not errors; how it looks in each tab stands in the style sheets.
"""

from __future__ import annotations

from html import escape


def alert(sentence: str) -> str:
    """Return what went wrong as safe HTML; "" when nothing did.

    >>> alert("<b> is no number")
    '<p class="wrong" role="alert">&lt;b&gt; is no number</p>'
    """
    return f'<p class="wrong" role="alert">{escape(sentence, quote=True)}</p>' if sentence else ""
