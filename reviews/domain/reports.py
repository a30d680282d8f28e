"""Review reports: made by the leader, confirmed by the applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.files import File
from django.db import transaction

from accounts.models import User
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from documents import uploads
from reviews.locking import entry_row, open_pending, open_stage, stage_row
from reviews.models import Report, Visit
from reviews.queries import findings, progress
from reviews.rules import assignments_of, leads, may_confirm
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@dataclass(frozen=True, slots=True)
class Words:
    """What a report says."""

    summary: str
    strengths: str = ""
    improvements: str = ""


@transaction.atomic
def make(*, actor: User, stage_entry: StageEntry, summary: str, strengths: str = "", improvements: str = "") -> Report:
    """The leader writes the report, with the team's result as it stands; anew until it is confirmed (and after that only when the
    result changed, as by a replaced reviewer: then it is to be confirmed again).

    Refused: sheets still out, unsettled differences, no visit where one is due, a confirmed report, no summary.
    """
    row = open_pending(entry_row(stage_entry))
    stage = row.stage
    article = stage.spec.report_article or stage.article
    require(leads, actor, row, article=stage.spec.team.article)
    work = progress.of_entry(row)
    report = _written(work, Words(summary, strengths, improvements), actor, clock.now(stage.round), article)
    report.save()
    record(
        "report.made", round_=stage.round, actor=actor, subject=report, article=article, stage=stage.key, entry=row.entry_id,
        score=report.score, version=report.version,
    )  # fmt: skip
    return report


@transaction.atomic
def make_many(*, actor: User, stage: RoundStage, words: Mapping[int, Words]) -> list[Report]:
    """The leader writes the first reports of several entries at once, ``{stage entry id: words}``: all or none, a few queries.

    Refused as :func:`make`; entries that have a report, or are led by somebody else, as well.
    """
    stage = open_stage(stage_row(stage))
    article = stage.spec.report_article or stage.article
    rows = list(
        StageEntry.objects.filter(stage=stage, pk__in=words)
        .pending()
        .select_for_update(of=("self",))
        .select_related("entry__organisation")
        .order_by("id")
    )
    led = assignments_of(actor).filter(stage_entry__in=rows, is_leader=True).values_list("stage_entry", flat=True)
    if set(words) != set(led):
        raise Refused("not_assigned", article=stage.spec.team.article)
    works, now = progress.of_stage(stage, rows), clock.now(stage.round)
    if any(work.report is not None for work in works):
        raise Refused("report_there", article=article)
    made = Report.objects.bulk_create(_written(work, words[work.row.pk], actor, now, article) for work in works)
    record(
        "reports.made", round_=stage.round, actor=actor, subject=stage, article=article, stage=stage.key,
        reports=[[work.row.entry_id, report.score] for work, report in zip(works, made, strict=True)],
    )  # fmt: skip
    return list(made)


def from_sheets(work: progress.EntryWork, summary: str) -> Words:
    """A report put together from what the sheets say, of the whole and item by item."""
    said = {kind: "\n".join(findings.lines(work.sheet, work.sheets, kind)) for kind in ("strengths", "opportunities")}
    return Words(summary, said["strengths"], said["opportunities"])


def _written(work: progress.EntryWork, words: Words, actor: User, now: dt.datetime, article: str) -> Report:
    """The report as it is to be stored. Raises ``Refused`` where it may not be written."""
    if work.spec.mode == "onsite" and work.visit is None:
        raise Refused("visit_missing", article=work.row.stage.article)
    if not work.all_in:
        raise Refused("sheets_missing", article=article, count=work.missing)
    if work.result is None:
        raise Refused("differences_unsettled", article=article, count=len(work.unsettled))
    if not words.summary.strip():
        raise Refused("report_empty", article=article, field="summary")
    report = work.report or Report(stage_entry=work.row, version=0)
    if report.confirmed_at is not None and not work.report_outdated:
        raise Refused("report_confirmed", article=article)
    _unconfirm(report)
    report.kind, report.score = work.spec.mode, work.result
    report.summary, report.strengths, report.improvements = (
        words.summary.strip(),
        words.strengths.strip(),
        words.improvements.strip(),
    )
    report.made_by, report.made_at, report.version = actor, now, report.version + 1
    return report


@transaction.atomic
def confirm(
    *,
    actor: User,
    report: Report,
    answer: str = "agreed",
    remarks: str = "",
    version: int | None = None,
    late_reason: str = "",
    drawing: File | None = None,
) -> Report:
    """The applicant (its head alone, where the policy says so) confirms the report, with remarks or without; ``drawing``: a signature.

    Where it is to be signed on the spot: that is so while the visit lasts; later only with the reason. ``version``: the one that was
    read. Refused: anybody else, a report that changed meanwhile or was confirmed before, feedback on the spot not on record.
    """
    row = open_pending(entry_row(report.stage_entry))
    stage, rule = row.stage, row.stage.spec.confirm
    held: Report = Report.objects.select_for_update().get(pk=report.pk)
    held.stage_entry = row
    article = rule.article if rule else stage.article
    if rule is None:
        raise Refused("no_confirmation_asked_for", article=article)
    require(
        may_confirm,
        actor,
        held,
        article=article,
        code="only_head_confirms" if rule.by == "head" else "only_applicant_confirms",
    )
    if held.confirmed_at is not None:
        raise Refused("report_confirmed", article=article)
    if version is not None and version != held.version:
        raise Refused("report_changed_meanwhile", article=article)
    if answer not in Report.Answer.values or (answer == Report.Answer.REMARKS and not remarks.strip()):
        raise Refused("reason_missing", article=article, field="remarks")
    now = clock.now(stage.round)
    if rule.on_the_spot:
        held.on_the_spot = _on_the_spot(row, legal_date(now), late_reason, article)
    held.late_reason = "" if held.on_the_spot else late_reason.strip()
    held.answer, held.remarks, held.confirmed_by, held.confirmed_at = answer, remarks.strip(), actor, now
    held.save()
    _drawn(held, drawing, actor, article)
    record(
        "report.confirmed", round_=stage.round, actor=actor, subject=held, article=article, stage=stage.key, entry=row.entry_id,
        answer=answer, version=held.version, on_the_spot=held.on_the_spot,
    )  # fmt: skip
    return held


def _on_the_spot(row: StageEntry, today: dt.date, late_reason: str, article: str) -> bool:
    """Whether the visit still lasts; afterwards only with a reason. Raises ``Refused``: findings not told on the spot, no reason."""
    visit = Visit.objects.filter(stage_entry=row).first()
    if visit is None or visit.fed_back_on is None:
        raise Refused("feedback_missing", article=article)
    lasts: bool = today <= visit.ended_on
    if not lasts and not late_reason.strip():
        raise Refused("not_on_the_spot", article=article, field="late_reason", day=visit.ended_on)
    return lasts


def _drawn(report: Report, drawing: File | None, actor: User, article: str) -> None:
    """A signature drawn with a confirmation stays with the report; its hash is in the log."""
    if drawing is not None:
        drawing.name = report.drawing_name
        jurisdiction = report.stage_entry.stage.round.jurisdiction
        uploads.accept(actor=actor, jurisdiction=jurisdiction, upload=drawing, subject=report, article=article)


def _unconfirm(report: Report) -> None:
    report.answer, report.remarks, report.confirmed_by, report.confirmed_at = "", "", None, None
    report.on_the_spot, report.late_reason = False, ""
