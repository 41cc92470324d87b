"""Work done by several processes: the same results in the same order, and no failure that goes unheard."""

from __future__ import annotations

import multiprocessing
import os
import sys
from itertools import chain
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

import memory
from muniment import hands, site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process works alone")


def meeting(hands: int) -> Barrier:
    """Where all hands wait for each other, so that each of them has taken a piece."""
    return multiprocessing.get_context("fork").Barrier(hands, timeout=60)


def test_results_come_back_in_order_from_processes_of_their_own() -> None:
    met = meeting(3)

    def work(piece: int) -> tuple[int, int]:
        if piece < 3:
            met.wait()
        return piece, os.getpid()

    done = hands.together(work, 20, 3)
    assert [piece for piece, _ in done] == list(range(20))
    assert len({pid for _, pid in done[:3]}) == 3
    assert os.getpid() in {pid for _, pid in done[:3]}


def test_one_hand_works_alone() -> None:
    assert hands.together(lambda piece: (piece, os.getpid()), 2, 1) == [(0, os.getpid()), (1, os.getpid())]


def test_what_goes_wrong_in_a_helper_goes_wrong_here() -> None:
    met, own = meeting(2), os.getpid()

    def work(piece: int) -> int:
        met.wait()
        if os.getpid() != own:
            raise KeyError("missing")
        return piece

    with pytest.raises(KeyError, match="missing"):
        hands.together(work, 2, 2)


def test_a_helper_that_vanishes_is_missed() -> None:
    met, own = meeting(2), os.getpid()

    def work(_piece: int) -> None:
        met.wait()
        if os.getpid() != own:
            os._exit(0)

    with pytest.raises(ChildProcessError):
        hands.together(work, 2, 2)


def children() -> set[str]:
    """The processes that this thread has started and not yet seen the end of."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_helpers_end_with_the_work_that_failed() -> None:
    met, own = meeting(3), os.getpid()

    def work(_piece: int) -> bytes:
        met.wait()
        if os.getpid() == own:
            raise OSError("the disk is full")
        return b"x" * 10_000_000  # more than a pipe holds: it would wait for a reader

    # Other tests of this process may have children of their own (git, that answers for as long as a repository is open).
    before = children()
    with pytest.raises(OSError, match="full"):
        hands.together(work, 3, 3)
    assert children() <= before


def test_what_is_to_begin_begins_once_and_where_it_was_asked_for() -> None:
    begun: list[int] = []
    assert hands.together(lambda at: at, 4, 2, lambda: begun.append(os.getpid())) == [0, 1, 2, 3]
    assert hands.together(lambda at: at, 4, 1, lambda: begun.append(os.getpid())) == [0, 1, 2, 3]
    assert begun == [os.getpid()] * 2


def test_bundles_one_after_another_are_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = memory.facts({})
    whole = list(site.pages(facts))
    for share in (1, 3, 100):
        monkeypatch.setattr(site, "_SHARE", share)
        made = site.bundles(facts)
        assert list(chain.from_iterable((*made.lists, *made.records))) == whole
