"""The sticker look as a Gradio theme: cream paper, ink outlines, vermilion and yellow.

Sets what Gradio paints by itself; the rest is static/style.css, which uses the same names.
"""

from __future__ import annotations

from typing import Any

from playground.web.kit.fast_import import import_gradio

FONT = ("Pretendard Variable", "Pretendard", "Apple SD Gothic Neo", "Malgun Gothic", "sans-serif")
MONO = ("ui-monospace", "D2Coding", "Consolas", "monospace")

INK, PAPER, CARD, RED, YELLOW = "#1d1a16", "#f6efdf", "#fffdf7", "#b8311d", "#ffd84d"
LINE, SOFT = "#e9dec5", "#5d5545"
NIGHT, NIGHT_CARD, NIGHT_LINE, NIGHT_TEXT = "#16130e", "#231f18", "#5e5546", "#f6eede"
NIGHT_SOFT, CORAL = "#cdbfa6", "#ff9783"


def sticker() -> Any:
    """Return the theme."""
    gradio = import_gradio()
    base = gradio.themes.Base(
        primary_hue=gradio.themes.colors.red,
        neutral_hue=gradio.themes.colors.stone,
        font=list(FONT),
        font_mono=list(MONO),
        radius_size=gradio.themes.sizes.radius_md,
    )
    return base.set(**_light(), **_dark(), **_shape())


def _shape() -> dict[str, str]:
    return {
        "block_border_width": "2px",
        "block_radius": "12px",
        "block_shadow": "none",
        "block_label_border_width": "0px",
        "block_title_text_weight": "600",
        "block_padding": "14px",
        "input_border_width": "1.5px",
        "input_radius": "10px",
        "button_border_width": "2px",
        "button_large_radius": "14px",
        "button_large_text_weight": "700",
        "button_transform_active": "translate(3px, 3px)",
        "layout_gap": "16px",
        "form_gap_width": "0px",
    }


def _light() -> dict[str, str]:
    return {
        "body_background_fill": PAPER,
        "body_text_color": INK,
        "body_text_color_subdued": SOFT,
        "background_fill_primary": CARD,
        "background_fill_secondary": PAPER,
        "border_color_primary": LINE,
        "border_color_accent": RED,
        "color_accent": RED,
        "color_accent_soft": "#ffe7a1",
        "block_background_fill": CARD,
        "block_border_color": INK,
        "block_label_text_color": INK,
        "block_title_text_color": INK,
        "block_info_text_color": SOFT,
        "input_background_fill": "#ffffff",
        "input_border_color": "#8a7f6b",
        "input_border_color_focus": RED,
        "input_placeholder_color": "#756b59",
        "slider_color": RED,
        "link_text_color": RED,
        "button_primary_background_fill": RED,
        "button_primary_background_fill_hover": "#a32814",
        "button_primary_text_color": "#ffffff",
        "button_primary_border_color": INK,
        "button_primary_border_color_hover": INK,
        "button_secondary_background_fill": YELLOW,
        "button_secondary_background_fill_hover": "#ffe27a",
        "button_secondary_text_color": INK,
        "button_secondary_border_color": INK,
        "button_secondary_border_color_hover": INK,
    }


def _dark() -> dict[str, str]:
    night = {
        "body_background_fill": NIGHT,
        "body_text_color": NIGHT_TEXT,
        "body_text_color_subdued": NIGHT_SOFT,
        "background_fill_primary": NIGHT_CARD,
        "background_fill_secondary": NIGHT,
        "border_color_primary": NIGHT_LINE,
        "border_color_accent": CORAL,
        "color_accent_soft": "#4a3a10",
        "block_background_fill": NIGHT_CARD,
        "block_border_color": NIGHT_LINE,
        "block_label_text_color": NIGHT_TEXT,
        "block_title_text_color": NIGHT_TEXT,
        "block_info_text_color": NIGHT_SOFT,
        "input_background_fill": "#1a1711",
        "input_border_color": "#7d725f",
        "input_border_color_focus": CORAL,
        "input_placeholder_color": "#a89a82",
        "slider_color": CORAL,
        "link_text_color": CORAL,
        "button_primary_background_fill": CORAL,
        "button_primary_background_fill_hover": "#ffab9b",
        "button_primary_text_color": INK,
        "button_primary_border_color": CORAL,
        "button_primary_border_color_hover": CORAL,
        "button_secondary_background_fill": YELLOW,
        "button_secondary_background_fill_hover": "#ffe27a",
        "button_secondary_text_color": INK,
        "button_secondary_border_color": YELLOW,
        "button_secondary_border_color_hover": YELLOW,
    }
    return {f"{name}_dark": value for name, value in night.items()}
