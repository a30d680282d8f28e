"""Pages: who sees what, everything typed stays, a constant number of queries, no JavaScript needed."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OrganisationMember, User
from core.clock import start_of_day
from jurisdictions import roles
from reviews.domain import conduct, plans, pool, proposed, proposing, scoring
from reviews.models import (
    Assignment,
    Consensus,
    DepartmentOpinion,
    Qualification,
    Report,
    Reviewer,
    ScoreSheet,
    StageReport,
    Team,
    TieDecision,
    Visit,
    VisitPlan,
)
from reviews.players import scores as marks
from reviews.queries import departments as asked
from rounds import clock, engine
from rounds.models import StageEntry
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


class Visitor:
    """A signed-in person and the addresses of one jurisdiction."""

    def __init__(self, made: Bench, user: User) -> None:
        self.client, self.code = Client(), made.round.jurisdiction.code
        self.client.force_login(user)

    def url(self, name: str, /, *args: Any) -> str:
        return reverse(f"reviews:{name}", args=[self.code, *args])

    def get(self, name: str, /, *args: Any, query: str = "") -> Any:
        return self.client.get(self.url(name, *args) + query)

    def post(self, name: str, /, *args: Any, **data: Any) -> Any:
        return self.client.post(reverse(f"reviews:{name}", args=[self.code, *args]), data)


def page_of(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def back_of(response: Any) -> str:
    """The page as it comes back when a form folded into it is refused."""
    assert response.status_code == 422, response.status_code
    text: str = response.content.decode()
    assert "error-summary" in text
    return text


def superuser() -> User:
    return User.objects.create_user("root@example.org", name="Root", is_superuser=True)


@pytest.fixture
def started(bench: Make) -> tuple[Bench, StageEntry]:
    made = bench("wenling-2023", year=2025, entries=3)
    made.open("documents")
    made.teams("documents")
    return made, made.rows("documents")[0]


@pytest.mark.requirement("wenling-24")
def test_a_reviewer_sees_only_what_is_assigned_and_nothing_after_stepping_aside(
    started: tuple[Bench, StageEntry],
) -> None:
    made, row = started
    work = made.work(row)
    user = made.user(work.assignments[1].reviewer)
    other = next(
        r for r in made.rows("documents") if user.pk not in {a.reviewer.user_id for a in made.work(r).assignments}
    )
    mine = Visitor(made, user)
    assert row.entry.organisation.name in page_of(mine.get("mine"))
    assert other.entry.organisation.name not in page_of(mine.get("mine"))
    page_of(mine.get("score", row.pk))
    for name in ("score", "differences", "report", "step_aside", "entry"):
        assert mine.get(name, other.pk).status_code == 404
    assert mine.get("entry", row.pk).status_code == 404
    assert mine.get("pool").status_code == 404
    assert mine.get("stage", row.stage_id).status_code == 404
    assert mine.get("ranking", row.stage_id).status_code == 404
    response = mine.post("step_aside", row.pk, reason="My sister leads it")
    assert response.status_code == 302
    for name in ("score", "differences", "report", "step_aside"):
        assert mine.get(name, row.pk).status_code == 404
    assert row.entry.organisation.name not in page_of(mine.get("mine"))
    stranger = Visitor(made, made.ctx.candidates[0].owner)
    assert stranger.get("mine").status_code == 404
    assert stranger.get("score", row.pk).status_code == 404
    anonymous = Client().get(reverse("reviews:score", args=[made.round.jurisdiction.code, row.pk]))
    assert anonymous.status_code == 302


def test_the_score_page_keeps_what_was_typed_and_hides_others_sheets(started: tuple[Bench, StageEntry]) -> None:
    made, row = started
    work = made.work(row)
    leaves = [leaf.key for leaf in work.sheet.leaves()]
    users = [made.user(a.reviewer) for a in work.assignments]
    leader, member = Visitor(made, users[0]), Visitor(made, users[1])
    text = page_of(leader.get("score", row.pk))
    assert all(f'name="score_{key}"' in text for key in leaves)
    assert "<script>" not in text
    assert "onclick" not in text
    refusal = page_of(
        leader.post(
            "score",
            row.pk,
            **{f"score_{leaves[0]}": "65", f"remark_{leaves[0]}": "kept words", "version": 0, "submit": "1"},
        )
    )
    assert "kept words" in refusal
    assert re.search(r'value="65"[^>]* checked', refusal)
    assert not ScoreSheet.objects.exists()
    assert leader.post("score", row.pk, **{f"score_{leaves[0]}": "65", "version": 0, "save": ""}).status_code == 302
    assert ScoreSheet.objects.get().scores == {leaves[0]: "65"}
    everything = {f"score_{key}": "65" for key in leaves}
    assert leader.post("score", row.pk, **everything, version=1, submit="1").status_code == 302
    assert "65" not in page_of(member.get("differences", row.pk)).split("<main")[1]
    for number, user in enumerate(users[1:]):
        given = {**everything, f"score_{leaves[0]}": "95" if number == 0 else "65"}
        Visitor(made, user).post("score", row.pk, **given, version=0, submit="1")
    seen = page_of(member.get("differences", row.pk))
    assert "95" in seen
    assert f'name="{leaves[0]}"' not in seen
    assert member.post("differences", row.pk, **{leaves[0]: "70", f"reason_{leaves[0]}": "x"}).status_code == 403
    assert f'name="{leaves[0]}"' in page_of(leader.get("differences", row.pk))
    page_of(leader.post("differences", row.pk, **{leaves[0]: "70"}))
    assert not Consensus.objects.exists()
    assert (
        leader.post("differences", row.pk, **{leaves[0]: "70", f"reason_{leaves[0]}": "seen together"}).status_code
        == 302
    )
    assert Consensus.objects.get().values == {leaves[0]: "70"}
    assert member.post("report", row.pk, summary="x").status_code == 403
    assert leader.post("report", row.pk, summary="Our view", strengths="S", improvements="I").status_code == 302
    assert "Our view" in page_of(member.get("report", row.pk))
    assert leader.post("reopen", ScoreSheet.objects.get(reviewer__user=users[1]).pk, reason="slip").status_code == 302
    assert member.post("reopen", ScoreSheet.objects.get(reviewer__user=users[2]).pk, reason="slip").status_code == 404


def _queries_of_a_proposal(made: Bench) -> int:
    stage, office = made.stage("documents"), Visitor(made, made.cast.office)
    held = proposing.propose(actor=made.cast.office, stage=stage, wish=proposing.Wish(2, 3))
    office.get("proposal", stage.pk, query="?team=n0")
    with CaptureQueriesContext(connection) as queries:
        page_of(office.get("proposal", stage.pk, query="?team=n0"))
    proposed.drop(actor=made.cast.office, proposal=held)
    return len(queries)


def test_lists_take_a_constant_number_of_queries(bench: Make) -> None:
    counts: dict[str, list[int]] = {}
    for entries in (2, 14):
        made = bench(
            "wenling-2023", year=2025, entries=entries, **({"tweak": {"edition": "again"}} if entries == 14 else {})
        )
        made.open("documents")
        made.reviewers()
        counts.setdefault("proposal", []).append(_queries_of_a_proposal(made))
        made.teams("documents")
        stage = made.stage("documents")
        user = made.user(Assignment.objects.filter(stage_entry__stage=stage).first().reviewer)
        office = Visitor(made, made.cast.office)
        for name, visitor, args in (
            ("mine", Visitor(made, user), ()),
            ("stage", office, (stage.pk,)),
            ("ranking", office, (stage.pk,)),
        ):
            visitor.get(name, *args)
            with CaptureQueriesContext(connection) as queries:
                page_of(visitor.get(name, *args))
            counts.setdefault(name, []).append(len(queries))
        engine.abandon_round(actor=made.cast.office_head, round_=made.round, reason="test")
    assert all(few == many for few, many in counts.values()), counts


def test_the_office_builds_teams_gives_entries_out_and_fills_places_anew(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=3)
    stage = made.open("documents")
    people = made.reviewers()
    office, supervisor = Visitor(made, made.cast.office), Visitor(made, made.cast.supervisor)
    page_of(office.get("stage", stage.pk))
    page_of(supervisor.get("stage", stage.pk))
    assert supervisor.get("team_new", stage.pk).status_code == 403
    data = {
        "name": "First",
        "prizes": [made.round.prizes[0]],
        "members": [p.pk for p in people[:2]],
        "leaders": people[0].pk,
        "size_reason": "",
    }
    again = page_of(office.post("team_new", stage.pk, **data))
    assert "First" in again
    assert not Team.objects.exists()
    assert office.post("team_new", stage.pk, **{**data, "members": [p.pk for p in people[:3]]}).status_code == 302
    team = Team.objects.get()
    rows = made.rows("documents")
    assert supervisor.post("assign", team.pk, stage_entries=[rows[0].pk]).status_code == 403
    office.post("assign", team.pk, stage_entries=[rows[0].pk])
    assert Assignment.objects.filter(stage_entry=rows[0]).count() == 3
    office.post("distribute", stage.pk)
    assert Assignment.objects.filter(ended_at=None).count() == 9
    office.post("replace", rows[0].pk, leaving=people[1].pk, coming=people[4].pk, reason="ill")
    assert people[4].pk in made.work(rows[0]).reviewers
    office.post("leader", rows[0].pk, reviewer=people[4].pk)
    assert made.work(rows[0]).leader.reviewer == people[4]
    office.post("take_back", rows[1].pk, reason="another team")
    assert not made.work(rows[1]).assignments
    for name, args in (
        ("team", (team.pk,)),
        ("entry", (rows[0].pk,)),
        ("entry", (rows[1].pk,)),
        ("stage", (stage.pk,)),
        ("propose", (team.pk,)),
    ):
        page_of(office.get(name, *args))
    page_of(office.get("stage", stage.pk, query=f"?team={team.pk}&lacking=sheets"))
    office.post("explain_size", team.pk, reason="a narrow field")
    for row in (rows[0], rows[2]):
        office.post("take_back", row.pk, reason="merged")
    office.post("dissolve", team.pk, reason="merged")
    team.refresh_from_db()
    assert (team.size_reason, team.ended_at is not None) == ("a narrow field", True)


@pytest.mark.requirement("wenling-6b", "wenling-17", "yiwu-5.4")
def test_plan_visit_opinion_report_and_confirmation_by_page(bench: Make) -> None:
    made = bench("yiwu-2020", entries=1)
    made.open("onsite")
    team = made.teams("onsite")[0]
    row, today = made.rows("onsite")[0], clock.today(made.round)
    work = made.work(row)
    leader, member = (
        Visitor(made, made.user(work.leader.reviewer)),
        Visitor(made, made.user(work.assignments[1].reviewer)),
    )
    office, owner = Visitor(made, made.cast.office), Visitor(made, made.ctx.candidates[0].owner)
    page_of(leader.get("plan", team.pk))
    assert owner.get("plan", team.pk).status_code == 404
    assert owner.get("confirm", row.pk).status_code == 404
    plan = {"starts_on": today, "ends_on": today + dt.timedelta(days=2), "text": "Our plan", f"day_{row.pk}": today}
    assert member.post("plan", team.pk, **plan).status_code == 403
    assert "Our plan" in page_of(leader.post("plan", team.pk, **{**plan, "ends_on": today - dt.timedelta(days=1)}))
    assert leader.post("plan", team.pk, **plan).status_code == 302
    assert leader.post("approve_plan", team.pk).status_code == 403
    office.post("return_plan", team.pk, reason="too long")
    assert "too long" in page_of(leader.get("plan", team.pk))
    leader.post("plan", team.pk, **plan)
    office.post("approve_plan", team.pk)
    assert VisitPlan.objects.get().approved_by == made.cast.office
    visit = {"started_on": today, "ended_on": today, "note": "", "fed_back_to": ""}
    assert member.post("visit", row.pk, **visit).status_code == 403
    assert leader.post("visit", row.pk, **visit).status_code == 302
    leader.post("feed_back", row.pk, on=today, to="The head")
    leader.post("opinion", row.pk, text="Go on")
    found = Visit.objects.get()
    assert (found.fed_back_to, found.opinion) == ("The head", "Go on")
    page_of(member.get("visit", row.pk))
    for assignment in work.assignments:
        given = marks.given(work.sheet, 0.8, random.Random(3))
        scoring.save(actor=made.user(assignment.reviewer), stage_entry=row, given=given, submit=True)
    leader.post("report", row.pk, summary="Well led")
    text = page_of(owner.get("confirm", row.pk))
    assert "Well led" in text
    assert str(Report.objects.get().score) not in text
    assert office.post("confirm", row.pk, answer="agreed", version=1).status_code == 403
    assert "Well led" in page_of(owner.post("confirm", row.pk, answer="remarks", remarks="", version=1))
    assert owner.post("confirm", row.pk, answer="remarks", remarks="One date is wrong", version=1).status_code == 302
    assert "One date is wrong" in page_of(leader.get("report", row.pk))
    assert Visitor(made, superuser()).get("confirm", row.pk).status_code in (200, 404)


@pytest.mark.requirement("wenzhou-16a")
def test_who_may_not_sign_a_report_is_told_who_signs_and_how_that_person_gets_in(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=3)
    made.open("onsite")
    made.teams("onsite")
    row = made.rows("onsite")[0]
    organisation, by = row.entry.organisation, made.cast.office
    members = OrganisationMember.objects.filter(organisation=organisation)
    members.update(is_head=False)
    Report.objects.create(
        stage_entry=row, kind="onsite", summary="Well led", score=1, made_by=by, made_at=clock.now(made.round)
    )
    owner = Visitor(made, members.earliest("id").user)
    people = reverse("applications:organisation", args=[organisation.pk])
    assert people in page_of(owner.get("confirm", row.pk))
    members.update(is_head=True)
    assert people not in page_of(owner.get("confirm", row.pk))


@pytest.mark.requirement("tacheng-20")
def test_the_hearing_page(bench: Make) -> None:
    made = bench("tacheng-2023", entries=1)
    made.open("defence")
    made.teams("defence")
    row, today = made.rows("defence")[0], clock.today(made.round)
    work = made.work(row)
    member = Visitor(made, made.user(work.assignments[1].reviewer))
    office = Visitor(made, made.cast.office)
    data = {"held_on": today, "head_present": "on", "head_name": "Li", "note": ""}
    page_of(member.get("hearing", row.pk))
    assert member.post("hearing", row.pk, **data).status_code == 403
    assert member.get("visit", row.pk).status_code == 404
    page_of(office.post("hearing", row.pk, **{**data, "head_name": ""}))
    assert office.post("hearing", row.pk, **data).status_code == 302
    assert "Li" in page_of(member.get("hearing", row.pk))


@pytest.mark.requirement("wenling-18", "yiwu-5.5a")
def test_ranking_ties_and_the_evaluation_report_by_page(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=3)
    made.through("documents")
    StageEntry.objects.filter(stage=made.stage("documents")).update(score=700)
    made.open("onsite")
    StageEntry.objects.filter(stage=made.stage("onsite")).update(score=500, status="advanced")
    office = Visitor(made, made.cast.office)
    made.stage("onsite")
    engine.close_stage(actor=made.cast.office_head, stage=made.stage("onsite"))
    stage = engine.open_stage(actor=made.cast.office, stage=made.stage("composite"))
    text = page_of(office.get("ranking", stage.pk))
    assert text.count(f"{made.stage('documents').name} 700/") >= 3  # the stage by its name, not by its key
    assert Visitor(made, made.cast.supervisor).get("stage_report", stage.pk).status_code == 403
    page_of(office.post("stage_report", stage.pk, text=""))
    assert office.post("stage_report", stage.pk, text="All alike").status_code == 302
    assert StageReport.objects.get().text == "All alike"
    office.post("tie", stage.pk, group="", score="nonsense", reason="x")
    assert not TieDecision.objects.exists()
    made.decide("composite")
    assert "All alike" in page_of(office.get("ranking", stage.pk))
    assert office.get("ranking", 10**6).status_code == 404


@pytest.mark.requirement("yiwu-5.3")
def test_a_department_answers_for_all_entries_on_one_page(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    stage = made.open("departments")
    body = asked.bodies_asked(stage)[0]
    officer, office = Visitor(made, made.cast.bodies[body.pk]), Visitor(made, made.cast.office)
    one, two = made.rows("departments")
    assert one.entry.organisation.name in page_of(officer.get("answer", stage.pk, body.pk))
    assert office.get("answer", stage.pk, body.pk).status_code == 404
    data = {
        f"opinion_{one.pk}": "good",
        f"credit_{one.pk}": "88",
        f"opinion_{two.pk}": "fair",
        f"credit_{two.pk}": "188",
        f"reason_{two.pk}": "kept",
    }
    again = page_of(officer.post("answer", stage.pk, body.pk, **data))
    assert "kept" in again
    assert not DepartmentOpinion.objects.exists()
    assert officer.post("answer", stage.pk, body.pk, **{**data, f"credit_{two.pk}": ""}).status_code == 302
    assert DepartmentOpinion.objects.count() == 2
    assert "88" in page_of(office.get("answers", stage.pk))
    assert officer.get("answers", stage.pk).status_code == 404


@pytest.mark.requirement("qingyuan-2.3", "yiwu-2.2.3", "wenzhou-8", "wenling-29")
def test_the_pool_is_kept_by_page(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=1)
    jurisdiction, root = made.round.jurisdiction, superuser()
    clerk = User.objects.create_user("clerk@example.org", name="Clerk")
    roles.begin(actor=root, user=clerk, role="office", jurisdiction=jurisdiction)
    expert = User.objects.create_user("expert@example.org", name="Expert Wang")
    office = Visitor(made, clerk)
    page_of(office.get("pool"))
    assert "nobody@example.org" in page_of(office.post("appoint", email="nobody@example.org"))
    assert (
        office.post(
            "appoint",
            email="expert@example.org",
            employer="Metrology institute",
            is_industry_expert="on",
            text="Decision 3/2025",
        ).status_code
        == 302
    )
    reviewer = Reviewer.objects.get(user=expert)
    assert (reviewer.rehearsal, reviewer.is_industry_expert, reviewer.records.get().kind) == (
        False,
        True,
        "appointment",
    )
    day = clock.today(made.round).replace(month=1, day=1)
    office.post("qualify", reviewer.pk, kind="provincial_reviewer", valid_from="2020-01-01", number="P-1")
    office.post("note", reviewer.pk, kind="training", on="2024-05-06", text="Two days on the standard")
    assert "Kept while the day is missing" in back_of(
        office.post("note", reviewer.pk, kind="training", on="", text="Kept while the day is missing")
    )
    refusal = back_of(
        office.post("engage", reviewer.pk, kind="employment", name="Old Works", since="2024-02-01", until="2023-01-01")
    )
    assert "Old Works" in refusal
    assert 'aria-invalid="true"' in refusal
    assert (
        office.post("engage", reviewer.pk, kind="employment", name="Old Works", until="2023-01-01").status_code == 302
    )
    office.post(
        "change", reviewer.pk, employer="Metrology institute", fields="steel，food", sectors="", title="Engineer"
    )
    reviewer.refresh_from_db()
    assert (reviewer.fields, reviewer.is_industry_expert) == (["steel", "food"], False)
    assert "Expert Wang" in page_of(office.get("pool", query="?q=Metrology&kind=provincial_reviewer"))
    assert "Expert Wang" not in page_of(office.get("pool", query="?expert=1"))
    text = page_of(office.get("reviewer", reviewer.pk))
    assert "Two days on the standard" in text
    held = Qualification.objects.get(reviewer=reviewer)
    office.post("end_qualification", held.pk, last_day="2021-01-01", reason="not renewed")
    office.post("discipline", reviewer.pk, act="deal_under_rules", reason="talked")
    office.post("interest", reviewer.pk, code="91330300000000000X", text="shares")
    assert reviewer.conduct.get().article == "24"
    mine = Visitor(made, expert)
    page_of(mine.get("mine"))
    page_of(mine.get("undertaking"))
    assert mine.post("undertaking").status_code == 302
    page_of(mine.get("reviewer", reviewer.pk))
    assert mine.post("qualify", reviewer.pk, kind="provincial_reviewer", valid_from="2020-01-01").status_code == 403
    other = next(r for r in made.reviewers())
    assert mine.get("reviewer", other.pk).status_code == 404
    assert day.month == 1


def test_a_leader_reads_the_plan_page_before_any_team_has_entries(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2)
    made.open("onsite")
    team = made.teams("onsite")[0]
    leader = made.user(team.members.get(is_leader=True).reviewer)
    today = clock.today(made.round)
    made.ctx.move_to(start_of_day(today) + dt.timedelta(hours=20))
    plan = plans.make(actor=leader, team=team, starts_on=today, ends_on=today, text="x")
    assert plan.by_entry == {}
    page_of(Visitor(made, leader).get("plan", team.pk))
    page_of(Visitor(made, leader).get("team", team.pk))
    page_of(Visitor(made, leader).get("propose", team.pk))
    with refused("not_yours_to_do"):
        pool.note(actor=leader, reviewer=made.reviewers()[0], kind="training", on=today, text="x", round_=made.round)
    assert conduct.policy_for(made.round.jurisdiction, made.round) is made.round.rules
