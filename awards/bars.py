"""Whether an organisation may apply: bars from sanctions, and waiting periods after an award."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.models import Organisation
from awards.models import Bar
from awards.queries.facts import won_by
from core.refusals import Refused
from jurisdictions.policy.conditions import Wait, waiting_period_blocks
from rounds import clock
from rounds.models import Round


def check(organisation: Organisation, round_: Round, prize: str, *, same_achievements: bool | None = None) -> None:
    """Raise the first refusal; nothing means that the organisation may apply."""
    for refusal in refusals(organisation, round_, prize, same_achievements=same_achievements):
        raise refusal


def refusals(
    organisation: Organisation,
    round_: Round,
    prize: str,
    *,
    won: list[dict[str, Any]] | None = None,
    same_achievements: bool | None = None,
) -> Iterator[Refused]:
    """Every bar, then every waiting period that certainly stands in the way."""
    yield from _barred(organisation, round_)
    waits = waiting_period_blocks(
        round_.rules, prize, won_by(organisation.pk, round_) if won is None else won, round_.year, on=clock.today(round_),
        rounds=years_held(round_), same_achievements=same_achievements,
    )  # fmt: skip
    yield from (_refusal(organisation, round_, wait) for wait in waits if wait.certain)


def years_held(round_: Round) -> list[int] | None:
    """The years in which rounds were held here; None in a rehearsal (the cycle's own years count there)."""
    if round_.is_rehearsal:
        return None
    rows = Round.objects.filter(
        jurisdiction=round_.jurisdiction, kind=Round.Kind.BINDING, status__in=("open", "closed")
    )
    return sorted(set(rows.values_list("year", flat=True)))


def _barred(organisation: Organisation, round_: Round) -> Iterator[Refused]:
    today = clock.today(round_)
    world = round_ if round_.is_rehearsal else None
    for bar in Bar.objects.filter(organisation=organisation, jurisdiction=round_.jurisdiction, world=world):
        if bar.rounds is not None:
            passed = [year for year in years_held(round_) or [] if bar.since.year <= year < round_.year]
            if len(passed) < bar.rounds:
                yield Refused(
                    "barred_rounds", article=bar.article, organisation=organisation.name, left=bar.rounds - len(passed)
                )
        elif bar.until is None:
            yield Refused("barred_for_good", article=bar.article, organisation=organisation.name)
        elif today <= bar.until:
            yield Refused("barred", article=bar.article, organisation=organisation.name, until=bar.until)


def _refusal(organisation: Organisation, round_: Round, wait: Wait) -> Refused:
    names = {prize.key: str(prize.name) for prize in round_.rules.prizes}
    facts = {"organisation": organisation.name, "prize": names.get(wait.award["prize"], ""), "year": wait.award["year"]}
    if wait.period.unit == "forever":
        return Refused("may_not_apply_again", article=wait.article, **facts)
    code = "must_wait_same_achievements" if wait.period.same_achievements_only else "must_wait"
    return Refused(code, article=wait.article, free=wait.free_from or "—", **facts)
