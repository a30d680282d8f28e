"""The reviews' dates in the calendar of a round: planned visits, and by when a team's opinion is due."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import legal_date
from reviews.models import Visit, VisitPlan
from rounds.models import Round
from rounds.planning import LegalDate, provide, steps_of

MOST = 100


@provide
def plans(round_: Round) -> Iterable[LegalDate]:
    """The days of each team's on-site plan. One query."""
    specs = {spec.key: spec for spec in round_.rules.stages}
    rows = VisitPlan.objects.filter(team__stage__round=round_).select_related("team__stage").order_by("starts_on", "id")
    for plan in rows[:MOST]:
        approval = getattr(specs[plan.team.stage.key], "plan", None)
        text = _("On-site visits: {team}").format(team=plan.team.name)
        yield LegalDate(
            plan.team.stage_id, text, approval.article if approval else specs[plan.team.stage.key].article, plan.ends_on,
            plan.starts_on, url=reverse("reviews:plan", args=[round_.jurisdiction.code, plan.team_id]), planned=plan.approved_at is None,
        )  # fmt: skip


@provide
def opinions(round_: Round) -> Iterable[LegalDate]:
    """By when teams give their opinions after a visit, as it was counted; the same day is one date. One query."""
    specs = {spec.key: spec for spec in round_.rules.stages}
    rows = Visit.objects.filter(stage_entry__stage__round=round_, opinion_due__isnull=False).select_related(
        "stage_entry__stage"
    )
    grouped: dict[tuple[int, object], list[Visit]] = {}
    for visit in rows.order_by("opinion_due", "pk"):
        grouped.setdefault((visit.stage_entry.stage_id, visit.opinion_due), []).append(visit)
    for visits in list(grouped.values())[:MOST]:
        one = visits[0]
        assert one.opinion_due is not None
        stage = one.stage_entry.stage
        yield LegalDate(
            stage.pk, _("Opinions of teams are due"), specs[stage.key].article, legal_date(one.opinion_due), one.ended_on,
            steps_of(one.derivation), reverse("reviews:stage", args=[round_.jurisdiction.code, stage.pk]), count=len(visits),
        )  # fmt: skip
