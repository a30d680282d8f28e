"""The calendar as a picture: positions in percent of its width, for SVG attributes (the security policy forbids inline styles)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rounds.planning import Lane, LegalDate

ONE = dt.timedelta(days=1)
MANY_MONTHS = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """From ``x`` on, ``width`` wide, both in percent. ``css``: how it looks."""

    x: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Row:
    """One stage: its bar, the bars of its legal dates, and the lane itself."""

    lane: Lane
    bar: Bar | None
    marks: list[Bar]


@dataclass(frozen=True, slots=True)
class Picture:
    """``months``: ``(x, first day)``; ``today``: x, None where it lies outside."""

    rows: list[Row]
    months: list[tuple[str, dt.date]]
    today: str | None
    first: dt.date
    last: dt.date


def draw(lanes: Sequence[Lane], today: dt.date) -> Picture:
    """All lanes on one scale of days."""
    days = [day for lane in lanes for day in (lane.first, lane.last) if day]
    days += [day for lane in lanes for date in lane.dates for day in (date.first, date.last) if day]
    first, last = min(days, default=today), max(days, default=today)
    first, last = first.replace(day=1), max(last, first + 27 * ONE)
    scale = Scale(first, (last - first).days + 1)
    rows = [Row(lane, _bar(lane, scale), [_mark(date, scale) for date in lane.dates]) for lane in lanes]
    return Picture(rows, _months(first, last, scale), scale.x(today) if first <= today <= last else None, first, last)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to percent."""

    first: dt.date
    days: int

    def x(self, day: dt.date) -> str:
        return f"{100 * (day - self.first).days / self.days:.2f}%"

    def width(self, first: dt.date, last: dt.date) -> str:
        return f"{max(100 * ((last - first).days + 1) / self.days, 0.4):.2f}%"


def _bar(lane: Lane, scale: Scale) -> Bar | None:
    if lane.first is None:
        return None
    last = lane.last or lane.first
    css = f"gantt-{lane.stage.status}" if lane.certain else "gantt-planned"
    return Bar(scale.x(lane.first), scale.width(lane.first, max(last, lane.first)), css)


def _mark(date: LegalDate, scale: Scale) -> Bar:
    return Bar(scale.x(date.last), scale.width(date.last, date.last), "gantt-mark")


def _months(first: dt.date, last: dt.date, scale: Scale) -> list[tuple[str, dt.date]]:
    """The first of each month; of each quarter where they would be many."""
    found, day = [], first
    while day <= last:
        found.append(day)
        day = (day + 32 * ONE).replace(day=1)
    if len(found) > MANY_MONTHS:
        found = [day for day in found if day.month % 3 == 1]
    return [(scale.x(day), day) for day in found]
