"""When an edition of a regulation applies."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from jurisdictions.calendar.periods import after_full_days
from jurisdictions.calendar.windows import Step, window
from jurisdictions.calendar.working_days import Calendar
from jurisdictions.policy import Policy


def effective_on(policy: Policy) -> dt.date | None:
    """The first day on which it applies; None while that is open.

    Counted from its publication (else its issue) where it says "N days after its publication".
    """
    if policy.effective.on is not None:
        return policy.effective.on
    published = policy.published_on or policy.issued_on
    if policy.effective.days_after_publication is None or published is None:
        return None
    return after_full_days(published, policy.effective.days_after_publication)


def derivation(policy: Policy) -> tuple[Step, ...]:
    """How a computed effective date came about, day by day; empty where a date is written or open."""
    published, days = policy.published_on or policy.issued_on, policy.effective.days_after_publication
    if policy.effective.on is not None or published is None or not days:
        return ()
    counted = window(Calendar(), after=published, length=days)
    return (*counted.steps, Step(after_full_days(published, days), False, "effective", None))


def lapse(policy: Policy, day: dt.date) -> Literal["", "draft", "open", "not_yet", "expired"]:
    """Why the edition does not apply on a day; empty when it does. Its last day is included."""
    first = effective_on(policy)
    if policy.status == "draft":
        return "draft"
    if first is None:
        return "open"
    if day < first:
        return "not_yet"
    return "expired" if policy.expires_on is not None and day > policy.expires_on else ""


def in_force(policy: Policy, day: dt.date) -> bool:
    """Whether the edition applies on that day."""
    return not lapse(policy, day)
