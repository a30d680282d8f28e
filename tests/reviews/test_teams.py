"""Teams: size, leader, experts, qualifications, undertakings; giving entries out; conflicts and recusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from accounts.models import User
from audit.models import AuditEvent
from reviews.domain import assignments, conduct, pool, scoring, teams
from reviews.domain.scoring import Given
from reviews.models import Assignment, PoolRecord, Qualification, Reviewer, ScoreSheet, Team, TeamMember
from reviews.players import reviewing
from reviews.players import scores as marks
from reviews.queries import progress
from reviews.rules import assignments_of, may_score
from rounds import clock, engine
from rounds.models import EntryUserObjectPermission, RoundStage
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


@pytest.mark.requirement("wenling-6a", "wenling-7")
def test_a_normal_size_may_be_departed_from_with_a_recorded_reason(bench: Make) -> None:
    made = bench("wenling-2023")
    stage, office = made.open("documents"), made.cast.office
    people = made.reviewers()

    def build(members: list[Reviewer], leaders: list[Reviewer], **more: object) -> Team:
        return teams.build(actor=office, stage=stage, name="T", members=members, leaders=leaders, **more)  # type: ignore[arg-type]

    with refused("team_size_needs_reason", article="6") as refusal:
        build(people[:2], people[:1])
    assert refusal.value.field == "size_reason"
    for leaders in ([], people[:2]):
        with refused("team_needs_one_leader", article="6"):
            build(people[:3], leaders)
    with refused("leader_not_in_team", article="6"):
        build(people[:3], people[4:5])
    with refused("team_member_twice", article="6"):
        build([people[0], people[0], people[1]], people[:1])
    with refused("not_yours_to_do"):
        teams.build(actor=made.cast.reviewers[0], stage=stage, name="T", members=people[:3], leaders=people[:1])
    assert not Team.objects.exists()
    assert not PoolRecord.objects.filter(kind="use").exists()
    team = build(people[:2], people[:1], size_reason="A narrow field")
    assert team.size_reason == "A narrow field"
    assert [m.is_leader for m in TeamMember.objects.filter(team=team)] == [True, False]
    assert PoolRecord.objects.filter(kind="use", round=made.round).count() == 2
    assert AuditEvent.objects.order_by("-id").first().article == "6"
    with refused("team_name_taken", article="6"):
        build(people[2:5], people[2:3])


@pytest.mark.requirement("qingyuan-2.4", "yiwu-2.3")
@pytest.mark.parametrize(("name", "article", "most"), [("qingyuan-draft-2025", "2.4", None), ("yiwu-2020", "2.3", 5)])
def test_a_fixed_size_is_refused_whatever_the_reason_and_an_expert_is_needed(
    bench: Make, name: str, article: str, most: int | None
) -> None:
    made = bench(name)
    stage, people = made.open("documents"), made.reviewers()
    experts = [p for p in people if p.is_industry_expert]
    plain = [p for p in people if not p.is_industry_expert]

    def build(members: list[Reviewer]) -> Team:
        return teams.build(
            actor=made.cast.office, stage=stage, name="T", members=members, leaders=members[:1], size_reason="because"
        )

    with refused("team_size", article=article):
        build(people[:2])
    if most is not None:
        with refused("team_size", article=article):
            build(people[: most + 1])
    with refused("team_needs_industry_expert", article=article):
        build(plain[:3])
    assert build([*plain[:2], experts[0]]).members.count() == 3


@pytest.mark.requirement("wenzhou-9", "wenzhou-10")
def test_a_member_needs_a_qualification_that_is_valid_on_the_day(bench: Make) -> None:
    made = bench("wenzhou-2020")
    stage, office, people = made.open("documents"), made.cast.office, made.reviewers()
    today = clock.today(made.round)

    def build(members: list[Reviewer], **more: object) -> Team:
        return teams.build(actor=office, stage=stage, name="T", members=members, leaders=members[:1], **more)  # type: ignore[arg-type]

    with refused("team_size_needs_reason", article="9"):
        build(people[:6])
    for held in Qualification.objects.filter(reviewer=people[0]):
        pool.end_qualification(
            actor=office,
            qualification=held,
            last_day=today - dt.timedelta(days=1),
            reason="not renewed",
            round_=made.round,
        )
    with refused("reviewer_not_qualified", article="10") as refusal:
        build(people[:3])
    assert refusal.value.facts["person"] == people[0]
    pool.qualify(
        actor=office,
        reviewer=people[0],
        kind="national_reviewer",
        valid_from=today + dt.timedelta(days=1),
        round_=made.round,
    )
    with refused("reviewer_not_qualified", article="10"):
        build(people[:3])
    with refused("qualification_unknown"):
        pool.qualify(actor=office, reviewer=people[0], kind="driving_licence", valid_from=today, round_=made.round)
    pool.qualify(
        actor=office,
        reviewer=people[0],
        kind="national_reviewer",
        valid_from=today,
        valid_until=today,
        round_=made.round,
    )
    team = build(people[:3])
    Qualification.objects.filter(reviewer=people[1]).update(valid_until=today - dt.timedelta(days=1))
    with refused("reviewer_not_qualified", article="10"):
        assignments.assign(actor=office, team=team, stage_entries=made.rows("documents"))
    assert not Assignment.objects.exists()


@pytest.mark.requirement("wenling-7")
def test_the_qualification_is_that_of_the_prize_concerned(bench: Make) -> None:
    made = bench("wenling-2023", year=2025)
    stage, people = made.open("documents"), made.reviewers()
    prize = made.round.prizes[0]
    wanted = stage.spec.team.qualifications[prize]
    other = next(kind for kind in made.round.rules.qualifications if kind not in wanted)
    Qualification.objects.filter(reviewer=people[0]).update(kind=other)
    with refused("reviewer_not_qualified", article="7"):
        teams.build(
            actor=made.cast.office, stage=stage, name="T", members=people[:3], leaders=people[:1], prizes=[prize]
        )


@pytest.mark.requirement("qingyuan-2.5", "yiwu-2.4", "wenzhou-24")
@pytest.mark.parametrize("name", ["qingyuan-draft-2025", "yiwu-2020", "wenzhou-2020"])
def test_the_undertaking_is_signed_in_person_before_the_first_assignment(bench: Make, name: str) -> None:
    made = bench(name)
    stage, people = made.open("documents"), made.reviewers()
    keys = [u for u in made.round.rules.undertakings if "reviewer" in u.who]
    Reviewer.objects.filter(pk=people[0].pk).update(undertakings={}, undertaking_signed_at=None)
    people[0].refresh_from_db()
    with refused("undertaking_not_signed", article=keys[0].article):
        teams.build(actor=made.cast.office, stage=stage, name="T", members=people[:3], leaders=people[:1])
    with refused("undertaking_in_person"):
        pool.sign_undertakings(actor=made.cast.office, reviewer=people[0], round_=made.round)
    people[0] = pool.sign_undertakings(actor=made.user(people[0]), reviewer=people[0], round_=made.round)
    assert set(people[0].undertakings) == {u.key for u in keys}
    teams.build(actor=made.cast.office, stage=stage, name="T", members=people[:3], leaders=people[:1])


@pytest.mark.requirement("wenling-29", "qingyuan-6.7", "yiwu-7.7", "tacheng-34")
@pytest.mark.parametrize("name", ["wenling-2023", "qingyuan-draft-2025", "yiwu-2020", "tacheng-2023"])
def test_a_struck_reviewer_loses_everything_and_is_never_assigned_again(bench: Make, name: str) -> None:
    made = bench(name)
    key = next(s.key for s in made.round.rules.stages if s.kind == "team_review")
    made.open(key)
    team = made.teams(key)[0]
    office, article = made.cast.office, made.round.rules.discipline.article
    member = team.members.filter(is_leader=False).first().reviewer
    user = made.user(member)
    assert assignments_of(user).exists()
    with refused("reason_missing", article=article):
        conduct.discipline(actor=office, reviewer=member, act="strike", reason=" ", round_=made.round)
    with refused("not_yours_to_do"):
        conduct.discipline(actor=user, reviewer=member, act="strike", reason="x", round_=made.round)
    unknown = next(
        act
        for act in ("criticise", "strike", "hand_over", "deal_under_rules", "disclose")
        if act not in made.round.rules.discipline.acts
    )
    with refused("discipline_knows_no_such_act", article=article):
        conduct.discipline(actor=office, reviewer=member, act=unknown, reason="x", round_=made.round)
    other = next(act for act in made.round.rules.discipline.acts if act != "strike")
    conduct.discipline(actor=office, reviewer=member, act=other, reason="late with sheets", round_=made.round)
    assert assignments_of(user).exists()
    conduct.discipline(actor=office, reviewer=member, act="strike", reason="told an applicant", round_=made.round)
    member.refresh_from_db()
    assert (member.status, member.struck_article) == ("struck", article)
    assert not assignments_of(user).exists()
    assert not EntryUserObjectPermission.objects.filter(user=user, permission__codename="score_entry").exists()
    assert set(Assignment.objects.filter(reviewer=member).values_list("end_code", flat=True)) == {"struck"}
    with refused("reviewer_struck", article=article):
        conduct.discipline(actor=office, reviewer=member, act="strike", reason="again", round_=made.round)
    leaving = Assignment.objects.filter(ended_at=None).first()
    with refused("reviewer_struck", article=article):
        assignments.replace(
            actor=office, stage_entry=leaving.stage_entry, leaving=leaving.reviewer, coming=member, reason="x"
        )
    with refused("reviewer_struck"):
        pool.appoint(actor=office, user=user, jurisdiction=made.round.jurisdiction, round_=made.round)


@pytest.mark.requirement("wenzhou-24")
def test_a_policy_without_striking_records_what_it_knows(bench: Make) -> None:
    made = bench("wenzhou-2020")
    reviewer = made.reviewers()[0]
    with refused("discipline_knows_no_such_act", article="24"):
        conduct.discipline(
            actor=made.cast.office, reviewer=reviewer, act="strike", reason="took a gift", round_=made.round
        )
    recorded = conduct.discipline(
        actor=made.cast.office, reviewer=reviewer, act="deal_under_rules", reason="took a gift", round_=made.round
    )
    assert recorded.article == "24"
    staff = conduct.discipline_staff(
        actor=made.cast.office_head,
        user=made.cast.office,
        jurisdiction=made.round.jurisdiction,
        act="deal_under_rules",
        reason="late",
        round_=made.round,
    )
    assert staff.reviewer is None
    with refused("not_about_oneself"):
        conduct.discipline_staff(
            actor=made.cast.office,
            user=made.cast.office,
            jurisdiction=made.round.jurisdiction,
            act="deal_under_rules",
            reason="x",
            round_=made.round,
        )


@pytest.mark.requirement("wenling-24", "tacheng-35")
@pytest.mark.parametrize("name", ["wenling-2023", "tacheng-2023"])
def test_recused_means_gone_at_once_and_another_takes_the_place(bench: Make, name: str) -> None:
    made = bench(name)
    key = next(s.key for s in made.round.rules.stages if s.kind == "team_review")
    made.open(key)
    made.teams(key)
    row = made.rows(key)[0]
    work = made.work(row)
    leaving = work.assignments[-1].reviewer
    user = made.user(leaving)
    scoring.save(actor=user, stage_entry=row, given=marks.given(work.sheet, 0.8, made.ctx.random), submit=True)
    assert may_score(user, row)
    engine.recuse(actor=user, entry=row.entry, user=user, reason="my brother works there")
    assert not may_score(user, row)
    assert not EntryUserObjectPermission.objects.filter(
        user=user, content_object=row.entry, permission__codename="score_entry"
    ).exists()
    with refused("recused", article=made.round.rules.recusal.article):
        scoring.save(actor=user, stage_entry=row, given=Given({}))
    work = made.work(row)
    assert ScoreSheet.objects.filter(stage_entry=row, reviewer=leaving).exists()
    assert leaving.pk not in {s.reviewer_id for s in work.sheets}
    assert work.short
    assert "team_short" in {b.code for b in engine.stages.blockers(made.stage(key))}
    with refused("reviewer_recused"):
        assignments.replace(actor=made.cast.office, stage_entry=row, leaving=leaving, coming=leaving, reason="x")
    busy = {a.reviewer_id for a in work.assignments} | {leaving.pk}
    coming = next(r for r in made.reviewers() if r.pk not in busy)
    with refused("reason_missing"):
        assignments.replace(actor=made.cast.office, stage_entry=row, leaving=leaving, coming=coming, reason="")
    made_new = assignments.replace(
        actor=made.cast.office, stage_entry=row, leaving=leaving, coming=coming, reason="recusal"
    )
    assert made_new.replaces.reviewer == leaving
    assert may_score(made.user(coming), row)
    assert not made.work(row).short
    with refused("no_such_assignment"):
        assignments.replace(
            actor=made.cast.office, stage_entry=row, leaving=leaving, coming=made.reviewers()[-2], reason="x"
        )


def test_when_the_leader_steps_aside_another_leads(bench: Make) -> None:
    made = bench("wenling-2023")
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    leader = work.leader.reviewer
    engine.recuse(actor=made.cast.office, entry=row.entry, user=made.user(leader), reason="interest")
    assert made.work(row).leader is None
    second = work.assignments[1].reviewer
    assignments.appoint_leader(actor=made.cast.office, stage_entry=row, reviewer=second)
    assert made.work(row).leader.reviewer == second
    spare = next(r for r in made.reviewers() if r.pk not in {a.reviewer_id for a in work.assignments})
    with refused("team_needs_one_leader"):
        assignments.replace(actor=made.cast.office, stage_entry=row, leaving=leader, coming=spare, reason="recusal")
    assignments.replace(
        actor=made.cast.office, stage_entry=row, leaving=leader, coming=spare, reason="recusal", leads=False
    )
    assert len([a for a in made.work(row).assignments if a.is_leader]) == 1


@pytest.mark.requirement("wenling-24", "wenzhou-24", "tacheng-35")
def test_interests_employers_and_representatives_are_kept_away(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=6)
    stage = made.open("documents")
    people, office, rows = made.reviewers(), made.cast.office, made.rows("documents")
    employed, declared, member = people[0], people[1], people[2]
    pool_rows = Reviewer.objects.filter(pk=employed.pk)
    pool_rows.update(employer=rows[0].entry.organisation.name)
    conduct.declare_interest(
        actor=made.user(declared),
        reviewer=declared,
        organisation=rows[1].entry.organisation,
        text="I own shares",
        round_=made.round,
    )
    rows[2].entry.organisation.members.create(user=made.user(member), role="reader")
    with refused("interest_declared_already"):
        conduct.declare_interest(
            actor=made.user(declared),
            reviewer=declared,
            organisation=rows[1].entry.organisation,
            text="again",
            round_=made.round,
        )
    team = teams.build(actor=office, stage=stage, name="T", members=made.reviewers()[:3], leaders=made.reviewers()[:1])
    for row, code in zip(
        rows, ("reviewer_employed_there", "reviewer_has_interest", "reviewer_has_interest"), strict=False
    ):
        with refused(code, article="24"):
            assignments.assign(actor=office, team=team, stage_entries=[row])
    left = assignments.distribute(actor=office, stage=stage)
    assert {row.pk for row in left} == {row.pk for row in rows[:3]}
    assert {a.stage_entry_id for a in Assignment.objects.all()} == {row.pk for row in rows[3:]}
    with refused("entry_assigned_already"):
        assignments.assign(actor=office, team=team, stage_entries=rows[3:4])
    conduct.declare_interest(
        actor=office, reviewer=declared, organisation=rows[3].entry.organisation, text="told us", round_=made.round
    )
    assert not may_score(made.user(declared), rows[3])
    assert rows[3].entry.recusals.filter(user=declared.user_id).exists()


def test_taking_back_dissolving_and_closing_end_access(bench: Make) -> None:
    made = bench("wenling-2023", entries=3)
    made.open("documents")
    team = made.teams("documents")[0]
    row = Assignment.objects.filter(team=team).first().stage_entry
    office = made.cast.office
    user = made.user(team.members.first().reviewer)
    with refused("team_has_entries"):
        teams.dissolve(actor=office, team=team, reason="x")
    for mine in {a.stage_entry for a in Assignment.objects.filter(team=team).select_related("stage_entry")}:
        assignments.take_back(actor=office, stage_entry=mine, reason="too much for the team")
    with refused("entry_not_assigned"):
        assignments.take_back(actor=office, stage_entry=row, reason="again")
    assert not assignments_of(user).exists()
    assert not EntryUserObjectPermission.objects.filter(user=user, permission__codename="score_entry").exists()
    teams.dissolve(actor=office, team=team, reason="merged")
    with refused("team_dissolved"):
        assignments.assign(actor=office, team=team, stage_entries=[row])
    assignments.distribute(actor=office, stage=made.stage("documents"))
    made_play = made.stage("documents")
    for work in progress.of_stage(made_play):
        for assignment in work.assignments:
            given = marks.given(work.sheet, 0.7, made.ctx.random)
            scoring.save(actor=made.user(assignment.reviewer), stage_entry=work.row, given=given, submit=True)
    reviewing.agree(made.ctx, progress.of_stage(made_play))
    reviewing.report(made.ctx, made_play, progress.of_stage(made_play))
    made.decide("documents")
    engine.close_stage(actor=made.cast.office_head, stage=made.stage("documents"))
    assert RoundStage.objects.get(pk=made_play.pk).status == "closed"
    assert not Assignment.objects.filter(ended_at=None).exists()
    assert not EntryUserObjectPermission.objects.filter(permission__codename="score_entry").exists()


def test_people_invented_for_rehearsals_never_review_in_earnest(bench: Make) -> None:
    made = bench("wenling-2023")
    stage, people = made.open("documents"), made.reviewers()
    with refused("reviewer_in_pool"):
        pool.appoint(
            actor=made.cast.office, user=people[0].user, jurisdiction=made.round.jurisdiction, round_=made.round
        )
    with refused("not_yours_to_do"):
        pool.appoint(
            actor=made.cast.office,
            user=User.objects.create_user("new@example.org"),
            jurisdiction=made.round.jurisdiction,
        )
    stage.round.kind = "binding"
    from reviews.domain import fitness

    with refused("reviewer_not_of_this_pool"):
        fitness.check(people[:3], stage.round, stage.spec.team, [])
