"""Pages of a recommending or auditing body: its stages, its list, one of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications.domain import audit_objections, recommending
from applications.domain.office_unmasking import needs_secrets
from applications.forms.office.auditing import SettleForm
from applications.forms.office.shared import attach
from applications.lists import Own
from applications.models import InternalPublicity
from applications.models.opinions import Charge, WindowObjection
from applications.queries.office import body_stages, own_entries, recommendations_of
from applications.rules_office import acts_for_any_body, may_handle, own_bodies
from applications.views import office_answers
from applications.views.body_forms import ACTS, DONE, forms_for, unmask, work_of
from applications.views.office_access import BODY_KINDS, own_stage_for, page_context, person, row_for
from applications.views.office_points import lay_beside
from core.pages import attempt
from core.refusals import Refused
from jurisdictions.lists import serve
from rounds.models import StageEntry


@login_required
def stages(request: HttpRequest, code: str) -> HttpResponse:
    """Where the person's bodies have, or had, something of their own."""
    jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    bodies = _bodies_anywhere(request, jurisdiction)
    rows = list(body_stages(bodies)[:50])
    return render(request, "applications/body/stages.html", {"stages": rows})


@login_required
def own(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """A body's own entries in a stage, with priority first; and its list of those recommended."""
    found, bodies = own_stage_for(request, stage)
    rows = own_entries(person(request), found, [body.pk for body in bodies])
    context = page_context(
        request, found, bodies=bodies,
        recommended=recommendations_of(found, [b.pk for b in bodies]) if found.kind == "recommendation" else [],
    )  # fmt: skip
    listing = Own(request, rows, code=code, stage=found, round=found.round)
    return serve(request, listing, "applications/body/own.html", context)


@require_POST
@login_required
def order(request: HttpRequest, code: str, stage: int) -> HttpResponse:
    """A body's list in another order: the place typed beside each."""
    found, bodies = own_stage_for(request, stage)
    body = next((one for one in bodies if str(one.pk) == request.POST.get("body")), None)
    if body is None:
        raise Http404
    rows = recommendations_of(found, [body.pk])
    places = {row.pk: _place(request.POST.get(f"place-{row.pk}", ""), row.order or 0) for row in rows}
    entries = [row.stage_entry.entry_id for row in sorted(rows, key=lambda row: (places[row.pk], row.order or 0))]
    attempt(
        request, recommending.reorder, stage=found, body=body, entries=entries, done=_("The list is in this order now.")
    )
    return redirect("applications:own", code, stage)


@login_required
def entry(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One of a body's own: what it answered, what is to be examined, what the body decides."""
    row = row_for(request, pk, may_handle, BODY_KINDS)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "unmask":
        shown = attempt(request, unmask, stage_entry=row)
        return _entry_page(request, row, masked=shown is None)
    if act not in ACTS:
        return _entry_page(request, row)
    return _acted(request, code, row, act)


@require_POST
@login_required
def objection(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was found of an objection."""
    found: WindowObjection = get_object_or_404(WindowObjection.objects.select_related("review"), pk=pk)
    row = row_for(request, found.review_id, may_handle, ("preliminary_review",))
    form = SettleForm(request.POST, auto_id=f"settle-{pk}-%s")
    if form.is_valid():
        try:
            given = form.cleaned_data
            audit_objections.settle_objection(
                actor=person(request), objection=found, stands=given["stands"] == "yes", finding=given["finding"]
            )
        except Refused as refusal:
            attach(form, refusal)
        else:
            messages.success(request, _("The finding is recorded."))
            return redirect("applications:own_entry", code, row.pk)
    return _entry_page(request, row, settling={pk: form}, status=422)


def _acted(request: HttpRequest, code: str, row: StageEntry, act: str) -> HttpResponse:
    """Do what was asked; on a refusal the page comes back with everything typed."""
    bodies = sorted(own_bodies(person(request), row))
    forms = forms_for(row, work_of(row, bodies), request.POST, act)
    if act not in forms:
        raise Http404
    form = forms[act]
    if form.is_valid():
        try:
            ACTS[act](person(request), row, form)
        except Refused as refusal:
            attach(form, refusal)
        else:
            messages.success(request, DONE[act])
            still = StageEntry.objects.filter(pk=row.pk, status="pending").exists()
            return (
                redirect("applications:own_entry", code, row.pk)
                if still
                else redirect("applications:own", code, row.stage_id)
            )
    return _entry_page(request, row, forms=forms, status=422)


def _entry_page(
    request: HttpRequest,
    row: StageEntry,
    *,
    forms: Any = None,
    settling: Any = None,
    masked: bool = True,
    status: int = 200,
) -> HttpResponse:
    bodies = sorted(own_bodies(person(request), row))
    work = work_of(row, bodies)
    waits = row.status == StageEntry.Status.PENDING and row.stage.status == "open" and not (work and work.outcome)
    settling = settling or {}
    objections = WindowObjection.objects.filter(review=row.pk) if row.stage.kind == "preliminary_review" else []
    parts = office_answers.parts(row, masked=masked) if waits else []
    forms = (forms or forms_for(row, work)) if waits else {}
    for name in {"review", "find"} & set(forms):
        lay_beside(forms[name].points, row, parts)
    context = page_context(
        request, row.stage, row=row, work=work, waits=waits, forms=forms, parts=parts, masked=masked, may_unmask=needs_secrets(row) is not None,
        published=InternalPublicity.objects.filter(application=row.entry_id).select_related("proof__jurisdiction", "by_parent").first(),
        charges=Charge.objects.filter(stage_entry=row, body__in=bodies).select_related("body"),
        objections=[(one, settling.get(one.pk) or SettleForm(auto_id=f"settle-{one.pk}-%s")) for one in objections],
        priorities=[e for e in row.stage.round.rules.encouragements if e.key in row.entry.flags],
    )  # fmt: skip
    return render(request, "applications/body/entry.html", context, status=status)


def _bodies_anywhere(request: HttpRequest, jurisdiction: Any) -> frozenset[int]:
    """Bodies of the person here, a rehearsal's invented ones as well; 404 without any."""
    from jurisdictions.rules import bodies_of

    bodies = bodies_of(request.user, jurisdiction, rehearsal=True)
    if not bodies and not acts_for_any_body(request.user, jurisdiction):
        raise Http404
    return bodies


def _place(typed: str, present: int) -> int:
    return int(typed) if typed.isdecimal() else present
