"""My profile: who I am here, in which language, and the ways to sign in."""

from __future__ import annotations

from typing import cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import language, profile
from accounts.forms import ProfileForm
from accounts.models import User
from core.pages import submit


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The profile; POST changes it."""
    user = cast(User, request.user)
    initial = {"name": user.name, "phone": user.phone, "language": user.language}
    form = ProfileForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and submit(request, form, profile.change, **form.cleaned_data):
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Your profile is saved."))
        response = redirect("accounts:profile")
        language.keep(response, form.cleaned_data["language"])
        return response
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    context = {
        "form": form,
        "addresses": EmailAddress.objects.filter(user=user).order_by("-primary", "email"),
        "second_factor": bool(kinds & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}),
        "recovery": Authenticator.Type.RECOVERY_CODES in kinds,
        "sessions": UserSession.objects.filter(user=user).count(),
    }
    return render(request, "accounts/profile.html", context)
