"""Stops: one stop button per owner and tool."""

from __future__ import annotations

from playground.studio.stops import Stops


def test_a_stop_reaches_only_its_owner_and_tool():
    stops = Stops()
    with stops.running("a", "chat") as mine, stops.running("b", "chat") as yours:
        with stops.running("a", "novel") as other_tool:
            assert stops.stop("a", "chat")
            assert mine.is_cancelled and not yours.is_cancelled and not other_tool.is_cancelled


def test_a_second_run_stops_the_first_and_keeps_its_own_button():
    stops = Stops()
    with stops.running("a", "chat") as first:
        with stops.running("a", "chat") as second:
            assert first.is_cancelled and not second.is_cancelled
        assert not stops.stop("a", "chat")


def test_nothing_runs_nothing_stops():
    assert not Stops().stop("a", "chat")


def test_the_end_of_the_program_stops_everything():
    stops = Stops()
    with stops.running("a", "chat") as first, stops.running("b", "novel") as second:
        stops.stop_all()
        assert first.is_cancelled and second.is_cancelled
