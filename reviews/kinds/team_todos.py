"""What is left to do in a team review, and for whom."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from jurisdictions.models import Role
from reviews.kinds.shared import address
from reviews.kinds.team_blockers import approved
from reviews.models import Team, TeamProposal, VisitPlan
from reviews.queries.progress import EntryWork, by_team, needs_report
from rounds.kinds import Todo
from rounds.models import RoundStage

_PLAN_ROLES = {
    "committee": Role.COMMITTEE,
    "approver": Role.APPROVER,
    "supervision": Role.SUPERVISOR,
    "leading_group": Role.COMMITTEE,
}


def of(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    """For reviewers, leaders, who approves plans, and applicants."""
    yield from _reviewers(stage, works)
    yield from _leaders(stage, works)
    yield from _plans(stage, works)
    yield from _proposals(stage, works)
    yield from _applicants(stage, works)


def _reviewers(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    waiting: Counter[int] = Counter()
    for work in works:
        done = {sheet.reviewer_id for sheet in work.handed_in}
        if not work.head_absent:
            waiting.update(a.reviewer.user_id for a in work.assignments if a.reviewer_id not in done)
    for user, count in sorted(waiting.items()):
        text = _("{count} score sheets to hand in: {stage}").format(count=count, stage=stage.name)
        yield Todo(
            "score",
            stage.article,
            text,
            address("mine", stage),
            count,
            due=stage.deadline,
            role="reviewer",
            user_id=user,
        )


def _leaders(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    """One line per leader and task, however many entries; the earliest day on which one is due."""
    texts = {
        "visit": _("{count} visits to record: {stage}"), "hearing": _("{count} hearings to record: {stage}"),
        "differences": _("{count} entries on which the team has to agree: {stage}"), "report": _("{count} reports to write: {stage}"),
        "opinion": _("{count} opinions to give after the visit: {stage}"),
    }  # fmt: skip
    waiting: Counter[tuple[int, str]] = Counter()
    due: dict[tuple[int, str], dt.datetime] = {}
    for work in works:
        leader = work.leader
        for task, until in _tasks(work) if leader else ():
            assert leader is not None
            key = (leader.reviewer.user_id, task)
            waiting[key] += 1
            if until is not None:
                due[key] = min(until, due.get(key, until))
    for (user, task), count in sorted(waiting.items()):
        text = texts[task].format(count=count, stage=stage.name)
        until = due.get((user, task), stage.deadline)
        yield Todo(task, stage.article, text, address("mine", stage), count, due=until, role="reviewer", user_id=user)


def _tasks(work: EntryWork) -> Iterator[tuple[str, dt.datetime | None]]:
    spec = work.spec
    if spec.mode == "onsite" and work.visit is None and (spec.plan is None or approved(work.plan)):
        yield "visit", None
    if spec.mode == "defence" and work.hearing is None:
        yield "hearing", None
    if work.unsettled:
        yield "differences", None
    if needs_report(spec) and work.result is not None and (work.report is None or work.report_outdated):
        yield "report", None
    if spec.opinion_within is not None and work.visit is not None and not work.visit.opinion:
        yield "opinion", work.visit.opinion_due


def plan_role(stage: RoundStage) -> str:
    """The role of whoever approves the on-site plan."""
    by = stage.spec.plan.by.value
    organ = next((o for o in stage.round.rules.organs if o.key == by), None)
    kind = organ.kind if organ else by
    return str(_PLAN_ROLES.get(kind, kind if kind in Role.values else Role.OFFICE))


def _plans(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    """The leader makes the plan; who is named approves it."""
    approval = stage.spec.plan
    if approval is None:
        return
    role = plan_role(stage)
    for team, mine in by_team(works).items():
        plan: VisitPlan | None = mine[0].plan
        page = address("plan", stage, team)
        if plan is None or plan.returned_reason:
            if leader := mine[0].leader:
                yield Todo(
                    "plan",
                    approval.article,
                    _("On-site plan to write: {stage}").format(stage=stage.name),
                    page,
                    role="reviewer",
                    user_id=leader.reviewer.user_id,
                )
        elif plan.approved_at is None:
            yield Todo(
                "approve_plan",
                approval.article,
                _("On-site plan to approve: {stage}").format(stage=stage.name),
                page,
                role=role,
            )


def _proposals(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    """A team whose results all stand proposes whom it would see go on."""
    teams = {
        team: mine for team, mine in by_team(works).items() if all(w.result is not None or w.head_absent for w in mine)
    }
    if not teams:
        return
    proposed = set(TeamProposal.objects.filter(team__in=teams).values_list("team_id", flat=True))
    leaders = Team.objects.filter(pk__in=set(teams) - proposed, members__is_leader=True, members__ended_at=None)
    for team, user in leaders.order_by("id").values_list("id", "members__reviewer__user_id"):
        text = _("The team's proposal to the office: {stage}").format(stage=stage.name)
        yield Todo(
            "propose", stage.spec.team.article, text, address("propose", stage, team), role="reviewer", user_id=user
        )


def _applicants(stage: RoundStage, works: Sequence[EntryWork]) -> Iterator[Todo]:
    confirm = stage.spec.confirm
    for work in works if confirm is not None else ():
        if work.report is not None and work.report.confirmed_at is None and not work.report_outdated:
            text = _("Read and confirm the review report: {stage}").format(stage=stage.name)
            page = address("confirm", stage, work.row.pk)
            yield Todo(
                "confirm",
                confirm.article,
                text,
                page,
                due=stage.deadline,
                organisation_id=work.row.entry.organisation_id,
            )
