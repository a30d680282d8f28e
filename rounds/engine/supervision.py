"""Supervision's corrections and the organs' decisions on major matters."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.rules import holds
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Correction, Entry, MajorMatter, Round, RoundStage
from rounds.rules import is_office, is_supervisor


def supervision_article(round_: Round) -> str:
    """The article that gives supervision: the power to supervise or to order corrections."""
    for organ in round_.rules.organs:
        for power in organ.powers:
            if power.act in ("order_correction", "supervise"):
                return power.article
    return round_.rules.recusal.article


@transaction.atomic
def order_correction(
    *, actor: User, stage: RoundStage, text: str, due_on: dt.date, entry: Entry | None = None
) -> Correction:
    """Supervision orders something corrected by a day; until settled it blocks the stage."""
    return _file(actor, stage, Correction.Kind.ORDER, text, due_on, entry)


@transaction.atomic
def observe(
    *, actor: User, stage: RoundStage, text: str, due_on: dt.date | None = None, entry: Entry | None = None
) -> Correction:
    """Supervision puts an observation on record, to be answered (by a day, where one is named); it blocks nothing."""
    return _file(actor, stage, Correction.Kind.OBSERVATION, text, due_on, entry)


def _file(
    actor: User, stage: RoundStage, kind: str, text: str, due_on: dt.date | None, entry: Entry | None
) -> Correction:
    article = supervision_article(stage.round)
    require(is_supervisor, actor, stage.round, article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    if kind == Correction.Kind.ORDER and stage.status == RoundStage.Status.CLOSED:
        raise Refused("stage_not_open", article=article, stage=stage.name)
    if due_on is not None and due_on < clock.today(stage.round):
        raise Refused("correction_due_in_past", article=article, field="due_on")
    filed = Correction.objects.create(
        kind=kind, stage=stage, entry=entry, text=text.strip(), article=article, ordered_by=actor,
        ordered_at=clock.now(stage.round), due_on=due_on,
    )  # fmt: skip
    record(
        "correction.ordered" if filed.is_order else "observation.filed", round_=stage.round, actor=actor, subject=filed,
        article=article, stage=stage.key, due_on=due_on, text=text, entry=entry.pk if entry else None,
    )  # fmt: skip
    return filed


@transaction.atomic
def answer_correction(*, actor: User, order: Correction, answer: str) -> Correction:
    """The office answers; supervision then settles. It may answer again until then."""
    order, round_ = _open(order, answer)
    require(is_office, actor, round_, article=order.article)
    order.answer, order.answered_by, order.answered_at = answer.strip(), actor, clock.now(round_)
    order.save(update_fields=["answer", "answered_by", "answered_at"])
    _recorded("answered", order, actor, answer)
    return order


@transaction.atomic
def settle_correction(*, actor: User, order: Correction, answer: str) -> Correction:
    """Supervision settles it (``answer``: its word), whether or not the office has answered; the office's own call answers it."""
    if not is_supervisor(actor, order.stage.round):
        return answer_correction(actor=actor, order=order, answer=answer)
    order, round_ = _open(order, answer)
    order.settlement, order.settled_by, order.settled_at = answer.strip(), actor, clock.now(round_)
    order.save(update_fields=["settlement", "settled_by", "settled_at"])
    _recorded("settled", order, actor, answer)
    return order


def _open(order: Correction, answer: str) -> tuple[Correction, Round]:
    rows = Correction.objects.select_for_update(of=("self",)).select_related(
        "stage__round__jurisdiction", "stage__round__policy"
    )
    found: Correction = rows.get(pk=order.pk)
    if found.settled_at is not None:
        raise Refused("correction_settled", article=found.article)
    if not answer.strip():
        raise Refused("reason_missing", article=found.article, field="answer")
    return found, found.stage.round


def _recorded(what: str, order: Correction, actor: User, answer: str) -> None:
    name = "correction" if order.is_order else "observation"
    record(f"{name}.{what}", round_=order.stage.round, actor=actor, subject=order, article=order.article, answer=answer)


@transaction.atomic
def record_matter(
    *, actor: User, round_: Round, organ: str, subject: str, decision: str, decided_on: dt.date
) -> MajorMatter:
    """Record what the organ with that power decided on a major matter."""
    power = next(
        (p for o in round_.rules.organs if o.key == organ for p in o.powers if p.act == "decide_major_matter"), None
    )
    require(is_office | holds("committee"), actor, round_, article=power.article if power else "")
    if power is None:
        raise Refused("organ_may_not", article=round_.rules.cycle.article, organ=organ)
    if not (subject.strip() and decision.strip()):
        raise Refused("reason_missing", article=power.article, field="decision")
    matter = MajorMatter.objects.create(
        round=round_,
        organ=organ,
        article=power.article,
        subject=subject,
        decision=decision,
        decided_on=decided_on,
        recorded_by=actor,
    )
    record(
        "matter.decided",
        round_=round_,
        actor=actor,
        subject=matter,
        article=power.article,
        organ=organ,
        matter=subject,
        decision=decision,
    )
    return matter
