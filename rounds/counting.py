"""Counting once: a page asks a stage for its to-dos and for its blockers, and both count the same things.

    with counting.once():            # in a view, around reading
        ...
    counting.kept(stage, "waiting", lambda: …)

Within it, time stands still too: a page shows one moment. Outside of ``once()`` nothing is kept, so that a domain function always
reads what is true now.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeVar

from core import clock

if TYPE_CHECKING:
    from rounds.models import RoundStage

T = TypeVar("T")
Key = tuple[int, str]
_KEPT: ContextVar[dict[Key, Any] | None] = ContextVar("counted", default=None)
_NOW: Key = (0, "now")


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Within it, what is counted of a stage is kept."""
    reset = _KEPT.set({} if _KEPT.get() is None else _KEPT.get())
    try:
        yield
    finally:
        _KEPT.reset(reset)


def moment() -> dt.datetime:
    """The present by the database's clock; within :func:`once` the same for the whole page."""
    found = _KEPT.get()
    if found is None:
        return clock.now()
    if _NOW not in found:
        found[_NOW] = clock.now()
    result: dt.datetime = found[_NOW]
    return result


def known(stage: RoundStage, name: str) -> Any:
    """What :func:`kept` has found before; None where nobody has asked yet."""
    return (_KEPT.get() or {}).get((stage.pk, name))


def kept(stage: RoundStage, name: str, count: Callable[[], T]) -> T:
    """``count()``, at most once for a stage and a name within :func:`once`."""
    found = _KEPT.get()
    if found is None:
        return count()
    key = (stage.pk, name)
    if key not in found:
        found[key] = count()
    result: T = found[key]
    return result
