"""The proposed assignment: asked for, shown with its reasons, changed by hand, applied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.pages import attempt, submit
from reviews.domain import proposed, proposing
from reviews.domain.ground import Ground, Seats, seats_of
from reviews.forms.interests import ApplyForm, WishForm, person
from reviews.models import AssignmentProposal
from reviews.views.access import office_only, shared, stage_for
from rounds.models import Recusal, RoundStage, StageEntry

MOST_LEFT = 100


@login_required
def proposal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask the solver, or look at what it proposed: teams with their load, one team's entries, who is left and why."""
    stage = stage_for(request, pk, kind="team_review")
    ground = Ground(stage)
    hidden = ground.hide(_gone(request, stage))
    form = WishForm(request.POST or None, initial=_initial(ground))
    if request.method == "POST":
        office_only(request, stage)
        if form.is_valid() and submit(
            request, form, proposing.propose, stage=stage, wish=proposing.Wish(**form.cleaned_data)
        ):
            return redirect("reviews:proposal", code, pk)
    held = AssignmentProposal.objects.filter(stage=stage, applied_at=None, dropped_at=None).first()
    context = shared(request, stage.round) | {
        "stage": stage, "form": form, "held": held, "rule": ground.rule, "free": len(ground.rows), "pool_size": len(ground.pool),
    }  # fmt: skip
    if held is not None:
        context |= _shown(held, ground, request.GET.get("team", ""), hidden)
    return render(request, "reviews/proposal.html", context)


@require_POST
@login_required
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change, apply or give up; each refusal says what stands against it, with its article."""
    stage = stage_for(request, pk, kind="team_review")
    office_only(request, stage)
    held = get_object_or_404(AssignmentProposal, stage=stage, applied_at=None, dropped_at=None)
    held.stage = stage
    act = request.POST.get("act", "")
    if act in _ACTS:
        _ACTS[act](request, held)
    if act == "apply" and not AssignmentProposal.objects.filter(pk=held.pk, applied_at=None).exists():
        return redirect("reviews:stage", code, pk)
    team = request.POST.get("shown", "")
    return redirect(f"{_address(code, pk)}?team={team}" if team.isalnum() else _address(code, pk))


def _address(code: str, pk: int) -> str:
    return reverse("reviews:proposal", args=[code, pk])


def _move(request: HttpRequest, held: AssignmentProposal) -> None:
    rows = StageEntry.objects.not_recused_from(request.user)
    row = get_object_or_404(rows, pk=_number(request, "entry") or 0, stage=held.stage_id)
    attempt(
        request, proposed.move, proposal=held, stage_entry=row, to=request.POST.get("to", ""), version=_number(request, "version") or 0,
        done=_("Changed."),
    )  # fmt: skip


def _exchange(request: HttpRequest, held: AssignmentProposal) -> None:
    attempt(
        request, proposed.exchange, proposal=held, team=request.POST.get("team", ""), leaving=_number(request, "leaving"),
        coming=_number(request, "coming"), version=_number(request, "version") or 0, done=_("Changed."),
    )  # fmt: skip


def _lead(request: HttpRequest, held: AssignmentProposal) -> None:
    attempt(
        request, proposed.lead, proposal=held, team=request.POST.get("team", ""), leader=_number(request, "leader") or 0,
        version=_number(request, "version") or 0, done=_("Changed."),
    )  # fmt: skip


def _apply(request: HttpRequest, held: AssignmentProposal) -> None:
    form = ApplyForm(request.POST)
    if form.is_valid():
        attempt(
            request, proposed.apply, proposal=held, done=_("The teams are set up and the entries given out."), **form.cleaned_data
        )  # fmt: skip
    else:
        messages.error(request, _("Look at the proposal again."))


def _drop(request: HttpRequest, held: AssignmentProposal) -> None:
    attempt(request, proposed.drop, proposal=held, done=_("The proposal is given up."))


_ACTS: dict[str, Callable[[HttpRequest, AssignmentProposal], None]] = {
    "move": _move, "exchange": _exchange, "lead": _lead, "apply": _apply, "drop": _drop,
}  # fmt: skip


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


def _initial(ground: Ground) -> dict[str, Any]:
    """As many teams as the free reviewers fill, where none is set up."""
    fit = sum(
        1 for r in ground.pool if r.pk not in ground.busy and any(ground.unfit(r, g) is None for g in ground.groups())
    )
    size = ground.rule.min
    wanted = min(fit // size, max(1, -(-len(ground.rows) // 10)), proposing.MOST_TEAMS) if not ground.standing else 0
    return {"new_teams": wanted, "size": size}


def _gone(request: HttpRequest, stage: RoundStage) -> set[int]:
    """Recused means gone: what somebody stepped aside from is given out by others."""
    mine = Recusal.objects.filter(user=request.user.pk, entry__round=stage.round_id, ended_at=None)
    return set(mine.values_list("entry_id", flat=True))


def _shown(held: AssignmentProposal, ground: Ground, key: str, hidden: set[int]) -> dict[str, Any]:
    seats = seats_of(held.teams)
    for team in seats:
        team.entries[:] = [pk for pk in team.entries if pk not in hidden]
    given = {pk for team in seats for pk in team.entries}
    left = [row for row in ground.rows if row.pk not in given]
    chosen = next((team for team in seats if team.key == key), None)
    taken = {pk for team in seats for pk in team.members}
    return {
        "teams": [_team(team, ground) for team in seats], "given": len(given & set(ground.row_by_id)), "left_count": len(left),
        "left": [(row, _why_left(row, seats, ground, held)) for row in left[:MOST_LEFT]], "chosen": _chosen(chosen, ground),
        "choices": [(team.key, team.name) for team in seats], "apply_form": ApplyForm(initial={"version": held.version}),
        "outside": _outside(ground, taken), "spare": [(r.pk, person(r)) for r in ground.pool if r.pk not in taken | ground.busy],
        "stale": len(given - set(ground.row_by_id)),
    }  # fmt: skip


def _team(team: Seats, ground: Ground) -> dict[str, Any]:
    people = [ground.by_id[pk] for pk in team.members if pk in ground.by_id]
    before = ground.loads[team.team] if team.team else 0
    prizes = ground.stage.round.rules
    return {
        "seats": team, "people": people, "load": before + len(team.entries), "before": before,
        "prizes": [str(prizes.prize(key).name) for key in team.prizes],
    }  # fmt: skip


def _chosen(team: Seats | None, ground: Ground) -> dict[str, Any] | None:
    if team is None:
        return None
    rows = [ground.row_by_id[pk] for pk in team.entries if pk in ground.row_by_id]
    return _team(team, ground) | {"rows": [(row, ground.fit(team, row), ground.against(team, row)) for row in rows]}


def _why_left(row: StageEntry, seats: list[Seats], ground: Ground, held: AssignmentProposal) -> list[Any]:
    """What keeps each team from an entry: the refusals that assigning by hand would give, or the cap that was wished."""
    found: list[Any] = []
    for team in seats:
        against = ground.against(team, row)
        found += [(team.name, str(refusal), refusal.article) for refusal in against[:2]]
        cap = held.wish.get("cap")
        if not against and cap is not None:
            load = (ground.loads[team.team] if team.team else 0) + len(team.entries)
            if load >= cap:
                found.append((team.name, _("has {n} entries, the most that was wished.").format(n=load), ""))
    return found[:12]


def _outside(ground: Ground, taken: set[int]) -> list[tuple[Any, str, str]]:
    """Reviewers of the pool whom no team has because they may not review, and why."""
    found = []
    for reviewer in ground.pool:
        faults = [ground.unfit(reviewer, group) for group in ground.groups()]
        if reviewer.pk not in taken and faults and all(faults):
            first = faults[0]
            assert first is not None
            found.append((reviewer, str(first), first.article))
    return found[:50]
