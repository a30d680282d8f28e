"""An applicant's publicity inside its own organisation: long enough, in a place, with proof, without objection."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from applications.domain.access import in_stage, locked, require_draft, require_on
from applications.models import Application, InternalPublicity
from applications.rules import may_write
from core.clock import legal_date
from core.refusals import Refused
from documents import uploads
from documents.models import StoredFile
from jurisdictions.calendar import Count, calendar_of, elapsed
from jurisdictions.policy.stages import InternalPublicity as Spec
from rounds import clock, engine
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry


@dataclass(frozen=True, slots=True)
class ParentOpinion:
    """What the parent of a branch, internal or dispatched body says: it checked the conditions and recommends."""

    text: str
    signed_by: str
    checked: bool = False


@transaction.atomic
def record_internal_publicity(
    *, actor: User, application: Application, first_day: dt.date, last_day: dt.date, place: str, proof: File | None,
    objection_free: bool = True, opinion: ParentOpinion | None = None, departure_reason: str = "",
) -> InternalPublicity:  # fmt: skip
    """Record the publicity: published on ``first_day`` (not counted), up until and including ``last_day``. It may be corrected before filing.

    Refused: no right, not in this stage, days that are not over or lie before the round, too few days (unless the policy lets
    depart from it with a reason), no place, no proof, an open objection, and for a part of an organisation no opinion of its parent.
    """
    application = locked(application)
    require_on(may_write, actor, application)
    require_draft_or_later(application)
    row = _row(application)
    spec: Spec = row.stage.spec
    _check_days(row.stage, spec, first_day, last_day)
    _check_words(spec, place, objection_free)
    parent = _check_parent(application, spec, opinion)
    count = elapsed(
        calendar_of(row.stage.round.jurisdiction),
        after=first_day,
        through=last_day,
        unit=spec.window.unit,
        article=spec.article,
    )
    departure = _check_length(spec, count, departure_reason)
    known = InternalPublicity.objects.filter(application=application).first()
    values = {
        "first_day": first_day, "last_day": last_day, "place": place.strip(), "proof": _proof(application, actor, proof, known, spec),
        "by_parent": parent, "parent_checked": bool(opinion and opinion.checked and parent), "opinion": opinion.text.strip() if opinion and parent else "",
        "opinion_by": opinion.signed_by.strip() if opinion and parent else "", "objection_free": objection_free,
        "article": (spec.parent_article or spec.article) if parent else spec.article, "counted": count.total, "derivation": _derived(count),
        "departure_reason": departure_reason.strip() if departure else "", "departure_article": departure, "recorded_by": actor,
        "recorded_at": clock.now(row.stage.round),
    }  # fmt: skip
    found, _made = InternalPublicity.objects.update_or_create(application=application, defaults=values)
    _settle(row, actor, found, spec)
    return found


def require_draft_or_later(application: Application) -> None:
    """It may be recorded before filing, or after it where the policy puts the stage there."""
    if not application.is_filed:
        require_draft(application)


def _row(application: Application) -> StageEntry:
    row = in_stage(application.entry, "internal_publicity")
    if row is None or row.stage.status != RoundStage.Status.OPEN:
        raise Refused("internal_publicity_not_asked", article=row.stage.article if row else "")
    filed = application.is_filed and row.status != StageEntry.Status.PENDING
    if row.status not in (StageEntry.Status.PENDING, StageEntry.Status.ADVANCED) or filed:
        raise Refused("entry_not_pending", article=row.stage.article, stage=row.stage.name)
    return row


def _check_days(stage: RoundStage, spec: Spec, first_day: dt.date, last_day: dt.date) -> None:
    if last_day < first_day:
        raise Refused("internal_publicity_backwards", article=spec.article, field="last_day")
    if last_day > clock.today(stage.round):
        raise Refused("internal_publicity_running", article=spec.article, last_day=last_day, field="last_day")
    opened = stage.round.opened_at
    if opened and first_day < legal_date(opened):
        raise Refused(
            "internal_publicity_too_early", article=spec.article, opened=legal_date(opened), field="first_day"
        )


def _check_words(spec: Spec, place: str, objection_free: bool) -> None:
    if not place.strip():
        raise Refused("internal_publicity_no_place", article=spec.article, field="place")
    if not objection_free:
        raise Refused("internal_publicity_objection", article=spec.article, field="objection_free")


def needs_parent(application: Application, spec: Spec) -> bool:
    """Whether its parent publishes and gives an opinion."""
    return application.entry.organisation.legal_status in spec.parent_for


def _check_parent(application: Application, spec: Spec, opinion: ParentOpinion | None) -> object | None:
    if not needs_parent(application, spec):
        return None
    article = spec.parent_article or spec.article
    parent = application.entry.organisation.parent
    if parent is None:
        raise Refused("parent_missing", article=article)
    if opinion is None or not opinion.text.strip() or not opinion.signed_by.strip():
        raise Refused("parent_opinion_missing", article=article, parent=parent.name, field="opinion")
    if not opinion.checked:
        raise Refused("parent_check_missing", article=article, parent=parent.name, field="parent_checked")
    return parent


def _check_length(spec: Spec, count: Count, reason: str) -> str:
    """The article of a departure; '' when it was long enough."""
    needed = spec.window.length.value
    if count.total >= needed:
        return ""
    if spec.departure == "reason":
        if reason.strip():
            return spec.departure_article or spec.article
        raise Refused(
            "internal_publicity_departure",
            article=spec.departure_article or spec.article,
            days=needed,
            counted=count.total,
            field="departure_reason",
        )
    raise Refused(
        "internal_publicity_too_short", article=spec.article, days=needed, counted=count.total, field="last_day"
    )


def _proof(
    application: Application, actor: User, proof: File | None, known: InternalPublicity | None, spec: Spec
) -> StoredFile:
    """The new proof, else the one given before."""
    if proof is not None:
        jurisdiction = application.entry.round.jurisdiction
        return uploads.accept(
            actor=actor, jurisdiction=jurisdiction, upload=proof, subject=application, article=spec.article
        )
    if known is None:
        raise Refused("internal_publicity_no_proof", article=spec.article, field="proof")
    return known.proof


def _derived(count: Count) -> list[dict[str, object]]:
    return [
        {"day": step.day, "counted": step.counted, "reason": step.reason, "ordinal": step.ordinal}
        for step in count.steps
    ]


def _settle(row: StageEntry, actor: User, found: InternalPublicity, spec: Spec) -> None:
    facts: dict[str, Any] = {
        "first_day": found.first_day,
        "last_day": found.last_day,
        "counted": found.counted,
        "departure": found.departure_reason,
    }
    if row.status == StageEntry.Status.PENDING:
        engine.settle(
            actor=actor,
            stage_entry=row,
            outcome=StageEntry.Status.ADVANCED,
            article=found.article,
            act="internal_publicity.recorded",
            **facts,
        )
        return
    record(
        "internal_publicity.corrected",
        round_=row.stage.round,
        actor=actor,
        subject=found,
        article=found.article,
        **facts,
    )
