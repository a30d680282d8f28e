"""What the office does row by row in quantity has a form for many: previewed, done to all or to none, each row that cannot be named."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from applications.models.assessment import CheckRecord
from audit.models import AuditEvent
from core import clock
from jurisdictions.models import Jurisdiction, Membership
from notifications.models import InboxItem
from reviews.models import PoolRecord, Reviewer
from rounds.models import Entry, Recusal, StageEntry
from tests.bulk import bulk, preview
from tests.jurisdictions.administration import make_place
from tests.jurisdictions.people import make_user
from tests.rounds.homes_world import as_, staff
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_the_office_acts_on_many_entries_messages_and_reviewers_at_once(world: World) -> None:
    """One world: facts of a register, recusals, messages read, a training recorded."""
    world.advance("eligibility")
    people, code = staff(world), world.jurisdiction.code
    client = as_(people.office)
    _facts(client, world, code)
    _recusals(client, people.head, world, code)
    _messages(client, people.office)
    _training(client, code)


def _facts(client: Client, world: World, code: str) -> None:
    stage = world.stage("eligibility")
    rows, url = (
        list(StageEntry.objects.filter(stage=stage).order_by("id")),
        reverse("applications:eligibility", args=[code, stage.pk]),
    )
    check = next(check for check in world.round.rules.checks if check.type == "yes_no")
    known = CheckRecord.objects.filter(key=check.key, source="office").count()
    shown = preview(client, url, "establish", rows[:2])
    answers = re.findall(r'<option value="(\w+)"', shown.content.decode())
    assert answers, "the form asks for the facts of the policy"
    assert bulk(client, url, "establish", rows[:2], evidence="信用中国").status_code == 422, "no fact was said"
    given: dict[str, Any] = {f"check-{check.key}": answers[0], "evidence": "信用中国查询"}
    assert bulk(client, url, "establish", rows[:2], **given).status_code == 302
    assert CheckRecord.objects.filter(key=check.key, source="office").count() == known + 2


def _recusals(client: Client, who: Any, world: World, code: str) -> None:
    rows, url = (
        list(Entry.objects.filter(round=world.round).order_by("id")[:3]),
        reverse("rounds:entries", args=[code, world.round.pk]),
    )
    assert bulk(client, url, "recuse", rows[:1], user=who.pk, reason="亲属任职").status_code == 302
    again = bulk(client, url, "recuse", rows, user=who.pk, reason="亲属任职")
    troubles = again.context["preview"].troubles
    assert again.status_code == 422 and list(troubles) == [rows[0].pk] and troubles[rows[0].pk].article
    assert Recusal.objects.filter(user=who, ended_at=None).count() == 1, "wholly or not at all"
    assert bulk(client, url, "recuse", rows[1:], user=who.pk, reason="亲属任职").status_code == 302
    assert Recusal.objects.filter(user=who, ended_at=None).count() == 3
    assert preview(as_(world.cast.supervisor), url, "recuse", rows).status_code == 403


def _messages(client: Client, reader: Any) -> None:
    with scopes_disabled():
        items = list(InboxItem.objects.filter(read_at=None).exclude(user=reader)[:1])
        mine = list(InboxItem.objects.filter(user=reader, read_at=None)[:2])
        if mine:
            assert bulk(client, reverse("notifications:inbox"), "read", mine).status_code == 302
            assert not InboxItem.objects.filter(pk__in=[row.pk for row in mine], read_at=None).exists()
        assert preview(client, reverse("notifications:inbox"), "read", items).status_code == 302, (
            "others' are not in the list"
        )


def _training(client: Client, code: str) -> None:
    place, url = Jurisdiction.objects.get(code=code), reverse("reviews:pool", args=[code])
    rows = [Reviewer.objects.create(jurisdiction=place, user=make_user(), appointed_at=clock.now()) for _ in range(3)]
    given = {"kind": "training", "on": clock.today().isoformat(), "text": "评审标准培训"}
    assert bulk(client, url, "note", rows, **given | {"on": "2999-01-01"}).status_code == 422
    assert bulk(client, url, "note", rows, **given).status_code == 302
    assert PoolRecord.objects.filter(kind="training", text="评审标准培训").count() == 3


def test_roles_end_in_lots_but_never_ones_own() -> None:
    place = make_place()
    client, url = place.client("office_head"), place.url("people/")
    with scopes_disabled():
        held = {row.role: row for row in Membership.objects.filter(jurisdiction=place.jurisdiction)}
    own = bulk(client, url, "end", [held["reviewer"], held["office_head"]], reason="任期届满")
    assert own.status_code == 422
    with scopes_disabled():
        assert not Membership.objects.filter(jurisdiction=place.jurisdiction, until__isnull=False).exists()
    assert held["office_head"].pk in own.context["preview"].troubles
    assert bulk(client, url, "end", [held["reviewer"], held["committee"]], reason="任期届满").status_code == 302
    with scopes_disabled():
        ended = Membership.objects.filter(jurisdiction=place.jurisdiction, until__isnull=False)
        assert {row.role for row in ended} == {"reviewer", "committee"}
        assert AuditEvent.objects.filter(scope=place.jurisdiction.code, act="role.end").count() == 2
