"""My organisations: register one, keep its profile, say who acts for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import domain
from accounts.models import Organisation, OrganisationMember, User
from accounts.rules import owns, reads_for
from applications.forms.pages import MemberForm, OrganisationForm
from applications.views.common import me
from core.pages import attempt, submit
from core.refusals import Refused


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The organisations for which I act."""
    members = (
        OrganisationMember.objects.filter(user=me(request))
        .select_related("organisation")
        .order_by("organisation__name")
    )
    return render(request, "applications/organisations.html", {"members": members})


@login_required
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register an organisation; I become its owner."""
    form = OrganisationForm(request.POST or None, parents=_parents(request))
    if request.method == "POST" and form.is_valid():
        organisation = submit(request, form, domain.register_organisation, **form.cleaned_data)
        if organisation is not None:
            messages.success(request, _("The organisation is registered."))
            return redirect("applications:organisation", pk=organisation.pk)
    return render(request, "applications/register.html", {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Profile and people. An owner changes them."""
    organisation = _seen(request, pk)
    mine = owns(request.user, organisation)
    if request.method == "POST" and not mine:
        raise PermissionDenied
    form = OrganisationForm(
        request.POST or None, instance=organisation, parents=_parents(request, organisation), known=True
    )
    if request.method == "POST" and form.is_valid():
        fresh = Organisation.objects.get(pk=pk)
        if submit(request, form, domain.update_profile, organisation=fresh, **form.cleaned_data):
            messages.success(request, _("Saved."))
            return redirect("applications:organisation", pk=pk)
    members = OrganisationMember.objects.filter(organisation=pk).select_related("user").order_by("id")
    shown = Organisation.objects.get(pk=pk)
    context = {"organisation": shown, "form": form, "owns": mine, "members": members, "member_form": MemberForm()}
    return render(request, "applications/organisation.html", context)


@require_POST
@login_required
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a registered person act for the organisation."""
    organisation = _owned(request, pk)
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("applications:organisation", pk=pk)
    values: dict[str, Any] = {name: form.cleaned_data[name] for name in ("role", "may_file", "is_head")}
    user = User.objects.filter(email=form.cleaned_data["email"].lower(), is_active=True).first()
    if user is None:
        messages.error(request, str(Refused("person_unknown", email=form.cleaned_data["email"])))
    else:
        attempt(request, domain.join, organisation=organisation, user=user, done=_("Saved."), **values)
    return redirect("applications:organisation", pk=pk)


@require_POST
@login_required
def remove_person(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """A person acts for it no longer; anybody may leave by themselves."""
    organisation = _seen(request, pk)
    membership = get_object_or_404(
        OrganisationMember.objects.select_related("organisation", "user"), pk=member, organisation=organisation
    )
    if membership.user_id != request.user.pk and not owns(request.user, organisation):
        raise PermissionDenied
    attempt(request, domain.leave, membership=membership, done=_("Saved."))
    if membership.user_id == request.user.pk:
        return redirect("applications:organisations")
    return redirect("applications:organisation", pk=pk)


def _seen(request: HttpRequest, pk: int) -> Organisation:
    organisation: Organisation = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if not reads_for(request.user, organisation):
        raise Http404
    return organisation


def _owned(request: HttpRequest, pk: int) -> Organisation:
    organisation = _seen(request, pk)
    if not owns(request.user, organisation):
        raise PermissionDenied
    return organisation


def _parents(request: HttpRequest, itself: Organisation | None = None) -> QuerySet[Organisation]:
    """Organisations of mine that can be a parent."""
    rows = Organisation.objects.filter(members__user=me(request), legal_status__in=domain.CODED)
    return rows.exclude(pk=itself.pk) if itself else rows
