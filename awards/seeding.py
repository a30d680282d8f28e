"""Earlier awards that an invented applicant of a rehearsal has, entered in the rehearsal's own world."""

from __future__ import annotations

import datetime as dt

from awards.domain.registering import enter_earlier, enter_other
from jurisdictions.policy.prizes import WaitingPeriod
from rounds.rehearsal import Candidate, Rehearsal, seeds


@seeds("awards")
def seed(ctx: Rehearsal, candidate: Candidate) -> None:
    """``candidate.profile["awards"]`` as facts: what it says was held or won is made so, long enough ago to apply again."""
    wanted = candidate.profile.get("awards", {})
    won = [dict(row) for row in wanted.get("won", ()) if row.get("prize")]
    had = {row["prize"] for row in won}
    keys = [key for key in dict.fromkeys((*wanted.get("held", ()), *wanted.get("ever", ()))) if key not in had]
    won += [{"prize": key, "year": _year(ctx, candidate, key)} for key in keys]
    for row in won:
        _enter(ctx, candidate, row["prize"], int(row["year"]), row.get("tier", ""))
    levels = [*(["county"] if wanted.get("county_level") else []), *wanted.get("higher_level", ())]
    for level in levels:
        enter_other(
            actor=ctx.cast.office, jurisdiction=ctx.round.jurisdiction, organisation=candidate.organisation, name="其他政府质量奖（演练）",
            level=level, year=ctx.round.year - 1, world=ctx.round,
        )  # fmt: skip


def _enter(ctx: Rehearsal, candidate: Candidate, prize: str, year: int, tier: str) -> None:
    count = ctx.notes["earlier_awards"] = ctx.notes.get("earlier_awards", 0) + 1
    enter_earlier(
        actor=ctx.cast.office, jurisdiction=ctx.round.jurisdiction, organisation=candidate.organisation, prize=prize, year=year, tier=tier,
        number=f"演练〔{year}〕{count}号", date=dt.date(year, 12, 1), organ=ctx.round.jurisdiction.name_zh, world=ctx.round,
        serial=f"R-{ctx.round.jurisdiction.code.upper()}-{year}-E{count:03d}",
    )  # fmt: skip


def _year(ctx: Rehearsal, candidate: Candidate, prize: str) -> int:
    """The latest award year after which the applicant may apply again now."""
    waits = [_years(wait) for wait in ctx.round.rules.waiting_periods if _concerns(wait, prize, candidate.prize)]
    return ctx.round.year - max([1, *waits])


def _concerns(wait: WaitingPeriod, won: str, wanted: str) -> bool:
    return won in wait.holders_of and (not wait.applying_for or wanted in wait.applying_for)


def _years(wait: WaitingPeriod) -> int:
    return {"years": wait.length, "years_from_decision": wait.length + 1, "rounds": 3 * (wait.length + 1)}.get(
        wait.unit, 1
    )
