"""Dates within the stages of the applications, in the calendar of a round: when bodies' answers are due, bodies' own windows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models.opinions import Consultation, PreliminaryReview
from core.clock import legal_date
from rounds.models import Round
from rounds.planning import LegalDate, provide, steps_of

MOST = 100


@provide
def consultations(round_: Round) -> Iterable[LegalDate]:
    """By when the bodies asked answer. One query."""
    rows = Consultation.objects.filter(stage__round=round_).annotate(asked=Count("requests")).order_by("due_at", "id")
    for one in rows[:MOST]:
        yield LegalDate(
            one.stage_id, _("Answers of bodies are due"), one.article, legal_date(one.due_at), legal_date(one.asked_at),
            steps_of(one.window), reverse("applications:consultation", args=[round_.jurisdiction.code, one.stage_id]),
            count=one.asked,
        )  # fmt: skip


@provide
def own_windows(round_: Round) -> Iterable[LegalDate]:
    """Bodies' own publicity windows: those that run over the same days are one date. Two queries."""
    rows = PreliminaryReview.objects.filter(stage_entry__stage__round=round_, published_on__isnull=False)
    grouped = rows.order_by().values("stage_entry__stage", "published_on", "window_ends_at").annotate(
        n=Count("pk"), one=Min("pk")
    )  # fmt: skip
    found = list(grouped.order_by("published_on")[:MOST])
    windows = dict(rows.filter(pk__in=[row["one"] for row in found]).values_list("pk", "window"))
    specs = {spec.key: spec for spec in round_.rules.stages}
    keys = dict(round_.stages.filter(kind="preliminary_review").values_list("pk", "key")) if found else {}
    for row in found:
        stage, ends_at = row["stage_entry__stage"], row["window_ends_at"]
        assert ends_at is not None  # a database constraint: what is published has its window
        spec = specs[keys[stage]]
        article = getattr(spec, "window_article", None) or spec.article
        yield LegalDate(
            stage, _("Publicity window of a body"), article, legal_date(ends_at), row["published_on"],
            steps_of(windows[row["one"]]), reverse("applications:own_overview", args=[round_.jurisdiction.code, stage]), count=row["n"],
        )  # fmt: skip
