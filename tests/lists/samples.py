"""Rows for every declared list, in one finished rehearsal: what a page would give the list, and a few rows where a rehearsal leaves none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet

from accounts.models import OrganisationMember
from applications.models import Extension
from applications.models.opinions import Charge, Consultation, ConsultationRequest
from applications.queries.office import desk_rows, own_entries, questions_of
from audit import log
from audit.models import AuditEvent
from awards.models import Bar, DutyRecord, Honour, MisuseReport, Payment, SanctionCase
from core import clock
from core.lists.gathered import Heap
from jurisdictions import queries as places
from jurisdictions.models import Body, CalendarEntry, Membership
from notifications.models import InboxItem
from publicity.models import Notice, Objection
from reviews.lists import outcomes
from reviews.lists.feedback import Told
from reviews.models import Assignment, DepartmentOpinion, FeedbackDraft, Reviewer, Suspicion, Team
from reviews.queries import progress
from reviews.queries.departments import EntryOpinions
from reviews.queries.standings import Line
from rounds import watching
from rounds.kinds import Blocker, Todo
from rounds.lists.desk import tasks
from rounds.models import Correction, DecisionItem, Entry, MajorMatter, Round, StageEntry
from rounds.todos import Waiting
from tests.worlds import World

Sample = tuple[QuerySet[Any] | Heap, dict[str, Any]]


def fill(world: World) -> None:
    """Rows of which a rehearsal leaves none: with ties and with empty columns, for the sake of paging."""
    here, today, by, now = world.jurisdiction, clock.today(), world.cast.office, clock.now()
    entries = list(Entry.objects.filter(round=world.round).select_related("organisation"))
    honours = list(Honour.objects.all())
    for year in (2027, 2027, 2028):
        Round.objects.create(jurisdiction=here, year=year, kind="rehearsal", policy=world.round.policy, created_by=by)
    for number, entry in enumerate(entries):
        shared = {"jurisdiction": here, "world": world.round, "organisation": entry.organisation}
        ended = today - dt.timedelta(days=1) if number % 2 else None
        Bar.objects.create(**shared, article="20", since=today - dt.timedelta(days=9), until=ended)
        SanctionCase.objects.create(
            **shared, sanction="fraud", ground="fraud", act="revoke", article="20", findings="=1+1", opened_by=by, opened_at=now,
            chain=[world.round.rules.organs[0].key],
            disclosed_on=today - dt.timedelta(days=number // 2), disclosure="x\n<b>y</b>",
        )  # fmt: skip
        DutyRecord.objects.create(
            jurisdiction=here, honour=honours[number % len(honours)] if number % 2 else None, duty="d", article="19", kind="activity",
            year=2025, on=today, title=f"{number % 2}", text="x", recorded_by=by, recorded_at=now, amount=number if number % 3 else None,
        )  # fmt: skip
        CalendarEntry.objects.create(
            jurisdiction=here, day=dt.date(2031, 1, 1 + number), working=number % 2, reason="x"
        )
        MisuseReport.objects.create(
            jurisdiction=here, honour=honours[number % len(honours)], text="x", recorded_by=by, recorded_at=now
        )
    _objections(world, entries)
    _supervision(world, entries)


def _supervision(world: World, entries: list[Entry]) -> None:
    """Orders and observations in every state, acts that are watched, matters."""
    now, today, by = clock.now(), clock.today(), world.cast.supervisor
    for number, entry in enumerate(entries):
        done = {"settled_by": by, "settled_at": now} if number % 3 == 0 else {}
        Correction.objects.create(
            stage=world.round.stages.order_by("position").first(), entry=entry if number % 2 else None, text=f"补齐 {number}", article="24",
            kind="order" if number % 2 else "observation", ordered_by=by, ordered_at=now, answer="=1" if number % 2 else "",
            due_on=today - dt.timedelta(days=number) if number % 2 else None, **done,
        )  # fmt: skip
        MajorMatter.objects.create(
            round=world.round, organ="committee", article="5", subject=f"事项{number // 2}", decision="x", decided_on=today, recorded_by=by
        )  # fmt: skip
        log.record(
            "entry.recused",
            scope=world.jurisdiction.code,
            actor=by,
            subject=entry,
            facts={"items": [1], "reason": "x" * 99},
        )


def _objections(world: World, entries: list[Entry]) -> None:
    notice = Notice.objects.filter(stage__isnull=False).order_by("id").first()
    if notice is None:
        return
    for number, entry in enumerate(entries):
        Objection.objects.create(
            number=f"O-{number}", stage=notice.stage, notice=notice, entry=entry, by="person", text="x",
            received_at=clock.now(), examine_by=clock.now(),
        )  # fmt: skip


def samples(world: World) -> dict[str, Callable[[], Sample]]:
    """``{list key: () -> (rows, context)}``."""
    return _of_rounds(world) | _of_applications(world) | _of_awards(world) | _of_the_rest(world)


def _base(world: World) -> dict[str, Any]:
    return {"code": world.jurisdiction.code, "rules": world.round.rules, "round": world.round}


def _of_rounds(world: World) -> dict[str, Callable[[], Sample]]:
    base, office = _base(world), world.cast.office
    items = DecisionItem.objects.select_related("stage_entry__entry__organisation")
    in_stages = StageEntry.objects.not_recused_from(office).select_related("entry__organisation")
    orders = Correction.objects.select_related(
        "stage__round__jurisdiction", "stage__round__policy", "ordered_by", "entry__organisation"
    )
    return {
        "rounds.rounds": lambda: (Round.objects.select_related("policy"), base),
        "rounds.entries": lambda: (
            Entry.objects.not_recused_from(office).select_related("organisation"),
            base | {"stages": {}, "may_work": True},
        ),
        "rounds.stage": lambda: (in_stages, base | {"may_work": True}),
        "rounds.decision": lambda: (items, base),
        "rounds.orders": lambda: (orders, base | {"today": clock.today(), "rounds": list(Round.objects.all())}),
        "rounds.watched": lambda: (watching.events(world.jurisdiction), base),
        "rounds.matters": lambda: (MajorMatter.objects.select_related("recorded_by"), base),
        "rounds.desk": lambda: (_waiting(world), base | {"stages": []}),
        "rounds.log": lambda: (AuditEvent.objects.filter(round_id=str(world.round.pk)), base),
    }


def _waiting(world: World) -> Heap:
    """Tasks of every urgency, some with the same deadline and some with none; two are also what holds their stage up."""
    now = clock.now()
    stages, days = list(world.round.stages.order_by("position")), (None, -2, 0, 3, 3, 40)
    found = []
    for n in range(12):
        day = days[n % len(days)]
        todo = Todo(
            f"task{n}", "1" * (n % 2), f"事项{n}", f"/t/{n}/" if n % 3 else "", count=n, role=("office", "office_head", "approver")[n % 3],
            due=None if day is None else now + world.round.clock_offset + dt.timedelta(days=day, minutes=1),
        )  # fmt: skip
        stage = stages[n % len(stages)] if n % 4 else None
        found.append(Waiting(todo, world.jurisdiction, stage.round if stage else None, stage))
    held = {stages[1]: [Blocker("task1", "1", "x"), Blocker("other", "", "尚待他人办理", count=3)]}
    return Heap(tasks(found, held, now))


def _of_applications(world: World) -> dict[str, Callable[[], Sample]]:
    base, office = _base(world), world.cast.office
    judged, asked = world.stage("eligibility"), world.stage("recommendation")
    bodies = list(Charge.objects.filter(stage_entry__stage=asked).values_list("body", flat=True).distinct())
    every = list(ConsultationRequest.objects.values_list("body", flat=True).distinct())
    lost = StageEntry.objects.filter(stage=asked).select_related("entry__organisation")
    return {
        "applications.desk": lambda: (
            desk_rows(office, judged),
            base | {"stage": judged, "encouraged": {}, "works": True, "inspects": True},
        ),
        "applications.own": lambda: (own_entries(office, asked, bodies), base | {"stage": asked}),
        "applications.questions": lambda: (questions_of(office, every), base),
        "applications.answers": lambda: (_asked(world), base | {"bodies": list(Body.objects.all())}),
        "applications.extensions": lambda: (_extended(world), base),
        "applications.organisations": lambda: (_acting(world), base),
        "applications.lost": lambda: (lost, base | {"stage": asked, "works": True}),
    }


def _asked(world: World) -> QuerySet[Any]:
    """Questions of every state, about the entries of one stage."""
    stage, now, by = world.stage("eligibility"), clock.now(), world.cast.office
    if not ConsultationRequest.objects.filter(stage_entry__stage=stage).exists():
        asked = Consultation.objects.create(
            stage=stage, article="1", asked_by=by, asked_at=now, due_at=now + dt.timedelta(days=1)
        )
        for row in StageEntry.objects.filter(stage=stage):
            for n, body in enumerate(Body.objects.order_by("id")[:4]):
                said = (
                    {
                        "answered_by": by,
                        "answered_at": now,
                        "answer": ("agree", "disagree", "no_record")[n],
                        "reason": "x",
                    }
                    if n < 3
                    else {}
                )
                ConsultationRequest.objects.create(consultation=asked, stage_entry=row, body=body, **said)
    return ConsultationRequest.objects.filter(stage_entry__stage=stage).select_related(
        "body", "consultation", "stage_entry__entry__organisation"
    )


def _extended(world: World) -> QuerySet[Any]:
    """Extensions for all and for one."""
    stage, now = world.stage("intake"), clock.now()
    for n, entry in enumerate(Entry.objects.filter(round=world.round).select_related("organisation")):
        Extension.objects.create(
            stage=stage, organisation=entry.organisation if n % 2 else None, deadline_before=now, deadline=now + dt.timedelta(days=n + 1),
            window={"steps": []}, article="14", reason="x", granted_by=world.cast.office_head, granted_at=now,
        )  # fmt: skip
    return Extension.objects.select_related("organisation", "granted_by")


def _acting(world: World) -> QuerySet[Any]:
    """People with organisations, some of the same name."""
    return OrganisationMember.objects.select_related("organisation")


def _of_awards(world: World) -> dict[str, Callable[[], Sample]]:
    base, honours = _base(world), Honour.objects.select_related("world")
    cases = SanctionCase.objects.select_related("organisation", "honour", "world")
    duties = DutyRecord.objects.select_related("honour", "recorded_by")
    public = base | {"today": clock.today(), "prizes": [], "years": [2025]}
    return {
        "awards.honours": lambda: (honours, base),
        "awards.register": lambda: (Honour.objects.all(), public),
        "awards.payments": lambda: (Payment.objects.select_related("honour"), base | {"may_pay": True}),
        "awards.duties": lambda: (duties, base),
        "awards.cases": lambda: (cases, base),
        "awards.disclosures": lambda: (
            SanctionCase.objects.select_related("organisation", "honour").filter(disclosed_on__isnull=False),
            base,
        ),
        "awards.shared": lambda: (DutyRecord.objects.select_related("honour"), base),
        "awards.bars": lambda: (Bar.objects.select_related("organisation"), base),
        "awards.misuse": lambda: (MisuseReport.objects.select_related("honour"), base | {"may_settle": True}),
    }


def _of_the_rest(world: World) -> dict[str, Callable[[], Sample]]:
    base, today = _base(world), clock.today()
    held = Membership.objects.select_related("user", "body", "jurisdiction")
    objections = Objection.objects.select_related("entry__organisation")
    notices = Notice.objects.select_related("jurisdiction")
    sheet = "stage_entry__stage__round__jurisdiction"
    mine = Assignment.objects.select_related("team", "reviewer", sheet, "stage_entry__entry__organisation")
    return {
        "jurisdictions.bodies": lambda: (places.bodies(today=today), base | {"may_write": True}),
        "jurisdictions.people": lambda: (held, base | {"may_give": {"reviewer"}, "today": today, "organs": {}}),
        "jurisdictions.calendar": lambda: (CalendarEntry.objects.all(), base | {"may_write": True}),
        "notifications.inbox": lambda: (InboxItem.objects.select_related("message__jurisdiction"), base),
        "publicity.notices": lambda: (notices, base | {"now": clock.now()}),
        "publicity.objections": lambda: (objections, base),
        "reviews.pool": lambda: (
            Reviewer.objects.select_related("user"),
            base | {"kinds": {"provincial": "P"}, "may_work": True},
        ),
        "reviews.signs": lambda: (
            _signs(world),
            base | {"sees_pool": True, "works": True, "held": 0, "may_decide": lambda _row: True},
        ),
        "reviews.feedback": lambda: _feedback(world, base),
        "reviews.ranking": lambda: (_ranking(world), base),
        "reviews.departments": lambda: _departments(world, base),
        "reviews.progress": lambda: _progress(world, base),
        "reviews.mine": lambda: (_sheets(mine), base),
    }


def _ranking(world: World) -> Heap:
    """Entries that wait with their lines, tied ones too, and decided ones without score or rank."""
    stage = next(one for one in world.round.stages.order_by("position") if one.kind == "team_review")
    rows = list(StageEntry.objects.filter(stage=stage).select_related("entry__organisation").order_by("id"))
    ends: tuple[Any, ...] = ("advanced", "tied", "stopped")
    lines = [Line(row, Decimal(n // 2), n // 2 + 1, ends[n % 3]) for n, row in enumerate(rows[:4])]
    return Heap(outcomes.places(lines, [row for row in rows[4:] if row.status in ("advanced", "stopped")], {}, {}))


def _feedback(world: World, base: dict[str, Any]) -> Sample:
    """Drafts that wait, that are approved, and entries without one."""
    stage = next(one for one in world.round.stages.order_by("position") if one.kind == "team_review")
    found, by, now = [], world.cast.office, clock.now()
    for n, row in enumerate(
        StageEntry.objects.filter(stage=stage).select_related("entry__organisation").order_by("id")
    ):
        draft = FeedbackDraft(pk=n + 1, stage_entry=row, text="=1+1", written_by=by, written_at=now)
        if n % 3 == 1:
            draft.approved_by, draft.approved_at = world.cast.office_head, now
        found.append(Told(row, draft if n % 3 else None))
    return Heap(found), base | {"stage": stage, "works": True, "change_url": "/x/"}


def _departments(world: World, base: dict[str, Any]) -> Sample:
    """As a stage would have it in which departments are asked."""
    stage, bodies = world.stage("eligibility"), list(Body.objects.order_by("id")[:2])
    spec: Any = SimpleNamespace(
        scale=Decimal(100), opinions=SimpleNamespace(value={"good": Decimal(80)}), credit_weight=SimpleNamespace(value=Decimal(0)),
    )  # fmt: skip
    rows = StageEntry.objects.filter(stage=stage).select_related("entry__organisation").order_by("id")
    said = [DepartmentOpinion(body=body, opinion="good", reason="x") for body in bodies]
    found = [EntryOpinions(row, spec, said[: n % 3]) for n, row in enumerate(rows)]
    return Heap(found), base | {"stage": SimpleNamespace(spec=spec), "bodies": bodies}


def _progress(world: World, base: dict[str, Any]) -> Sample:
    """The stage is over; what was worked on is shown as it was."""
    stage = next(one for one in world.round.stages.order_by("position") if one.kind == "team_review")
    rows = StageEntry.objects.filter(stage=stage).select_related("entry__organisation").order_by("id")
    works = progress.of_stage(stage, list(rows))
    return Heap(works), base | {"stage": stage, "may_work": True, "teams": list(Team.objects.filter(stage=stage))}


def _signs(world: World) -> QuerySet[Any]:
    """Signs of every state and kind between the pool and those who applied."""
    organisations = [
        entry.organisation for entry in Entry.objects.filter(round=world.round).select_related("organisation")
    ]
    for number, reviewer in enumerate(Reviewer.objects.order_by("id")[:6]):
        for n, organisation in enumerate(organisations[:2]):
            Suspicion.objects.get_or_create(
                reviewer=reviewer, organisation=organisation, trace=f"t:{number}:{n}",
                defaults={"kind": ("tie", "employer")[n], "detail": "x", "raised_at": clock.now(), "status": "open"},
            )  # fmt: skip
    return Suspicion.objects.select_related("reviewer__user", "reviewer__jurisdiction", "organisation", "decided_by")


def _sheets(rows: QuerySet[Any]) -> QuerySet[Any]:
    """As the reviewer's own page asks for them."""
    from django.db.models import OuterRef, Subquery

    from reviews.models import Report, ScoreSheet, Visit

    sheets = ScoreSheet.objects.filter(stage_entry=OuterRef("stage_entry"), reviewer=OuterRef("reviewer"))
    return rows.annotate(
        saved_at=Subquery(sheets.values("saved_at")[:1]), submitted_at=Subquery(sheets.values("submitted_at")[:1]),
        report_id=Subquery(Report.objects.filter(stage_entry=OuterRef("stage_entry")).values("pk")[:1]),
        visit_id=Subquery(Visit.objects.filter(stage_entry=OuterRef("stage_entry")).values("pk")[:1]),
    )  # fmt: skip
