"""Duties: recorded by holders and by the office."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards.domain.duties import record_duty
from awards.domain.sanctioning import today_of
from awards.forms import DutyForm
from awards.lists import Duties
from awards.models import DutyRecord
from awards.rules import acts_for_holder, governing, runs_awards, sees_awards
from awards.views.common import form_page, here, honour_for, must_do, must_see
from core import clock
from jurisdictions.exclusions import current_policy
from jurisdictions.lists import serve


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All records of duties."""
    place = here(request)
    must_see(request, sees_awards, place)
    rows = DutyRecord.objects.filter(jurisdiction=place).select_related("honour", "recorded_by")
    policy = current_policy(place)
    context = {
        "rules": policy, "duties": policy.duties if policy else [], "may_record": runs_awards(request.user, place),
    }  # fmt: skip
    return serve(request, Duties(request, rows, code=code, rules=policy or ""), "awards/duties.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, code: str) -> HttpResponse:
    """A duty of the office or the government."""
    place = here(request)
    must_see(request, sees_awards, place)
    must_do(request, runs_awards, place)
    policy = current_policy(place)
    duties = (
        [d for d in policy.duties if d.who != "holder" and d.record not in ("none", "evaluation")] if policy else []
    )
    if not duties:
        raise Http404
    form = DutyForm(request.POST or None, duties=duties, initial={"on": clock.today()})
    return form_page(
        request, form, record_duty, title=_("Record a duty"), submit=_("Record it"), done=_("The record is kept."), jurisdiction=place,
        target=lambda row: reverse("awards:duties", args=[code]), context={"rules": policy},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def of_honour(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A duty that goes with an honour: the holder's own, or the office's evaluation."""
    honour = honour_for(request, pk)
    must_do(request, acts_for_holder | runs_awards, honour)
    policy, office = governing(honour), runs_awards(request.user, honour)
    duties = [
        d
        for d in policy.duties
        if d.record != "none" and (d.who == "holder" or (office and d.record in ("evaluation", "activity")))
    ]
    if not duties:
        raise Http404
    form = DutyForm(request.POST or None, duties=duties, initial={"on": today_of(honour.world)})
    return form_page(
        request, form, record_duty, title=_("Record a duty"), submit=_("Record it"), done=_("The record is kept."), honour=honour,
        target=lambda row: reverse("awards:honour", args=[code, honour.pk]), context={"rules": policy, "honour": honour, "round": honour.world},
    )  # fmt: skip
