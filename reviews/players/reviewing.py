"""Sheets, differences, reports and confirmations of a rehearsal's entries."""

from __future__ import annotations

from functools import partial

from reviews.domain import consensus, reports, scoring
from reviews.players import pool, scores
from reviews.queries import progress
from reviews.queries.progress import EntryWork
from rounds.models import RoundStage
from rounds.rehearsal import Candidate, Rehearsal


def review(ctx: Rehearsal, stage: RoundStage, ids: list[int]) -> None:
    """Sheets, differences, reports, confirmations of these entries."""
    works = [work for work in progress.of_stage(stage) if work.row.pk in set(ids)]
    hand_in(ctx, stage, works)
    works = [work for work in progress.of_stage(stage) if work.row.pk in set(ids)]
    agree(ctx, works)
    if progress.needs_report(stage.spec):
        report(ctx, stage, works)


def hand_in(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    by_reviewer: dict[int, list[EntryWork]] = {}
    for work in works:
        for assignment in work.assignments:
            by_reviewer.setdefault(assignment.reviewer.user_id, []).append(work)
    merits = {candidate.organisation.pk: candidate for candidate in ctx.candidates}
    for user, mine in sorted(by_reviewer.items()):
        actor = next(person for person in ctx.cast.reviewers if person.pk == user)
        given = {work.row.pk: scores.given(work.sheet, _merit(merits, work), ctx.random) for work in mine}
        scoring.hand_in_many(actor=actor, stage=stage, sheets=given)


def _merit(candidates: dict[int, Candidate], work: EntryWork) -> float:
    return candidates[work.row.entry.organisation_id].merit


def agree(ctx: Rehearsal, works: list[EntryWork]) -> None:
    """The leader records what was talked over."""
    for work in works:
        if not work.unsettled or work.leader is None:
            continue
        leader = pool.user_of(ctx, work.leader.reviewer)
        middle = {key: sorted(marks[key] for marks in work.marks)[len(work.marks) // 2] for key in work.unsettled}
        apart = set(work.far_apart)
        if apart and ctx.notes.get("unexplained") != work.row.stage.key:
            ctx.notes["unexplained"] = work.row.stage.key
            unexplained = partial(consensus.settle, actor=leader, stage_entry=work.row, values=middle, reasons={})
            ctx.refused(f"{work.row.stage.key}: differences settled without a reason", unexplained)
        reasons = dict.fromkeys(apart, "演练：经讨论一致认可")
        consensus.settle(actor=leader, stage_entry=work.row, values=middle, reasons=reasons)


def report(ctx: Rehearsal, stage: RoundStage, works: list[EntryWork]) -> None:
    by_leader: dict[int, list[EntryWork]] = {}
    for work in works:
        assert work.leader is not None
        by_leader.setdefault(work.leader.reviewer.user_id, []).append(work)
    found = []
    for user, mine in sorted(by_leader.items()):
        actor = next(person for person in ctx.cast.reviewers if person.pk == user)
        words = {work.row.pk: reports.from_sheets(work, "演练：评审组综合意见。") for work in mine}
        found += reports.make_many(actor=actor, stage=stage, words=words)
    if stage.spec.confirm is not None:
        office = partial(reports.confirm, actor=ctx.cast.office, report=found[0])
        ctx.refused(f"{stage.key}: a report confirmed by the office", office)
        for report in found:
            reports.confirm(actor=ctx.candidate(report.stage_entry.entry).owner, report=report)
