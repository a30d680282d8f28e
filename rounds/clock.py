"""A round's time: the database's clock, plus a rehearsal's own offset."""

import datetime as dt

from core import clock
from rounds.models import Round


def now(round_: Round) -> dt.datetime:
    """The round's present moment, aware, in legal time."""
    return clock.now() + round_.clock_offset


def today(round_: Round) -> dt.date:
    """The round's legal date."""
    return clock.legal_date(now(round_))
