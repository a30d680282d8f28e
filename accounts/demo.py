"""The demo's people: signing in as one of them, where the settings allow it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.models import User

DOMAIN = "demo.invalid"


def groups() -> list[tuple[str, list[User]]]:
    """The demo's people by the part of their address that names their jurisdiction (``role@code.demo.invalid``)."""
    found: dict[str, list[User]] = {}
    for user in User.objects.filter(email__endswith=f".{DOMAIN}").order_by("email"):
        found.setdefault(user.email.rpartition("@")[2].removesuffix(f".{DOMAIN}"), []).append(user)
    return sorted(found.items())


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """The page "enter as …": one button per person of the demo."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    return render(request, "accounts/demo.html", {"groups": groups()})


@require_POST
@login_not_required
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a person of the demo."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    user = get_object_or_404(User, pk=pk, email__endswith=f".{DOMAIN}", is_active=True)
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request.own_language = ""  # type: ignore[attr-defined]  # who looks around keeps the language chosen in this browser
    return redirect("rounds:desk")
