"""Reminders of answers that bodies owe, of supplements, and of filing for those who were granted more time. Derived each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from applications.domain.owning import officers_of
from applications.models import Extension, Supplement
from applications.models.opinions import Consultation, ConsultationRequest
from core.clock import legal_date
from notifications import reminders
from notifications.reminders import Reminder
from rounds import clock
from rounds.models import Entry, Round, RoundStage

BEFORE = (3, 1)
ANSWERS, SUPPLEMENT = "applications.answers_due", "application.supplement_due"


def days_left(round_: Round, due: dt.datetime) -> int | None:
    """Which reminder is due: three days before, or one; None when it is early, or over."""
    left = (legal_date(due) - legal_date(clock.now(round_))).days
    return next((days for days in sorted(BEFORE) if 0 <= left <= days), None)


@reminders.register
def answers_due(now: dt.datetime) -> Iterable[Reminder]:
    """To the officers of each body that has not answered yet: how many, and by when. Three queries for a consultation that is due."""
    rows = Consultation.objects.filter(stage__status=RoundStage.Status.OPEN, stage__round__status=Round.Status.OPEN)
    for asked in rows.select_related("stage__round__jurisdiction"):
        days = days_left(asked.stage.round, asked.due_at)
        if days is not None:
            yield from _of_consultation(asked, days)


def _of_consultation(asked: Consultation, days: int) -> Iterable[Reminder]:
    round_ = asked.stage.round
    waiting = ConsultationRequest.objects.of_pending(asked.stage).open().filter(consultation=asked)
    owed = dict(waiting.order_by().values_list("body").annotate(count=Count("pk")))
    officers = officers_of(owed, rehearsal=round_.is_rehearsal)
    people = User.objects.in_bulk({user for users in officers.values() for user in users})
    for body, count in owed.items():
        yield Reminder(
            to=tuple(people[user] for user in officers.get(body, ()) if user in people), kind=ANSWERS, jurisdiction=round_.jurisdiction,
            subject_ref=asked, key=f"{ANSWERS}:{asked.pk}:{body}:{days}d", rehearsal=round_.is_rehearsal,
            context={"count": count, "day": legal_date(asked.due_at), "article": asked.article},
            url=reverse("applications:consultations", args=[round_.jurisdiction.code]),
        )  # fmt: skip


@reminders.register
def supplements_due(now: dt.datetime) -> Iterable[Reminder]:
    """To everybody who writes for the organisation, while its supplement is not filed."""
    rows = Supplement.objects.filter(
        filed_at=None,
        application__entry__status=Entry.Status.ACTIVE,
        application__entry__round__status=Round.Status.OPEN,
    )
    for row in rows.select_related("application__entry__round__jurisdiction", "application__entry__organisation"):
        entry = row.application.entry
        days = days_left(entry.round, row.due_at)
        if days is not None:
            yield _to_applicant(entry, SUPPLEMENT, "supplement", f"{row.pk}:{days}d", legal_date(row.due_at))


@reminders.register
def extended_filing_ends(now: dt.datetime) -> Iterable[Reminder]:
    """To those who were granted more time by name and have not filed; everybody else is reminded of the stage's own deadline."""
    rows = Extension.objects.filter(
        organisation__isnull=False, stage__status=RoundStage.Status.OPEN, stage__round__status=Round.Status.OPEN
    )
    for row in rows.select_related("stage__round__jurisdiction"):
        days = days_left(row.stage.round, row.deadline)
        if days is None:
            continue
        drafts = Entry.objects.filter(
            round=row.stage.round, organisation=row.organisation, status=Entry.Status.DRAFT
        ).select_related("organisation")
        for entry in drafts:
            entry.round = row.stage.round
            yield _to_applicant(
                entry, "application.deadline", "application", f"{entry.pk}:x{row.pk}:{days}d", legal_date(row.deadline)
            )


def _to_applicant(entry: Entry, kind: str, page: str, occasion: str, day: dt.date) -> Reminder:
    round_ = entry.round
    people = User.objects.filter(organisations__organisation=entry.organisation_id, is_active=True)
    return Reminder(
        to=tuple(people), kind=kind, jurisdiction=round_.jurisdiction, subject_ref=entry, key=f"{kind}:{occasion}",
        rehearsal=round_.is_rehearsal, context={"organisation": entry.organisation.name, "number": entry.number or "—", "day": day},
        url=reverse(f"applications:{page}", kwargs={"code": round_.jurisdiction.code, "pk": entry.pk}),
    )  # fmt: skip
