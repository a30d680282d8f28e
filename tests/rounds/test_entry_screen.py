"""Everything about one entry on one screen, constant queries; recused means gone; trade secrets masked, shown on record."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from applications.models import Application
from audit.models import AuditEvent
from rounds import engine
from rounds.models import Entry, StageEntry
from tests.rounds.homes_world import as_, staff
from tests.worlds import World

pytestmark = pytest.mark.django_db
SECRET = "独家配方三号"


def hide(world: World) -> None:
    """The first text that was answered becomes a trade secret."""
    application = Application.objects.get(pk=world.entry.pk)
    key = next(key for key, value in application.answers.items() if isinstance(value, str) and len(value) > 20)
    application.answers = {**application.answers, key: SECRET + application.answers[key]}
    application.secrets = [key]
    application.save(update_fields=["answers", "secrets"])


def test_one_screen_shows_all_and_shows_secrets_only_on_record(world: World) -> None:
    world.advance("team_review")
    hide(world)
    cast, address = staff(world), [world.jurisdiction.code, world.entry.pk]
    office, url = as_(cast.office), reverse("rounds:entry", args=address)
    first = office.get(url)
    assert {panel.key for panel in first.context["panels"] if panel.context} == {
        "facts"
    }  # the rest when one comes to it
    assert 'hx-trigger="revealed"' in first.content.decode()
    piece = office.get(url + "?part=points", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in piece
    assert 'id="panel-points"' in piece
    page = office.get(url + "?part=all")
    text = page.content.decode()
    shown = {panel.key for panel in page.context["panels"] if not panel.empty}
    assert {"facts", "answers", "points", "bodies", "scores"} <= shown
    assert world.entry.organisation.name in text
    assert SECRET not in text
    unmask = reverse("rounds:unmask", args=address)
    assert unmask in text
    before = AuditEvent.objects.filter(act="application.secrets_shown").count()
    opened = office.post(unmask)
    assert SECRET in opened.content.decode()
    assert AuditEvent.objects.filter(act="application.secrets_shown").count() == before + 1
    assert SECRET not in office.get(url + "?part=all").content.decode()  # the next look is masked again
    watcher = as_(cast.supervisor)
    assert unmask not in watcher.get(url + "?part=answers").content.decode()
    assert watcher.post(unmask).status_code == 403
    with CaptureQueriesContext(connection) as seen:
        office.get(url)
    assert len(seen) <= 18
    with CaptureQueriesContext(connection) as seen:
        office.get(url + "?part=all")
    assert len(seen) <= 55
    engine.recuse(actor=cast.office, entry=world.entry, user=cast.office, reason="亲属任职")
    assert office.get(url).status_code == 404
    assert office.post(unmask).status_code == 404


def test_a_draft_is_nobodys_business_but_the_applicants(world: World) -> None:
    world.advance("intake")
    draft = Entry.objects.filter(round=world.round, number="").first()
    if draft is None:
        pytest.skip("every candidate of this rehearsal has filed")
    page = as_(world.cast.office).get(reverse("rounds:entry", args=[world.jurisdiction.code, draft.pk]) + "?part=all")
    assert "answers" in {panel.key for panel in page.context["panels"] if panel.empty}


def test_a_counter_decision_stands_beside_what_it_turned(world: World) -> None:
    from rounds.rehearsal import player_of

    stage = world.advance("eligibility")
    player_of(stage).play(world.ctx, stage)
    decision = engine.prepare(actor=world.cast.office, stage=stage)
    engine.release(actor=world.cast.office_head, decision=decision)
    row = StageEntry.objects.filter(stage=stage, status="stopped").select_related("entry").first()
    engine.counter(actor=world.cast.office_head, stage_entry=row, outcome="advanced", reason="补交证明后符合")
    page = as_(world.cast.office).get(reverse("rounds:entry", args=[world.jurisdiction.code, row.entry_id]))
    assert len(page.context["decided"][row.pk]) == 2
    assert "补交证明后符合" in page.content.decode()
