"""A round's time: the database's clock, plus a rehearsal's own offset."""

import contextlib
import datetime as dt
from collections.abc import Iterator
from contextvars import ContextVar

from core import clock
from rounds import counting
from rounds.models import Round

_standing: ContextVar[dict[int, dt.datetime]] = ContextVar("standing_clocks", default={})  # noqa: B039 - never mutated


def now(round_: Round) -> dt.datetime:
    """The round's present moment, aware, in legal time."""
    still = _standing.get().get(round_.pk) if round_.clock_offset else None
    return still or counting.moment() + round_.clock_offset


def today(round_: Round) -> dt.date:
    """The round's legal date."""
    return clock.legal_date(now(round_))


@contextlib.contextmanager
def standing(round_: Round, moment: dt.datetime) -> Iterator[None]:
    """Within it a rehearsal's clock stands at ``moment``, so that a rehearsal played twice gives the same papers.

    A binding round has no offset, so this never touches one.
    """
    reset = _standing.set({**_standing.get(), round_.pk: moment})
    try:
        yield
    finally:
        _standing.reset(reset)


def set_standing(round_: Round, moment: dt.datetime) -> None:
    """Move a standing clock; nothing where it is running."""
    if round_.pk in _standing.get():
        _standing.set({**_standing.get(), round_.pk: moment})
