"""Work without the collection of garbage."""

from __future__ import annotations

import gc

import pytest

from negative_list.garbage import uncollected


@uncollected()
def fail() -> None:
    assert not gc.isenabled()
    raise LookupError


def test_garbage_is_collected_again_afterwards_even_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(LookupError):
        fail()
    assert gc.isenabled()


def test_within_one_another_the_outer_decides() -> None:
    @uncollected()
    def work() -> bool:
        return gc.isenabled()

    with uncollected():
        assert not work()
        assert not gc.isenabled()
    assert not work()
    assert gc.isenabled()
