"""Recall: what has been worked out of facts or of policies once and need not be worked out again for the next page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

Names = ParamSpec("Names")
Result = TypeVar("Result")


class Source(Protocol):
    """What never changes once it is there: it keeps what was worked out of it, each under its own name."""

    @property
    def kept(self) -> dict[str, object]: ...


Of = TypeVar("Of", bound=Source)
_MISSING = object()


def recalled(
    work: Callable[Concatenate[Of, Names], Result],
) -> Callable[Concatenate[Of, Names], Result]:
    """`work(source, *names)`, where names are plain values, done once for the same names of the same source.

    For what a site says thousands of times, such as the link to a person or the word for a role, and for what many pages look
    things up in, such as the loans of all documents; what is said once would only take up room.
    """
    place = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def recall(source: Of, /, *names: Names.args, **named: Names.kwargs) -> Result:
        if named:
            return work(source, *names, **named)
        known = source.kept.get(place)
        if known is None:
            known = source.kept[place] = {}
        found = known.get(names, _MISSING)  # type: ignore[attr-defined]  # made one line above
        if found is _MISSING:
            found = known[names] = work(source, *names, **named)  # type: ignore[index]  # likewise
        return found  # type: ignore[no-any-return]

    return recall
