"""Score sheets: writing, handing in, opening again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.policy.sheets import Sheet
from reviews.locking import entry_row, open_pending, open_stage, stage_row
from reviews.models import Hearing, Report, Reviewer, ScoreSheet, Visit
from reviews.queries.progress import sheet_for
from reviews.rules import assignments_of, leads
from reviews.tallies import scores as tally
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_recused

NOTES = ("strengths", "opportunities", "questions")
#: What writing a sheet changes.
WRITTEN = ("scores", "remarks", "notes", "strengths", "opportunities", "total", "version", "saved_at", "submitted_at")


@dataclass(frozen=True, slots=True)
class Given:
    """What a reviewer writes for one entry. ``scores``: {leaf key: what was typed}; an empty one is left open.

    ``notes``: {leaf key: {"strengths" | "opportunities" | "questions": text}}.
    """

    scores: Mapping[str, object]
    remarks: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    strengths: str = ""
    opportunities: str = ""


@transaction.atomic
def save(*, actor: User, stage_entry: StageEntry, given: Given, version: int = 0, submit: bool = False) -> ScoreSheet:
    """Keep a sheet, and with ``submit`` hand it in. ``version``: the one that was shown (0: none yet).

    Refused: not assigned, recused, stage not open, handed in before, changed meanwhile, a mark outside its steps, and on handing in:
    a leaf without mark, no visit or hearing on record where the scores come from one.
    """
    row = open_pending(entry_row(stage_entry))
    reviewer = _reviewer(actor, row)
    known = ScoreSheet.objects.select_for_update().filter(stage_entry=row, reviewer=reviewer).first()
    _check_state(known, row, version)
    sheet = known or ScoreSheet(stage_entry=row, reviewer=reviewer, version=0)
    _write(sheet, sheet_for(row.stage, row.entry.prize), given, row)
    if submit:
        _check_basis(row.stage, [row])
        _complete(sheet, sheet_for(row.stage, row.entry.prize), row.stage)
    sheet.saved_at = clock.now(row.stage.round)
    sheet.submitted_at = sheet.saved_at if submit else None
    sheet.version += 1
    sheet.save()
    act = "sheet.handed_in" if submit else "sheet.saved"
    record(
        act, round_=row.stage.round, actor=actor, subject=sheet, article=row.stage.article, stage=row.stage.key,
        entry=row.entry_id, version=sheet.version, total=sheet.total, scores=sheet.scores if submit else None,
    )  # fmt: skip
    return sheet


@transaction.atomic
def hand_in_many(*, actor: User, stage: RoundStage, sheets: Mapping[int, Given]) -> list[ScoreSheet]:
    """Hand in several sheets at once, ``{stage entry id: what is given}``: all or none. About ten queries however many."""
    stage = open_stage(stage_row(stage))
    rows = {
        row.pk: row
        for row in StageEntry.objects.filter(stage=stage, pk__in=sheets).pending().select_for_update(of=("self",)).select_related("entry").order_by("id")
    }  # fmt: skip
    mine = {
        a.stage_entry_id: a.reviewer
        for a in assignments_of(actor).filter(stage_entry__in=rows).select_related("reviewer")
    }
    if set(sheets) - set(mine):
        raise Refused("not_assigned", article=stage.spec.team.article)
    for row in rows.values():
        row.stage, row.entry.round = stage, stage.round
    known = {
        s.stage_entry_id: s
        for s in ScoreSheet.objects.select_for_update().filter(stage_entry__in=rows, reviewer__user=actor)
    }
    _check_basis(stage, list(rows.values()))
    now, made = clock.now(stage.round), []
    for pk, given in sheets.items():
        row, sheet = rows[pk], known.get(pk) or ScoreSheet(stage_entry=rows[pk], reviewer=mine[pk], version=0)
        if sheet.submitted_at is not None:
            raise Refused("sheet_handed_in", article=stage.article)
        scheme = sheet_for(stage, row.entry.prize)
        _write(sheet, scheme, given, row)
        _complete(sheet, scheme, stage)
        sheet.saved_at = sheet.submitted_at = now
        sheet.version += 1
        made.append(sheet)
    ScoreSheet.objects.bulk_create(s for s in made if s.stage_entry_id not in known)
    ScoreSheet.objects.bulk_update((s for s in made if s.stage_entry_id in known), WRITTEN)
    record(
        "sheets.handed_in", round_=stage.round, actor=actor, subject=stage, article=stage.article, stage=stage.key,
        sheets=[[rows[s.stage_entry_id].entry_id, s.total, s.scores] for s in made],
    )  # fmt: skip
    return made


@transaction.atomic
def reopen(*, actor: User, sheet: ScoreSheet, reason: str) -> ScoreSheet:
    """Open a sheet again, with its reason; what was handed in stays on record.

    By its reviewer while others are still out, or by the leader (for talking it over). Refused once the report is confirmed.
    """
    row = open_pending(entry_row(sheet.stage_entry))
    held: ScoreSheet = ScoreSheet.objects.select_for_update(of=("self",)).select_related("reviewer").get(pk=sheet.pk)
    article = row.stage.article
    own = held.reviewer.user_id == actor.pk and assignments_of(actor).filter(stage_entry=row).exists()
    if not own:
        require(leads, actor, row, article=row.stage.spec.team.article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if held.submitted_at is None:
        raise Refused("sheet_not_handed_in", article=article)
    if Report.objects.filter(stage_entry=row, confirmed_at__isnull=False).exists():
        raise Refused("report_confirmed", article=article)
    earlier = {
        "scores": held.scores, "total": held.total, "version": held.version, "submitted_at": held.submitted_at, "reason": reason.strip(), "by": actor.pk,
        "abstained": held.abstained,
    }  # fmt: skip
    held.earlier = [*held.earlier, earlier]
    held.submitted_at, held.version, held.abstained = None, held.version + 1, ""
    held.save(update_fields=["earlier", "submitted_at", "version", "abstained"])
    record(
        "sheet.reopened",
        round_=row.stage.round,
        actor=actor,
        subject=held,
        article=article,
        stage=row.stage.key,
        entry=row.entry_id,
        reason=reason,
    )
    return held


def _reviewer(actor: User, row: StageEntry) -> Reviewer:
    assignment = assignments_of(actor).filter(stage_entry=row).select_related("reviewer").first()
    if assignment is None:
        if is_recused(actor, row.entry):
            raise Refused("recused", article=row.stage.round.rules.recusal.article)
        raise Refused("not_assigned", article=row.stage.spec.team.article)
    reviewer: Reviewer = assignment.reviewer
    return reviewer


def _check_state(known: ScoreSheet | None, row: StageEntry, version: int) -> None:
    if known is not None and known.submitted_at is not None:
        raise Refused("sheet_handed_in", article=row.stage.article)
    if (known.version if known else 0) != version:
        raise Refused("sheet_changed_meanwhile", article=row.stage.article)


def _write(sheet: ScoreSheet, scheme: Sheet, given: Given, row: StageEntry) -> None:
    leaves = {leaf.key: leaf for leaf in scheme.leaves()}
    if unknown := set(given.scores) - set(leaves):
        raise Refused("score_item_unknown", article=row.stage.article, field=min(unknown), item=min(unknown))
    marks = {
        key: tally.read(scheme, leaves[key], raw, article=row.stage.article)
        for key, raw in given.scores.items() if raw is not None and str(raw).strip() != ""
    }  # fmt: skip
    sheet.scores = {key: _text(mark) for key, mark in marks.items()}
    sheet.remarks = {key: text.strip() for key, text in given.remarks.items() if key in leaves and text.strip()}
    sheet.notes = _notes(given, leaves)
    sheet.strengths, sheet.opportunities = given.strengths.strip(), given.opportunities.strip()
    sheet.total = sum((tally.points(scheme, leaves[key], mark) for key, mark in marks.items()), Decimal(0))


def _notes(given: Given, leaves: Mapping[str, object]) -> dict[str, dict[str, str]]:
    """What was written under items, without what is empty or belongs to none."""
    kept = {
        key: {kind: text.strip() for kind, text in said.items() if kind in NOTES and text.strip()}
        for key, said in given.notes.items()
        if key in leaves
    }
    return {key: said for key, said in kept.items() if said}


def _complete(sheet: ScoreSheet, scheme: Sheet, stage: RoundStage) -> None:
    missing = [leaf for leaf in scheme.leaves() if leaf.key not in sheet.scores]
    if missing:
        raise Refused(
            "scores_missing", article=stage.article, field=missing[0].key, count=len(missing), first=missing[0].title
        )


def _check_basis(stage: RoundStage, rows: list[StageEntry]) -> None:
    """On-site scores rest on a visit, those of a defence on a hearing."""
    if stage.spec.mode == "onsite":
        if Visit.objects.filter(stage_entry__in=rows).count() < len(rows):
            raise Refused("visit_missing", article=stage.article)
    elif stage.spec.mode == "defence":
        hearings = Hearing.objects.filter(stage_entry__in=rows)
        if stage.spec.head_present:
            hearings = hearings.filter(head_present=True)
        if hearings.count() < len(rows):
            raise Refused("head_not_on_record" if stage.spec.head_present else "hearing_missing", article=stage.article)


def _text(mark: Decimal) -> str:
    """Without trailing zeros or exponent: "65", "12.5"."""
    text = f"{mark:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
