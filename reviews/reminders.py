"""Reminders of the reviews, derived each time: opinions after a visit, reports that wait for the applicant's word, reviews with a deadline."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from django.urls import reverse

from accounts.models import OrganisationMember, User
from applications.domain.owning import officers_of
from core.clock import legal_date
from notifications import reminders
from notifications.reminders import Reminder
from reviews.models import Assignment, Report, ScoreSheet, Visit
from reviews.queries import departments
from rounds import clock
from rounds.models import Round, RoundStage, StageEntry

BEFORE = (3, 1)
OPINION, CONFIRM, SHEETS, OPINIONS = (
    "reviews.opinion_due", "reviews.report_to_confirm", "reviews.sheets_due", "reviews.departments_due",
)  # fmt: skip
RUNNING = {"stage__status": RoundStage.Status.OPEN, "stage__round__status": Round.Status.OPEN, "status": "pending"}
#: Of a row that belongs to a stage entry.
OF_RUNNING = {f"stage_entry__{key}": value for key, value in RUNNING.items()}


def due(round_: Round, until: dt.datetime) -> str:
    """Which reminder is due: three days before, one, or when it is over; nothing while it is early."""
    left = (legal_date(until) - legal_date(clock.now(round_))).days
    if left < 0:
        return "over"
    return next((f"{days}d" for days in sorted(BEFORE) if left <= days), "")


@reminders.register
def opinions_due(now: dt.datetime) -> Iterable[Reminder]:
    """To the leader: a team's opinion that the article wants so many days after the visit. Two queries."""
    rows = Visit.objects.filter(opinion="", opinion_due__isnull=False, **OF_RUNNING).select_related(
        "stage_entry__stage__round__jurisdiction", "stage_entry__entry__organisation"
    )
    found = [
        (visit, when) for visit in rows.order_by("id") if (when := due(visit.stage_entry.stage.round, _until(visit)))
    ]
    leading = Assignment.objects.filter(
        stage_entry__in=[visit.stage_entry_id for visit, _when in found], is_leader=True, ended_at=None
    )
    leaders = {task.stage_entry_id: task.reviewer.user for task in leading.select_related("reviewer__user")}
    for visit, when in found:
        row, leader = visit.stage_entry, leaders.get(visit.stage_entry_id)
        if leader is not None:
            yield _reminder(
                OPINION, row.stage, f"{visit.pk}:{when}", visit, [leader], "reviews:visit", row.pk,
                organisation=row.entry.organisation.name, day=legal_date(_until(visit)),
            )  # fmt: skip


def _until(visit: Visit) -> dt.datetime:
    assert visit.opinion_due is not None
    return visit.opinion_due


@reminders.register
def reports_to_confirm(now: dt.datetime) -> Iterable[Reminder]:
    """To the applicant, once for each version: a report waits for its word (its head's alone, where the policy says so). Two queries."""
    rows = Report.objects.filter(confirmed_at=None, **OF_RUNNING).select_related(
        "stage_entry__stage__round__jurisdiction", "stage_entry__entry__organisation"
    )
    found = [report for report in rows.order_by("id") if report.stage_entry.stage.spec.confirm is not None]
    held = OrganisationMember.objects.filter(
        organisation__in={report.stage_entry.entry.organisation_id for report in found}, user__is_active=True
    )
    people: dict[int, list[OrganisationMember]] = {}
    for member in held.select_related("user").order_by("id"):
        people.setdefault(member.organisation_id, []).append(member)
    for report in found:
        row = report.stage_entry
        rule, members = row.stage.spec.confirm, people.get(row.entry.organisation_id, [])
        heads = [member for member in members if member.is_head]
        wanted = (heads or members) if rule.by == "head" else members
        yield _reminder(
            CONFIRM, row.stage, f"{report.pk}:v{report.version}", report, [member.user for member in wanted], "reviews:confirm", row.pk,
            number=row.entry.number, article=rule.article,
        )  # fmt: skip


@reminders.register
def reviews_due(now: dt.datetime) -> Iterable[Reminder]:
    """Where a stage has a deadline: to reviewers whose sheets are out, and to departments that owe an answer."""
    stages = RoundStage.objects.filter(
        kind__in=("team_review", "department_review"), status=RoundStage.Status.OPEN, deadline__isnull=False,
        round__status=Round.Status.OPEN,
    )  # fmt: skip
    for stage in stages.select_related("round__jurisdiction"):
        assert stage.deadline is not None
        if when := due(stage.round, stage.deadline):
            yield from _sheets(stage, when) if stage.kind == "team_review" else _departments(stage, when)


def _sheets(stage: RoundStage, when: str) -> Iterator[Reminder]:
    running = Assignment.objects.filter(stage_entry__stage=stage, stage_entry__status="pending", ended_at=None)
    handed = set(
        ScoreSheet.objects.filter(stage_entry__stage=stage, submitted_at__isnull=False).values_list(
            "stage_entry", "reviewer"
        )
    )
    owed: Counter[User] = Counter()
    for task in running.select_related("reviewer__user").order_by("reviewer"):
        if (task.stage_entry_id, task.reviewer_id) not in handed:
            owed[task.reviewer.user] += 1
    for user, count in owed.items():
        yield _reminder(
            SHEETS,
            stage,
            f"{stage.pk}:{user.pk}:{when}",
            stage,
            [user],
            "reviews:mine",
            stage=stage.name,
            count=count,
            day=_day(stage),
        )


def _departments(stage: RoundStage, when: str) -> Iterator[Reminder]:
    bodies = departments.bodies_asked(stage)
    rows = list(StageEntry.objects.filter(stage=stage).pending())
    given = departments.of_stage(stage, rows)
    owed = {body: sum(1 for opinions in given if body in opinions.missing(bodies)) for body in bodies}
    officers = officers_of([body.pk for body, count in owed.items() if count], rehearsal=stage.round.is_rehearsal)
    people = User.objects.in_bulk({user for users in officers.values() for user in users})
    for body, count in owed.items():
        if count:
            yield _reminder(
                OPINIONS, stage, f"{stage.pk}:{body.pk}:{when}", stage, [people[user] for user in officers.get(body.pk, ())],
                "reviews:answer", stage.pk, body.pk, stage=stage.name, count=count, day=_day(stage),
            )  # fmt: skip


def _day(stage: RoundStage) -> dt.date:
    assert stage.deadline is not None
    return legal_date(stage.deadline)


def _reminder(
    kind: str, of: RoundStage, key: str, subject: Report | Visit | RoundStage, to: list[User], page: str, *args: int, **context: object
) -> Reminder:  # fmt: skip
    """Addressed to the page where it is done."""
    code = of.round.jurisdiction.code
    return Reminder(
        to=tuple(to), kind=kind, jurisdiction=of.round.jurisdiction, subject_ref=subject, key=f"{kind}:{key}",
        url=reverse(page, args=[code, *args]), context=context, rehearsal=of.round.is_rehearsal,
    )  # fmt: skip
