"""Reminders of the deadline for filing, derived each time: a week before, and the day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from core.clock import legal_date
from notifications import reminders
from notifications.reminders import Reminder
from rounds import clock
from rounds.models import Round, RoundStage, StageEntry

BEFORE = (7, 1)


@reminders.register
def filing_ends(now: dt.datetime) -> Iterable[Reminder]:
    """To everybody who writes for an organisation whose draft is not filed. Two queries a stage."""
    stages = RoundStage.objects.filter(
        kind="intake", status=RoundStage.Status.OPEN, round__status=Round.Status.OPEN, deadline__isnull=False
    )
    for stage in stages.select_related("round__jurisdiction"):
        assert stage.deadline is not None
        left = (legal_date(stage.deadline) - legal_date(clock.now(stage.round))).days
        due = next((days for days in sorted(BEFORE) if 0 <= left <= days), None)
        if due is not None:
            yield from _of_stage(stage, due)


def _of_stage(stage: RoundStage, days: int) -> Iterable[Reminder]:
    last_day = legal_date(stage.deadline or clock.now(stage.round))
    rows = StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation")
    people: dict[int, list[User]] = {}
    found = list(rows)
    writers = User.objects.filter(
        organisations__organisation__in=[row.entry.organisation_id for row in found], is_active=True
    )
    for user in writers.prefetch_related("organisations").distinct():
        for member in user.organisations.all():
            people.setdefault(member.organisation_id, []).append(user)
    for row in found:
        yield Reminder(
            to=tuple(people.get(row.entry.organisation_id, ())), kind="application.deadline", jurisdiction=stage.round.jurisdiction,
            subject_ref=row.entry, key=f"application.deadline:{row.entry_id}:{days}d", rehearsal=stage.round.is_rehearsal,
            context={"organisation": row.entry.organisation.name, "day": last_day},
            url=reverse("applications:application", kwargs={"code": stage.round.jurisdiction.code, "pk": row.entry_id}),
        )  # fmt: skip
