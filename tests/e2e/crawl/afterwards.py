"""States that no rehearsal plays: made by the domain's own functions where it has them, else put beside what was played."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.urls import reverse
from django_scopes import scope, scopes_disabled

from accounts.models import User
from applications.domain import supplementing
from applications.models import Application
from applications.models.opinions import ConsultationRequest
from core import clock as core_clock
from publicity.models import Notice, Objection
from reviews.domain import requests
from rounds import clock
from rounds.models import Round, RoundStage, StageEntry
from tests import worlds
from tests.worlds import World


def returned() -> World:
    """A round whose entries are examined: one is returned for a supplement, and its applicant objects to a reviewer."""
    world = worlds.build("wenzhou-2020", year=2025, applications=4)
    with scope(jurisdiction=world.jurisdiction):
        waiting = (
            StageEntry.objects.filter(stage=world.advance("eligibility")).pending().select_related("entry").first()
        )
        field = world.round.rules.form_for(waiting.entry.prize).sections[0].fields[0]
        supplementing.ask(
            actor=world.cast.office, application=Application.objects.get(entry=waiting.entry), fields={field.key: "请核对"}, days=5,
            unit="working", reason="与登记不符",
        )  # fmt: skip
        owner = world.ctx.candidate(waiting.entry).owner
        requests.ask(actor=owner, entry=waiting.entry, named="某评审员（虚构）", reason="竞争对手的顾问")
    return world


def public_addresses(world: World) -> list[str]:
    """What the public reads of a round: its notices, and the receipts of those who objected."""
    code = world.jurisdiction.code
    with scope(jurisdiction=world.jurisdiction):
        notices = Notice.objects.filter(round=world.round).order_by("pk")
        objections = Objection.objects.filter(notice__in=notices).order_by("pk")[:1]
        return (
            [reverse("publicity:notice", args=[code, notice.pk]) for notice in notices]
            + [reverse("publicity:received", args=[code, one.notice_id, one.number]) for one in objections]
            + [reverse("publicity:object", args=[code, notice.pk]) for notice in notices if notice.window]
        )


def own_addresses(world: World, user: User | None) -> list[str]:
    """Pages of a person's own to which a letter leads, or a list that a crawler may have tired of; a 404 where it is not their turn."""
    if user is None:
        return []
    code = world.jurisdiction.code
    with scope(jurisdiction=world.jurisdiction):
        stages = RoundStage.objects.filter(round=world.round)
        asked = stages.filter(kind="department_review").first()
        found = [reverse("reviews:interests", args=[code])]
        if question := ConsultationRequest.objects.filter(stage_entry__stage__in=stages).first():
            found.append(reverse("applications:set_aside", args=[code, question.pk]))
        if asked and (body := user.memberships.filter(jurisdiction=world.jurisdiction, body__isnull=False).first()):
            found.append(reverse("reviews:answer", args=[code, asked.pk, body.body_id]))
    return found


@contextmanager
def in_earnest(world: World) -> Iterator[None]:
    """As if the round were binding and this its time: the public sees what it would then see."""
    with scopes_disabled():
        row = Round.objects.get(pk=world.round.pk)
        moment, rows = clock.now(row), Round.objects.filter(pk=row.pk)
        rows.update(kind=Round.Kind.BINDING, clock_offset=dt.timedelta(0))
    try:
        with mock.patch.object(core_clock, "_ask", lambda: moment):
            yield
    finally:
        with scopes_disabled():
            rows.update(kind=row.kind, clock_offset=row.clock_offset)
