"""When a rehearsal is held, who applies, and which rounds must be refused."""

from __future__ import annotations

import datetime as dt

from applications.invention import make_candidate
from core.clock import start_of_day
from core.refusals import Refused
from jurisdictions.calendar.working_days import NATIONAL_YEARS, calendar_of
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import Policy
from jurisdictions.policy.cycle import next_year, offered
from rounds import engine
from rounds.models import Round
from rounds.rehearsal import Candidate, Rehearsal

FIRST_MONTH = 3
FILING_DAYS = 30
TRAITS = ("", "late", "", "not_recommended", "interest", "", "objection_founded", "objection_unfounded", "")


def when(jurisdiction: Jurisdiction, policy: Policy, year: int | None) -> tuple[int, dt.datetime]:
    """The year, and the moment (9:00 of a working day) at which the rehearsal starts: the latest year that the calendar covers."""
    calendar = calendar_of(jurisdiction)
    month = min(policy.cycle.call_window.months) if policy.cycle.call_window else FIRST_MONTH
    spare = 0 if month <= 6 else 1  # a round that starts late crosses New Year
    years = (
        [year]
        if year
        else [y for y in sorted(NATIONAL_YEARS, reverse=True) if calendar.covers(y + spare) and offered(policy, y)]
    )
    if not years:  # it is offered only in years whose working days are not known yet
        raise Refused(
            "calendar_year_missing", article=policy.cycle.article, year=next_year(policy, max(NATIONAL_YEARS))
        )
    day = dt.date(years[0], month, 1)
    while not calendar.is_working_day(day):
        day += dt.timedelta(days=1)
    return years[0], start_of_day(day) + dt.timedelta(hours=9)


def needs_reason(policy: Policy, starts: dt.datetime) -> bool:
    return bool(policy.cycle.call_window and starts.month not in policy.cycle.call_window.months)


def filing_days(policy: Policy) -> int:
    """Days from the call to the last day for filing."""
    intake = next((stage for stage in policy.stages if stage.kind == "intake"), None)
    return max(FILING_DAYS, intake.min_days.value if intake else 1)


def try_forbidden_rounds(ctx: Rehearsal, document: PolicyDocument) -> None:
    """Rounds that the cycle, the rotation, the status or the role forbid."""
    policy, jurisdiction, office = document.policy, document.jurisdiction, ctx.cast.office

    def create(year: int, **more: object) -> Round:
        wanted = {"kind": Round.Kind.REHEARSAL, **more}
        return engine.create_round(actor=office, jurisdiction=jurisdiction, policy=document, year=year, **wanted)  # type: ignore[arg-type]

    empty = next((y for y in range(ctx.round.year, ctx.round.year + 12) if not offered(policy, y)), None)
    if empty:
        ctx.refused(f"a round in {empty}, outside the cycle", lambda: create(empty))
    absent = [p.key for p in policy.prizes if p.is_applied_for and p.key not in offered(policy, ctx.round.year)]
    if absent:
        ctx.refused(
            f"a round for “{absent[0]}”, whose turn it is not", lambda: create(ctx.round.year, prizes=absent[:1])
        )
    if policy.status == "draft":
        ctx.refused("a binding round under a draft edition", lambda: create(ctx.round.year, kind=Round.Kind.BINDING))
    ctx.refused(
        "a round made by a reviewer",
        lambda: engine.create_round(
            actor=ctx.cast.reviewers[0],
            jurisdiction=jurisdiction,
            policy=document,
            year=ctx.round.year,
            kind=Round.Kind.REHEARSAL,
        ),
    )


def invent_candidates(ctx: Rehearsal, count: int) -> list[Candidate]:
    """``count`` invented applicants: one failing each computed condition of each prize, the rest with the other traits by turns."""
    rules = ctx.round.rules
    prizes = [key for key in ctx.round.prizes if rules.prize(key).is_applied_for]
    failing = [
        (prize, f"fails:{condition.key}")
        for prize in prizes
        for condition in rules.conditions_for(prize)
        if condition.require or condition.any_of
    ]
    room = max(1, count // 2)
    wanted = failing if len(failing) <= room else ctx.random.sample(failing, room)
    wanted = [*wanted, *((prizes[n % len(prizes)], TRAITS[n % len(TRAITS)]) for n in range(count - len(wanted)))]
    return [
        make_candidate(ctx, prize=prize, trait=trait, merit=round(ctx.random.uniform(0.35, 0.98), 3), number=n)
        for n, (prize, trait) in enumerate(wanted, start=1)
    ]
