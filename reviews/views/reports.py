"""The review report, as the team writes it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.pages import submit
from reviews.domain import reports
from reviews.forms.field import ReportForm
from reviews.queries.progress import EntryWork
from reviews.views.access import leading, shared, work_for


@login_required
def report(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Write the report (leader), or read it (team, office, supervision)."""
    work, assignment = work_for(request, pk)
    form = ReportForm(request.POST or None, initial=_initial(work))
    if request.method == "POST":
        leading(assignment)
        if form.is_valid() and submit(request, form, reports.make, stage_entry=work.row, **form.cleaned_data):
            messages.success(request, _("The report is saved."))
            return redirect("reviews:report", code, pk)
    fixed = work.report is not None and work.report.confirmed_at is not None and not work.report_outdated
    context = {
        "work": work, "row": work.row, "stage": work.row.stage, "report": work.report, "form": form, "assignment": assignment,
        "may_write": assignment is not None and assignment.is_leader and not fixed and work.result is not None,
    }  # fmt: skip
    return render(request, "reviews/report.html", shared(request, work.row.stage.round) | context)


def _initial(work: EntryWork) -> dict[str, str]:
    """The report so far, else what the sheets say."""
    if work.report is not None:
        return {
            "summary": work.report.summary,
            "strengths": work.report.strengths,
            "improvements": work.report.improvements,
        }
    if not work.all_in:
        return {}
    words = reports.from_sheets(work, "")
    return {"strengths": words.strengths, "improvements": words.improvements}
