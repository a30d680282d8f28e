"""Score sheets: steps, independence, versions, talking over, opening again; queries stay few."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from reviews.domain import abstaining, assignments, consensus, reports, scoring
from reviews.domain.scoring import Given
from reviews.models import Consensus, Report, ScoreSheet
from reviews.players import scores as marks
from reviews.queries import findings, progress, sheets
from rounds import engine
from rounds.models import StageEntry
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


def full(work: progress.EntryWork, mark: str, **other: str) -> Given:
    """The same mark everywhere, but for some leaves."""
    return Given({**{leaf.key: mark for leaf in work.sheet.leaves()}, **other}, strengths="Good", opportunities="More")


@pytest.fixture
def reviewed(bench: Make) -> tuple[Bench, StageEntry]:
    """A document review with its teams; the first entry."""
    made = bench("wenling-2023", year=2025, entries=3)
    made.open("documents")
    made.teams("documents")
    return made, made.rows("documents")[0]


def test_a_sheet_is_kept_in_parts_and_handed_in_when_full(reviewed: tuple[Bench, StageEntry]) -> None:
    made, row = reviewed
    work = made.work(row)
    user = made.user(work.assignments[0].reviewer)
    first = work.sheet.leaves()[0].key
    sheet = scoring.save(actor=user, stage_entry=row, given=Given({first: "65"}, {first: " steady "}))
    assert (sheet.scores, sheet.remarks, sheet.version, sheet.submitted_at) == (
        {first: "65"},
        {first: "steady"},
        1,
        None,
    )
    with refused("sheet_changed_meanwhile"):
        scoring.save(actor=user, stage_entry=row, given=Given({first: "70"}), version=0)
    with refused("score_outside_steps") as refusal:
        scoring.save(actor=user, stage_entry=row, given=Given({first: "66"}), version=1)
    assert refusal.value.field == first
    with refused("score_item_unknown"):
        scoring.save(actor=user, stage_entry=row, given=Given({"no_such": "65"}), version=1)
    with refused("scores_missing") as refusal:
        scoring.save(actor=user, stage_entry=row, given=Given({first: "65"}), version=1, submit=True)
    assert refusal.value.facts["count"] == len(work.sheet.leaves()) - 1
    assert ScoreSheet.objects.get(pk=sheet.pk).scores == {first: "65"}
    done = scoring.save(actor=user, stage_entry=row, given=full(work, "60"), version=1, submit=True)
    assert done.total == work.sheet.total * Decimal("0.6")
    with refused("sheet_handed_in"):
        scoring.save(actor=user, stage_entry=row, given=full(work, "65"), version=2)
    with refused("not_assigned", article="6"):
        scoring.save(actor=made.cast.office, stage_entry=row, given=full(work, "65"))


def test_nothing_is_left_behind_when_the_audit_fails(reviewed: tuple[Bench, StageEntry]) -> None:
    made, row = reviewed
    work = made.work(row)
    user = made.user(work.assignments[0].reviewer)
    with mock.patch("reviews.domain.scoring.record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True)
    assert not ScoreSheet.objects.exists()


def test_sheets_are_independent_until_all_are_in(reviewed: tuple[Bench, StageEntry]) -> None:
    made, row = reviewed
    work = made.work(row)
    users = [made.user(a.reviewer) for a in work.assignments]
    for count, user in enumerate(users[:-1], start=1):
        scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True)
        now = made.work(row)
        assert now.result is None
        with refused("sheets_not_shown_yet"):
            sheets.others(users[0], row)
        assert [s.reviewer.user_id for s in sheets.visible(users[0], now)] == [users[0].pk]
        assert now.missing == len(users) - count
    scoring.save(actor=users[-1], stage_entry=row, given=full(work, "70"), submit=True)
    assert len(sheets.others(users[0], row)) == len(users) - 1
    with refused("not_assigned"):
        sheets.others(made.cast.office, row)
    scale = work.sheet.total
    assert made.work(row).result == ((scale * 60 * (len(users) - 1) + scale * 70) / 100 / len(users)).quantize(
        Decimal("0.01")
    )


def test_what_is_far_apart_is_talked_over_with_a_reason(reviewed: tuple[Bench, StageEntry]) -> None:
    made, row = reviewed
    work = made.work(row)
    users = [made.user(a.reviewer) for a in work.assignments]
    leaf, other = (item.key for item in work.sheet.leaves()[:2])
    for number, user in enumerate(users):
        given = full(work, "60", **({leaf: "85"} if number == 0 else {}))
        if number == len(users) - 1:
            with refused("sheets_missing"):
                consensus.settle(actor=users[0], stage_entry=row, values={}, reasons={})
        scoring.save(actor=user, stage_entry=row, given=given, submit=True)
    assert made.work(row).unsettled == {leaf}
    assert "differences_unsettled" in {b.code for b in engine.stages.blockers(made.stage("documents"))}
    with refused("differences_unsettled"):
        reports.make(actor=users[0], stage_entry=row, summary="x")
    with refused("spread_needs_reason") as refusal:
        consensus.settle(actor=users[0], stage_entry=row, values={leaf: "70"}, reasons={})
    assert refusal.value.field == f"reason_{leaf}"
    with refused("spread_needs_reason"):
        consensus.settle(
            actor=users[0], stage_entry=row, values={leaf: "70", other: "65"}, reasons={leaf: "seen on paper"}
        )
    with refused("score_outside_steps"):
        consensus.settle(actor=users[0], stage_entry=row, values={leaf: "71"}, reasons={leaf: "x"})
    with refused("not_yours_to_do"):
        consensus.settle(actor=users[1], stage_entry=row, values={leaf: "70"}, reasons={leaf: "x"})
    assert not Consensus.objects.exists()
    consensus.settle(actor=users[0], stage_entry=row, values={}, reasons={leaf: "the mean stands"})
    mean = made.work(row).result
    consensus.settle(
        actor=users[0], stage_entry=row, values={leaf: "70"}, reasons={leaf: "the plan is new, the results are not"}
    )
    agreed = made.work(row)
    points = next(item.points for item in work.sheet.leaves() if item.key == leaf)
    assert agreed.result == work.sheet.total * Decimal("0.6") + points * Decimal("0.1")
    assert mean != agreed.result
    assert AuditEvent.objects.filter(act="consensus.recorded").count() == 2


def test_a_consensus_lapses_when_a_sheet_is_opened_again(reviewed: tuple[Bench, StageEntry]) -> None:
    made, row = reviewed
    work = made.work(row)
    users = [made.user(a.reviewer) for a in work.assignments]
    leaf = work.sheet.leaves()[0].key
    for number, user in enumerate(users):
        scoring.save(
            actor=user, stage_entry=row, given=full(work, "60", **({leaf: "90"} if number == 1 else {})), submit=True
        )
    consensus.settle(actor=users[0], stage_entry=row, values={leaf: "65"}, reasons={leaf: "agreed"})
    report = reports.make(actor=users[0], stage_entry=row, summary="ours")
    sheet = ScoreSheet.objects.get(stage_entry=row, reviewer__user=users[1])
    with refused("reason_missing"):
        scoring.reopen(actor=users[0], sheet=sheet, reason="")
    with refused("not_yours_to_do"):
        scoring.reopen(actor=users[2], sheet=sheet, reason="I think so")
    reopened = scoring.reopen(actor=users[0], sheet=sheet, reason="talked over")
    assert reopened.earlier[0]["scores"][leaf] == "90"
    assert made.work(row).agreed is None
    with refused("sheet_not_handed_in"):
        scoring.reopen(actor=users[0], sheet=sheet, reason="again")
    scoring.save(actor=users[1], stage_entry=row, given=full(work, "60"), version=reopened.version, submit=True)
    now = made.work(row)
    assert (now.unsettled, now.agreed, now.result) == (set(), None, work.sheet.total * Decimal("0.6"))
    assert now.report_outdated
    assert "report_missing" in {b.code for b in engine.stages.blockers(made.stage("documents"))}
    again = reports.make(actor=users[0], stage_entry=row, summary="ours, anew")
    assert (again.pk, again.version, again.score) == (report.pk, 2, now.result)


def test_where_everything_is_agreed_each_item_needs_its_value(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1, tweak={"stages.documents.consensus": "agreed"})
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    users = [made.user(a.reviewer) for a in work.assignments]
    for user in users:
        scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True)
    leaves = [leaf.key for leaf in work.sheet.leaves()]
    assert made.work(row).unsettled == set(leaves)
    with refused("agreed_values_missing"):
        consensus.settle(actor=users[0], stage_entry=row, values={leaves[0]: "60"}, reasons={})
    consensus.settle(actor=users[0], stage_entry=row, values=dict.fromkeys(leaves, "80"), reasons={})
    assert made.work(row).result == work.sheet.total * Decimal("0.8")


def test_many_sheets_are_handed_in_at_once_wholly_or_not_at_all(reviewed: tuple[Bench, StageEntry]) -> None:
    made, _row = reviewed
    works = progress.of_stage(made.stage("documents"))
    reviewer = works[0].assignments[0].reviewer
    user = made.user(reviewer)
    mine = [work for work in works if reviewer.pk in work.reviewers]
    strangers = [work for work in works if reviewer.pk not in work.reviewers]
    given = {work.row.pk: full(work, "60") for work in mine}
    with refused("not_assigned"):
        scoring.hand_in_many(
            actor=user, stage=made.stage("documents"), sheets={**given, strangers[0].row.pk: full(strangers[0], "60")}
        )
    bad = {**given, mine[-1].row.pk: full(mine[-1], "61")}
    with refused("score_outside_steps"):
        scoring.hand_in_many(actor=user, stage=made.stage("documents"), sheets=bad)
    assert not ScoreSheet.objects.exists()
    scoring.save(actor=user, stage_entry=mine[0].row, given=Given({}))
    assert len(scoring.hand_in_many(actor=user, stage=made.stage("documents"), sheets=given)) == len(mine)
    assert ScoreSheet.objects.filter(reviewer=reviewer, submitted_at__isnull=False).count() == len(mine)
    with refused("sheet_handed_in"):
        scoring.hand_in_many(actor=user, stage=made.stage("documents"), sheets=given)


def test_handing_in_takes_few_queries_and_progress_a_constant_number(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=6)
    made.open("documents")
    made.teams("documents")
    stage = made.stage("documents")
    str(stage.spec)
    row = made.rows("documents")[0]
    work = made.work(row)
    user = made.user(work.assignments[0].reviewer)
    with CaptureQueriesContext(connection) as queries:
        scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True)
    audit = [q for q in queries if "audit_" in q["sql"] or "clock_timestamp" in q["sql"] or "SAVEPOINT" in q["sql"]]
    assert len(queries) - len(audit) <= 6
    rows = list(StageEntry.objects.filter(stage=stage).select_related("entry__organisation").order_by("id"))
    counts = []
    for number in (1, len(rows)):
        with CaptureQueriesContext(connection) as queries:
            progress.of_stage(stage, rows[:number])
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_a_replaced_reviewers_sheet_no_longer_counts_even_after_the_confirmation(bench: Make) -> None:
    made = bench("yiwu-2020", entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    for number, assignment in enumerate(work.assignments):
        scoring.save(
            actor=made.user(assignment.reviewer),
            stage_entry=row,
            given=full(work, "60" if number else "70"),
            submit=True,
        )
    leader = made.user(work.leader.reviewer)
    report = reports.make(actor=leader, stage_entry=row, summary="ours")
    owner = made.ctx.candidates[0].owner
    reports.confirm(actor=owner, report=report)
    with refused("report_confirmed", article="5.2"):
        reports.make(actor=leader, stage_entry=row, summary="changed")
    with refused("report_confirmed"):
        scoring.reopen(
            actor=leader, sheet=ScoreSheet.objects.get(reviewer=work.assignments[1].reviewer), reason="late thought"
        )
    leaving = work.assignments[1].reviewer
    engine.recuse(actor=made.cast.office, entry=row.entry, user=leaving.user, reason="interest found later")
    coming = next(r for r in made.reviewers() if r.pk not in work.reviewers and r.is_industry_expert)
    assignments.replace(actor=made.cast.office, stage_entry=row, leaving=leaving, coming=coming, reason="recusal")
    scoring.save(actor=made.user(coming), stage_entry=row, given=full(work, "50"), submit=True)
    assert made.work(row).report_outdated
    anew = reports.make(actor=leader, stage_entry=row, summary="with the new member")
    assert anew.confirmed_at is None
    assert Report.objects.get(pk=report.pk).version == 2
    with refused("report_changed_meanwhile"):
        reports.confirm(actor=owner, report=anew, version=1)
    reports.confirm(actor=owner, report=anew, version=2)
    assert not engine.stages.blockers(made.stage("documents"))


def test_invented_marks_are_always_allowed(bench: Make) -> None:
    made = bench("tacheng-2023", entries=1)
    for sheet in made.round.rules.sheets:
        for merit in (0.0, 0.5, 1.0):
            given = marks.given(sheet, merit, made.ctx.random)
            for leaf in sheet.leaves():
                scoring.tally.read(sheet, leaf, given.scores[leaf.key])


@pytest.mark.requirement("qingyuan-2.4", "yiwu-2.3")
def test_who_abstains_says_why_the_rest_count_and_too_few_are_filled_up(bench: Make) -> None:
    made = bench("yiwu-2020", entries=1)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    work = made.work(row)
    *others, last = work.assignments
    article = row.stage.article
    with refused("reason_missing", article=article):
        abstaining.abstain(actor=made.user(last.reviewer), stage_entry=row, reason=" ")
    abstaining.abstain(actor=made.user(last.reviewer), stage_entry=row, reason="Not my field")
    with refused("sheet_handed_in", article=article):
        abstaining.abstain(actor=made.user(last.reviewer), stage_entry=row, reason="Again")
    for assignment in others:
        scoring.save(
            actor=made.user(assignment.reviewer), stage_entry=row, given=full(made.work(row), "60"), submit=True
        )
    now = made.work(row)
    assert now.all_in
    assert now.missing == 0
    assert len(now.sheets) == len(others)
    assert [s.abstained for s in now.abstentions] == ["Not my field"]
    # of three, two are left to judge: the regulation refuses a team of two, so the place is filled anew
    assert now.short is (len(others) < 3)
    sheet = now.abstentions[0]
    opened = scoring.reopen(actor=made.user(last.reviewer), sheet=sheet, reason="I can after all")
    assert opened.earlier[0]["abstained"] == "Not my field"
    assert not made.work(row).all_in


def test_words_under_items_go_into_the_report_and_questions_to_the_next_review(
    reviewed: tuple[Bench, StageEntry],
) -> None:
    made, row = reviewed
    work = made.work(row)
    leaf = work.sheet.leaves()[0]
    marks = full(work, "60").scores
    notes = {
        leaf.key: {"strengths": "Clear aims", "questions": "Who owns it?", "else": "x"},
        "no_such": {"strengths": "y"},
    }
    for assignment in work.assignments:
        given = Given(marks, notes=notes)
        scoring.save(actor=made.user(assignment.reviewer), stage_entry=row, given=given, submit=True)
    now = made.work(row)
    assert now.sheets[0].notes == {leaf.key: {"strengths": "Clear aims", "questions": "Who owns it?"}}
    assert reports.from_sheets(now, "S").strengths.count("Clear aims") == 1
    assert [q for q in findings.lines(now.sheet, now.sheets, "questions") if "Who owns it?" in q]
