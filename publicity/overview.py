"""What the public fronts show: what is open now, the latest notices. A constant number of queries, however large the country."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from jurisdictions.models import Jurisdiction
from publicity.models import Notice
from rounds.models import Round, RoundStage

#: Rounds and notices on the front.
FEW = 6


@dataclass(slots=True)
class Running:
    """A binding round under way: what it is at."""

    round: Round
    stages: list[RoundStage] = field(default_factory=list)
    takes_applications: bool = False


def closing_soon(today: dt.date) -> list[Running]:
    """Binding rounds that take applications, nearest last day first."""
    rows = Round.objects.filter(kind=Round.Kind.BINDING, status=Round.Status.OPEN, closes_on__gte=today).select_related(
        "jurisdiction"
    )
    return _with_stages(list(rows.order_by("closes_on", "id")[:FEW]), today)


def running_in(jurisdictions: list[Jurisdiction], today: dt.date) -> dict[int, Running]:
    """``{jurisdiction: its binding round under way}``, the latest year where there are two."""
    by_pk = {one.pk: one for one in jurisdictions}
    rows = Round.objects.filter(jurisdiction__in=by_pk, kind=Round.Kind.BINDING, status=Round.Status.OPEN)
    found = list(rows.order_by("year", "id"))
    for one in found:
        one.jurisdiction = by_pk[one.jurisdiction_id]
    return {one.round.jurisdiction_id: one for one in _with_stages(found, today)}


def latest() -> list[Notice]:
    """The newest public notices of all governments."""
    return list(Notice.objects.public().select_related("jurisdiction").order_by("-id")[:FEW])


def running_windows(now: dt.datetime) -> list[Notice]:
    """Lists of the jurisdiction in scope against which one may object now, nearest end first."""
    public = Notice.objects.public().select_related("jurisdiction")
    return list(public.filter(kind=Notice.Kind.PUBLICITY, ends_at__gte=now).order_by("ends_at")[:FEW])


def _with_stages(rounds: list[Round], today: dt.date) -> list[Running]:
    open_now: dict[int, list[RoundStage]] = defaultdict(list)
    of_them = {one.pk: one for one in rounds}
    for stage in RoundStage.objects.filter(round__in=of_them, status=RoundStage.Status.OPEN).order_by("position"):
        stage.round = of_them[stage.round_id]
        open_now[stage.round_id].append(stage)
    return [Running(one, open_now[one.pk], bool(one.closes_on and one.closes_on >= today)) for one in rounds]
