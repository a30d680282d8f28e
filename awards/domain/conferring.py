"""Entering honours in the register, with what follows from them. Called when the conferral's decision is released."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from accounts.models import User
from awards import letters
from awards.models import Approval, Honour, HonourEvent, Payment
from awards.queries.approvals import approval_before
from awards.queries.rewards import Granted, granted
from jurisdictions.organs import full_name
from jurisdictions.policy import Policy
from rounds import clock
from rounds.engine.entries import honour as end_with_honour
from rounds.engine.logging import record
from rounds.models import Round, RoundStage


@transaction.atomic
def confer(*, actor: User, stage: RoundStage) -> list[Honour]:
    """An honour for each entry that the released decision lets through and that has none; payments, papers, letters with them.

    Authority was checked by the release of the decision.
    """
    round_ = stage.round
    Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    had = set(Honour.objects.filter(round=round_).values_list("entry_id", flat=True))
    grants = [grant for grant in granted(stage, statuses=("advanced",)) if grant.line.entry_id not in had]
    document = _Document(stage)
    honours = [document.honour(grant, number) for number, grant in enumerate(grants, start=_next_serial(round_))]
    Honour.objects.bulk_create(honours)
    HonourEvent.objects.bulk_create(document.events(honours, actor))
    Payment.objects.bulk_create(Payment(honour=h, amount=h.amount, article=h.article) for h in honours if h.amount)
    end_with_honour([grant.line.row.entry for grant in grants])
    letters.conferred(stage, honours, document.number, document.day)
    for honour in honours:
        record(
            "honour.conferred", round_=round_, actor=actor, subject=honour, article=honour.article, stage=stage.key, prize=honour.prize,
            tier=honour.tier, serial=honour.serial, document=honour.document_number, date=honour.document_date, amount=honour.amount,
            items=honour.items, repeat=honour.repeat,
        )  # fmt: skip
    return honours


def valid_until(policy: Policy, prize: str, start: dt.date) -> dt.date | None:
    """The last day of an honour's validity; None where the policy sets none."""
    years = policy.prize(prize).validity_years
    return last_day_of(start, years) if years else None


def last_day_of(start: dt.date, years: int) -> dt.date:
    """The last day of ``years`` full years that begin on ``start`` (from 29 February: 28 February)."""
    try:
        return start.replace(year=start.year + years) - dt.timedelta(days=1)
    except ValueError:
        return dt.date(start.year + years, 2, 28)


class _Document:
    """The decision under which the honours of a round are given."""

    def __init__(self, stage: RoundStage) -> None:
        self.stage, self.round, self.rules = stage, stage.round, stage.round.rules
        approval: Approval | None = approval_before(stage)
        decided = approval is not None and approval.date is not None
        self.number = approval.number if approval and decided else f"{self.round.year}-{stage.key}"
        self.day = approval.date if approval and approval.date else clock.today(self.round)
        organ = (
            approval.organ
            if approval and decided
            else next((o.key for o in self.rules.organs if o.kind == "approver"), self.rules.organs[0].key)
        )
        self.organ = full_name(self.rules.organ(organ).name.zh, self.round.jurisdiction)

    def honour(self, grant: Granted, number: int) -> Honour:
        line, prize = grant.line, self.rules.prize(grant.line.prize)
        tier = next((t for t in prize.tiers if t.key == line.tier), None)
        entry = line.row.entry
        return Honour(
            jurisdiction=self.round.jurisdiction, world=self.round if self.round.is_rehearsal else None, round=self.round, entry=entry,
            organisation=entry.organisation, organisation_name=entry.organisation.name, prize=prize.key, prize_zh=prize.name.zh,
            prize_en=prize.name.en, tier=line.tier, tier_zh=tier.name.zh if tier else "", tier_en=tier.name.en if tier else "",
            category=entry.category, year=self.round.year, article=grant.article or self.stage.article, document_number=self.number,
            document_date=self.day, document_organ=self.organ, serial=self._serial(number), repeat=grant.repeat, amount=grant.amount,
            items=grant.items, valid_until=valid_until(self.rules, prize.key, self.day), validity_article=prize.validity_article or "",
            facts=grant.facts(),
        )  # fmt: skip

    def events(self, honours: list[Honour], actor: User) -> list[HonourEvent]:
        return [
            HonourEvent(
                honour=h,
                act="conferred",
                on=h.document_date,
                article=h.article,
                document_number=h.document_number,
                public=True,
                by=actor,
            )
            for h in honours
        ]

    def _serial(self, number: int) -> str:
        mark = "R-" if self.round.is_rehearsal else ""
        return f"{mark}{self.round.jurisdiction.code.upper()}-{self.round.year}-{number:03d}"


def _next_serial(round_: Round) -> int:
    """Serials count within the award year, in the register or in the rehearsal; earlier awards entered by hand have their own."""
    world = round_ if round_.is_rehearsal else None
    return int(Honour.objects.filter(jurisdiction=round_.jurisdiction, world=world, year=round_.year).count()) + 1
