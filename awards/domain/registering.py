"""Entering earlier awards by hand: those given before this system, and those of other governments."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction

from accounts.models import Organisation, User
from audit import log
from awards.domain.conferring import valid_until
from awards.models import Honour, HonourEvent, OtherAward
from awards.rules import runs_awards
from core.access import require
from core.refusals import Refused
from jurisdictions.exclusions import current_policy
from jurisdictions.models import Jurisdiction
from rounds.models import Round


@transaction.atomic
def enter_earlier(
    *, actor: User, jurisdiction: Jurisdiction, organisation: Organisation, prize: str, year: int, number: str, date: dt.date, organ: str,
    serial: str, tier: str = "", amount: Decimal | None = None, world: Round | None = None,
) -> Honour:  # fmt: skip
    """An honour given before this system kept the register. Refused: not the office, a prize the policy does not know, no number."""
    policy = world.rules if world else current_policy(jurisdiction)
    require(runs_awards, actor, world or jurisdiction, article=policy.cycle.article if policy else "")
    if policy is None or prize not in {one.key for one in policy.prizes}:
        raise Refused("no_such_prize", article=policy.cycle.article if policy else "")
    kind = policy.prize(prize)
    if not (number.strip() and serial.strip()):
        raise Refused("document_number_missing", article=kind.article, field="number")
    honour = Honour.objects.create(
        jurisdiction=jurisdiction, world=world, organisation=organisation, organisation_name=organisation.name, prize=prize,
        prize_zh=kind.name.zh, prize_en=kind.name.en, tier=tier, year=year, article=kind.article, document_number=number,
        document_date=date, document_organ=organ, serial=serial, amount=amount, items=[], valid_until=valid_until(policy, prize, date),
        validity_article=kind.validity_article or "",
    )  # fmt: skip
    HonourEvent.objects.create(
        honour=honour, act="entered", on=date, article=kind.article, document_number=number, public=True, by=actor
    )
    _log("honour.entered", jurisdiction, actor, honour, kind.article, world, prize=prize, year=year, serial=serial)
    return honour


@transaction.atomic
def enter_other(
    *, actor: User, jurisdiction: Jurisdiction, organisation: Organisation, name: str, level: str, year: int, issuer: str = "",
    world: Round | None = None,
) -> OtherAward:  # fmt: skip
    """An award of another government, as the office established it. Refused: not the office, no name."""
    policy = world.rules if world else current_policy(jurisdiction)
    article = policy.cycle.article if policy else ""
    require(runs_awards, actor, world or jurisdiction, article=article)
    if not name.strip() or level not in OtherAward.Level.values:
        raise Refused("document_number_missing", article=article, field="name")
    award = OtherAward.objects.create(
        jurisdiction=jurisdiction, world=world, organisation=organisation, name=name.strip(), issuer=issuer, level=level, year=year,
        recorded_by=actor,
    )  # fmt: skip
    _log("award.other_entered", jurisdiction, actor, award, article, world, level=level, year=year)
    return award


def _log(
    act: str,
    jurisdiction: Jurisdiction,
    actor: User,
    subject: Honour | OtherAward,
    article: str,
    world: Round | None,
    **facts: object,
) -> None:
    log.record(
        act, scope=jurisdiction.code, actor=actor, subject=subject, article=article, round_id=world.pk if world else "",
        facts={"organisation": subject.organisation_id, **facts},
    )  # fmt: skip
