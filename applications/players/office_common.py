"""What the players of the office's side share: who acts for whom, and what an invented organisation's registers say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from applications.domain import assessing, checking, owning
from applications.models.assessment import Assessment
from applications.models.opinions import Charge
from applications.queries.office import waiting_charges
from jurisdictions.models import Body
from jurisdictions.policy.constitution import Check
from rounds.models import RoundStage, StageEntry
from rounds.rehearsal import Candidate, Rehearsal, RehearsalFailed

#: What a check without a harmless answer says of an invented organisation.
PLAIN = {"yes_no": "false", "number": "0", "date": "2000-01-01", "text": "—"}


def candidates(ctx: Rehearsal) -> dict[tuple[int, str], Candidate]:
    """By organisation and prize: looking through the list for each entry would cost the square."""
    return {(c.organisation.pk, c.prize): c for c in ctx.candidates}


def of(found: Mapping[tuple[int, str], Candidate], row: StageEntry) -> Candidate | None:
    """The invented applicant behind a row."""
    return found.get((row.entry.organisation_id, row.entry.prize))


def register_says(check: Check, candidate: Candidate | None) -> Any:
    """The candidate's own record where it has one, else the harmless answer."""
    known = candidate.profile.get("check", {}) if candidate else {}
    if known.get(check.key) is not None:
        return known[check.key]
    if check.good:
        return check.good
    return next(iter(check.choices)) if check.type == "choice" else PLAIN[check.type]


def is_to_fail(candidate: Candidate | None, key: str) -> bool:
    """Its invented fate is to fail this condition."""
    return candidate is not None and candidate.trait == f"fails:{key}"


def finding(candidate: Candidate | None, key: str, note: str) -> assessing.Found:
    """What a person finds of a point that could not be computed."""
    return assessing.Found("not_met" if is_to_fail(candidate, key) else "met", note, "演练材料")


def officers(ctx: Rehearsal, stage: RoundStage) -> dict[int, User]:
    """The officer of the first body in charge of each waiting row that has not spoken yet."""
    rows = waiting_charges(stage).order_by("stage_entry", "pk")
    found: dict[int, User] = {}
    for row, body in rows.values_list("stage_entry", "body"):
        if body in ctx.cast.bodies:
            found.setdefault(row, ctx.cast.bodies[body])
    return found


def by_officer(ctx: Rehearsal, stage: RoundStage) -> dict[User, list[StageEntry]]:
    """Each officer's list of waiting rows."""
    acting = officers(ctx, stage)
    found: dict[User, list[StageEntry]] = {}
    for row in assessing.pending(stage):
        if row.pk in acting:
            found.setdefault(acting[row.pk], []).append(row)
    return found


def undecided(rows: list[StageEntry]) -> dict[int, list[str]]:
    """Points of each row that a person must find. One query."""
    found: dict[int, list[str]] = {}
    points = Assessment.objects.filter(stage_entry__in=rows).undecided()
    for row, key in points.values_list("stage_entry", "key"):
        found.setdefault(row, []).append(key)
    return found


def stranger(ctx: Rehearsal, row: StageEntry) -> User:
    """An officer whose body has nothing to do with the row; the office where there is none."""
    mine = {
        ctx.cast.bodies[b].pk
        for b in Charge.objects.filter(stage_entry=row).values_list("body", flat=True)
        if b in ctx.cast.bodies
    }
    return next((user for user in ctx.cast.bodies.values() if user.pk not in mine), ctx.cast.office)


def assign_the_lost(ctx: Rehearsal, stage: RoundStage) -> None:
    """The office puts rows without a body into one's hands."""
    lost = [row for row in assessing.pending(stage) if not Charge.objects.filter(stage_entry=row).exists()]
    if not lost:
        return
    bodies = [body for body in owning.bodies_of_kinds(stage, stage.spec.by) if body.pk in ctx.cast.bodies]
    if not bodies:
        raise RehearsalFailed(f"{stage.key}: nobody acts for a body that could act here")
    for n, row in enumerate(lost):
        owning.assign(actor=ctx.cast.office, stage_entry=row, body=bodies[n % len(bodies)], reason="演练：由评审办指定")
    ctx.say(f"{stage.name}: {len(lost)} assigned by the office", stage.article)


def asked_bodies(ctx: Rehearsal, stage: RoundStage) -> list[Body]:
    """Bodies that can be asked and for which somebody acts."""
    return [body for body in owning.bodies_of_kinds(stage, stage.spec.consult.bodies) if body.pk in ctx.cast.bodies]


def readable(check: Check, value: Any) -> Any:
    """The value as the domain stores it."""
    return checking.read(check, value)


def first(rows: Iterable[StageEntry]) -> StageEntry | None:
    return next(iter(rows), None)
