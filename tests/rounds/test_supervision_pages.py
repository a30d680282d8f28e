"""Supervision on the pages: it observes and orders, the office answers, it settles; what it keeps an eye on; reminders."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from core import clock as core_clock
from notifications import reminders
from notifications.models import Message
from rounds import clock, engine
from rounds.engine.stages import blockers
from rounds.models import Correction
from rounds.reminders import KIND, unanswered
from tests.refusing import refused
from tests.rounds.homes_world import as_, staff
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("wenling-24")
def test_an_order_goes_from_supervision_to_the_office_and_back_on_the_pages(world: World) -> None:
    cast, code = staff(world), world.jurisdiction.code
    stage = world.advance("eligibility")
    watcher, office = as_(cast.supervisor), as_(cast.office)
    stage_url = reverse("rounds:stage", args=[code, stage.pk])
    assert "Order a correction" in watcher.get(stage_url).content.decode()
    assert "Order a correction" not in office.get(stage_url).content.decode()
    order_url = reverse("rounds:correct", args=[code, stage.pk])
    typed = {"text": "补齐现场记录", "due_on": clock.today(world.round) - dt.timedelta(days=1)}
    late = watcher.post(order_url, typed)
    assert late.status_code == 422
    assert "补齐现场记录" in late.content.decode()  # what was typed stays
    assert office.post(order_url, typed).status_code == 404
    watcher.post(order_url, typed | {"due_on": clock.today(world.round)})
    order = Correction.objects.get()
    url = reverse("rounds:correction", args=[code, order.pk])
    assert url in office.get(stage_url).content.decode()  # the blocker leads to its mend
    assert as_(cast.approver).post(url, {"answer": "x"}).status_code == 403
    office.post(url, {"answer": "已补齐"})
    order.refresh_from_db()
    assert (order.state, order.answered_by) == ("answered", cast.office)
    assert ("correction_open", "24", url) in {(b.code, b.article, b.url) for b in blockers(stage)}
    watcher.post(url, {"answer": "核实"})
    order.refresh_from_db()
    assert (order.state, order.answer, order.settlement) == ("settled", "已补齐", "核实")
    assert "correction_open" not in {b.code for b in blockers(stage)}
    with refused("correction_settled"):
        engine.answer_correction(actor=cast.office, order=order, answer="再答")
    assert office.post(url, {"answer": "再答"}).status_code == 403


def test_an_observation_is_answered_and_blocks_nothing(world: World) -> None:
    cast, code = staff(world), world.jurisdiction.code
    stage = world.stage("call")
    with refused("not_yours_to_do"):
        engine.observe(actor=cast.office, stage=stage, text="x")
    as_(cast.supervisor).post(reverse("rounds:observe", args=[code, stage.pk]), {"text": "通告用语不一", "due_on": ""})
    seen = Correction.objects.get()
    assert (seen.kind, seen.due_on) == ("observation", None)
    assert "correction_open" not in {b.code for b in blockers(stage)}
    page = as_(cast.office).get(reverse("rounds:supervision", args=[code]) + "?state=open").content.decode()
    assert "通告用语不一" in page
    assert (
        "通告用语不一"
        not in as_(cast.office).get(reverse("rounds:supervision", args=[code]) + "?state=settled").content.decode()
    )


def test_supervision_looks_through_unmaskings_recusals_and_counter_decisions(world: World) -> None:
    cast, code = staff(world), world.jurisdiction.code
    world.advance("eligibility")
    engine.recuse(actor=cast.office, entry=world.entry, user=cast.office, reason="亲属任职")
    url = reverse("rounds:watched", args=[code])
    log = as_(cast.supervisor).get(url + "?log=recusals").context["list"].page.rows
    assert [event.subject for event in log] == [f"rounds.Entry:{world.entry.pk}"]
    assert not as_(cast.office).get(url + "?log=recusals").context["list"].page.rows  # recused means gone, here too
    assert as_(cast.supervisor).get(url + "?log=nonsense").status_code == 200
    assert as_(world.applicant).get(url).status_code == 404


def test_the_office_is_reminded_once_of_what_supervision_waits_for(world: World) -> None:
    stage = world.stage("call")
    today = clock.today(world.round)
    engine.order_correction(actor=world.cast.supervisor, stage=stage, text="补齐", due_on=today + dt.timedelta(days=2))
    engine.observe(actor=world.cast.supervisor, stage=stage, text="无期限")
    found = list(unanswered(core_clock.now()))
    assert [(r.kind, r.rehearsal) for r in found] == [(KIND, True)]
    assert world.cast.office in found[0].to
    reminders.post_due()
    posted = Message.objects.filter(kind=KIND).count()
    assert posted == len(found[0].to)
    reminders.post_due()
    assert Message.objects.filter(kind=KIND).count() == posted
