"""Hands: one piece of work done by several processes at once, where the system can copy a process."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

FEWEST = 200  # pieces for each hand; for fewer the copy costs more than it saves
MOST = 4


def count(pieces: int) -> int:
    """How many hands are worth having for so many pieces of work."""
    if sys.platform != "linux":
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), MOST, pieces // FEWEST))


def together(work: Callable[[int], Result], hands: int) -> list[Result]:
    """The results of `work(0)`, `work(1)` … in order. All but the first are worked out by copies of this process, which see
    everything that it knows now; they come back by way of a pipe, and so does an exception.
    """
    gc.freeze()  # else the first collection would write to every page of memory that is shared until then
    helpers: list[tuple[int, int]] = []
    try:
        helpers += [_start(work, hand) for hand in range(1, hands)]
        results = [work(0)]
        while helpers:
            results.append(_result(*helpers.pop(0)))
    finally:
        gc.unfreeze()
        for helper, answer in helpers:
            os.close(answer)
            os.kill(helper, signal.SIGKILL)
            os.waitpid(helper, 0)
    return results


def _start(work: Callable[[int], Result], hand: int) -> tuple[int, int]:
    """A copy of this process at work, and where its answer can be read."""
    answer, ours = os.pipe()
    helper = os.fork()
    if helper:
        os.close(ours)
        return helper, answer
    try:
        os.close(answer)
        try:
            said: tuple[bool, object] = True, work(hand)
        except BaseException as problem:
            said = False, problem
        with os.fdopen(ours, "wb") as out:
            pickle.dump(said, out)
    finally:
        # Nothing that the parent would do at its end may happen twice.
        os._exit(0)


def _result(helper: int, answer: int) -> Result:  # type: ignore[type-var]  # what `work` of that hand gave
    with os.fdopen(answer, "rb") as reader:
        told = reader.read()
    _, status = os.waitpid(helper, 0)
    if not told:
        raise ChildProcessError(f"a helping process ended without an answer ({status})")
    is_done, said = pickle.loads(told)  # noqa: S301 - from a copy of this very process
    if not is_done:
        raise said
    return said  # type: ignore[no-any-return]
