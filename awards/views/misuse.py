"""Reports of misuse."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from awards.domain.duties import report_misuse, settle_report
from awards.forms import ConclusionForm, MisuseForm
from awards.lists import Misuse
from awards.models import MisuseReport
from awards.rules import runs_awards
from awards.views.common import form_page, here, honour_for, must_do, must_see
from jurisdictions.lists import serve
from rounds.rules import is_office, is_supervisor

sees_reports = is_office | is_supervisor


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All reports."""
    must_see(request, sees_reports, here(request))
    rows = MisuseReport.objects.filter(jurisdiction=here(request)).select_related("honour")
    listing = Misuse(request, rows, code=code, may_settle=runs_awards(request.user, here(request)))
    return serve(request, listing, "awards/misuse.html")


@login_required
@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a report down."""
    honour = honour_for(request, pk)
    must_do(request, runs_awards, honour)
    return form_page(
        request, MisuseForm(request.POST or None), report_misuse, title=_("Take down a report of misuse"), submit=_("Take it down"),
        done=_("The report is recorded."), target=lambda row: reverse("awards:honour", args=[code, pk]), honour=honour, context={"honour": honour},
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Settle a report."""
    report: MisuseReport = get_object_or_404(MisuseReport.objects.select_related("honour__jurisdiction"), pk=pk)
    must_see(request, sees_reports, report.honour)
    must_do(request, runs_awards, report.honour)
    return form_page(
        request, ConclusionForm(request.POST or None, honour=report.honour), settle_report, title=_("Settle a report of misuse"),
        submit=_("Settle it"), done=_("The report is settled."), target=lambda row: reverse("awards:misuse", args=[code]), report=report,
        context={"honour": report.honour, "report": report},
    )  # fmt: skip
