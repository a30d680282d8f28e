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
from rounds.models import Correction, MajorMatter, Round, RoundStage
from rounds.rules import is_office, is_supervisor


def supervision_article(round_: Round) -> str:
    """The article that gives supervision: the power to supervise or to order corrections."""
    for organ in round_.rules.organs:
        for power in organ.powers:
            if power.act in ("order_correction", "supervise"):
                return power.article
    return round_.rules.recusal.article


@transaction.atomic
def order_correction(*, actor: User, stage: RoundStage, text: str, due_on: dt.date) -> Correction:
    """Supervision orders something corrected; until settled it blocks the stage."""
    article = supervision_article(stage.round)
    require(is_supervisor, actor, stage.round, article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    if due_on < clock.today(stage.round):
        raise Refused("correction_due_in_past", article=article, field="due_on")
    order = Correction.objects.create(
        stage=stage, text=text, article=article, ordered_by=actor, ordered_at=clock.now(stage.round), due_on=due_on
    )
    record(
        "correction.ordered",
        round_=stage.round,
        actor=actor,
        subject=order,
        article=article,
        stage=stage.key,
        due_on=due_on,
        text=text,
    )
    return order


@transaction.atomic
def settle_correction(*, actor: User, order: Correction, answer: str) -> Correction:
    """The office answers (``answer``); supervision settles. One function for both: the office's call records, supervision's ends it."""
    order = (
        Correction.objects.select_for_update(of=("self",)).select_related("stage__round__jurisdiction").get(pk=order.pk)
    )
    round_ = order.stage.round
    require(is_supervisor | is_office, actor, round_, article=order.article)
    if not answer.strip():
        raise Refused("reason_missing", article=order.article, field="answer")
    if is_supervisor(actor, round_):
        order.settled_by, order.settled_at = actor, clock.now(round_)
        act = "correction.settled"
    else:
        order.answer, act = answer, "correction.answered"
    order.save()
    record(act, round_=round_, actor=actor, subject=order, article=order.article, answer=answer)
    return order


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
