"""A stretch is too slow if less than the least rate came in it; a fast one before does not make up for it."""

import pytest

from scvalid.retrieval.pace import Pace, TooSlow, within


def test_each_stretch_counts_for_itself():
    pace = Pace(window_s=10, least=100, at=5, size=7)
    assert not pace.is_too_slow(14.9, 7)
    assert not pace.is_too_slow(15, 1_007)
    assert not pace.is_too_slow(25, 10**6)
    assert not pace.is_too_slow(34.9, 10**6)
    assert pace.is_too_slow(35, 10**6 + 999)


def test_an_answer_in_time_or_its_failure_is_handed_on():
    assert within(lambda: 7, seconds=5) == 7
    with pytest.raises(ZeroDivisionError):
        within(lambda: 1 // 0, seconds=5)


def test_a_late_answer_is_not_waited_for():
    import threading

    held = threading.Event()
    with pytest.raises(TooSlow):
        within(held.wait, seconds=0.05)
    held.set()
