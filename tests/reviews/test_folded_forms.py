"""Forms folded into a page: refused, each comes back open on its page, with everything typed and its error at its field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import Organisation, User
from core.clock import start_of_day
from reviews.domain import plans, scoring, ties
from reviews.models import Assignment, InterestDeclaration, Reviewer, ScoreSheet, Suspicion, TieDecision, VisitPlan
from reviews.players import scores as marks
from rounds import clock, engine
from rounds.kinds import kind_of
from tests.refusing import refused
from tests.reviews.bench import Bench
from tests.reviews.test_outcomes import score_alike
from tests.reviews.test_pages import Visitor, back_of, page_of

Make = Callable[..., Bench]
TYPED = "Nothing of this may get lost"


def test_what_the_office_typed_on_the_page_of_an_entry_or_a_team_comes_back(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=3)
    made.open("documents")
    team = made.teams("documents")[0]
    row = made.rows("documents")[0]
    office, code = Visitor(made, made.cast.office), made.round.jurisdiction.code
    sitting = Assignment.objects.filter(stage_entry=row)
    one, two = (task.reviewer_id for task in sitting.order_by("id")[:2])
    text = back_of(office.post("replace", row.pk, leaving=one, coming=two, reason=TYPED))
    assert TYPED in text
    assert len(re.findall(r'<details class="fold[^"]*" open', text)) == 1
    assert f'<option value="{one}" selected' in text
    assert 'href="#replace-coming"' in text, "the summary leads to the field"
    page = reverse("reviews:entry", args=[code, row.pk])
    assert f'name="next" value="{page}"' in text, "another language shows the page, not the act's address"
    assert 'href="#leader-reviewer"' in back_of(office.post("leader", row.pk, reviewer=""))
    assert 'href="#back-reason"' in back_of(office.post("take_back", row.pk, reason="  "))
    assert sitting.filter(ended_at=None).count() == len(sitting)

    assert TYPED in back_of(office.post("dissolve", team.pk, reason=TYPED)), "it has entries"
    assert "assign-stage_entries" in back_of(office.post("assign", team.pk, stage_entries=[row.pk])), (
        "given out already"
    )
    assert 'href="#size-reason"' in back_of(office.post("explain_size", team.pk, reason=""))
    team.refresh_from_db()
    assert (team.ended_at, team.size_reason) == (None, "")

    assert office.post("take_back", row.pk, reason="The applicant moved").status_code == 302
    assert TYPED in back_of(office.post("take_back", row.pk, reason=TYPED)), "in another window it was quicker"


def test_what_is_typed_beside_a_sheet_comes_back(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    tasks = list(Assignment.objects.filter(stage_entry=row).select_related("reviewer"))
    leader = next(task for task in tasks if task.is_leader)
    page = Visitor(made, made.user(leader.reviewer))
    assert 'href="#abstain-reason"' in back_of(page.post("abstain", row.pk, reason="", version=0))
    for task in tasks:
        given = marks.given(made.work(row).sheet, 0.8, made.ctx.random)
        scoring.save(actor=made.user(task.reviewer), stage_entry=row, given=given, submit=True)
    late = page.post("abstain", row.pk, reason=TYPED, version=1)  # the page has no such form any more: it says why
    assert late.status_code == 302
    assert "alert-danger" in page_of(page.client.get(late.url))
    sheets = ScoreSheet.objects.filter(stage_entry=row)
    own, other = sheets.get(reviewer=leader.reviewer), sheets.exclude(reviewer=leader.reviewer).first()
    assert other
    assert 'href="#reopen-reason"' in back_of(page.post("reopen", own.pk, reason=""))
    assert f'href="#reopen-{other.pk}-reason"' in back_of(page.post("reopen", other.pk, reason=""))
    assert not sheets.filter(submitted_at=None).exists()


def test_a_plan_sent_back_without_reason_comes_back(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2)
    made.open("onsite")
    team = made.teams("onsite")[0]
    leader = made.user(team.members.get(is_leader=True).reviewer)
    today = clock.today(made.round)
    made.ctx.move_to(start_of_day(today) + dt.timedelta(hours=20))
    plans.make(actor=leader, team=team, starts_on=today, ends_on=today, text="x")
    approver = Visitor(made, made.cast.office_head)
    assert 'href="#return-reason"' in back_of(approver.post("return_plan", team.pk, reason=" "))
    assert VisitPlan.objects.get(team=team).returned_reason == ""


@pytest.mark.requirement("wenling-24")
def test_roles_of_a_rehearsal_decide_its_signs_by_page_and_see_no_others(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2)
    made.open("documents")
    reviewer, other = made.reviewers()[:2]
    organisation = made.rows("documents")[0].entry.organisation
    wanted = {"kind": "tie", "raised_at": clock.now(made.round)}
    sign = Suspicion.objects.create(
        reviewer=reviewer, organisation=organisation, detail="Sat on a board", trace="t:1", **wanted
    )
    elsewhere = Organisation.objects.create(name="Real Works", code="X", kind="enterprise")
    clerk = User.objects.create_user("real@example.org", name="Real expert")
    real = Reviewer.objects.create(user=clerk, jurisdiction=made.round.jurisdiction, appointed_at=clock.now(made.round))
    hidden = Suspicion.objects.create(reviewer=real, organisation=elsewhere, detail="Not theirs", trace="t:2", **wanted)
    office, supervisor = Visitor(made, made.cast.office), Visitor(made, made.cast.supervisor)
    text = page_of(office.get("interests"))
    assert "Sat on a board" in text
    assert "Not theirs" not in text
    assert f'id="sign-{sign.pk}-reason"' not in page_of(supervisor.get("interests"))
    assert supervisor.post("decide_sign", sign.pk, confirm="1", reason=TYPED).status_code == 403
    assert office.post("decide_sign", hidden.pk, confirm="1", reason=TYPED).status_code == 404
    assert f'href="#sign-{sign.pk}-reason"' in back_of(office.post("decide_sign", sign.pk, confirm="1", reason=" "))
    page_of(office.get("reviewer", reviewer.pk))
    assert office.post("decide_sign", sign.pk, confirm="1", reason="Sits there still").status_code == 302
    assert InterestDeclaration.objects.filter(reviewer=reviewer, organisation=organisation).exists()
    assert office.get("reviewer", real.pk).status_code == 404

    mine = Suspicion.objects.create(
        reviewer=other, organisation=organisation, detail="About a case of their own", trace="t:3", **wanted
    )
    assert mine.detail in page_of(office.get("interests"))
    engine.recuse(
        actor=made.cast.office, entry=made.rows("documents")[0].entry, user=made.cast.office, reason="A cousin"
    )
    assert mine.detail not in page_of(office.get("interests")), "recused means gone"
    assert office.post("decide_sign", mine.pk, confirm="1", reason="x").status_code == 404


@pytest.mark.requirement("wenling-18")
def test_a_tie_that_was_wrongly_settled_comes_back_and_is_hidden_from_the_recused(bench: Make) -> None:
    capped = {"stages.documents.shortlist": {"article": "15", "max": 1, "per": "round"}}
    made = bench("wenzhou-2020", entries=3, tweak=capped)
    made.play("documents", forbidden=False)
    stage, rows = made.stage("documents"), made.rows("documents")
    score_alike(made, "documents", [row.pk for row in rows])
    (tie,) = kind_of(stage).standings(stage).ties
    office = Visitor(made, made.cast.office)
    given = {"group": tie.group, "score": f"{tie.score:f}", "chosen": [row.pk for row in rows[:2]], "reason": TYPED}
    text = back_of(office.post("tie", stage.pk, **given))
    assert TYPED in text
    assert 'href="#tie-chosen' in text
    assert len(re.findall(r'<input[^>]*name="chosen"[^>]*checked', text)) == 2
    assert not TieDecision.objects.exists()
    assert office.post("tie", stage.pk, **{**given, "score": "1"}).status_code == 302, "no such tie"

    engine.recuse(actor=made.cast.office, entry=rows[0].entry, user=made.cast.office, reason="A cousin works there")
    text = page_of(office.get("ranking", stage.pk))
    assert rows[0].entry.organisation.name not in text
    assert "tie-reason" not in text
    gone = office.post("tie", stage.pk, **{**given, "chosen": [rows[1].pk]})
    assert gone.status_code == 302
    assert not TieDecision.objects.exists()
    with refused("recused", article=made.round.rules.recusal.article):
        ties.settle(actor=made.cast.office, stage=stage, group=tie.group, score=tie.score, chosen=[], reason="None")
