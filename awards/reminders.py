"""Reminders: yearly duties of holders, corrections that fall due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from awards.letters import members_of
from awards.models import SanctionCase
from awards.queries.duties import binding, lacking
from core.clock import legal_date
from notifications.reminders import Reminder, register

SEASON = 11  # in November: what the year still lacks
BEFORE = dt.timedelta(days=3)


@register
def yearly_duties(now: dt.datetime) -> Iterable[Reminder]:
    """Once a year each holder is reminded of the yearly duties that it has not recorded."""
    today = legal_date(now)
    if today.month < SEASON:
        return
    for honour, duty in lacking(binding(today).iterator(), today.year):
        yield Reminder(
            to=tuple(members_of(honour.organisation)), kind="award.duty", jurisdiction=honour.jurisdiction, subject_ref=honour,
            key=f"duty:{honour.pk}:{duty.key}:{today.year}", url=f"/j/{honour.jurisdiction.code}/honours/{honour.pk}/",
            context={"organisation": honour.organisation_name, "duty": {"zh": duty.text.zh, "en": duty.text.en}, "year": today.year},
        )  # fmt: skip


@register
def corrections(now: dt.datetime) -> Iterable[Reminder]:
    """Three days before an ordered correction is due."""
    today = legal_date(now)
    rows = SanctionCase.objects.filter(
        world=None,
        act="order_correction",
        status="decided",
        corrected_on=None,
        refused_on=None,
        due_on__gte=today,
        due_on__lte=today + BEFORE,
    ).select_related("jurisdiction", "organisation")
    for case in rows:
        yield Reminder(
            to=tuple(members_of(case.organisation)), kind="award.correction_due", jurisdiction=case.jurisdiction, subject_ref=case,
            key=f"correction:{case.pk}:{case.due_on}", context={"organisation": case.organisation.name, "due": case.due_on},
        )  # fmt: skip
