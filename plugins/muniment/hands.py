"""Hands: one piece of work done by several processes at once, where the system can copy a process."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Result = TypeVar("Result")

FEWEST = 50  # pieces for each hand; for fewer the copy costs more than it saves
MOST = 4
_WIDTH = 2  # bytes of a piece's number; a pipe takes that many thousand pieces without a reader


def count(pieces: int) -> int:
    """How many hands are worth having for so many pieces of work."""
    if sys.platform != "linux":
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), MOST, pieces // FEWEST))


def together(
    work: Callable[[int], Result], pieces: int, hands: int, begin: Callable[[], None] = lambda: None
) -> list[Result]:
    """The results of `work(0)`, `work(1)` … in order; whichever hand is free takes the next piece. All hands but the first are
    copies of this process, which see everything that it knows now. What they work out comes back by way of a pipe, and so
    does an exception. `begin` is done by this process once the copies are made, which would lack the threads that it starts.
    """
    if hands == 1:
        begin()
        return [work(piece) for piece in range(pieces)]
    gc.freeze()  # else the first collection would write to every page of memory that is shared until then
    queue = _queue(pieces)
    helpers: list[tuple[int, int]] = []
    try:
        helpers += [_start(work, queue) for _ in range(1, hands)]
        begin()
        results = dict(_taken(work, queue))
        while helpers:
            results.update(_results(*helpers.pop(0)))
    finally:
        gc.unfreeze()
        os.close(queue)
        for helper, answer in helpers:
            os.close(answer)
            os.kill(helper, signal.SIGKILL)
            os.waitpid(helper, 0)
    return [results[piece] for piece in range(pieces)]


def _queue(pieces: int) -> int:
    """A pipe that holds the number of each piece, and then its end: two hands never read the same one."""
    numbers, ours = os.pipe()
    os.write(ours, b"".join(piece.to_bytes(_WIDTH, "big") for piece in range(pieces)))
    os.close(ours)
    return numbers


def _taken(work: Callable[[int], Result], queue: int) -> Iterator[tuple[int, Result]]:
    """The pieces that this hand got, with their results."""
    while number := os.read(queue, _WIDTH):
        piece = int.from_bytes(number, "big")
        yield piece, work(piece)


def _start(work: Callable[[int], Result], queue: int) -> tuple[int, int]:
    """A copy of this process at work, and where its answer can be read."""
    answer, ours = os.pipe()
    helper = os.fork()
    if helper:
        os.close(ours)
        return helper, answer
    try:
        os.close(answer)
        try:
            said: tuple[bool, object] = True, list(_taken(work, queue))
        except BaseException as problem:
            said = False, problem
        with os.fdopen(ours, "wb") as out:
            pickle.dump(said, out)
    finally:
        # Nothing that the parent would do at its end may happen twice.
        os._exit(0)


def _results(helper: int, answer: int) -> Iterable[tuple[int, Result]]:
    with os.fdopen(answer, "rb") as reader:
        told = reader.read()
    _, status = os.waitpid(helper, 0)
    if not told:
        raise ChildProcessError(f"a helping process ended without an answer ({status})")
    is_done, said = pickle.loads(told)  # noqa: S301 - from a copy of this very process
    if not is_done:
        raise said
    return said  # type: ignore[no-any-return]
