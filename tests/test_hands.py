"""Work done by several processes: the same results in the same order, and no failure that goes unheard."""

from __future__ import annotations

import os
import sys
from itertools import chain
from pathlib import Path

import pytest

import memory
from muniment import hands, site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process works alone")


def test_results_come_back_in_order_from_processes_of_their_own() -> None:
    pids = hands.together(lambda hand: (hand, os.getpid()), 3)
    assert [hand for hand, _ in pids] == [0, 1, 2]
    assert len({pid for _, pid in pids}) == 3
    assert pids[0][1] == os.getpid()


def test_what_goes_wrong_in_a_helper_goes_wrong_here() -> None:
    def work(hand: int) -> int:
        if hand:
            raise KeyError("missing")
        return hand

    with pytest.raises(KeyError, match="missing"):
        hands.together(work, 2)


def test_a_helper_that_vanishes_is_missed() -> None:
    with pytest.raises(ChildProcessError):
        hands.together(lambda hand: os._exit(0) if hand else None, 2)


def children() -> set[str]:
    """The processes that this thread has started and not yet seen the end of."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_helpers_end_with_the_work_that_failed() -> None:
    def work(hand: int) -> bytes:
        if not hand:
            raise OSError("the disk is full")
        return b"x" * 10_000_000  # more than a pipe holds: it would wait for a reader

    # Other tests of this process may have children of their own (git, that answers for as long as a repository is open).
    before = children()
    with pytest.raises(OSError, match="full"):
        hands.together(work, 3)
    assert children() <= before


def test_bundles_one_after_another_are_the_site() -> None:
    facts = memory.facts({})
    whole = list(site.pages(facts))
    for count in (2, 3, 4, 7):
        assert list(chain.from_iterable(site.bundles(facts, site.Options(), count))) == whole
