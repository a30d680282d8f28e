"""Pages of the score sheet and of what a team has to talk over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt
from core.refusals import Refused
from reviews.domain import abstaining, consensus, scoring
from reviews.forms.scoring import DifferencesForm, Part, SheetForm
from reviews.forms.teams import ReasonForm
from reviews.models import ScoreSheet
from reviews.queries import answers, findings, sheets
from reviews.queries.progress import EntryWork, sheet_for
from reviews.views.access import assigned, leading, on_form, shared, work_for
from rounds.models import StageEntry


@login_required
def score(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One's own sheet: the tree of criteria with the applicant's answers and evidence beside."""
    row, assignment = assigned(request, pk)
    own = ScoreSheet.objects.filter(stage_entry=row, reviewer=assignment.reviewer).first()
    scheme = sheet_for(row.stage, row.entry.prize)
    form = SheetForm(request.POST or None, sheet=scheme, initial=SheetForm.initial_of(own))
    if request.method == "POST" and request.headers.get("X-Autosave"):
        return _autosaved(request, row, form)
    if request.method == "POST" and form.is_valid() and _kept(request, row, form):
        return redirect(
            "reviews:mine" if "submit" in request.POST else "reviews:score",
            *([code] if "submit" in request.POST else [code, pk]),
        )
    beside = answers.beside(answers.filed(row.entry), scheme)
    files = answers.evidence(row.entry)
    context = shared(request, row.stage.round) | {
        "row": row, "stage": row.stage, "assignment": assignment, "own": own, "form": form, "sheet": scheme,
        "parts": [_beside(part, beside, files) for part in form.parts()], "reopen_form": ReasonForm(), "abstain_form": ReasonForm(),
        "files": [file for some in files.values() for file in some], "questions": findings.questions_before(row),
        "version": own.version if own else 0,
    }  # fmt: skip
    return render(request, "reviews/score.html", context)


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
    row, _assignment = assigned(request, pk)
    version = request.POST.get("version", "")
    done = attempt(
        request, abstaining.abstain, stage_entry=row, reason=request.POST.get("reason", ""),
        version=int(version) if version.isdecimal() else 0, done=_("Recorded: you give no marks here."),
    )  # fmt: skip
    return redirect("reviews:mine", code) if done else redirect("reviews:score", code, pk)


def _beside(part: Part, beside: dict[str, tuple[str, bool]], files: dict[str, list[Any]]) -> Part:
    """The applicant's words and evidence; trade secrets are shown on the application's own page, on record."""
    answer, part.secret = beside.get(part.criterion.key, ("", False))
    part.answer = "" if part.secret else answer
    part.files = files.get(part.criterion.key, [])
    return part


@login_required
def differences(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """All sheets side by side, once all are in; the leader records what was agreed."""
    work, assignment = work_for(request, pk)
    may_settle = assignment is not None and assignment.is_leader and work.all_in
    leaves = (
        [leaf for leaf in work.sheet.leaves() if leaf.key in work.far_apart or work.spec.consensus.value == "agreed"]
        if work.all_in
        else []
    )
    form = DifferencesForm(request.POST or None, work=work, leaves=leaves, initial=_initial(work))
    if request.method == "POST":
        leading(assignment)
        if form.is_valid() and on_form(request, form, consensus.settle, stage_entry=work.row, **form.given()):
            messages.success(request, _("The agreement is recorded."))
            return redirect("reviews:differences", code, pk)
    context = shared(request, work.row.stage.round) | {
        "work": work, "row": work.row, "stage": work.row.stage, "form": form, "may_settle": may_settle, "assignment": assignment,
        "table": _table(work), "visible": sheets.visible(request.user, work) if assignment else work.sheets, "reopen_form": ReasonForm(),
    }  # fmt: skip
    return render(request, "reviews/differences.html", context)


@require_POST
@login_required
def reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Open a sheet again, with a reason."""
    sheet: ScoreSheet = get_object_or_404(ScoreSheet.objects.select_related("reviewer"), pk=pk)
    row, assignment = assigned(request, sheet.stage_entry_id)
    if sheet.reviewer_id != assignment.reviewer_id and not assignment.is_leader:
        raise Http404
    sheet.stage_entry = row
    attempt(
        request, scoring.reopen, sheet=sheet, reason=request.POST.get("reason", ""), done=_("The sheet is open again.")
    )
    own = sheet.reviewer_id == assignment.reviewer_id
    return redirect("reviews:score" if own else "reviews:differences", code, row.pk)


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
