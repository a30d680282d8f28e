"""Page of the office: the time for filing, how many have filed, and extensions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from applications.domain import extending
from applications.forms.office.afterwards import ExtensionForm
from applications.lists import Extensions
from applications.models import Extension
from applications.views.office_access import office_stage_for, page_context
from core.pages import submit
from jurisdictions.lists import serve
from rounds.models import Entry, RoundStage
from rounds.rules import may_release

KINDS = ("intake",)


@login_required
def intake(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """Deadline, counts, every extension with its reason and how it was counted."""
    return _page(request, office_stage_for(request, stage, KINDS))


@require_POST
@login_required
def extend(request: HttpRequest, code: str, stage: int) -> HttpResponseBase:
    """Grant an extension."""
    found = office_stage_for(request, stage, KINDS, may_release)
    form = _form(found, request.POST)
    if form.is_valid() and submit(request, form, _granted, stage=found, typed=form) is not None:
        from django.contrib import messages

        messages.success(request, _("The extension is granted and recorded; those concerned are told."))
        return redirect("applications:intake", code, stage)
    return _page(request, found, form=form, status=422)


def _granted(*, actor: User, stage: RoundStage, typed: ExtensionForm) -> Extension:
    given, rehearsal = typed.cleaned_data, stage.round.is_rehearsal
    one = None
    if given["scope"] == "one":
        one = extending.named(given["organisation"], rehearsal=rehearsal, article=given["article"])
    return extending.grant(
        actor=actor, stage=stage, days=given["days"], unit=given["unit"], reason=given["reason"], article=given["article"], organisation=one
    )  # fmt: skip


def _form(stage: RoundStage, post: Any = None) -> ExtensionForm:
    return ExtensionForm(post, policy=stage.round.rules, article=stage.article)


def _page(request: HttpRequest, stage: RoundStage, *, form: Any = None, status: int = 200) -> HttpResponseBase:
    counts = Entry.objects.filter(round=stage.round).aggregate(
        drafts=Count("pk", filter=Q(status="draft")), filed=Count("pk", filter=~Q(number="")),
        withdrawn=Count("pk", filter=Q(status="withdrawn")),
    )  # fmt: skip
    code = stage.round.jurisdiction.code
    if status != 200:  # refused at an address of its own
        request.stands_on = reverse("applications:intake", args=[code, stage.pk])  # type: ignore[attr-defined]
    rows = Extension.objects.filter(stage=stage).select_related("organisation", "granted_by")
    grants = stage.status == RoundStage.Status.OPEN and bool(may_release(request.user, stage.round))
    context = page_context(request, stage, counts=counts, form=(form or _form(stage)) if grants else None)
    listing = Extensions(request, rows, rules=context["rules"], round=stage.round)
    return serve(request, listing, "applications/office/intake.html", context, status=status)
