"""The calendar of a round: each stage from when to when, actual or planned, and every legal date with how it is counted.

What runs or has run is read from the stages. What is still to come is laid out from the policy's own spans, each stage at the
earliest after the one before; where the policy names no span, the stage has no end of its own.

Higher apps add the dates that they know (windows, deadlines within a stage):

    @planning.provide
    def windows(round_: Round) -> Iterable[LegalDate]: ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core.clock import legal_date
from core.refusals import Refused
from jurisdictions.calendar.windows import Step, Window, window
from jurisdictions.calendar.working_days import Calendar, calendar_of
from jurisdictions.policy.stages import Days
from rounds import clock
from rounds.models import Correction, Round, RoundStage

ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date that an article fixes, with its derivation day by day. ``planned``: it follows from a beginning that is only assumed."""

    stage_id: int
    title: str
    article: str
    last: dt.date
    first: dt.date | None = None
    steps: tuple[Step, ...] = ()
    url: str = ""
    planned: bool = False
    count: int = 1


@dataclass(slots=True)
class Lane:
    """One stage in the calendar. ``certain``: it has begun, so its beginning is a fact; ``note`` says why no end is known."""

    stage: RoundStage
    first: dt.date | None = None
    last: dt.date | None = None
    certain: bool = False
    note: str = ""
    dates: list[LegalDate] = field(default_factory=list)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0


Provider = Callable[[Round], Iterable[LegalDate]]
_PROVIDERS: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Decorator: ask this one for dates too."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)
    return provider


def lanes(round_: Round) -> list[Lane]:
    """Every stage in order with its dates; a constant number of queries."""
    stages = list(RoundStage.objects.filter(round=round_).order_by("position"))
    for stage in stages:
        stage.round = round_
    calendar, today = calendar_of(round_.jurisdiction), clock.today(round_)
    found: list[Lane] = []
    for stage in stages:
        found.append(_lane(stage, found, calendar, today))
    by_stage = {lane.stage.pk: lane for lane in found}
    for provider in _PROVIDERS:
        for date in provider(round_):
            if date.stage_id in by_stage:
                by_stage[date.stage_id].dates.append(date)
    for lane in found:
        lane.dates.sort(key=lambda date: (date.last, date.title))
    return found


def steps_of(data: Mapping[str, Any] | None) -> tuple[Step, ...]:
    """The derivation that was kept beside a deadline (``Window.as_data``)."""
    return tuple(
        Step(dt.date.fromisoformat(s["day"]), bool(s["counted"]), s["reason"], s.get("ordinal"))
        for s in (data or {}).get("steps", ())
    )


def _lane(stage: RoundStage, earlier: list[Lane], calendar: Calendar, today: dt.date) -> Lane:
    if stage.opened_at is None:
        return _planned(stage, earlier, calendar, today)
    lane = Lane(stage, first=legal_date(stage.opened_at), certain=True)
    end = stage.closed_at or stage.deadline
    lane.last = legal_date(end) if end else max(today, lane.first or today, _end_of(earlier) or today)
    if not end:
        lane.note = _("It ends when everything in it is decided.")
    if stage.deadline is not None:
        lane.dates.append(_deadline(stage, calendar))
    return lane


def _deadline(stage: RoundStage, calendar: Calendar) -> LegalDate:
    """The deadline as it stands; the count as it was kept, or (for the day fixed in the call) from the opening to that day."""
    assert stage.deadline is not None
    assert stage.opened_at is not None
    steps, limit = steps_of(stage.derivation), stage.spec.time_limit
    if not steps and limit is not None:
        counted = _window(calendar, legal_date(stage.opened_at), limit, stage.article)
        steps = counted.steps if isinstance(counted, Window) else ()
    if steps and steps[-1].day != legal_date(stage.deadline):
        steps = ()  # extended since: the day that now stands was fixed, not counted
    title = _("Last day for filing") if stage.kind == "intake" else _("Deadline of the stage")
    return LegalDate(
        stage.pk, title, stage.article, legal_date(stage.deadline), legal_date(stage.opened_at), steps,
    )  # fmt: skip


def _end_of(earlier: list[Lane]) -> dt.date | None:
    """No stage ends before those before it."""
    return max((lane.last for lane in earlier if lane.last), default=None)


def _planned(stage: RoundStage, earlier: list[Lane], calendar: Calendar, today: dt.date) -> Lane:
    """At the earliest the day after the stages before (with the last of them, where it opens together with it)."""
    before, end = (earlier[-1] if earlier else None), _end_of(earlier)
    if before is None or before.last is None or end is None:
        return Lane(stage, note=before.note if before else "")
    together = stage.spec.opens == "with"
    first = max(today, before.first or today) if together else max(today, end + ONE)
    lane = Lane(stage, first=first)
    span, title = _span(stage)
    if span is None:
        lane.last = before.last if together else first
        lane.note = _("The regulation names no time for this stage.")
        return lane
    counted = _window(calendar, first, span, stage.article)
    if isinstance(counted, str):
        lane.note = counted
        return lane
    lane.last = counted.last_day
    lane.dates.append(
        LegalDate(stage.pk, title, stage.article, counted.last_day, counted.first_day, counted.steps, planned=True)
    )
    return lane


def _span(stage: RoundStage) -> tuple[Days | None, str]:
    """The span that the policy gives a stage: its time limit, else its window."""
    limit = stage.spec.time_limit
    if limit is not None:
        return limit, _("Deadline of the stage")
    found: Days | None = getattr(stage.spec, "window", None)
    return found, _("Publicity window")


def _window(calendar: Calendar, after: dt.date, span: Days, article: str) -> Window | str:
    """The window, or why it cannot be counted."""
    try:
        return window(calendar, after=after, length=span.length.value, unit=span.unit, article=article)
    except Refused as refusal:
        return str(refusal)


@provide
def orders(round_: Round) -> Iterable[LegalDate]:
    """By when supervision wants an answer."""
    for order in Correction.objects.filter(stage__round=round_, due_on__isnull=False).select_related("stage"):
        assert order.due_on is not None
        yield LegalDate(
            order.stage_id, f"{order.get_kind_display()}: {order.text[:40]}", order.article, order.due_on,
            legal_date(order.ordered_at),
        )  # fmt: skip
