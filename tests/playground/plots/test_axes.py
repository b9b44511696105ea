"""Where numbers lie in the picture of a curve."""

from __future__ import annotations

from playground.plots.axes import HEIGHT, WIDTH, Axes, dots, head

AXES = Axes(
    left=40, right=100, top=10, bottom=30, share=lambda value: value / 2, steps=10, numbers_up=12
)


def test_the_ends_of_the_scale_lie_at_the_margins():
    assert AXES.place(0, 0) == (40, HEIGHT - 30)
    assert AXES.place(10, 2) == (WIDTH - 100, 10)
    assert AXES.place(5, 1) == (290, 130)


def test_every_mark_has_a_line_from_end_to_end_and_its_word_before_it():
    drawn = AXES.grid([(0, "none"), (2, "all")])
    assert drawn.count('class="grid"') == 2
    assert 'd="M40 10.0H540"/><text x="32" y="14.0" text-anchor="end">all</text>' in drawn


def test_numbers_stand_below_their_steps():
    assert AXES.numbers([(5, 50)]) == '<text x="290.0" y="268" text-anchor="middle">50</text>'
    assert AXES.numbers([]) == ""


def test_dots_have_the_class_of_their_line():
    assert dots("val", [(1.0, 2.0)], 4) == '<circle class="val" cx="1.0" cy="2.0" r="4"/>'


def test_a_picture_says_what_it_shows():
    assert head("A curve").endswith('role="img" aria-label="A curve">')
