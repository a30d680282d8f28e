"""Pages of the score sheet and of what a team has to talk over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import carry_out, submit
from core.refusals import Refused
from reviews.domain import abstaining, consensus, scoring
from reviews.forms.scoring import DifferencesForm, Part, SheetForm
from reviews.forms.teams import AbstainForm, ReasonForm
from reviews.models import Assignment, ScoreSheet
from reviews.queries import answers, findings, sheets
from reviews.queries.progress import EntryWork, sheet_for
from reviews.views.access import assigned, leading, shared, work_for
from rounds.models import StageEntry


@login_required
def score(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One's own sheet: the tree of criteria with the applicant's answers and evidence beside."""
    row, assignment = assigned(request, pk)
    form = _sheet_form(row, assignment, request.POST or None)
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _autosaved(request, row, form)
    if request.method == "POST" and form.is_valid() and _kept(request, row, form):
        return redirect(
            "reviews:mine" if "submit" in request.POST else "reviews:score",
            *([code] if "submit" in request.POST else [code, pk]),
        )
    return _sheet_page(request, row, assignment, form)


def _sheet_form(row: StageEntry, assignment: Assignment, data: Any = None) -> SheetForm:
    own = ScoreSheet.objects.filter(stage_entry=row, reviewer=assignment.reviewer).first()
    form = SheetForm(data, sheet=sheet_for(row.stage, row.entry.prize), initial=SheetForm.initial_of(own))
    form.own = own
    return form


def _sheet_page(
    request: HttpRequest, row: StageEntry, assignment: Assignment, form: SheetForm, **refused: forms.Form
) -> HttpResponse:
    """The sheet; ``refused``: a form beside it that comes back with what was typed, by its name here."""
    own, scheme = form.own, sheet_for(row.stage, row.entry.prize)
    asked = answers.asked(row.stage.round.rules, row.entry.prize, scheme)
    beside = answers.beside(answers.filed(row.entry), asked)
    files = answers.evidence(row.entry)
    context = shared(request, row.stage.round) | {
        "row": row, "stage": row.stage, "assignment": assignment, "own": own, "form": form, "sheet": scheme,
        "parts": [_beside(part, asked, beside, files) for part in form.parts()], "reopen_form": ReasonForm(auto_id="reopen-%s"),
        "abstain_form": AbstainForm(auto_id="abstain-%s", initial={"version": own.version if own else 0}),
        "files": [file for some in files.values() for file in some], "questions": findings.questions_before(row),
    }  # fmt: skip
    return render(request, "reviews/score.html", context | refused)


def _kept(request: HttpRequest, row: StageEntry, form: SheetForm) -> bool:
    submit = "submit" in request.POST
    try:
        with transaction.atomic():
            scoring.save(
                actor=request.user, stage_entry=row, given=form.given(), version=form.cleaned_data["version"], submit=submit  # type: ignore[arg-type]
            )  # fmt: skip
    except Refused as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Handed in.") if submit else _("Saved; you can go on later."))
    return True


def _autosaved(request: HttpRequest, row: StageEntry, form: SheetForm) -> HttpResponse:
    """What the page's script sends while one writes: 200 with the new version, 409 with why it was not kept."""
    if not form.is_valid():
        return JsonResponse({"error": _("Not saved: look at the marks.")}, status=409)
    try:
        with transaction.atomic():
            sheet = scoring.save(
                actor=request.user, stage_entry=row, given=form.given(), version=form.cleaned_data["version"]  # type: ignore[arg-type]
            )  # fmt: skip
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse({"version": sheet.version, "total": f"{sheet.total:f}"})


@require_POST
@login_required
def abstain(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give no marks, with the reason."""
    row, assignment = assigned(request, pk)
    return carry_out(
        request, AbstainForm(request.POST, auto_id="abstain-%s"), abstaining.abstain, page=reverse("reviews:score", args=[code, pk]),
        again=lambda refused: _sheet_page(request, row, assignment, _sheet_form(row, assignment), abstain_form=refused),
        done=_("Recorded: you give no marks here."), then=reverse("reviews:mine", args=[code]),
        stage_entry=row,
    )  # fmt: skip


def _beside(
    part: Part, asked: dict[str, list[Any]], beside: dict[str, list[answers.Passage]], files: dict[str, list[Any]]
) -> Part:
    """The applicant's words and evidence; trade secrets are shown on the application's own page, on record."""
    key = part.criterion.key
    items = asked.get(key, [])
    part.asked = bool(items)
    part.secret = any(passage.secret for passage in beside.get(key, ()))
    part.passages = [passage for passage in beside.get(key, ()) if not passage.secret]
    part.files = [
        file for place in dict.fromkeys([key, *(item.key for item in items)]) for file in files.get(place, [])
    ]
    return part


@login_required
def differences(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """All sheets side by side, once all are in; the leader records what was agreed."""
    work, assignment = work_for(request, pk)
    form = _differences_form(work, request.POST or None)
    if request.method == "POST":
        leading(assignment)
        if form.is_valid() and submit(request, form, consensus.settle, stage_entry=work.row, **form.given()):
            messages.success(request, _("The agreement is recorded."))
            return redirect("reviews:differences", code, pk)
    return _differences_page(request, work, assignment, form, {})


def _differences_form(work: EntryWork, data: Any = None) -> DifferencesForm:
    agreed = work.spec.consensus.value == "agreed"
    leaves = [leaf for leaf in work.sheet.leaves() if leaf.key in work.far_apart or agreed] if work.all_in else []
    return DifferencesForm(data, work=work, leaves=leaves, initial=_initial(work))


def _differences_page(
    request: HttpRequest, work: EntryWork, assignment: Assignment | None, form: DifferencesForm, refused: dict[int, ReasonForm]
) -> HttpResponse:  # fmt: skip
    """The table; ``refused``: the form that opens a sheet again, as it was typed, by the sheet."""
    reopening = [(sheet, refused.get(sheet.pk) or ReasonForm(auto_id=f"reopen-{sheet.pk}-%s")) for sheet in work.sheets]
    context = shared(request, work.row.stage.round) | {
        "work": work, "row": work.row, "stage": work.row.stage, "form": form, "assignment": assignment, "table": _table(work),
        "may_settle": assignment is not None and assignment.is_leader and work.all_in, "reopening": reopening,
        "visible": sheets.visible(request.user, work) if assignment else work.sheets,
    }  # fmt: skip
    return render(request, "reviews/differences.html", context)


@require_POST
@login_required
def reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open a sheet again, with a reason: one's own, or (the leader) a member's from the page of differences."""
    sheet: ScoreSheet = get_object_or_404(ScoreSheet.objects.select_related("reviewer"), pk=pk)
    row, assignment = assigned(request, sheet.stage_entry_id)
    own = sheet.reviewer_id == assignment.reviewer_id
    if not own and not assignment.is_leader:
        raise Http404
    sheet.stage_entry = row

    def again(refused: Any) -> HttpResponse:
        if own:
            return _sheet_page(request, row, assignment, _sheet_form(row, assignment), reopen_form=refused)
        work, _leader = work_for(request, row.pk)
        return _differences_page(request, work, assignment, _differences_form(work), {pk: refused})

    form = ReasonForm(request.POST, auto_id="reopen-%s" if own else f"reopen-{pk}-%s")
    page = reverse("reviews:score" if own else "reviews:differences", args=[code, row.pk])
    return carry_out(
        request, form, scoring.reopen, page=page, again=again, done=_("The sheet is open again."), sheet=sheet
    )


def _initial(work: EntryWork) -> dict[str, Any]:
    if work.agreed is None:
        return {}
    return {**work.agreed.values, **{f"reason_{key}": text for key, text in work.agreed.reasons.items()}}


def _table(work: EntryWork) -> list[dict[str, Any]]:
    """A row for each leaf: everybody's mark, the spread, what was agreed. Empty until all are in."""
    if not work.all_in:
        return []
    agreed = work.agreed.values if work.agreed else {}
    return [
        {
            "leaf": leaf, "marks": [marks[leaf.key] for marks in work.marks], "spread": work.far_apart.get(leaf.key),
            "agreed": agreed.get(leaf.key), "unsettled": leaf.key in work.unsettled,
            "words": _words(work, leaf.key),
        }
        for leaf in work.sheet.leaves()
    ]  # fmt: skip


def _words(work: EntryWork, leaf: str) -> list[tuple[int, str]]:
    """What each reviewer wrote under an item, by the number under which the page knows the reviewer."""
    found = []
    for number, sheet in enumerate(work.sheets, start=1):
        said = [sheet.remarks.get(leaf, ""), *sheet.notes.get(leaf, {}).values()]
        found += [(number, text) for text in said if text]
    return found
