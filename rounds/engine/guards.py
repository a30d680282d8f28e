"""What must be true before a round is made or opened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import ValidationError

from core.fields import digest
from core.refusals import Refused
from jurisdictions.calendar.effect import effective_on, lapse
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import Policy
from jurisdictions.policy.cycle import next_year, offered
from jurisdictions.policy.parsing import parse
from rounds.models import Round


def check_creation(
    document: PolicyDocument,
    jurisdiction: Jurisdiction,
    year: int,
    prizes: list[str] | None,
    *,
    day: dt.date,
    rehearsal: bool,
) -> list[str]:
    """The prizes on offer. Raises ``Refused`` (see ``create_round``)."""
    policy = document.policy
    if not rehearsal:
        in_force(policy, document, day)
        if (
            Round.objects.filter(jurisdiction=jurisdiction, year=year, kind=Round.Kind.BINDING)
            .exclude(status=Round.Status.ABANDONED)
            .exists()
        ):
            raise Refused("round_exists", article=policy.cycle.article, year=year)
    turn = offered(policy, year)
    if not turn:
        raise Refused("not_this_year", article=policy.cycle.article, year=year, next_year=next_year(policy, year))
    wanted = prizes or turn
    if not set(wanted) <= set(turn):
        names = "、".join(str(policy.prize(key).name) for key in turn)
        raise Refused("prize_not_on_offer", article=policy.cycle.article, year=year, offered=names)
    return [key for key in turn if key in wanted]


def in_force(policy: Policy, document: PolicyDocument, day: dt.date) -> None:
    """Refuse a binding round under a draft, or outside the time in which the edition is in force."""
    if policy.status == "draft" or document.status != PolicyDocument.Status.PUBLISHED:
        raise Refused("policy_is_a_draft", article=policy.effective_article)
    why = lapse(policy, day)
    if why in ("draft", "open"):
        raise Refused("policy_is_a_draft", article=policy.effective_article)
    if why:
        first, last = effective_on(policy), policy.expires_on or "—"
        raise Refused("policy_not_in_force", article=policy.effective_article, first=first, last=last, day=day)


def is_draft(round_: Round) -> None:
    if round_.status != Round.Status.DRAFT:
        raise Refused("round_is_not_a_draft", article=round_.policy.policy.cycle.article)


def check_document(document: dict[str, Any], article: str) -> None:
    """The adjusted document must still be a policy."""
    try:
        parse(document, digest(document))
    except ValidationError as error:
        raise Refused("adjusted_value_is_wrong", article=article, problem=error.errors()[0]["msg"]) from error


def check_call(rules: Policy, today: dt.date, closes_on: dt.date, reason: str) -> None:
    """The call's month and the time left for filing."""
    window = rules.cycle.call_window
    if window and today.month not in window.months:
        months = "、".join(str(month) for month in window.months)
        if window.otherwise == "refuse":
            raise Refused("call_month_refused", article=window.article, months=months)
        if not reason.strip():
            raise Refused("call_month_unusual", article=window.article, months=months, field="reason")
    intake = next((stage for stage in rules.stages if stage.kind == "intake"), None)
    days = intake.min_days.value if intake else 1
    earliest = today + dt.timedelta(days=days)
    if intake and closes_on < earliest:
        raise Refused("filing_day_too_early", article=intake.article, days=days, earliest=earliest, field="closes_on")
