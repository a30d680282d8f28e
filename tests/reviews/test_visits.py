"""Plans, visits, opinions, hearings, reports and their confirmation."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from accounts.domain import join
from accounts.models import User
from core.clock import start_of_day
from documents import access
from reviews.domain import plans, reports, scoring, visits
from reviews.kinds.team_review import TeamReviewKind
from reviews.models import Hearing, Report, Visit, VisitPlan
from reviews.players import reviewing
from reviews.players import scores as marks
from rounds import clock, engine
from rounds.models import StageEntry
from tests.core.test_signing import drawing
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]
DAY = dt.timedelta(days=1)


def hand_in(made: Bench, row: StageEntry, merit: float = 0.8) -> None:
    work = made.work(row)
    for assignment in work.assignments:
        given = marks.given(work.sheet, merit, random.Random(3))
        scoring.save(actor=made.user(assignment.reviewer), stage_entry=row, given=given, submit=True)


@pytest.mark.requirement("wenling-6b", "yiwu-2.3")
@pytest.mark.parametrize(("name", "article"), [("wenling-2023", "6"), ("yiwu-2020", "2.3")])
def test_no_visit_is_recorded_before_the_plan_is_approved(bench: Make, name: str, article: str) -> None:
    made = bench(name, entries=3)
    made.open("onsite")
    team = made.teams("onsite")[0]
    row = next(r for r in made.rows("onsite") if made.work(r).team == team)
    leader, office = made.user(made.work(row).leader.reviewer), made.cast.office
    today = clock.today(made.round)

    def visit(day: dt.date) -> Visit:
        return visits.record_visit(actor=leader, stage_entry=row, started_on=day, ended_on=day)

    def plan(**more: object) -> VisitPlan:
        wanted = {"team": team, "starts_on": today, "ends_on": today + 3 * DAY, "text": "Who sees what, when.", **more}
        return plans.make(actor=leader, **wanted)  # type: ignore[arg-type]

    with refused("plan_not_approved", article=article):
        visit(today)
    with refused("ends_before_it_begins", article=article):
        plan(ends_on=today - DAY)
    with refused("plan_text_missing", article=article):
        plan(text=" ")
    with refused("day_outside_plan", article=article):
        plan(by_entry={row.pk: today + 9 * DAY})
    with refused("not_yours_to_do", article=article):
        plans.make(actor=made.cast.supervisor, team=team, starts_on=today, ends_on=today, text="x")
    drafted = plan(by_entry={row.pk: today + DAY})
    with refused("plan_not_approved", article=article):
        visit(today)
    for stranger in (leader, made.cast.supervisor, made.ctx.candidates[0].owner):
        with refused("not_yours_to_do", article=article):
            plans.approve(actor=stranger, plan=drafted)
    with refused("reason_missing", article=article):
        plans.send_back(actor=office, plan=drafted, reason="")
    plans.send_back(actor=office, plan=drafted, reason="Too short")
    assert "plan" in {t.code for t in TeamReviewKind().todos(made.stage("onsite")) if t.user_id == leader.pk}
    drafted = plan()
    assert drafted.returned_reason == ""
    approved = plans.approve(actor=office, plan=drafted)
    with refused("plan_approved_already"):
        plans.approve(actor=made.cast.office_head, plan=approved)
    with refused("review_day_to_come"):
        visit(today + DAY)
    with refused("visit_before_approval", article=article):
        visit(today - DAY)
    made.ctx.move_to(start_of_day(today + 5 * DAY))
    with refused("day_outside_plan", article=article):
        visit(today + 4 * DAY)
    assert not Visit.objects.exists()
    with refused("not_yours_to_do"):
        visits.record_visit(actor=office, stage_entry=row, started_on=today, ended_on=today)
    visit(today + DAY)
    with refused("visit_recorded_already"):
        visit(today + DAY)
    assert plan().approved_at is None
    written_by_office = plans.make(actor=office, team=team, starts_on=today, ends_on=today, text="For the team")
    with refused("plan_approved_by_its_maker", article=article):
        plans.approve(actor=office, plan=written_by_office)


@pytest.mark.requirement("yiwu-5.4")
def test_the_opinion_is_due_seven_working_days_after_the_visit_and_a_late_one_shows(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2, year=2025)
    made.open("onsite")
    made.teams("onsite")
    row = made.rows("onsite")[0]
    leader = made.user(made.work(row).leader.reviewer)
    team = made.work(row).team
    made.ctx.move_to(start_of_day(dt.date(2025, 9, 23)))
    plan = plans.make(actor=leader, team=team, starts_on=dt.date(2025, 9, 23), ends_on=dt.date(2025, 9, 26), text="x")
    plans.approve(actor=made.cast.office, plan=plan)
    made.ctx.move_to(start_of_day(dt.date(2025, 9, 24)) + dt.timedelta(hours=17))
    visit = visits.record_visit(
        actor=leader, stage_entry=row, started_on=dt.date(2025, 9, 24), ended_on=dt.date(2025, 9, 24)
    )
    # 25, 26, 28 (made up), 29, 30 September; 1 to 8 October off; 9, 10 October
    assert visit.opinion_due.date() == dt.date(2025, 10, 10)
    assert visit.derivation["last_day"] == "2025-10-10"
    todo = next(
        t for t in TeamReviewKind().todos(made.stage("onsite")) if t.code == "opinion" and t.user_id == leader.pk
    )
    assert todo.due == visit.opinion_due
    assert "opinion_missing" in {b.code for b in engine.stages.blockers(made.stage("onsite"))}
    made.ctx.move_to(start_of_day(dt.date(2025, 10, 11)))
    with refused("reason_missing"):
        visits.give_opinion(actor=leader, stage_entry=row, text="")
    assert visits.give_opinion(actor=leader, stage_entry=row, text="Go on").opinion_late


@pytest.mark.requirement("wenling-17", "qingyuan-4.3", "yiwu-5.2")
@pytest.mark.parametrize(
    ("name", "stage", "article"),
    [("wenling-2023", "onsite", "17"), ("qingyuan-draft-2025", "onsite", "4.3"), ("yiwu-2020", "documents", "5.2")],
)
def test_an_entry_goes_on_only_when_the_applicant_has_confirmed_the_report(
    bench: Make, name: str, stage: str, article: str
) -> None:
    made = bench(name, entries=2)
    made.play(stage, forbidden=False)
    mine, other = made.ctx.candidates
    row = next(r for r in made.rows(stage) if r.entry.organisation_id == mine.organisation.pk)
    report = Report.objects.get(stage_entry=row)
    Report.objects.filter(pk=report.pk).update(answer="", confirmed_at=None, confirmed_by=None)
    blocked = [b for b in engine.stages.blockers(made.stage(stage)) if b.code == "report_unconfirmed"]
    assert [(b.article, b.count) for b in blocked] == [(article, 1)]
    with refused("stage_blocked", article=article):
        engine.prepare(actor=made.cast.office, stage=made.stage(stage))
    todo = next(t for t in TeamReviewKind().todos(made.stage(stage)) if t.organisation_id == mine.organisation.pk)
    assert todo.code == "confirm"
    for stranger in (other.owner, made.cast.office, made.cast.reviewers[0]):
        with refused("only_applicant_confirms", article=article):
            reports.confirm(actor=stranger, report=report)
    with refused("reason_missing", article=article):
        reports.confirm(actor=mine.owner, report=report, answer="remarks")
    words = "We see it otherwise under 4.1"
    done = reports.confirm(actor=mine.owner, report=report, answer="remarks", remarks=words, drawing=drawing())
    assert (done.confirmed_by, done.remarks) == (mine.owner, words)
    (signature,) = done.drawings
    readers = (mine.owner, made.cast.office, other.owner)
    assert [access.may_read(reader, signature) for reader in readers] == [True, True, False]
    with refused("report_confirmed", article=article):
        reports.confirm(actor=mine.owner, report=report)
    assert not engine.stages.blockers(made.stage(stage))
    engine.prepare(actor=made.cast.office, stage=made.stage(stage))


@pytest.mark.requirement("wenzhou-16a")
def test_the_head_signs_on_the_spot_after_feedback(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=2)
    made.open("onsite")
    made.teams("onsite")
    candidate = made.ctx.candidates[0]
    row = made.rows("onsite")[0]
    leader, today = made.user(made.work(row).leader.reviewer), clock.today(made.round)
    colleague = User.objects.create_user("colleague@example.org", name="Colleague")
    join(actor=candidate.owner, organisation=candidate.organisation, user=colleague, role="editor")
    visits.record_visit(actor=leader, stage_entry=row, started_on=today, ended_on=today)
    hand_in(made, row)
    report = reports.make(actor=leader, stage_entry=row, summary="Ours")
    with refused("feedback_missing", article="16"):
        reports.confirm(actor=candidate.owner, report=report)
    with refused("feedback_outside_visit", article="16"):
        visits.feed_back(actor=leader, stage_entry=row, on=today + DAY, to="The head")
    visits.feed_back(actor=leader, stage_entry=row, on=today, to="The head")
    with refused("only_head_confirms", article="16"):
        reports.confirm(actor=colleague, report=report)
    signed = reports.confirm(actor=candidate.owner, report=report)
    assert signed.on_the_spot
    second, other = made.rows("onsite")[1], made.ctx.candidates[1]
    leads = made.user(made.work(second).leader.reviewer)
    visits.record_visit(actor=leads, stage_entry=second, started_on=today, ended_on=today, fed_back_to="The head")
    hand_in(made, second)
    late = reports.make(actor=leads, stage_entry=second, summary="Ours")
    made.ctx.pass_days(2)
    with refused("not_on_the_spot", article="16"):
        reports.confirm(actor=other.owner, report=late)
    signed = reports.confirm(actor=other.owner, report=late, late_reason="The head was in hospital")
    assert (signed.on_the_spot, signed.late_reason) == (False, "The head was in hospital")


@pytest.mark.requirement("tacheng-20")
def test_nothing_is_scored_before_the_head_has_defended(bench: Make) -> None:
    made = bench("tacheng-2023", entries=2)
    made.open("defence")
    made.teams("defence")
    row, absent = made.rows("defence")
    work = made.work(row)
    leader = made.user(work.leader.reviewer)
    today = clock.today(made.round)
    given = marks.given(work.sheet, 0.9, made.ctx.random)

    def hearing(who: StageEntry = row, **more: object) -> Hearing:
        wanted = {"held_on": today, "head_present": True, "head_name": "Li Head", **more}
        return visits.record_hearing(actor=made.cast.office, stage_entry=who, **wanted)  # type: ignore[arg-type]

    with refused("head_not_on_record", article="20"):
        scoring.save(actor=leader, stage_entry=row, given=given, submit=True)
    with refused("head_name_missing", article="20"):
        hearing(head_name="")
    with refused("review_day_to_come"):
        hearing(held_on=today + DAY)
    with refused("reason_missing"):
        hearing(head_present=False, head_name="")
    hearing(head_present=False, note="came late")
    with refused("head_not_on_record", article="20"):
        scoring.save(actor=leader, stage_entry=row, given=given, submit=True)
    hearing()
    hand_in(made, row, 0.9)
    with refused("sheet_handed_in"):
        hearing()
    hearing(absent, head_present=False, note="did not come")
    assert not [b for b in engine.stages.blockers(made.stage("defence")) if b.code != "differences_unsettled"]
    reviewing.agree(made.ctx, [made.work(row)])
    made.decide("defence")
    outcomes = {r.pk: r for r in made.rows("defence")}
    assert outcomes[row.pk].status == "advanced"
    assert (outcomes[absent.pk].status, outcomes[absent.pk].article, bool(outcomes[absent.pk].reason)) == (
        "stopped",
        "20",
        True,
    )


@pytest.mark.requirement("tacheng-18")
def test_the_three_reviews_follow_each_other(bench: Make) -> None:
    made = bench("tacheng-2023", entries=2)
    modes = [s.mode for s in made.round.rules.stages if s.kind == "team_review"]
    assert modes == ["documents", "defence", "onsite"]
    made.open("documents")
    with refused("stage_out_of_turn"):
        engine.open_stage(actor=made.cast.office, stage=made.stage("defence"))
    with refused("no_visits_here"):
        made.teams("documents")
        row = made.rows("documents")[0]
        leader = made.user(made.work(row).leader.reviewer)
        today = clock.today(made.round)
        visits.record_visit(actor=leader, stage_entry=row, started_on=today, ended_on=today)
