"""Feedback to those that do not go on: drafted from the report, edited, approved by another; it goes out with the decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from reviews.locking import open_stage, stage_row
from reviews.models import FeedbackDraft
from reviews.queries import findings, progress
from reviews.rules import is_office
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Decision, DecisionItem, RoundStage, StageEntry


def stopped(stage: RoundStage) -> list[StageEntry]:
    """The entries that the stage's prepared decision stops, in order of their rank."""
    items = DecisionItem.objects.filter(
        decision__stage=stage, decision__status=Decision.Status.PREPARED, outcome="stopped"
    )
    found = items.select_related("stage_entry__entry__organisation").order_by("rank", "id")
    return [item.stage_entry for item in found]


def words(stage: RoundStage, rows: Sequence[StageEntry]) -> dict[int, str]:
    """``{stage entry id: draft}``: the report's strengths and opportunities, else those of the sheets, without names."""
    found = {}
    for work in progress.of_stage(stage, list(rows)):
        report = work.report
        parts = [report.strengths, report.improvements] if report is not None else []
        if not any(parts):
            parts = [
                "\n".join(findings.lines(work.sheet, work.sheets, kind)) for kind in ("strengths", "opportunities")
            ]
        found[work.row.pk] = "\n\n".join(part for part in parts if part) or "—"
    return found


@transaction.atomic
def draft(*, actor: User, stage: RoundStage) -> list[FeedbackDraft]:
    """Draft the feedback of every entry that the prepared decision stops and that has no draft yet. Refused where nothing is told."""
    stage, article = _checked(stage, actor)
    rows = stopped(stage)
    known = set(FeedbackDraft.objects.filter(stage_entry__in=rows).values_list("stage_entry_id", flat=True))
    fresh = [row for row in rows if row.pk not in known]
    if not rows:
        raise Refused("no_feedback_to_draft", article=article)
    texts, now = words(stage, fresh), clock.now(stage.round)
    made = FeedbackDraft.objects.bulk_create(
        FeedbackDraft(stage_entry=row, text=texts[row.pk], written_by=actor, written_at=now) for row in fresh
    )
    record(
        "feedback.drafted", round_=stage.round, actor=actor, subject=stage, article=article, stage=stage.key,
        entries=[row.entry_id for row in fresh],
    )  # fmt: skip
    return list(made)


@transaction.atomic
def edit(*, actor: User, held: FeedbackDraft, text: str, version: int) -> FeedbackDraft:
    """Write a draft anew; an approval given before is gone. Refused: changed meanwhile, empty."""
    stage, article = _checked(held.stage_entry.stage, actor)
    row: FeedbackDraft = FeedbackDraft.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if row.version != version:
        raise Refused("draft_changed_meanwhile", article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    row.text, row.version, row.written_by, row.written_at = text.strip(), version + 1, actor, clock.now(stage.round)
    row.approved_by = row.approved_at = None
    row.save()
    record(
        "feedback.edited", round_=stage.round, actor=actor, subject=row, article=article, stage=stage.key, version=row.version
    )  # fmt: skip
    return row


@transaction.atomic
def approve(*, actor: User, stage: RoundStage, drafts: Iterable[int]) -> int:
    """Approve drafts (by id), each written by somebody else; all or none. Returns how many."""
    stage, article = _checked(stage, actor)
    wanted = set(drafts)
    rows = list(FeedbackDraft.objects.select_for_update().filter(pk__in=wanted, stage_entry__stage=stage))
    if not rows or len(rows) != len(wanted):
        raise Refused("no_feedback_to_draft", article=article)
    if any(row.written_by_id == actor.pk for row in rows):
        raise Refused("feedback_approved_by_its_writer", article=article)
    now = clock.now(stage.round)
    FeedbackDraft.objects.filter(pk__in=wanted).update(approved_by=actor, approved_at=now)
    record(
        "feedback.approved", round_=stage.round, actor=actor, subject=stage, article=article, stage=stage.key, drafts=sorted(wanted)
    )  # fmt: skip
    return len(rows)


def approved(decision: Decision) -> dict[int, FeedbackDraft]:
    """``{stage entry id: draft}`` for a decision that is released. Raises ``Refused`` while one that was begun is not approved."""
    rows = FeedbackDraft.objects.filter(
        stage_entry__decision_items__decision=decision, stage_entry__decision_items__outcome="stopped"
    )
    found = {row.stage_entry_id: row for row in rows}
    open_ = sum(1 for row in found.values() if row.approved_at is None)
    if open_:
        raise Refused(
            "feedback_not_approved", article=decision.stage.spec.feedback_article or decision.stage.article, count=open_
        )
    return found


def _checked(stage: RoundStage, actor: User) -> tuple[RoundStage, str]:
    stage = open_stage(stage_row(stage))
    article: str = getattr(stage.spec, "feedback_article", None) or stage.article
    require(is_office, actor, stage, article=article)
    if getattr(stage.spec, "feedback", "none") == "none":
        raise Refused("no_feedback_to_draft", article=article)
    return stage, article
