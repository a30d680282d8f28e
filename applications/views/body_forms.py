"""The forms of a body's page for one of its own, and what each does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain import audit_objections, auditing, office_unmasking, recommending
from applications.forms.office.auditing import ObjectionForm, OpinionForm, PublishForm
from applications.forms.office.checks import ChecksForm
from applications.forms.office.findings import PointsForm
from applications.forms.office.recommending import ConsultedForm, RecommendForm
from applications.forms.office.shared import ReasonForm
from applications.models import Application
from applications.models.opinions import PreliminaryReview, Recommendation
from applications.queries.office import points_of as stored_points
from applications.views.office_points import dress
from rounds.models import StageEntry

Forms = dict[str, forms.Form]
Act = Callable[[Any, StageEntry, Any], Any]
Wanted = dict[str, tuple[Callable[..., forms.Form], dict[str, Any]]]


def forms_for(row: StageEntry, work: Any, post: Any = None, act: str = "") -> Forms:
    """``{act: form}`` of what can be done with a waiting row; the one of ``act`` holds what was typed."""
    wanted = _recommending(row, work) if row.stage.kind == "recommendation" else _auditing(row, work)
    if row.stage.spec.consults:
        wanted["consulted"] = (ConsultedForm, {"rows": work.consulted if work else []})
    wanted["decline"] = (ReasonForm, {})
    return {
        name: form(post if act == name else None, auto_id=f"{name}-%s", **more) for name, (form, more) in wanted.items()
    }


def _recommending(row: StageEntry, work: Any) -> Wanted:
    spec = row.stage.spec
    found: Wanted = {"recommend": (RecommendForm, {"ranks": spec.ranks})}
    if spec.first_review:
        found["review"] = (PointsForm, {"points": _reviewed(row, work), "may_leave": True})
    return found


def _auditing(row: StageEntry, work: Any) -> Wanted:
    spec = row.stage.spec
    departs = bool(spec.window) and spec.departure == "reason"
    found: Wanted = {
        "find": (PointsForm, {"points": points_of(row), "may_leave": True}),
        "pass": (OpinionForm, {"departs": departs, "checks": bool(spec.checks)}),
    }
    if spec.checks:
        known = Application.objects.get(pk=row.entry_id).checks
        asked = [row.stage.round.rules.check(key) for key in spec.checks]
        found["check"] = (ChecksForm, {"checks": asked, "values": known})
    published = bool(work and work.published_on)
    if published:
        found["object"] = (ObjectionForm, {})
    elif spec.window:
        found["publish"] = (PublishForm, {})
    return found


def work_of(row: StageEntry, bodies: list[int]) -> Recommendation | PreliminaryReview | None:
    """What the person's bodies have done with the row so far."""
    if row.stage.kind == "recommendation":
        return (
            Recommendation.objects.filter(stage_entry=row, body__in=bodies)
            .select_related("body", "officer")
            .order_by("pk")
            .first()
        )
    return (
        PreliminaryReview.objects.filter(stage_entry=row)
        .select_related("body", "officer", "paper__jurisdiction")
        .first()
    )


def points_of(row: StageEntry) -> list[Any]:
    """The points of a row, in words."""
    points = stored_points(row)
    dress(points, row)
    return points


def _reviewed(row: StageEntry, work: Any) -> list[Any]:
    """The conditions, with what the body found before."""
    points = points_of(row)
    for point in points:
        found = (work.findings if work else {}).get(point.key, {})
        if found.get("finding") in ("met", "not_met", "left") and found.get("note"):
            point.finding, point.note = found["finding"], found["note"]
    return points


def _review(actor: Any, row: StageEntry, form: Any) -> Any:
    return recommending.review(actor=actor, stage_entry=row, findings=form.given())


def _consulted(actor: Any, row: StageEntry, form: Any) -> Any:
    module = recommending if row.stage.kind == "recommendation" else auditing
    return module.consulted(actor=actor, stage_entry=row, outcomes=form.outcomes())


def _recommend(actor: Any, row: StageEntry, form: Any) -> Any:
    return recommending.recommend(actor=actor, stage_entry=row, **form.cleaned_data)


def _decline(actor: Any, row: StageEntry, form: Any) -> Any:
    module = recommending if row.stage.kind == "recommendation" else auditing
    return module.decline(actor=actor, stage_entry=row, reason=form.cleaned_data["reason"])


def _check(actor: Any, row: StageEntry, form: Any) -> Any:
    return auditing.check(actor=actor, stage_entry=row, values=form.values(), evidence=form.cleaned_data["evidence"])


def _find(actor: Any, row: StageEntry, form: Any) -> Any:
    return auditing.find(actor=actor, stage_entry=row, findings=form.findings())


def _publish(actor: Any, row: StageEntry, form: Any) -> Any:
    return auditing.publish(actor=actor, stage_entry=row, where=form.cleaned_data["where"])


def _object(actor: Any, row: StageEntry, form: Any) -> Any:
    return audit_objections.object_(actor=actor, stage_entry=row, **form.cleaned_data)


def _pass(actor: Any, row: StageEntry, form: Any) -> Any:
    return auditing.pass_on(actor=actor, stage_entry=row, **form.cleaned_data)


ACTS: dict[str, Act] = {
    "review": _review,
    "consulted": _consulted,
    "recommend": _recommend,
    "decline": _decline,
    "check": _check,
    "find": _find,
    "publish": _publish,
    "object": _object,
    "pass": _pass,
}
#: What is told once an act is done.
DONE: dict[str, Any] = {
    "review": _("The first review is recorded."),
    "consulted": _("The consultation is recorded."),
    "recommend": _("The application is recommended."),
    "decline": _("The application is declined; the reason is recorded."),
    "check": _("The answers are recorded."),
    "find": _("The findings are recorded."),
    "publish": _("It is published; the window begins tomorrow."),
    "object": _("The objection is recorded."),
    "pass": _("The opinion is issued and the file sent on."),
}
unmask = office_unmasking.unmask
