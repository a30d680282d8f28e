"""Whether the earlier steps of an entry happened, and lasted as long as their articles ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from applications.domain.weighing import Weighed, all_of
from applications.models import Application, InternalPublicity
from applications.models.opinions import PreliminaryReview
from rounds.models import Entry, RoundStage, StageEntry

#: Kinds of stage whose happening belongs to an applicant's procedure.
STEPS = ("internal_publicity", "intake", "recommendation", "preliminary_review")


def of_entries(stage: RoundStage, entries: Sequence[Entry]) -> dict[int, Weighed]:
    """Each entry's earlier steps, weighed; ``read`` tells of every step what was looked at. Five queries, however many entries."""
    steps = list(
        RoundStage.objects.filter(round=stage.round, kind__in=STEPS, position__lt=stage.position).order_by("position")
    )
    for step in steps:
        step.round = stage.round
    ids = [entry.pk for entry in entries]
    passed = {(row.stage_id, row.entry_id): row for row in StageEntry.objects.filter(stage__in=steps, entry__in=ids)}
    publicity = {row.pk: row for row in InternalPublicity.objects.filter(pk__in=ids)}
    audits = {row.pk: row for row in PreliminaryReview.objects.filter(stage_entry__in=[r.pk for r in passed.values()])}
    filed = dict(Application.objects.filter(entry__in=ids).values_list("entry_id", "filed_at"))
    result = {}
    for entry in entries:
        read = {
            step.key: _step(step, entry.pk, passed.get((step.pk, entry.pk)), publicity, audits, filed) for step in steps
        }
        result[entry.pk] = Weighed(all_of([fact["ok"] for fact in read.values()]), read)
    return result


def _step(
    step: RoundStage,
    entry: int,
    row: StageEntry | None,
    publicity: dict[int, InternalPublicity],
    audits: dict[int, Any],
    filed: dict[int, Any],
) -> dict[str, Any]:
    status = row.status if row else ""
    fact: dict[str, Any] = {"article": step.article, "status": status, "ok": status == StageEntry.Status.ADVANCED}
    if status == StageEntry.Status.SKIPPED:
        return {**fact, "ok": True}
    if step.kind == "internal_publicity":
        return fact | _publicity(step, publicity.get(entry), fact["ok"])
    if step.kind == "preliminary_review":
        return fact | _audit(step, audits.get(row.pk) if row else None, fact["ok"])
    if step.kind == "intake":
        at = filed.get(entry)
        return fact | {"filed_at": at, "ok": fact["ok"] and at is not None}
    return fact


def _publicity(step: RoundStage, row: InternalPublicity | None, happened: bool) -> dict[str, Any]:
    if row is None:
        return {"ok": False}
    needed = step.spec.window.length.value
    long_enough = row.counted >= needed or bool(row.departure_reason)
    return {
        "first_day": row.first_day, "last_day": row.last_day, "days": row.counted, "needed": needed, "departure": row.departure_reason,
        "ok": happened and long_enough and row.objection_free,
    }  # fmt: skip


def _audit(step: RoundStage, row: PreliminaryReview | None, happened: bool) -> dict[str, Any]:
    if row is None:
        return {"ok": False}
    over = bool(row.window_ends_at and row.at and row.window_ends_at <= row.at)
    long_enough = not step.spec.window or over or bool(row.departure_reason)
    return {
        "published_on": row.published_on, "window_ends_at": row.window_ends_at, "passed_at": row.at, "departure": row.departure_reason,
        "opinion": bool(row.opinion), "ok": happened and long_enough and bool(row.opinion),
    }  # fmt: skip
