"""Pages of the approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.domain.approving import approve, fix_list
from awards.forms import ApproveForm, FixForm
from awards.models import Approval
from awards.queries.lineup import fingerprint, lineup
from awards.rules import records_for, speaks_for
from awards.views.common import carry, must_do, stage_for
from core.refusals import Refused
from rounds import clock
from rounds.engine.stages import blockers
from rounds.models import RoundStage
from rounds.views.access import sees_rounds

if TYPE_CHECKING:
    from accounts.models import User


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The list, who fixed it, who approved it."""
    return render(request, "awards/approval.html", _context(request, stage_for(request, pk, "approval")))


@login_required
@require_POST
def fix(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Fix the list."""
    stage = stage_for(request, pk, "approval")
    must_do(request, records_for(stage.round.rules, stage.spec.reviewed_by or stage.spec.by), stage.round)
    form = FixForm(request.POST)
    if carry(request, form, fix_list, done=_("The list is fixed."), stage=stage) is not None:
        return redirect("awards:approval", code, pk)
    return render(request, "awards/approval.html", _context(request, stage, fix_form=form))


@login_required
@require_POST
def approve_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Approve the list."""
    stage = stage_for(request, pk, "approval")
    must_do(request, speaks_for(stage.round.rules, stage.spec.by), stage.round)
    form = ApproveForm(request.POST, names=_names(stage))
    if form.is_valid():
        try:
            with transaction.atomic():
                approve(
                    actor=cast("User", request.user),
                    stage=stage,
                    number=form.cleaned_data["number"],
                    date=form.cleaned_data["date"],
                    struck=form.struck(),
                )
            messages.success(request, _("The approval is recorded."))
            return redirect("awards:approval", code, pk)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return render(request, "awards/approval.html", _context(request, stage, approve_form=form))


def _names(stage: RoundStage) -> dict[int, str]:
    return {line.entry_id: line.row.entry.organisation.name for line in lineup(stage)}


def _context(request: HttpRequest, stage: RoundStage, **forms: Any) -> dict[str, Any]:
    rules, lines = stage.round.rules, lineup(stage)
    record = Approval.objects.filter(stage=stage).select_related("fixed_by", "decided_by").first()
    prizes = {prize.key: prize for prize in rules.prizes}
    is_open = stage.status == RoundStage.Status.OPEN
    today = clock.today(stage.round)
    may_fix = (
        is_open
        and bool(stage.spec.reviewed_by)
        and records_for(rules, stage.spec.reviewed_by)(request.user, stage.round)
    )
    may_approve = is_open and speaks_for(rules, stage.spec.by)(request.user, stage.round)
    names = {line.entry_id: line.row.entry.organisation.name for line in lines}
    return {
        "stage": stage, "round": stage.round, "rules": rules, "record": record, "is_open": is_open,
        "lines": [(line, prizes[line.prize].name, _tier(prizes[line.prize], line.tier)) for line in lines],
        "reviewer": rules.organ(stage.spec.reviewed_by).name if stage.spec.reviewed_by else "", "government": rules.organ(stage.spec.by).name,
        "fixed_now": bool(record and record.fixed_fingerprint == fingerprint(lines)),
        "approved_now": bool(record and record.decided_at and record.fingerprint == fingerprint(lines)),
        "struck": [(names.get(item["entry"], item["entry"]), item["reason"]) for item in record.struck] if record else [],
        "blockers": blockers(stage) if is_open else [], "sees_rounds": sees_rounds(request.user, stage),
        "fix_form": forms.get("fix_form") or (FixForm(initial={"on": today}) if may_fix else None),
        "approve_form": forms.get("approve_form") or (ApproveForm(names=names, initial={"date": today}) if may_approve else None),
    }  # fmt: skip


def _tier(prize: Any, key: str) -> Any:
    return next((tier.name for tier in prize.tiers if tier.key == key), "")
