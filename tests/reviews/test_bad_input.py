"""What must not come in, by page and by function: refused with its article, nothing half kept, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audit.models import AuditEvent
from reviews.domain import assignments, consensus, reports, scoring
from reviews.models import Assignment, Consensus, PoolRecord, Report, ScoreSheet, Team
from rounds import engine
from tests.refusing import refused
from tests.reviews.bench import Bench
from tests.reviews.test_pages import Visitor, page_of
from tests.reviews.test_scoring import full

Make = Callable[..., Bench]
REASON = "A narrow field: nobody else knows it"


@pytest.mark.requirement("wenling-6a", "wenzhou-9", "qingyuan-2.4", "yiwu-2.3")
@pytest.mark.parametrize(
    ("name", "article", "reason_helps"),
    [("wenling-2023", "6", True), ("wenzhou-2020", "9", True), ("qingyuan-draft-2025", "2.4", False), ("yiwu-2020", "2.3", False)],
)  # fmt: skip
def test_a_team_of_two_is_refused_or_explained_as_each_regulation_has_it(
    bench: Make, name: str, article: str, reason_helps: bool
) -> None:
    made = bench(name, entries=1)
    stage = made.open("documents")
    two = sorted(made.reviewers(), key=lambda r: not r.is_industry_expert)[:2]
    office = Visitor(made, made.cast.office)
    typed = {"name": "甲组", "prizes": made.round.prizes[:1], "members": [r.pk for r in two], "leaders": two[0].pk}
    text = page_of(office.post("team_new", stage.pk, **typed))
    assert f"第{article}条" in text.replace(" ", "")
    assert 'value="甲组"' in text
    assert all(f'value="{r.pk}"' in text for r in two)
    assert not Team.objects.exists()
    assert not PoolRecord.objects.filter(kind="use", round=made.round).exists()
    explained = office.post("team_new", stage.pk, **typed, size_reason=REASON)
    if not reason_helps:
        page_of(explained)
        assert not Team.objects.exists(), "whatever the reason"
        return
    assert explained.status_code == 302
    team = Team.objects.get()
    event = AuditEvent.objects.get(act="team.built")
    assert (team.size_reason, event.article, event.facts["size_reason"]) == (REASON, article, REASON)


@pytest.mark.requirement("wenling-6a", "wenling-24")
def test_a_leader_who_is_recused_neither_leads_nor_is_made_to(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2, one_prize=True)
    stage = made.open("documents")
    made.teams("documents")
    row, other = made.rows("documents")
    work, office = made.work(row), made.cast.office
    leader, article = work.leader.reviewer, made.round.rules.recusal.article
    user = made.user(leader)
    engine.recuse(actor=office, entry=row.entry, user=user, reason="A cousin works there")
    with refused("not_yours_to_do"):
        consensus.settle(actor=user, stage_entry=row, values={}, reasons={})
    with refused("not_yours_to_do"):
        reports.make(actor=user, stage_entry=row, summary="x")
    with refused("no_such_assignment", article="6"):
        assignments.appoint_leader(actor=office, stage_entry=row, reviewer=leader)
    follower = next(a.reviewer for a in made.work(row).assignments)
    with refused("reviewer_recused", article=article):
        assignments.replace(actor=office, stage_entry=row, leaving=follower, coming=leader, reason="He knows it best")
    assignments.take_back(actor=office, stage_entry=row, reason="To another team")
    with refused("reviewer_recused", article=article):
        assignments.assign(actor=office, team=work.team, stage_entries=[row])
    assert not Assignment.objects.filter(stage_entry=row, ended_at=None).exists()
    assert made.work(other).leader is not None, "the other entry is untouched"
    assert not Consensus.objects.exists()
    assert not Report.objects.exists()
    assert stage.status == "open"


@pytest.mark.requirement("wenling-18")
def test_a_mark_outside_the_steps_comes_back_at_its_item_and_nothing_is_kept(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    task = Assignment.objects.filter(stage_entry=row).select_related("reviewer").first()
    assert task
    page = Visitor(made, made.user(task.reviewer))
    first, second = made.work(row).sheet.leaves()[:2]
    typed = {
        "version": 0,
        f"score_{first.key}": "63",
        f"score_{second.key}": "70",
        "strengths": "Kept while the mark is wrong",
    }
    text = page_of(page.post("score", row.pk, **typed))
    assert "Kept while the mark is wrong" in text
    assert f'href="#id_score_{first.key}' in text, "the summary leads to the item"
    assert not ScoreSheet.objects.exists()
    for wrong in ("105", "-5", "abc", "NaN", "Infinity"):
        said = page.client.post(
            page.url("score", row.pk), {**typed, f"score_{first.key}": wrong}, headers={"X-Autosave": "1"}
        )
        assert said.status_code == 409, wrong
    assert not ScoreSheet.objects.exists()


@pytest.mark.requirement("wenling-18")
def test_what_was_agreed_on_marks_that_have_changed_since_comes_back_with_the_new_ones(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    leaf, *_others = (one.key for one in work.sheet.leaves())
    users = [made.user(a.reviewer) for a in work.assignments]
    for number, user in enumerate(users):
        scoring.save(
            actor=user, stage_entry=row, given=full(work, "60", **({leaf: "95"} if number else {})), submit=True
        )
    leader = Visitor(made, users[0])
    before = made.work(row).basis
    assert f'name="sheets-shown" value="{before}"' in page_of(leader.get("differences", row.pk))
    sheet = ScoreSheet.objects.get(reviewer__user=users[1])
    again = scoring.reopen(actor=users[1], sheet=sheet, reason="A slip")
    scoring.save(
        actor=users[1], stage_entry=row, given=full(work, "60", **{leaf: "20"}), version=again.version, submit=True
    )
    typed = {leaf: "95", f"reason_{leaf}": "All had seen the plan", "sheets-shown": before}
    text = page_of(leader.post("differences", row.pk, **typed))
    assert "All had seen the plan" in text
    assert "error-summary" in text
    assert not Consensus.objects.exists()
    now = made.work(row).basis
    assert f'name="sheets-shown" value="{now}"' in text, "having looked, the leader records it"
    assert leader.post("differences", row.pk, **{**typed, leaf: "60", "sheets-shown": now}).status_code == 302
    assert Consensus.objects.get().basis == now
