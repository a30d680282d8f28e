"""A whole team in Yiwu, on its pages: proposed by the solver, scores apart, sees the differences, agrees, reports, visits; the applicant confirms."""

from __future__ import annotations

import datetime as dt

import pytest

from reviews.models import Report, ScoreSheet, Team, Visit
from reviews.players import pool as pool_player
from rounds.models import StageEntry
from tests import worlds
from tests.e2e import reviewing
from tests.e2e.acting import Enter, Person
from tests.e2e.casting import Stage
from tests.e2e.running import close, decide, move_clock, open_next, prepare, today, working_day


@pytest.mark.requirement("yiwu-2.3", "yiwu-5.2", "yiwu-5.4", "yiwu-7.1")
@pytest.mark.django_db(transaction=True)
def test_a_team_scores_agrees_visits_and_reports_and_the_applicant_confirms(enter: Enter) -> None:
    world = worlds.build("yiwu-2020", applications=4)
    with worlds.scope(jurisdiction=world.jurisdiction):
        world.advance("documents")
        experts = pool_player.gathered(world.ctx)
        users = {reviewer.pk: pool_player.user_of(world.ctx, reviewer) for reviewer in experts}
    stage = Stage(enter, world.document, round_id=world.round.pk)
    for key, user in (("office", world.cast.office), ("office-head", world.cast.office_head)):
        stage.people[key] = Person(enter(user), stage.code, user)
    owners = {candidate.organisation.pk: candidate.owner for candidate in world.ctx.candidates}

    rows = stage.rows("documents")
    ask_for_recusal(stage, rows[0], owners)
    team = propose_team(stage, "documents")
    members = people_of(stage, team, users)
    score_apart(stage, members, rows)
    agree(stage, members, team, rows)
    prepare(stage, "documents", refused="第5.2条")
    confirm_all(stage, rows, owners, remarks_for=rows[0])
    reviewing.propose(stage[members[0]], team, rows)
    decide(stage, "documents")
    close(stage, "documents")

    open_next(stage)
    with worlds.scope(jurisdiction=world.jurisdiction):
        world.advance("onsite")
    visit_and_report(stage, owners, users)


def ask_for_recusal(stage: Stage, row: StageEntry, owners: dict[int, object]) -> None:
    """The applicant names somebody; the office grants it; the applicant reads the answer."""
    person = applicant(stage, row, owners)
    person.at("reviews:recusal", row.entry_id, shot="recusal")
    person.send({"named": "某竞争企业人员（示例）", "reason": "与我单位存在竞争关系"})
    office = stage["office"].at("rounds:stage", row.stage_id)
    with stage.inside():
        number = row.entry.recusal_requests.get().pk
    office.page.goto(office.address("reviews:request", number))
    office.send({"text": "该人员不参加贵单位的评审。"}, "form:has(button[name=grant])", button="grant")
    assert "该人员不参加" in person.at("reviews:recusal", row.entry_id).page.locator("main").inner_text()


def propose_team(stage: Stage, key: str) -> int:
    """The solver proposes one team of three; the office looks at it and applies it."""
    office, found = stage["office"], stage.stage(key)
    office.at("reviews:stage", found.pk).follow("reviews:proposal", found.pk)
    asking = "form:has([name=new_teams])"
    office.send({"new_teams": 40, "size": 5}, asking, refused="第2.3条")
    office.send({"new_teams": 1, "size": 3, "cap": ""}, asking)
    with stage.inside():
        assert not Team.objects.filter(stage=found).exists()
    office.page.locator('a[href*="?team="]').first.click()
    office.shot(f"proposal-{key}")
    office.send({}, "form:has(input[name=act][value=apply])")
    with stage.inside():
        return Team.objects.get(stage=found).pk


def people_of(stage: Stage, team: int, users: dict[int, object]) -> list[str]:
    """The members at their browsers, the leader first."""
    with stage.inside():
        ids = list(Team.objects.get(pk=team).members.order_by("-is_leader", "id").values_list("reviewer_id", flat=True))
    for pk in ids:
        if f"expert-{pk}" not in stage.people:
            stage.people[f"expert-{pk}"] = Person(stage.enter(users[pk]), stage.code, users[pk])
    return [f"expert-{pk}" for pk in ids]


def score_apart(stage: Stage, members: list[str], rows: list[StageEntry]) -> None:
    """Each marks alone; the sheet saves by itself; nobody sees another's before all are in; one is far off on the first entry."""
    first = stage[members[0]].at("reviews:mine").follow("reviews:score", rows[0].pk)
    first.page.locator(".mark-button, select[name^=score_], input[name^=score_]").first.wait_for()
    reviewing._mark(first, 0.6)
    first.page.locator("#sheet-state").filter(has_text="已全部保存").wait_for(timeout=15_000)
    with stage.inside():
        assert ScoreSheet.objects.get(stage_entry=rows[0]).submitted_at is None
    first.at("reviews:score", rows[0].pk).shot("score-side-by-side")
    first.page.set_viewport_size({"width": 768, "height": 1024})
    first.shot("score-tablet")
    first.page.set_viewport_size({"width": 1280, "height": 900})
    for n, key in enumerate(members):
        for row in rows:
            far = n == 2 and row == rows[0]
            reviewing.score(stage, [key], [row], lambda _row, far=far: 0.1 if far else 0.65)
            if n == 0:
                stage[key].at("reviews:differences", row.pk)
                assert (
                    "评审得分相互独立" in stage[key].page.locator("main").inner_text()
                    or not stage[key].page.locator("table.scores, main table").count()
                )


def agree(stage: Stage, members: list[str], team: int, rows: list[StageEntry]) -> None:
    """The leader compares the members, settles what is far apart with reasons, and writes the reports."""
    leader = stage[members[0]]
    leader.at("reviews:calibration", team, shot="calibration")
    leader.page.locator("#severity svg").wait_for(timeout=10_000)
    leader.page.locator("#spread svg").wait_for(timeout=10_000)
    leader.at("reviews:differences", rows[0].pk, shot="differences")
    assert leader.page.locator('[name^="reason_"]').count()
    leader.at("reviews:report", rows[0].pk)
    assert not leader.page.locator("form:has([name=summary])").count(), "no report before the differences are settled"
    member = stage[members[1]].at("reviews:differences", rows[0].pk)
    assert not member.page.locator('[name^="reason_"]').count(), "only the leader settles"
    reviewing.agree_and_report(stage, leader, rows, shot="yiwu-documents")


def confirm_all(
    stage: Stage, rows: list[StageEntry], owners: dict[int, object], remarks_for: StageEntry | None = None
) -> None:
    for row in rows:
        person = applicant(stage, row, owners)
        if row == remarks_for:
            person.at("reviews:confirm", row.pk).send({"answer": "remarks"}, refused="第5.2条")
            person.send({"answer": "remarks", "remarks": "第4.2条所述数据已于3月更新。"})
        else:
            reviewing.confirm(person, row)
    with stage.inside():
        assert Report.objects.filter(stage_entry__in=rows, confirmed_at=None).count() == 0


def visit_and_report(stage: Stage, owners: dict[int, object], users: dict[int, object]) -> None:
    """No visit before the plan is approved; seven working days for the opinion; the applicant confirms."""
    team, rows = propose_team(stage, "onsite"), stage.rows("onsite")
    members = people_of(stage, team, users)
    leader = stage[members[0]]
    day = today(stage).isoformat()
    leader.at("reviews:visit", rows[0].pk).send({"started_on": day, "ended_on": day}, refused="第2.3条")
    planned = working_day(stage, today(stage) + dt.timedelta(days=2))
    reviewing.plan_visits(stage, leader, team, rows, planned)
    move_clock(stage, planned)
    for row in rows:
        reviewing.visit(stage, leader, row)
    with stage.inside():
        due = Visit.objects.get(stage_entry=rows[0]).opinion_due
    assert due is not None
    reviewing.score(stage, members, rows, lambda _row: 0.7)
    reviewing.agree_and_report(stage, leader, rows, shot="yiwu-onsite")
    for row in rows:
        leader.at("reviews:visit", row.pk).send({"text": "评审组意见：同意进入总评。"}, "form:has([name=text])")
    leader.shot("visit-opinion")
    prepare(stage, "onsite", refused="第5.4条")
    confirm_all(stage, rows, owners)
    reviewing.propose(leader, team, rows)
    decide(stage, "onsite")
    close(stage, "onsite")


def applicant(stage: Stage, row: StageEntry, owners: dict[int, object]) -> Person:
    with stage.inside():
        key = f"applicant-{row.entry.organisation_id}"
        owner = owners[row.entry.organisation_id]
    if key not in stage.people:
        stage.people[key] = Person(stage.enter(owner), stage.code, owner)
    return stage.people[key]
