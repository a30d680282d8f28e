"""Entering earlier awards by hand."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.domain.registering import enter_earlier, enter_other
from awards.forms import EarlierForm, OtherAwardForm
from awards.rules import runs_awards, sees_awards
from awards.views.common import form_page, here, must_do, must_see
from jurisdictions.exclusions import current_policy
from jurisdictions.models import Jurisdiction


@login_required
@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, code: str) -> HttpResponse:
    """An honour given before this system kept the register."""
    place = _allowed(request)
    policy = current_policy(place)
    if policy is None:
        raise Http404
    return form_page(
        request, EarlierForm(request.POST or None, policy=policy), enter_earlier, title=_("Enter an earlier honour"), submit=_("Enter it"),
        done=_("The honour is in the register."), target=lambda honour: reverse("awards:honour", args=[code, honour.pk]), jurisdiction=place,
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def other(request: HttpRequest, code: str) -> HttpResponse:
    """An award of another government."""
    return form_page(
        request, OtherAwardForm(request.POST or None), enter_other, title=_("Enter an award of another government"), submit=_("Enter it"),
        done=_("The award is recorded."), target=lambda award: reverse("awards:honours", args=[code]), jurisdiction=_allowed(request),
    )  # fmt: skip


def _allowed(request: HttpRequest) -> Jurisdiction:
    place = here(request)
    must_see(request, sees_awards, place)
    must_do(request, runs_awards, place)
    return place
