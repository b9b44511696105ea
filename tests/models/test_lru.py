"""What a cache keeps and what it evicts."""

from __future__ import annotations

from models.lru import Lru


def filled(most, *names):
    cache = Lru(most)
    for name in names:
        cache.put(name, name.upper())
    return cache


def test_what_was_put_is_found_again():
    cache = filled(2, "a", "b")
    assert (cache.get("a"), cache.peek("b"), cache.get("c"), cache.peek("c")) == (
        "A",
        "B",
        None,
        None,
    )
    assert len(cache) == 2 and "a" in cache and "c" not in cache


def test_what_was_used_longest_ago_is_evicted():
    cache = filled(2, "a", "b")
    cache.get("a")
    cache.put("c", "C")
    assert list(cache) == ["a", "c"]


def test_a_peek_is_no_use():
    cache = filled(2, "a", "b")
    cache.peek("a")
    cache.put("c", "C")
    assert list(cache) == ["b", "c"]


def test_a_value_put_again_is_replaced_and_the_latest():
    cache = filled(2, "a", "b")
    cache.put("a", "new")
    cache.put("c", "C")
    assert list(cache) == ["a", "c"] and cache.peek("a") == "new"


def test_sizes_count_together_and_the_newest_stays_whatever_its_size():
    cache = Lru(10, len)
    cache.put("short", "1234")
    cache.put("shorter", "123")
    cache.put("long", "12345")
    assert list(cache) == ["shorter", "long"]
    cache.put("too long", "1" * 11)
    assert list(cache) == ["too long"]


def test_what_is_taken_out_makes_room():
    cache = filled(2, "a", "b")
    assert cache.pop("a") == "A" and cache.pop("a") is None
    cache.put("c", "C")
    assert list(cache) == ["b", "c"]
    cache.clear()
    assert not len(cache)
    for name in "de":
        cache.put(name, name)
    assert list(cache) == ["d", "e"]
