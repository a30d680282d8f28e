"""Yearly duties that the year still lacks: of holders for each honour, of the office and the government for the jurisdiction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from awards.models import DutyRecord, Honour
from awards.rules import governing
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Duty

LOT = 500
STANDS = (Honour.Status.VALID, Honour.Status.PUBLICITY_STOPPED)


def binding(today: dt.date) -> QuerySet[Honour]:
    """Real honours that stand today, with what leads to their rules."""
    rows = Honour.objects.filter(Q(valid_until=None) | Q(valid_until__gte=today), world=None, status__in=STANDS)
    related = rows.select_related("jurisdiction", "organisation", "round__policy", "round__jurisdiction")
    found: QuerySet[Honour] = related.defer("round__rules_document")
    return found


def yearly(policy: Policy, *, holder: bool) -> list[Duty]:
    """The duties to be recorded every year: a holder's own, or everybody else's."""
    return [
        duty for duty in policy.duties
        if duty.remind == "yearly" and duty.record != "none" and (duty.who == "holder") is holder
    ]  # fmt: skip


def lacking(honours: Iterable[Honour], year: int) -> Iterator[tuple[Honour, Duty]]:
    """Which of its holder's duties the year lacks, for each honour. One query for each five hundred, beside theirs."""
    rest = iter(honours)
    while some := list(islice(rest, LOT)):
        rows = DutyRecord.objects.filter(year=year, honour__in=[one.pk for one in some])
        done = set(rows.values_list("honour_id", "duty"))
        for honour in some:
            for duty in yearly(governing(honour), holder=True):
                if (honour.pk, duty.key) not in done:
                    yield honour, duty


def unrecorded(duty: Duty, today: dt.date, jurisdiction: Any) -> tuple[QuerySet[Any], bool]:
    """What is counted of a duty that is no holder's, and whether a count of nothing means that it waits.

    An evaluation is owed for each honour; anything else once a year.
    """
    records = DutyRecord.objects.filter(duty=duty.key, year=today.year)
    if duty.record != "evaluation":
        return records.filter(jurisdiction=jurisdiction), True
    stands = Honour.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=today), jurisdiction=jurisdiction, world=None
    )
    evaluated = records.filter(honour__isnull=False).values("honour")
    return stands.filter(status__in=STANDS).exclude(pk__in=evaluated), False
