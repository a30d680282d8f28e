"""An application's own page: how far it is, what is missing, where it stands in the round."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.domain.checklist import Survey, advice
from applications.models import FiledVersion
from applications.queries import way_of
from applications.rules import reads
from applications.views.common import application_for, shared
from documents import papers


@login_required
def overview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Sections, checklist, stages in plain words, papers."""
    application = application_for(request, pk)
    survey = Survey(application)
    context = shared(request, application)
    context |= {
        "progress": survey.progress(),
        "gaps": survey.gaps if context["may_write"] else [],
        "advice": advice(survey) if context["may_write"] else [],
        "principles": [p for p in survey.policy.principles if "form" in p.shown_on],
        "flags": [e for e in survey.policy.encouragements if e.key in application.entry.flags],
        "steps": way_of(application.entry),
        "versions": FiledVersion.objects.filter(application=application).select_related("filed_by").order_by("-number"),
        "papers": papers.of_subject(application) if reads(request.user, application.entry) else [],
    }
    return render(request, "applications/application.html", context)
