"""Interests from both sides: what the system finds, what an applicant asks, what the office decides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.domain import leave
from accounts.models import Organisation, OrganisationMember
from audit.models import AuditEvent
from notifications.models import Message
from reviews.domain import assignments, conduct, interests, looking, requests, teams
from reviews.kinds import doubts
from reviews.models import InterestDeclaration, RecusalRequest, Suspicion
from reviews.tallies.names import stem
from rounds.models import Recusal, RoundStage
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


def named(organisation: Organisation, name: str) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(name=name)
    organisation.refresh_from_db()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("温岭示例泵业有限公司", "温岭示例泵业（股份）有限公司", True),
        ("温岭示例泵业有限公司", "温岭示例泵业 集团", True),
        ("Example Works", "example  works", True),
        ("甲厂", "乙厂", False),
    ],
)
def test_names_are_compared_without_their_legal_form(one: str, other: str, same: bool) -> None:
    assert (stem(one) == stem(other)) is same


@pytest.mark.requirement("wenling-24", "qingyuan-6.1", "yiwu-7.1", "tacheng-35", "wenzhou-24")
def test_the_system_finds_ties_and_keeps_the_pair_apart_until_the_office_has_decided(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=3)
    consulted, branch, left = (candidate.organisation for candidate in made.ctx.candidates)
    named(consulted, "示例阀门制造有限公司")
    named(branch, "示例机床有限公司泽国分公司")
    made.open("documents")
    one, two, three = made.reviewers()[:3]
    office = made.cast.office
    for reviewer, kind, name in ((one, "consultancy", "示例阀门制造（集团）"), (two, "employment", "示例机床有限公司")):
        interests.engage(
            actor=made.user(reviewer),
            reviewer=reviewer,
            kind=kind,
            name=name,
            until=dt.date(2023, 1, 31),
            round_=made.round,
        )
    member = OrganisationMember.objects.create(organisation=left, user=three.user, role="editor")
    leave(actor=three.user, membership=member)
    looking.look([three], [left])
    found = {(s.reviewer_id, s.organisation_id): s for s in Suspicion.objects.all()}
    assert (two.pk, branch.pk) in found
    assert (three.pk, left.pk) in found
    # an engagement with a group whose name is the beginning of nothing here raises nothing
    assert (one.pk, branch.pk) not in found
    assert looking.look_in_stage(made.stage("documents"), made.rows("documents")) == 0, "each sign is raised once"

    members = [two, *[r for r in made.reviewers() if r.pk not in {one.pk, two.pk, three.pk}][:2]]
    team = teams.build(actor=office, stage=made.stage("documents"), name="T", members=members, leaders=members[:1])
    row = next(r for r in made.rows("documents") if r.entry.organisation_id == branch.pk)
    article = made.round.rules.recusal.article
    with refused("interest_undecided", article=article):
        assignments.assign(actor=office, team=team, stage_entries=[row])
    assert [t.code for t in doubts.todos(made.stage("documents"))] == ["interest_signs"]

    sign = found[(two.pk, branch.pk)]
    with refused("reason_missing", article=article):
        interests.decide(actor=office, suspicion=sign, confirmed=False, reason=" ", round_=made.round)
    with refused("not_yours_to_do"):
        interests.decide(actor=made.user(two), suspicion=sign, confirmed=False, reason="Long ago", round_=made.round)
    interests.decide(
        actor=office, suspicion=sign, confirmed=False, reason="Left it in 2023, no tie since", round_=made.round
    )
    with refused("sign_decided_already", article=article):
        interests.decide(actor=office, suspicion=sign, confirmed=True, reason="Again", round_=made.round)
    assert assignments.assign(actor=office, team=team, stage_entries=[row])

    other = found[(three.pk, left.pk)]
    interests.decide(
        actor=office, suspicion=other, confirmed=True, reason="Wrote its last application", round_=made.round
    )
    assert InterestDeclaration.objects.get(reviewer=three).ended_at is None
    assert AuditEvent.objects.filter(act__in=("interest.confirmed", "interest.dismissed")).count() == 2


@pytest.mark.requirement("wenling-24", "tacheng-35")
def test_a_sign_about_somebody_at_work_holds_the_stage_up_and_a_confirmed_one_ends_the_work(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    reviewer = work.assignments[-1].reviewer
    assert doubts.blockers(made.stage("documents")) == []
    interests.engage(
        actor=made.cast.office,
        reviewer=reviewer,
        kind="consultancy",
        name=row.entry.organisation.name,
        text="Training",
        round_=made.round,
    )
    held = doubts.blockers(made.stage("documents"))
    assert [(b.code, b.count, b.article) for b in held] == [("interest_undecided", 1, made.round.rules.recusal.article)]
    sign = Suspicion.objects.get(reviewer=reviewer)
    interests.decide(
        actor=made.cast.office,
        suspicion=sign,
        confirmed=True,
        reason="Advised the applicant this year",
        round_=made.round,
    )
    assert doubts.blockers(made.stage("documents")) == []
    assert reviewer.pk not in made.work(row).reviewers
    assert Recusal.objects.filter(entry=row.entry, user=reviewer.user, ended_at=None).exists()


@pytest.mark.requirement("wenling-24")
def test_an_ended_interest_opens_later_entries_only_and_never_by_the_reviewer(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    reviewer = made.work(row).assignments[-1].reviewer
    declared = conduct.declare_interest(
        actor=made.user(reviewer), reviewer=reviewer, organisation=row.entry.organisation, text="Shares"
    )
    with refused("not_yours_to_do"):
        interests.end_interest(actor=made.user(reviewer), interest=declared, reason="Sold", round_=made.round)
    with refused("reason_missing"):
        interests.end_interest(actor=made.cast.office, interest=declared, reason="", round_=made.round)
    interests.end_interest(
        actor=made.cast.office, interest=declared, reason="Sold the shares, proof in the file", round_=made.round
    )
    with refused("interest_ended_already"):
        interests.end_interest(actor=made.cast.office, interest=declared, reason="Again", round_=made.round)
    assert Recusal.objects.filter(entry=row.entry, user=reviewer.user, ended_at=None).exists(), "the recusal stands"
    again = conduct.declare_interest(
        actor=made.cast.office,
        reviewer=reviewer,
        organisation=row.entry.organisation,
        text="Bought again",
        round_=made.round,
    )
    assert again.pk != declared.pk


@pytest.mark.requirement("wenling-24", "yiwu-7.1")
def test_an_applicant_names_whom_it_objects_to_and_learns_nothing_of_the_pool(
    bench: Make, django_capture_on_commit_callbacks
) -> None:
    made = bench("yiwu-2020", entries=2)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    entry = row.entry
    owner = next(c.owner for c in made.ctx.candidates if c.organisation.pk == entry.organisation_id)
    stranger = next(c.owner for c in made.ctx.candidates if c.organisation.pk != entry.organisation_id)
    reviewer = made.work(row).assignments[0].reviewer
    article = made.round.rules.recusal.article
    address = reverse("reviews:recusal", args=[made.round.jurisdiction.code, entry.pk])

    client = Client()
    client.force_login(stranger)
    assert client.get(address).status_code == 404
    client.force_login(owner)
    page = client.get(address)
    assert page.status_code == 200
    assert not any(r.user.name in page.content.decode() for r in made.reviewers())
    answer = client.post(address, {"named": "", "employer": "", "reason": "We compete"})
    assert "We compete" in answer.content.decode(), "what was typed stays"
    with refused("not_yours_to_do"):
        requests.ask(actor=stranger, entry=entry, named=reviewer.user.name, reason="We compete")
    with refused("nobody_named", article=article):
        requests.ask(actor=owner, entry=entry, reason="We compete")
    with refused("reason_missing", article=article):
        requests.ask(actor=owner, entry=entry, named="X", reason="")

    assert client.post(address, {"named": reviewer.user.name, "reason": "Works for a competitor"}).status_code == 302
    with refused("request_made_already", article=article):
        requests.ask(actor=owner, entry=entry, named=f" {reviewer.user.name}", reason="Works for a competitor")
    nobody = requests.ask(actor=owner, entry=entry, named="Nobody Of That Name", reason="A competitor")
    shown = client.get(address).content.decode()
    held = RecusalRequest.objects.get(named=reviewer.user.name)
    sign = Suspicion.objects.get(request=held)
    assert sign.reviewer == reviewer
    assert not Suspicion.objects.filter(request=nobody).exists()
    assert shown.count("waits for an answer") + shown.count("待答复") == 2, "both look alike"

    with refused("sign_belongs_to_a_request"):
        interests.decide(actor=made.cast.office, suspicion=sign, confirmed=True, reason="Yes", round_=made.round)
    with refused("not_yours_to_do"):
        requests.answer(actor=owner, request_=held, granted=True, text="Yes")
    with refused("reason_missing"):
        requests.answer(actor=made.cast.office, request_=held, granted=True, text="")
    requests.answer(actor=made.cast.office, request_=held, granted=True, text="The person will not review it.")
    with refused("request_answered_already"):
        requests.answer(actor=made.cast.office, request_=held, granted=False, text="No")
    assert reviewer.pk not in made.work(row).reviewers
    assert Recusal.objects.filter(entry=entry, user=reviewer.user, ended_at=None).count() == 1
    requests.answer(actor=made.cast.office, request_=nobody, granted=True, text="The person will not review it.")
    told = Message.objects.filter(kind="reviews.recusal_answered", to=owner)
    assert told.count() == 2
    assert client.get(address).content.decode().count("The person will not review it.") == 2


@pytest.mark.requirement("yiwu-7.1")
def test_no_request_when_nothing_is_left_to_review(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    entry = made.ctx.candidates[0].entry
    RoundStage.objects.filter(round=made.round, kind="team_review").update(status="closed")
    with refused("no_review_to_come", article=made.round.rules.recusal.article):
        requests.ask(actor=made.ctx.candidates[0].owner, entry=entry, named="X", reason="Y")
