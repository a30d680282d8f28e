"""The forms of a body's page for one of its own, and what each does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from applications.domain import audit_objections, auditing, office_unmasking, recommending
from applications.forms_office import (
    ChecksForm,
    ConsultedForm,
    ObjectionForm,
    OpinionForm,
    PointsForm,
    PublishForm,
    ReasonForm,
    RecommendForm,
)
from applications.models import Application
from applications.models.opinions import PreliminaryReview, Recommendation
from applications.queries_office import points_of
from rounds.models import StageEntry

Forms = dict[str, forms.Form]
Act = Callable[[Any, StageEntry, Any], Any]


def forms_for(row: StageEntry, work: Any, post: Any = None, act: str = "") -> Forms:
    """``{act: form}`` of what can be done with a waiting row; the one of ``act`` holds what was typed."""

    def made(name: str, form: type[forms.Form], **more: Any) -> None:
        found[name] = form(post if act == name else None, auto_id=f"{name}-%s", **more)

    found: Forms = {}
    spec = row.stage.spec
    if row.stage.kind == "recommendation":
        if spec.first_review:
            made("review", PointsForm, points=_reviewed(row, work), may_leave=True)
        if spec.consults:
            made("consulted", ConsultedForm, rows=work.consulted if work else [])
        made("recommend", RecommendForm, ranks=spec.ranks)
        made("decline", ReasonForm)
        return found
    if spec.checks:
        known = Application.objects.get(pk=row.entry_id).checks
        made("check", ChecksForm, checks=[row.stage.round.rules.check(key) for key in spec.checks], values=known)
    made("find", PointsForm, points=points_of(row), may_leave=True)
    if spec.consults:
        made("consulted", ConsultedForm, rows=work.consulted if work else [])
    if spec.window and not (work and work.published_on):
        made("publish", PublishForm)
    if work and work.published_on:
        made("object", ObjectionForm)
    made("pass", OpinionForm, departs=bool(spec.window) and spec.departure == "reason", checks=bool(spec.checks))
    made("decline", ReasonForm)
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
unmask = office_unmasking.unmask
