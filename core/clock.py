"""The only source of now. Legal time is Asia/Shanghai; where a deadline is at stake the database's clock decides."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import connection

from core import reading

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")
_SQL = {
    "postgresql": "SELECT clock_timestamp()",
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
}


def now() -> dt.datetime:
    """The database's present moment, aware, in legal time; within :func:`core.reading.once` the same for the whole page."""
    return reading.kept("now", _ask)


def _ask() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute(_SQL[connection.vendor])
        value: str | dt.datetime = cursor.fetchone()[0]
    if isinstance(value, str):
        value = dt.datetime.fromisoformat(value).replace(tzinfo=dt.UTC)
    return value.astimezone(LEGAL_ZONE)


def today() -> dt.date:
    """The legal date of :func:`now`."""
    return now().date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight at the start of a legal day, aware."""
    return dt.datetime.combine(day, dt.time.min, LEGAL_ZONE)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last moment of a legal day, aware: a deadline "by that day" includes it."""
    return start_of_day(day + dt.timedelta(days=1)) - dt.timedelta(microseconds=1)


def legal_date(moment: dt.datetime) -> dt.date:
    """The legal date on which an aware moment falls."""
    return moment.astimezone(LEGAL_ZONE).date()
