"""Windows of N days. The first day is the day after the starting event (publication, receipt, the visit's end).

After Civil Code, article 201: the day of the event itself is not counted. Working windows count working days only.
A window whose last day is not a working day ends on it all the same, unless ``roll`` is asked for (article 203 there).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from core import clock
from jurisdictions.calendar.working_days import Calendar, DayKind

Unit = Literal["calendar", "working"]
_REASONS = {
    "event": _("day of the event, not counted"),
    "calendar_day": _("calendar day"),
    "moved": _("moved past a non-working day"),
    "effective": _("takes effect"),
}
ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a derivation. ``ordinal``: which counted day it is; None when it does not count."""

    day: dt.date
    counted: bool
    reason: str
    ordinal: int | None

    @property
    def label(self) -> str:
        """The reason in the reader's language."""
        return str(_REASONS[self.reason]) if self.reason in _REASONS else DayKind(self.reason).label


@dataclass(frozen=True, slots=True)
class Window:
    """From the start of ``first_day`` to the end of ``last_day`` in legal time. ``steps``: from the event's day on."""

    after: dt.date
    length: int
    unit: Unit
    steps: tuple[Step, ...]

    @property
    def first_day(self) -> dt.date:
        """The day after the event, whether or not it counts."""
        return self.after + ONE

    @property
    def last_day(self) -> dt.date:
        return self.steps[-1].day

    @property
    def opens_at(self) -> dt.datetime:
        """The first moment of the first day, aware."""
        return clock.start_of_day(self.first_day)

    @property
    def ends_at(self) -> dt.datetime:
        """The last moment of the last day, aware."""
        return clock.end_of_day(self.last_day)

    def __contains__(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day

    def as_data(self) -> dict[str, Any]:
        """JSON: what to keep beside a deadline so that it can be explained later, whatever becomes of the calendar."""
        steps = [
            {"day": s.day.isoformat(), "counted": s.counted, "reason": s.reason, "ordinal": s.ordinal}
            for s in self.steps
        ]
        return {
            "after": self.after.isoformat(),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "length": self.length,
            "unit": self.unit,
            "steps": steps,
        }


@dataclass(frozen=True, slots=True)
class Count:
    """How many days have been counted, and how."""

    total: int
    steps: tuple[Step, ...]


def window(
    calendar: Calendar, *, after: dt.date, length: int, unit: Unit = "calendar", article: str = "", roll: bool = False
) -> Window:
    """The window of ``length`` days after the event on ``after``.

    Raises ``ValueError`` for a length below 1, ``Refused("calendar_year_missing")`` where working days must be
    known and are not.
    """
    if length < 1:
        raise ValueError("a window has at least one day")
    steps, ordinal = [_event(after)], 0
    while ordinal < length:
        steps.append(_step(calendar, steps[-1].day + ONE, unit, ordinal, article))
        ordinal += steps[-1].counted
    if roll:
        steps += _rolled(calendar, steps[-1].day, article)
    return Window(after, length, unit, tuple(steps))


def elapsed(
    calendar: Calendar, *, after: dt.date, through: dt.date, unit: Unit = "calendar", article: str = ""
) -> Count:
    """The days counted from the day after the event on ``after`` up to and including ``through``."""
    steps, ordinal = [_event(after)], 0
    while steps[-1].day < through:
        steps.append(_step(calendar, steps[-1].day + ONE, unit, ordinal, article))
        ordinal += steps[-1].counted
    return Count(ordinal, tuple(steps))


def _event(day: dt.date) -> Step:
    return Step(day, False, "event", None)


def _step(calendar: Calendar, day: dt.date, unit: Unit, so_far: int, article: str) -> Step:
    if unit == "calendar":
        return Step(day, True, "calendar_day", so_far + 1)
    note = calendar.note(day, article=article)
    return Step(day, note.working, note.kind.value, so_far + 1 if note.working else None)


def _rolled(calendar: Calendar, last: dt.date, article: str) -> list[Step]:
    """The days by which an end on a non-working day moves on."""
    steps: list[Step] = []
    while not calendar.is_working_day(last, article=article):
        last += ONE
        steps.append(Step(last, False, "moved", None))
    return steps
