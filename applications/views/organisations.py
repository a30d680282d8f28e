"""My organisations: register one, keep its profile, say who acts for it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import codes, domain, invitations, joining, places
from accounts.models import Organisation, OrganisationMember, OrganisationRole
from accounts.rules import owns, reads_for
from applications.forms.fields import show
from applications.forms.pages import MemberForm, OrganisationForm
from applications.forms.profile_fields import field_of
from applications.lists import Organisations
from applications.views.common import me
from core.pages import attempt, submit
from core.typed import tidy
from jurisdictions.lists import serve


@login_required
def index(request: HttpRequest) -> HttpResponseBase:
    """The organisations for which I act."""
    members = OrganisationMember.objects.filter(user=me(request)).select_related("organisation")
    return serve(request, Organisations(request, members), "applications/organisations.html")


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
    known = _known(form) if form.is_bound else None
    return render(request, "applications/register.html", {"form": form, "known": known})


@require_POST
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the owners of the organisation with this code to let me in."""
    done = _("Its owners have been told. You hear from them by mail.")
    attempt(request, joining.ask, code=request.POST.get("code", ""), done=done)
    return redirect("applications:organisations")


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
    return _page(request, pk, form, MemberForm(), mine=mine)


def _page(
    request: HttpRequest, pk: int, form: OrganisationForm, member_form: MemberForm, *, mine: bool
) -> HttpResponse:
    """The organisation as it is stored, with its forms as they were typed."""
    shown = Organisation.objects.select_related("parent").get(pk=pk)
    context = {
        "organisation": shown, "form": form, "owns": mine, "member_form": member_form, "place": places.name_of(shown.region),
        "members": OrganisationMember.objects.filter(organisation=pk).select_related("user").order_by("id"),
        "parts": Organisation.objects.filter(parent=pk).order_by("name"), "roles": OrganisationRole.choices,
        "facts": _facts(shown),
    }  # fmt: skip
    return render(request, "applications/organisation.html", context)


def _facts(organisation: Organisation) -> list[tuple[str, str]]:
    """What the profile says, in words."""
    profile = {**organisation.__dict__}
    found = []
    for name in ("kind", "legal_status", "industry", "activities", "sectors", "size", "employees", "subordination"):
        field = field_of(name)
        value = profile[name]
        found.append((str(field.label), show(field, str(value) if isinstance(value, int) else value)))
    return found


def _known(form: OrganisationForm) -> Organisation | None:
    """The organisation that has the code already, for the button that writes to its owners."""
    code = codes.normal(tidy(str(form.data.get("code", ""))))
    return Organisation.objects.filter(code=code, rehearsal=False).first() if form.errors.get("code") and code else None


@require_POST
@login_required
def add_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a registered person act for the organisation."""
    organisation = _owned(request, pk)
    form = MemberForm(request.POST)
    if form.is_valid() and submit(request, form, joining.let_in, organisation=organisation, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("applications:organisation", pk=pk)
    profile = OrganisationForm(instance=organisation, parents=_parents(request, organisation), known=True)
    return _page(request, pk, profile, form, mine=True)


@require_POST
@login_required
def remind_person(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Send the invitation to somebody who has no password yet once more."""
    organisation = _owned(request, pk)
    membership = get_object_or_404(
        OrganisationMember.objects.select_related("user"), pk=member, organisation=organisation
    )
    attempt(request, invitations.remind, user=membership.user, done=_("The invitation is on its way."))
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
