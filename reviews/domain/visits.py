"""Visits, feedback on the spot, the team's opinion; hearings."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from reviews.locking import entry_row, open_pending
from reviews.models import Assignment, Hearing, ScoreSheet, Visit, VisitPlan
from reviews.rules import is_office, leads
from rounds import clock
from rounds.engine.logging import record
from rounds.models import StageEntry


@transaction.atomic
def record_visit(
    *,
    actor: User,
    stage_entry: StageEntry,
    started_on: dt.date,
    ended_on: dt.date,
    note: str = "",
    fed_back_to: str = "",
) -> Visit:
    """The leader records that the visit took place; ``fed_back_to``: who heard the team's findings on its last day.

    Refused: no approved plan where one is asked for, days before its approval or outside it, days to come, recorded before. Sets the
    day on which the team's opinion is due, with its derivation.
    """
    row = open_pending(entry_row(stage_entry))
    stage, article = row.stage, row.stage.article
    require(leads, actor, row, article=stage.spec.team.article)
    if stage.spec.mode != "onsite":
        raise Refused("no_visits_here", article=article)
    if ended_on < started_on:
        raise Refused("ends_before_it_begins", article=article, field="ended_on")
    now = clock.now(stage.round)
    if ended_on > legal_date(now):
        raise Refused("review_day_to_come", article=article, field="ended_on", day=ended_on)
    _check_plan(row, started_on, ended_on)
    if Visit.objects.filter(stage_entry=row).exists():
        raise Refused("visit_recorded_already", article=article)
    due, derivation = _opinion_due(row, ended_on)
    visit = Visit.objects.create(
        stage_entry=row, started_on=started_on, ended_on=ended_on, note=note.strip(), recorded_by=actor, recorded_at=now,
        fed_back_on=ended_on if fed_back_to.strip() else None, fed_back_to=fed_back_to.strip(), opinion_due=due, derivation=derivation,
    )  # fmt: skip
    record(
        "visit.recorded", round_=stage.round, actor=actor, subject=row.entry, article=article, stage=stage.key,
        started_on=started_on, ended_on=ended_on, opinion_due=due, fed_back=bool(fed_back_to.strip()),
    )  # fmt: skip
    return visit


@transaction.atomic
def feed_back(*, actor: User, stage_entry: StageEntry, on: dt.date, to: str) -> Visit:
    """Record that the findings were told on the spot, during the visit, and to whom."""
    row = open_pending(entry_row(stage_entry))
    confirm = row.stage.spec.confirm
    article = confirm.article if confirm else row.stage.article
    require(leads, actor, row, article=row.stage.spec.team.article)
    visit = _visit(row)
    if not to.strip():
        raise Refused("reason_missing", article=article, field="to")
    if not visit.started_on <= on <= visit.ended_on:
        raise Refused(
            "feedback_outside_visit", article=article, field="on", first=visit.started_on, last=visit.ended_on
        )
    visit.fed_back_on, visit.fed_back_to = on, to.strip()
    visit.save(update_fields=["fed_back_on", "fed_back_to"])
    record(
        "visit.fed_back",
        round_=row.stage.round,
        actor=actor,
        subject=row.entry,
        article=article,
        stage=row.stage.key,
        on=on,
    )
    return visit


@transaction.atomic
def give_opinion(*, actor: User, stage_entry: StageEntry, text: str) -> Visit:
    """The team's opinion after the visit. A late one is taken, and stays marked as late."""
    row = open_pending(entry_row(stage_entry))
    article = row.stage.article
    require(leads, actor, row, article=row.stage.spec.team.article)
    visit = _visit(row)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    visit.opinion, visit.opinion_by, visit.opinion_at = text.strip(), actor, clock.now(row.stage.round)
    visit.save(update_fields=["opinion", "opinion_by", "opinion_at"])
    record(
        "visit.opinion_given", round_=row.stage.round, actor=actor, subject=row.entry, article=article, stage=row.stage.key,
        due=visit.opinion_due, late=visit.opinion_late,
    )  # fmt: skip
    return visit


@transaction.atomic
def record_hearing(
    *, actor: User, stage_entry: StageEntry, held_on: dt.date, head_present: bool, head_name: str = "", note: str = ""
) -> Hearing:
    """The leader or the office records a statement and defence, and whether the head was there; mended until a sheet is in.

    Refused: a day to come, a present head without name, an absent one without note, sheets handed in.
    """
    row = open_pending(entry_row(stage_entry))
    stage, article = row.stage, row.stage.article
    require(leads | is_office, actor, row, article=stage.spec.team.article)
    if stage.spec.mode != "defence":
        raise Refused("no_hearings_here", article=article)
    if not Assignment.objects.filter(stage_entry=row, ended_at=None).exists():
        raise Refused("entry_not_assigned", article=article, organisation=row.entry.organisation)
    now = clock.now(stage.round)
    if held_on > legal_date(now):
        raise Refused("review_day_to_come", article=article, field="held_on", day=held_on)
    if head_present and not head_name.strip():
        raise Refused("head_name_missing", article=article, field="head_name")
    if not head_present and not note.strip():
        raise Refused("reason_missing", article=article, field="note")
    if ScoreSheet.objects.filter(stage_entry=row, submitted_at__isnull=False).exists():
        raise Refused("sheet_handed_in", article=article)
    kept = {
        "held_on": held_on,
        "head_present": head_present,
        "head_name": head_name.strip(),
        "note": note.strip(),
        "recorded_by": actor,
        "recorded_at": now,
    }
    hearing, _created = Hearing.objects.update_or_create(stage_entry=row, defaults=kept)
    record(
        "hearing.recorded",
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=article,
        stage=stage.key,
        held_on=held_on,
        head_present=head_present,
    )
    return hearing


def _visit(row: StageEntry) -> Visit:
    visit = Visit.objects.select_for_update().filter(stage_entry=row).first()
    if visit is None:
        raise Refused("visit_missing", article=row.stage.article)
    found: Visit = visit
    return found


def _check_plan(row: StageEntry, started_on: dt.date, ended_on: dt.date) -> None:
    approval = row.stage.spec.plan
    if approval is None:
        return
    plan = VisitPlan.objects.filter(team__assignments__stage_entry=row, team__assignments__ended_at=None).first()
    if plan is None or plan.approved_at is None:
        raise Refused("plan_not_approved", article=approval.article)
    if started_on < legal_date(plan.approved_at):
        raise Refused(
            "visit_before_approval", article=approval.article, field="started_on", day=legal_date(plan.approved_at)
        )
    if started_on < plan.starts_on or ended_on > plan.ends_on:
        raise Refused(
            "day_outside_plan", article=approval.article, field="started_on", first=plan.starts_on, last=plan.ends_on
        )


def _opinion_due(row: StageEntry, ended_on: dt.date) -> tuple[dt.datetime | None, dict[str, object]]:
    within = row.stage.spec.opinion_within
    if within is None:
        return None, {}
    span = window(
        calendar_of(row.stage.round.jurisdiction),
        after=ended_on,
        length=within.length.value,
        unit=within.unit,
        article=row.stage.article,
    )
    return span.ends_at, span.as_data()
