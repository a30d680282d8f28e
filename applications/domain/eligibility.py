"""Eligibility: the office settles what is unknown, establishes checks, and decides on what was found, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from applications.domain import assessing, checking, renewal
from applications.domain.assessing import Found, check_finding
from applications.domain.owning import waiting
from applications.models.assessment import Assessment, CheckRecord
from applications.rules_office import may_examine
from core.access import require
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage, StageEntry
from rounds.rules import is_office


@transaction.atomic
def find(*, actor: User, stage_entry: StageEntry, findings: Mapping[str, Found]) -> list[Assessment]:
    """Staff settle points of one entry. Refused: one that is not asked; unknown or contrary to the computation without a note."""
    row = _examined(actor, stage_entry)
    changed = assessing.write(row, findings, actor=actor)
    record(
        "entry.found", round_=row.stage.round, actor=actor, subject=row.entry, article=row.stage.article, stage=row.stage.key,
        findings={point.key: [point.finding, point.note, point.computed] for point in changed},
    )  # fmt: skip
    return changed


@transaction.atomic
def find_many(
    *, actor: User, stage: RoundStage, key: str, entries: Iterable[int], finding: str, note: str, evidence: str = ""
) -> int:
    """The same finding of one point for many entries (papers seen in one go). Returns how many; a constant number of queries."""
    stage = lock(stage)
    require(is_office, actor, stage, article=stage.article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    from rounds.models import Recusal

    gone = Recusal.objects.filter(user=actor, ended_at=None).values("entry")
    found = (
        Assessment.objects.of_pending(stage)
        .filter(key=key, stage_entry__entry__in=list(entries))
        .exclude(stage_entry__entry__in=gone)
    )
    rows = list(found.select_for_update(of=("self",)).select_related("stage_entry"))
    if not rows:
        raise Refused("point_not_asked", article=stage.article, point=key)
    now = clock.now(stage.round)
    for row in rows:
        check_finding(finding, row.computed, note, article=row.article, field=key)
        row.finding, row.note, row.evidence, row.by, row.at = finding, note.strip(), evidence.strip(), actor, now
    Assessment.objects.bulk_update(rows, ("finding", "note", "evidence", "by", "at"), batch_size=500)
    record(
        "entries.found", round_=stage.round, actor=actor, subject=stage, article=rows[0].article, stage=stage.key, point=key,
        finding=finding, note=note, entries=[row.stage_entry.entry_id for row in rows],
    )  # fmt: skip
    return len(rows)


@transaction.atomic
def check(*, actor: User, stage_entry: StageEntry, values: Mapping[str, Any], evidence: str) -> StageEntry:
    """The office establishes facts itself, saying where it saw them; they prevail over what bodies answered."""
    row = _examined(actor, stage_entry)
    read = _read(row.stage, values)
    if not evidence.strip():
        raise Refused("evidence_missing", article=row.stage.article, field="evidence")
    _establish(actor, row.stage, {row.entry_id: read}, evidence)
    renewal.renew(row.stage, [row])
    record(
        "entry.checked", round_=row.stage.round, actor=actor, subject=row.entry, article=row.stage.article, stage=row.stage.key,
        checks=read, evidence=evidence,
    )  # fmt: skip
    return row


@transaction.atomic
def check_many(*, actor: User, stage: RoundStage, values: Mapping[int, Mapping[str, Any]], evidence: str) -> int:
    """A register's answers for many entries at once: ``{entry id: {check key: value}}``. A constant number of queries."""
    stage = lock(stage)
    require(is_office, actor, stage, article=stage.article)
    if not evidence.strip():
        raise Refused("evidence_missing", article=stage.article, field="evidence")
    rows = assessing.pending(stage, values)
    if len(rows) != len(values):
        raise Refused("entry_not_pending", article=stage.article, stage=stage.name)
    read = {row.entry_id: _read(stage, values[row.entry_id]) for row in rows}
    _establish(actor, stage, read, evidence)
    renewal.renew(stage, rows)
    record(
        "entries.checked",
        round_=stage.round,
        actor=actor,
        subject=stage,
        article=stage.article,
        stage=stage.key,
        checks={str(k): v for k, v in read.items()},
        evidence=evidence,
    )
    return len(rows)


@transaction.atomic
def recompute(*, actor: User, stage: RoundStage, entries: Iterable[int] | None = None) -> int:
    """Weigh the waiting entries again on today's facts; a finding made on other facts falls."""
    stage = lock(stage)
    require(is_office, actor, stage, article=stage.article)
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    rows = assessing.pending(stage, entries)
    renewal.renew(stage, rows)
    record(
        "entries.recomputed",
        round_=stage.round,
        actor=actor,
        subject=stage,
        article=stage.article,
        stage=stage.key,
        entries=[row.entry_id for row in rows],
    )
    return len(rows)


def _examined(actor: User, stage_entry: StageEntry) -> StageEntry:
    row = waiting(stage_entry)
    require(may_examine, actor, row, article=row.stage.article)
    return row


def _read(stage: RoundStage, values: Mapping[str, Any]) -> dict[str, Any]:
    rules = stage.round.rules
    known = {check.key for check in rules.checks}
    if set(values) - known:
        raise Refused("check_not_asked", article=stage.article, check=sorted(set(values) - known)[0])
    read = {key: checking.read(rules.check(key), value) for key, value in values.items()}
    return {key: value for key, value in read.items() if value is not None}


def _establish(actor: User, stage: RoundStage, values: Mapping[int, Mapping[str, Any]], evidence: str) -> None:
    checking.put_down(
        stage.round.rules,
        values,
        source=CheckRecord.Source.OFFICE,
        actor=actor,
        body=None,
        at=clock.now(stage.round),
        evidence=evidence.strip(),
    )
