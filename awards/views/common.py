"""What the pages of this app share: finding what may be seen, and forms that keep what was typed when the domain refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from awards.models import Honour, SanctionCase
from awards.rules import governing, sees_awards, sees_cases, sees_honour
from core.access import Predicate
from core.refusals import Refused
from jurisdictions.models import Jurisdiction
from rounds.models import RoundStage


def here(request: HttpRequest) -> Jurisdiction:
    """The jurisdiction of the address."""
    found: Jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    return found


def must_see(request: HttpRequest, rule: Predicate, thing: Any) -> None:
    """Not visible: 404."""
    if not rule(request.user, thing):
        raise Http404


def must_do(request: HttpRequest, rule: Predicate, thing: Any) -> None:
    """Visible but not allowed: 403."""
    if not rule(request.user, thing):
        raise PermissionDenied


def stage_for(request: HttpRequest, pk: int, kind: str) -> RoundStage:
    """A stage of the kind, for those who see awards."""
    rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
    stage: RoundStage = get_object_or_404(rows, pk=pk, kind=kind)
    must_see(request, sees_awards, stage)
    return stage


def honour_for(request: HttpRequest, pk: int, rule: Predicate = sees_honour) -> Honour:
    """An honour, for its holder and those who see awards."""
    rows = Honour.objects.select_related(
        "jurisdiction", "organisation", "round__policy", "round__jurisdiction", "world"
    )
    honour: Honour = get_object_or_404(rows, pk=pk)
    must_see(request, rule, honour)
    return honour


def case_for(request: HttpRequest, pk: int) -> SanctionCase:
    """A case, for the organs that may have a part in it."""
    rows = SanctionCase.objects.select_related(
        "jurisdiction", "organisation", "honour__payment", "round__policy", "round__jurisdiction", "world", "opened_by"
    )
    case: SanctionCase = get_object_or_404(rows, pk=pk)
    must_see(request, sees_cases, case)
    return case


def rules_for(thing: Any) -> Any:
    """The governing policy, for citations; None where there is none."""
    try:
        return governing(thing)
    except LookupError:
        return None


def carry(request: HttpRequest, form: Form, act: Callable[..., Any], *, done: str, **arguments: Any) -> Any:
    """Call ``act`` with the form's data; a refusal goes onto the form. Returns its result, or None."""
    if not form.is_valid():
        return None
    try:
        with transaction.atomic():
            result = act(actor=request.user, **form.cleaned_data, **arguments)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    messages.success(request, done)
    return result


def form_page(
    request: HttpRequest, form: Form, act: Callable[..., Any], *, title: str, submit: str, done: str, target: Callable[[Any], Any],
    context: dict[str, Any] | None = None, **arguments: Any,
) -> HttpResponse:  # fmt: skip
    """A page with one form: shown, or carried out and left for ``target(result)``."""
    if request.method == "POST":
        result = carry(request, form, act, done=done, **arguments)
        if result is not None:
            return redirect(target(result))
    return render(request, "awards/form.html", {"form": form, "title": title, "submit": submit, **(context or {})})
