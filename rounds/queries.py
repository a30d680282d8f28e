"""Reads of the round pages."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q

from accounts.models import User
from rounds.kinds import Todo, kind_of
from rounds.models import Round, RoundStage


def stages_with_counts(round_: Round) -> list[RoundStage]:
    """The stages in order, each with ``entered``, ``advanced``, ``stopped``, ``pending``: one query."""
    rows = RoundStage.objects.filter(round=round_).annotate(
        entered=Count("entries", filter=~Q(entries__status="skipped")),
        advanced=Count("entries", filter=Q(entries__status="advanced")),
        stopped=Count("entries", filter=Q(entries__status="stopped")),
        pending=Count("entries", filter=Q(entries__status="pending", entries__entry__status__in=("draft", "active"))),
    )
    stages: list[RoundStage] = list(rows.order_by("position"))
    for stage in stages:
        stage.round = round_
    return stages


def current_stage(stages: Iterable[RoundStage]) -> RoundStage | None:
    """The first open stage."""
    return next((stage for stage in stages if stage.status == RoundStage.Status.OPEN), None)


def open_stages(jurisdiction_ids: Iterable[int], *, organisation_ids: Iterable[int] = ()) -> list[RoundStage]:
    """Open stages of running rounds in these jurisdictions, or with entries of these organisations."""
    wanted = Q(round__jurisdiction__in=list(jurisdiction_ids))
    organisations = list(organisation_ids)
    if organisations:
        wanted |= Q(round__entries__organisation__in=organisations)
    rows = RoundStage.objects.filter(wanted, status=RoundStage.Status.OPEN, round__status=Round.Status.OPEN)
    return list(rows.select_related("round__jurisdiction", "round__policy").order_by("deadline", "id").distinct())


def todos_for(user: User) -> list[tuple[RoundStage, Todo]]:
    """What waits for this person, over every role and organisation, nearest deadline first."""
    from django_scopes import scope, scopes_disabled

    with scopes_disabled():
        held = list(user.memberships.filter(until=None).values_list("jurisdiction_id", "role", "body_id"))
        organisations = set(user.organisations.values_list("organisation_id", flat=True))
        stages = open_stages({jurisdiction for jurisdiction, _role, _body in held}, organisation_ids=organisations)
    found: list[tuple[RoundStage, Todo]] = []
    for stage in stages:
        mine: set[tuple[str, int | None]] = {
            (role, body) for jurisdiction, role, body in held if jurisdiction == stage.round.jurisdiction_id
        }
        with scope(jurisdiction=stage.round.jurisdiction):
            found += [(stage, todo) for todo in kind_of(stage).todos(stage) if _is_for(todo, user, mine, organisations)]
    return sorted(found, key=lambda pair: (pair[1].due is None, pair[1].due or pair[0].deadline or pair[0].opened_at))


def _is_for(todo: Todo, user: User, roles: set[tuple[str, int | None]], organisations: set[int]) -> bool:
    if todo.user_id is not None:
        return todo.user_id == user.pk
    if todo.organisation_id is not None:
        return todo.organisation_id in organisations
    if todo.body_id is not None:
        return any(body == todo.body_id for _role, body in roles)
    return any(role == todo.role or (todo.role == "office" and role == "office_head") for role, _body in roles)
