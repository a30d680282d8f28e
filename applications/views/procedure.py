"""What happens with a whole application: look it over, file, receipt, take back, withdraw, internal publicity."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications.domain import filing, secrets, withdrawing
from applications.domain.access import in_stage
from applications.domain.checklist import Survey, advice
from applications.domain.publicity import ParentOpinion, needs_parent, record_internal_publicity
from applications.domain.standing import standing
from applications.forms.pages import InternalPublicityForm, ReasonForm
from applications.forms.questions import questions
from applications.models import Application, Evidence, FiledVersion, InternalPublicity, Supplement
from applications.queries.applying import way_of
from applications.rules import may_file, may_see, may_unmask, may_write, reads
from applications.views.common import application_for, masked_for, shared
from core.pages import attempt, submit


@login_required
def review(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Everything on one page, with what is missing, and the button that files."""
    application = application_for(request, pk)
    return _whole(request, application, masked_for(request, application))


@require_POST
@login_required
def unmask(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The same page with the trade secrets; that they were shown is recorded."""
    application = application_for(request, pk, may_unmask)
    shown = attempt(request, secrets.unmask, application=application)
    return _whole(request, application, masked_for(request, application) if shown is None else set())


def _whole(request: HttpRequest, application: Application, masked: set[str]) -> HttpResponse:
    survey, context = Survey(application), shared(request, application)
    answers = {key: value for key, value in application.answers.items() if key not in masked}
    evidence = list(
        Evidence.objects.filter(application=application, removed_at=None).select_related("file__jurisdiction")
    )
    last_year = application.entry.round.year - 1
    context |= {
        "sections": [
            (part, questions(part, survey.layout, survey.answered, answers, (), evidence, application.secrets, None, last_year))
            for part in survey.layout.sections
        ],
        "masked": masked, "gaps": survey.gaps if context["may_write"] else [], "advice": advice(survey) if context["may_write"] else [],
        "stage_entry": in_stage(application.entry, "intake"),
    }  # fmt: skip
    return render(request, "applications/review.html", context)


@require_POST
@login_required
def file(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """File it."""
    application = application_for(request, pk, may_file)
    version = attempt(request, filing.file, application=application, done=_("The application is filed."))
    return redirect("applications:receipt" if version else "applications:review", code=code, pk=pk)


@login_required
def receipt(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Number, time and fingerprint of what was filed, with its papers."""
    application = application_for(request, pk)
    version = (
        FiledVersion.objects.filter(application=application, taken_back_at=None)
        .select_related("filed_by", "paper", "receipt")
        .first()
    )
    if version is None:
        raise Http404
    context = shared(request, application)
    found = [paper for paper in (version.receipt, version.paper) if paper is not None]
    for paper in found:
        paper.jurisdiction = application.entry.round.jurisdiction
    supplement = Supplement.objects.filter(application=application).first()
    context["standing"] = standing(application, way_of(application.entry), supplement)
    context |= {"version": version, "papers": found if reads(request.user, application.entry) else []}
    return render(request, "applications/receipt.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take it back to mend it, while the time for filing runs."""
    application = application_for(request, pk, may_file)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The application is a draft again.")
        if attempt(request, filing.take_back, application=application, reason=form.cleaned_data["reason"], done=done):
            return redirect("applications:application", code=code, pk=pk)
    return render(request, "applications/take_back.html", shared(request, application) | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Withdraw from the round."""
    application = application_for(request, pk, may_write)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("The application is withdrawn.")
        reason = form.cleaned_data["reason"]
        if attempt(request, withdrawing.withdraw, application=application, reason=reason, done=done) is not None:
            return redirect("applications:application", code=code, pk=pk)
    return render(request, "applications/withdraw.html", shared(request, application) | {"form": form})


@login_required
@require_http_methods(["GET", "POST"])
def internal_publicity(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Record the publicity inside the organisation."""
    application = application_for(request, pk, may_write if request.method == "POST" else may_see)
    row = in_stage(application.entry, "internal_publicity")
    if row is None:
        raise Http404
    known = (
        InternalPublicity.objects.filter(application=application)
        .select_related("proof__jurisdiction", "by_parent")
        .first()
    )
    with_parent = needs_parent(application, row.stage.spec)
    form = InternalPublicityForm(
        request.POST or None,
        request.FILES or None,
        spec=row.stage.spec,
        with_parent=with_parent,
        has_proof=known is not None,
        initial=_initial(known),
    )
    if request.method == "POST" and form.is_valid() and _recorded(request, application, form):
        return redirect("applications:application", code=code, pk=pk)
    context = shared(request, application) | {
        "form": form,
        "known": known,
        "stage": row.stage,
        "with_parent": with_parent,
        "row": row,
    }
    return render(request, "applications/internal_publicity.html", context)


def _recorded(request: HttpRequest, application: Application, form: InternalPublicityForm) -> bool:
    """Whether it was recorded; a refusal stands at its field."""
    data: dict[str, Any] = dict(form.cleaned_data)
    opinion = (
        ParentOpinion(data.pop("opinion"), data.pop("opinion_by"), data.pop("parent_checked"))
        if "opinion" in data
        else None
    )
    data["proof"] = data["proof"] or None
    data |= {"application": application, "opinion": opinion, "done": _("The internal publicity is recorded.")}
    return submit(request, form, record_internal_publicity, **data) is not None


def _initial(known: InternalPublicity | None) -> dict[str, Any]:
    if known is None:
        return {}
    names = (
        "first_day",
        "last_day",
        "place",
        "objection_free",
        "parent_checked",
        "opinion",
        "opinion_by",
        "departure_reason",
    )
    return {name: getattr(known, name) for name in names}
