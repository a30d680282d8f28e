"""Examining an objection, investigating it, telling those concerned, and the report on all of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import User
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from jurisdictions.policy.constitution import ObjectionRules
from publicity import letters, personal, queries
from publicity.domain.receiving import PROOF, labels
from publicity.models import InvestigationReport, Objection, ObjectorDetails
from publicity.rules import works_on_objections
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage
from rounds.rules import is_recused

S = Objection.Status
#: The objector's details are kept so long after the objection was concluded.
KEPT_AFTER = dt.timedelta(days=365)


@transaction.atomic
def examine(*, actor: User, objection: Objection, accept: bool, reason: str = "") -> Objection:
    """Accept an objection that meets the rules, with a written receipt where the policy gives one; or not, with the reason.

    Refused: not the office, recused from the entry, examined before, something missing, no reason.
    """
    objection, rules = _mine(actor, objection, S.RECEIVED)
    article = rules.examine_article or rules.article
    lacking = [*objection.missing, *([PROOF] if rules.needs_proof and not objection.has_proof else [])]
    if accept and lacking:
        raise Refused("may_not_be_accepted", article=rules.article, missing="、".join(labels(lacking)))
    if not accept and not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    now = clock.now(objection.stage.round)
    objection.status, objection.examined_by, objection.examined_at = (S.ACCEPTED if accept else S.REJECTED), actor, now
    objection.examined_reason = "" if accept else reason.strip()
    if accept and rules.receipt:
        objection.receipt = letters.receipt(objection)
    objection.save()
    if not accept:
        _keep_until(objection)
    _log(
        "objection.accepted" if accept else "objection.rejected",
        objection,
        actor,
        article,
        late=now > objection.examine_by,
        reason=reason,
    )
    return objection


@transaction.atomic
def conclude(*, actor: User, objection: Objection, stands: bool, findings: str, experts: str = "") -> Objection:
    """What the investigation found. One that stands stops its entry; one that does not, does not.

    Where the policy says so a letter to the objector is written, and the organisation and the body that audited it are told.
    """
    objection, rules = _mine(actor, objection, S.ACCEPTED)
    article = rules.outcome_article or rules.article
    if not findings.strip():
        raise Refused("reason_missing", article=article, field="findings")
    objection.status = S.FOUNDED if stands else S.UNFOUNDED
    objection.findings, objection.experts, objection.article = findings.strip(), experts.strip(), article
    objection.concluded_by, objection.concluded_at = actor, clock.now(objection.stage.round)
    if rules.outcome_in_writing:
        objection.letter = letters.outcome(objection)
    objection.notified = letters.notify(objection, rules.notify)
    objection.save()
    _keep_until(objection)
    _log("objection.concluded", objection, actor, article, outcome=objection.status, notified=objection.notified)
    return objection


@transaction.atomic
def tell(*, actor: User, objection: Objection, how: str) -> Objection:
    """The outcome went to the objector in writing; ``how``: by what post, on what number. Refused: not concluded, told before."""
    objection, rules = _mine(actor, objection, S.FOUNDED, S.UNFOUNDED)
    article = rules.outcome_article or rules.article
    if objection.told_at:
        raise Refused("told_already", article=article, day=legal_date(objection.told_at))
    if not how.strip():
        raise Refused("reason_missing", article=article, field="how")
    objection.told_at, objection.told_how = clock.now(objection.stage.round), how.strip()
    objection.save(update_fields=["told_at", "told_how"])
    _log("objection.told", objection, actor, article, how=how)
    return objection


@transaction.atomic
def report(*, actor: User, stage: RoundStage, text: str) -> InvestigationReport:
    """The investigation report on everything raised goes to the organ that the policy names.

    Refused: none foreseen, objections still open, nothing raised, empty.
    """
    stage = lock(stage)
    organ, article = queries.report_organ(stage)
    require(works_on_objections, actor, stage, article=article or stage.article)
    if not organ:
        raise Refused("no_report_foreseen", article=stage.article)
    still_open = Objection.objects.filter(stage=stage, status__in=queries.OPEN).count()
    if still_open:
        raise Refused("objections_still_open", article=article, count=still_open)
    about = list(queries.unreported(stage))
    if not about:
        raise Refused("nothing_to_report", article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    found: InvestigationReport = InvestigationReport.objects.create(
        stage=stage,
        organ=organ,
        article=article,
        text=text.strip(),
        reported_at=clock.now(stage.round),
        reported_by=actor,
    )
    found.objections.set(about)
    found.paper = letters.investigation_report(found, about)
    found.save(update_fields=["paper"])
    record(
        "objections.reported", round_=stage.round, actor=actor, subject=found, article=article, stage=stage.key, organ=organ,
        objections=[objection.pk for objection in about],
    )  # fmt: skip
    return found


@transaction.atomic
def unmask(*, actor: User, objection: Objection) -> dict[str, str]:
    """Who made the objection; each look is on record. Refused: not the office or supervision, recused, erased."""
    from publicity.rules import sees_objections

    article = objection.stage.round.rules.objections.article
    require(sees_objections, actor, objection, article=article)
    if is_recused(actor, objection.entry):
        raise Refused("recused", article=article)
    found = ObjectorDetails.objects.filter(objection=objection).first()
    if found is not None and found.erased_at:
        raise Refused("details_erased", article=article, day=legal_date(found.erased_at))
    _log("objection.unmasked", objection, actor, article)
    return personal.unseal(found.sealed) if found and found.sealed else {}


def _mine(actor: User, objection: Objection, *wanted: str) -> tuple[Objection, ObjectionRules]:
    """The objection, locked, and the rules; refused to others, to the recused, and in other states."""
    found: Objection = (
        Objection.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction", "stage__round__policy", "entry__organisation", "notice")
        .get(pk=objection.pk)
    )
    rules = found.stage.round.rules.objections
    require(works_on_objections, actor, found, article=rules.article)
    if is_recused(actor, found.entry):
        raise Refused("recused", article=found.stage.round.rules.recusal.article)
    if found.status not in wanted:
        raise Refused("objection_state", article=rules.article, status=str(found.get_status_display()))
    return found, rules


def _keep_until(objection: Objection) -> None:
    today = legal_date(clock.now(objection.stage.round))
    ObjectorDetails.objects.filter(objection=objection).update(erase_after=today + KEPT_AFTER)


def _log(act: str, objection: Objection, actor: User, article: str, **facts: Any) -> None:
    record(
        act,
        round_=objection.stage.round,
        actor=actor,
        subject=objection,
        article=article,
        entry=objection.entry_id,
        **facts,
    )
