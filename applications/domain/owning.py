"""Whose own an entry is: by territory, by sector, or chosen by the applicant. Each body sees and acts on its own only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Q
from guardian.models import Permission

from accounts.models import Organisation, User
from applications.models import Application
from applications.models.opinions import Charge
from applications.rules_office import own_bodies
from core import clock as core_clock
from core.access import require
from core.refusals import Refused
from jurisdictions.models import Body, Membership, Role
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Entry, EntryUserObjectPermission, Recusal, RoundStage, StageEntry
from rounds.rules import is_office

F = Charge.Found


def territory_match(body: Body, region: str) -> int:
    """Length of the longest division code prefix of the body under which ``region`` lies; 0 for none."""
    prefixes = (_significant(str(prefix)) for prefix in body.territory)
    return max((len(prefix) for prefix in prefixes if region and region.startswith(prefix)), default=0)


def _significant(code: str) -> str:
    """``331100`` stands for all of 3311: pairs of zeros at the end say nothing (GB/T 2260)."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code


def sector_match(body: Body, organisation: Organisation) -> bool:
    """A sector flag, an activity or the industry section of the organisation is one of the body's."""
    return bool(set(body.sectors) & {*organisation.sectors, *organisation.activities, organisation.industry})


def found_by(body: Body, organisation: Organisation, own_by: Sequence[str]) -> str:
    """Why an organisation is the body's own; ``""`` when it is not. A body with sectors answers for them inside its territory."""
    inside = territory_match(body, organisation.region)
    if "sector" in own_by and body.sectors:
        fits = sector_match(body, organisation) and (inside or not body.territory)
        return F.SECTOR if fits else ""
    return F.TERRITORY if "territory" in own_by and inside else ""


def owners(
    organisation: Organisation, chosen: int | None, bodies: Sequence[Body], own_by: Sequence[str]
) -> list[tuple[Body, str]]:
    """The bodies in charge. What the applicant chose comes first where it fits; of territories the narrowest wins."""
    fitting = [(body, why) for body in bodies if (why := found_by(body, organisation, own_by))]
    for body in bodies:
        if body.pk == chosen and ("membership" in own_by or any(body.pk == b.pk for b, _ in fitting)):
            return [(body, F.MEMBERSHIP)]
    narrowest = max((territory_match(b, organisation.region) for b, why in fitting if why == F.TERRITORY), default=0)
    return [
        (b, why) for b, why in fitting if why != F.TERRITORY or territory_match(b, organisation.region) == narrowest
    ]


def bodies_of_kinds(stage: RoundStage, kinds: Iterable[str]) -> list[Body]:
    """Active bodies of the round's jurisdiction; those invented for rehearsals only in one."""
    found = Body.objects.filter(jurisdiction=stage.round.jurisdiction, kind__in=list(kinds), active=True)
    if not stage.round.is_rehearsal:
        found = found.filter(rehearsal=False)
    return list(found.order_by("pk"))


def take_charge(stage_entries: list[StageEntry]) -> None:
    """Find each entry's bodies and let their officers see it. Those without a body wait for the office (see ``assign``)."""
    if not stage_entries:
        return
    stage = stage_entries[0].stage
    bodies = bodies_of_kinds(stage, stage.spec.by)
    entries = {row.entry_id for row in stage_entries}
    chosen = dict(Application.objects.filter(entry__in=entries).values_list("entry_id", "body_id"))
    now, priority = clock.now(stage.round), priorities(stage)
    charges = [
        Charge(stage_entry=row, body=body, found=why, since=now, priority=bool(priority & set(row.entry.flags)))
        for row in stage_entries
        for body, why in owners(row.entry.organisation, chosen.get(row.entry_id), bodies, stage.spec.own_by)
    ]
    Charge.objects.bulk_create(charges)
    let_in(stage, "recommend_entry", [(charge.stage_entry.entry_id, charge.body_id) for charge in charges])


def priorities(stage: RoundStage) -> set[str]:
    """Keys of the encouragements that also order recommendations."""
    return {e.key for e in stage.round.rules.encouragements if e.effect == "priority"}


def let_in(stage: RoundStage, permission: str, pairs: Iterable[tuple[int, int]]) -> int:
    """Grant ``permission`` on entries to the officers of bodies: ``(entry id, body id)``; the recused stay out.

    Returns how many were granted anew. Five queries, however many.
    """
    pairs = set(pairs)
    officers = officers_of({body for _, body in pairs}, rehearsal=stage.round.is_rehearsal)
    if not officers:
        return 0
    entries = {entry for entry, _ in pairs}
    right = Permission.objects.get(content_type__app_label="rounds", content_type__model="entry", codename=permission)
    wanted = {(entry, user) for entry, body in pairs for user in officers.get(body, ())}
    wanted -= set(Recusal.objects.filter(entry__in=entries, ended_at=None).values_list("entry_id", "user_id"))
    held = EntryUserObjectPermission.objects.filter(permission=right, content_object__in=entries)
    wanted -= set(held.values_list("content_object_id", "user_id"))
    rows = [
        EntryUserObjectPermission(permission=right, user_id=user, content_object_id=entry)
        for entry, user in sorted(wanted)
    ]
    EntryUserObjectPermission.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def officers_of(bodies: Iterable[int], *, rehearsal: bool) -> dict[int, list[int]]:
    """``{body id: [user id]}`` of those who act for them today; the invented ones only in a rehearsal."""
    today = core_clock.today()
    rows = Membership.objects.filter(
        Q(until=None) | Q(until__gt=today),
        body__in=list(bodies),
        role__in=(Role.RECOMMENDER, Role.DEPARTMENT),
        since__lte=today,
    )
    if not rehearsal:
        rows = rows.filter(rehearsal=False)
    found: dict[int, list[int]] = {}
    for body, user in rows.values_list("body_id", "user_id").distinct():
        found.setdefault(body, []).append(user)
    return found


def charge_of(actor: User, stage_entry: StageEntry, body: Body | None = None) -> Charge:
    """The charge under which the person acts. Refused when the entry is another body's, or the person is recused."""
    found = charges_of(actor, [stage_entry])[stage_entry.pk]
    charge = next((row for row in found if body is None or row.body_id == body.pk), None)
    if charge is None:
        raise Refused("not_your_own", article=stage_entry.stage.article)
    return charge


def charges_of(actor: User, stage_entries: list[StageEntry]) -> dict[int, list[Charge]]:
    """``{stage entry id: charges}`` under which the person acts, of rows of one stage. Refused unless each has one. Two queries."""
    stage = stage_entries[0].stage
    mine = own_bodies(actor, stage) if actor.is_active else frozenset()
    gone = set(
        Recusal.objects.filter(
            user=actor, ended_at=None, entry__in=[row.entry_id for row in stage_entries]
        ).values_list("entry_id", flat=True)
    )
    found: dict[int, list[Charge]] = {}
    rows = Charge.objects.filter(stage_entry__in=stage_entries, body__in=mine).select_related("body").order_by("pk")
    for charge in rows:
        found.setdefault(charge.stage_entry_id, []).append(charge)
    if any(row.pk not in found or row.entry_id in gone for row in stage_entries):
        raise Refused("not_your_own", article=stage.article)
    return found


def waiting(stage_entry: StageEntry) -> StageEntry:
    """The stage entry, locked, with all it leads to. Refused unless it waits in an open stage."""
    return waiting_many([stage_entry])[0]


def waiting_many(stage_entries: Iterable[StageEntry]) -> list[StageEntry]:
    """Rows of one stage, locked, in the order given, with all they lead to. Refused unless each waits in an open stage. Two queries."""
    wanted = list(stage_entries)
    rows = StageEntry.objects.select_for_update(of=("self",)).select_related("entry__organisation")
    found = {row.pk: row for row in rows.filter(pk__in=[row.pk for row in wanted]).order_by("pk")}
    stages = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
    stage = stages.filter(pk__in={row.stage_id for row in found.values()}).first()
    if stage is None or len(found) != len({row.pk for row in wanted}):
        raise Refused("entry_not_pending")
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    for row in found.values():
        under_way = row.entry.status in (Entry.Status.DRAFT, Entry.Status.ACTIVE)
        if row.stage_id != stage.pk or row.status != StageEntry.Status.PENDING or not under_way:
            raise Refused("entry_not_pending", article=stage.article, stage=stage.name)
        row.stage, row.entry.round = stage, stage.round
    return [found[row.pk] for row in wanted]


@transaction.atomic
def assign(*, actor: User, stage_entry: StageEntry, body: Body, reason: str) -> Charge:
    """The office puts an entry, for which no body was found (or the wrong one), into a body's hands, with the reason."""
    row = waiting(stage_entry)
    stage = row.stage
    require(is_office, actor, stage, article=stage.article)
    if not reason.strip():
        raise Refused("reason_missing", article=stage.article, field="reason")
    if body.jurisdiction_id != stage.round.jurisdiction_id or not body.active or body.kind not in stage.spec.by:
        raise Refused("body_does_not_recommend", article=stage.article, body=body.name, field="body")
    if Charge.objects.filter(stage_entry=row, body=body).exists():
        raise Refused("body_already_in_charge", article=stage.article, body=body.name, field="body")
    charge = Charge.objects.create(
        stage_entry=row, body=body, found=F.OFFICE, reason=reason.strip(), assigned_by=actor, since=clock.now(stage.round),
        priority=bool(priorities(stage) & set(row.entry.flags)),
    )  # fmt: skip
    let_in(stage, "recommend_entry", [(row.entry_id, body.pk)])
    record(
        "entry.assigned",
        round_=stage.round,
        actor=actor,
        subject=row.entry,
        article=stage.article,
        stage=stage.key,
        body=body.key,
        reason=reason,
    )
    return charge


def let_out(stage: RoundStage, permission: str) -> None:
    """The stage is over: what its officers could see of its entries ends, unless another open stage needs it."""
    open_elsewhere = StageEntry.objects.filter(stage__round=stage.round, stage__status=RoundStage.Status.OPEN).exclude(
        stage=stage
    )
    if permission == "recommend_entry":
        open_elsewhere = open_elsewhere.filter(charges__isnull=False)
    else:
        open_elsewhere = open_elsewhere.filter(consultation_requests__isnull=False)
    EntryUserObjectPermission.objects.filter(
        permission__codename=permission, content_object__in=StageEntry.objects.filter(stage=stage).values("entry")
    ).exclude(content_object__in=open_elsewhere.values("entry")).delete()


@transaction.atomic
def let_newcomers_in(*, stage: RoundStage, actor: User | None = None) -> int:
    """Officers who took up their role after the entries came see them as well; by the office, or by beat.

    Returns how many permissions were granted; nothing is recorded when there were none.
    """
    if actor is not None:
        require(is_office, actor, stage, article=stage.article)
    charges = Charge.objects.filter(
        stage_entry__stage=stage, stage_entry__in=StageEntry.objects.filter(stage=stage).pending()
    )
    granted = let_in(stage, "recommend_entry", list(charges.values_list("stage_entry__entry_id", "body_id")))
    if granted:
        record(
            "bodies.newcomers_let_in", round_=stage.round, actor=actor, subject=stage, article=stage.article, stage=stage.key,
            granted=granted,
        )  # fmt: skip
    return granted
