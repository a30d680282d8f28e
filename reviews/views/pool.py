"""The pool: list, one reviewer, appointing, changing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.clock import today
from core.pages import carry_out, submit
from jurisdictions import bringing
from jurisdictions.lists import serve
from reviews.domain import pool
from reviews.forms.interests import EngagementForm
from reviews.forms.pool import AppointForm, DetailsForm, DisciplineForm, EndForm, InterestForm, NoteForm, QualifyForm
from reviews.forms.teams import ReasonForm
from reviews.importing import ReviewerLines
from reviews.lists import Pool
from reviews.models import Conduct, Engagement, InterestDeclaration, PoolRecord, Qualification, Reviewer
from reviews.rules import keeps_pool, sees_pool
from reviews.views.access import jurisdiction_of, office_only


@login_required
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """The pool; search by name or employer, filter by state, expert's standing, qualification."""
    jurisdiction = jurisdiction_of(request)
    if not sees_pool(request.user, jurisdiction):
        raise Http404
    rows = Reviewer.objects.filter(jurisdiction=jurisdiction, rehearsal=False).select_related("user")
    policy = pool.policy_for(jurisdiction)
    context = {"rules": policy, "may_work": keeps_pool(request.user, jurisdiction)}
    kinds = policy.qualifications if policy else {}
    listing = Pool(request, rows, code=code, kinds=kinds, may_work=context["may_work"])
    return serve(request, listing, "reviews/pool.html", context)


@login_required
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Take a person into the pool."""
    jurisdiction = jurisdiction_of(request)
    if not sees_pool(request.user, jurisdiction):
        raise Http404
    office_only(request, jurisdiction)
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        made = submit(request, form, pool.appoint, jurisdiction=jurisdiction, user=data.pop("email"), **data)
        if made:
            messages.success(request, _("{name} is in the pool of reviewers.").format(name=made.user.name))
            return redirect("reviews:reviewer", code, made.pk)
    return render(request, "reviews/appoint.html", {"form": form, "rules": pool.policy_for(jurisdiction)})


@login_required
def bring_in(request: HttpRequest, code: str) -> HttpResponse:
    """Bring the pool in from a list: checked line by line, then confirmed."""
    jurisdiction = jurisdiction_of(request)
    if not sees_pool(request.user, jurisdiction):
        raise Http404
    office_only(request, jurisdiction)
    lines = ReviewerLines(actor=request.user, jurisdiction=jurisdiction)  # type: ignore[arg-type]  # signed in, so a User
    return bringing.page(
        request, lines, back=reverse("reviews:pool", args=[code]), context={"rules": lines.policy}
    )  # fmt: skip


@login_required
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One reviewer: qualifications, records, interests, breaches."""
    return person(request, reviewer_for(request, pk), {})


def person(request: HttpRequest, reviewer: Reviewer, refused: dict[str, forms.Form]) -> HttpResponse:
    """The page of a reviewer; ``refused``: forms that come back with what was typed, by their name here."""
    jurisdiction = jurisdiction_of(request)
    policy, may_work = pool.policy_for(jurisdiction), keeps_pool(request.user, jurisdiction)
    held = Qualification.objects.filter(reviewer=reviewer).order_by("-valid_from", "-id")
    interests = InterestDeclaration.objects.filter(reviewer=reviewer).select_related("organisation")
    context: dict[str, Any] = {
        "reviewer": reviewer, "rules": policy, "may_work": may_work, "own": reviewer.user_id == request.user.pk,
        "qualifications": [(one, refused.get(f"end-{one.pk}") or EndForm(auto_id=f"end-{one.pk}-%s")) for one in held],
        "records": PoolRecord.objects.filter(reviewer=reviewer).select_related("by")[:100],
        "conduct": Conduct.objects.filter(reviewer=reviewer),
        "interests": [(one, refused.get(f"interest-{one.pk}") or ReasonForm(auto_id=f"interest-{one.pk}-%s")) for one in interests],
        "sees_pool": sees_pool(request.user, jurisdiction), "engagements": Engagement.objects.filter(reviewer=reviewer), "today": today(),
        "engagement_form": EngagementForm(auto_id="engagement-%s"), "interest_form": InterestForm(auto_id="interest-%s"),
    }  # fmt: skip
    if may_work:
        context |= {
            "change_form": DetailsForm.of(reviewer), "qualify_form": QualifyForm(policy=policy, auto_id="qualify-%s"),
            "note_form": NoteForm(auto_id="note-%s"), "discipline_form": DisciplineForm(policy=policy, auto_id="discipline-%s"),
        }  # fmt: skip
    return render(request, "reviews/reviewer.html", context | refused)


@require_POST
@login_required
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change what is known of a reviewer."""
    reviewer = reviewer_for(request, pk)
    office_only(request, jurisdiction_of(request))
    form = DetailsForm(request.POST, auto_id="change-%s")
    return carry_out(
        request, form, pool.change, page=reverse("reviews:reviewer", args=[code, pk]), done=_("Saved."),
        again=lambda refused: person(request, reviewer, {"change_form": refused}), reviewer=reviewer,
    )  # fmt: skip


def reviewer_for(request: HttpRequest, pk: int) -> Reviewer:
    """A reviewer of this pool; for the office, supervision, and the person."""
    jurisdiction = jurisdiction_of(request)
    reviewer: Reviewer = get_object_or_404(
        Reviewer.objects.select_related("user", "jurisdiction"), jurisdiction=jurisdiction, pk=pk
    )
    if reviewer.user_id != request.user.pk and not sees_pool(request.user, reviewer):
        raise Http404
    return reviewer
