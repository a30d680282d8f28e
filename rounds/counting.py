"""Counting once: a page asks a stage for its to-dos and for its blockers, and both count the same things.

    with reading.once():             # in a view that only reads
        ...
    counting.kept(stage, "waiting", lambda: …)

Time stands still there too: a page shows one moment. What is kept, and for how long, is :mod:`core.reading`'s.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from core import clock, reading

if TYPE_CHECKING:
    from rounds.models import RoundStage

T = TypeVar("T")


def moment() -> dt.datetime:
    """The present by the database's clock; within :func:`core.reading.once` the same for the whole page."""
    return clock.now()


def known(stage: RoundStage, name: str) -> Any:
    """What :func:`kept` has found before; None where nobody has asked yet."""
    return reading.known(_key(stage, name))


def kept(stage: RoundStage, name: str, count: Callable[[], T]) -> T:
    """``count()``, at most once for a stage and a name within :func:`core.reading.once`."""
    return reading.kept(_key(stage, name), count)


def _key(stage: RoundStage, name: str) -> tuple[str, int, str]:
    return ("counted", stage.pk, name)
