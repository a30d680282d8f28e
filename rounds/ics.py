"""The legal dates of a round as a calendar file (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from core.fields import digest
from rounds.models import Round
from rounds.planning import Lane, LegalDate

ONE = dt.timedelta(days=1)


def write(round_: Round, lanes: Iterable[Lane], *, host: str, now: dt.datetime) -> bytes:
    """All-day events: the last day of every legal date. An event keeps its identifier from one file to the next."""
    calendar = Calendar()
    calendar.add("prodid", "-//quality-award//rounds//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{round_.rules.award} {round_.year}")
    for lane in lanes:
        for number, date in enumerate(lane.dates):
            calendar.add_component(_event(round_, lane, date, number, host, now))
    return bytes(calendar.to_ical())


def _event(round_: Round, lane: Lane, date: LegalDate, number: int, host: str, now: dt.datetime) -> Event:
    event = Event()
    event.add("uid", f"{digest([round_.pk, lane.stage.key, date.article, number])[:24]}@{host}")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", date.last)
    event.add("dtend", date.last + ONE)
    event.add("summary", f"{lane.stage.name}: {date.title}")
    event.add("description", _description(date))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if date.planned else "CONFIRMED")
    return event


def _description(date: LegalDate) -> str:
    lines = [_("Article {number}").format(number=date.article)] if date.article else []
    lines += [_("at the earliest")] if date.planned else []
    return "\n".join([*lines, *(f"{s.day} {s.ordinal or ''} {s.label}" for s in date.steps)])
