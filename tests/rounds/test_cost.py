"""What pages may cost: few queries, the same however many entries there are; and what is counted quickly is what would be counted slowly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import ScopeError, scope

from applications.models.opinions import Charge, Recommendation
from applications.queries.office import in_hands, waiting_by_body, without_body
from bench.filling import fill
from bench.pages import LISTS, MOST_OF_EXPORT, MOST_OF_LIST, exports, officer, pages
from jurisdictions.models import Jurisdiction
from rounds import clock, engine
from rounds.models import Entry, StageEntry
from rounds.queries import stage_rows
from rounds.querysets import inside
from tests.rounds.homes_world import as_, queries
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(world: World) -> World:
    """More applications than a page shows, all with their bodies."""
    world.advance("recommendation")
    fill(world.round, 60, prize=world.round.prizes[0])
    return world


def streamed(client: Client, url: str) -> int:
    """How many queries a file takes, read to its end."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(url)
        rows = b"".join(answer.streaming_content).count(b"\n")
    assert rows > 60 or url.endswith("xlsx")
    return len(seen)


def test_pages_and_exports_take_few_queries_however_many_entries_there_are(many: World) -> None:
    def counted(take: Callable[[Client, str], int]) -> dict[str, int]:
        found = exports(many) if take is streamed else pages(many)
        return {name: take(client, url) for name, client, url, *_aim in found}

    before = counted(queries) | counted(streamed)
    fill(many.round, 60, prize=many.round.prizes[0], first=60)
    after = counted(queries) | counted(streamed)
    assert after == before
    assert {name: n for name, n in after.items() if name in LISTS and n > MOST_OF_LIST} == {}
    assert {name: n for name, *_rest in exports(many) if (n := after[name]) > MOST_OF_EXPORT} == {}
    most = {"entry (facts and way)": 16, "entry (all of it)": 36, "application (applicant)": 18, "my desk (office)": 16,
            "my desk (head of the office)": 17, "desk of the office": 24}  # fmt: skip
    assert {name: after[name] for name, n in most.items() if after[name] > n} == {}


def test_what_waits_with_bodies_is_counted_in_one_pass_and_rightly(many: World) -> None:
    """Spoken of, without a body, with several, withdrawn, ended elsewhere: each as the slow way counts it."""
    stage = many.stage("recommendation")
    rows = list(StageEntry.objects.filter(stage=stage).pending().order_by("id"))
    lost = in_hands(stage).lost
    first, second = (row.charges.order_by("id")[0] for row in rows[20:22])
    Recommendation.objects.create(
        stage_entry=first.stage_entry, body=first.body, officer=officer(stage), outcome="declined", reason="不推荐",
        at=clock.now(many.round),
    )  # fmt: skip
    Recommendation.objects.create(stage_entry=second.stage_entry, body=second.body, officer=officer(stage))
    Charge.objects.filter(stage_entry__in=rows[22:25]).delete()
    elsewhere = Charge.objects.exclude(body=first.body).order_by("id")[0].body
    Charge.objects.create(stage_entry=first.stage_entry, body=elsewhere, found="sector", since=clock.now(many.round))
    Entry.objects.filter(pk__in=[row.entry_id for row in rows[24:27]]).update(status=Entry.Status.STOPPED)
    hands = in_hands(stage)
    assert hands.waiting == waiting_by_body(stage)
    assert hands.lost == without_body(stage).count() == lost + 2
    pending = StageEntry.objects.filter(stage=stage)
    assert set(pending.pending_to_count()) == set(pending.pending())


def test_rows_of_a_stage_are_had_only_inside_its_scope(many: World) -> None:
    stage, other = many.stage("recommendation"), Jurisdiction.objects.create(code="elsewhere", name_zh="别处")
    assert inside(StageEntry, stage).filter(stage=stage).exists()
    with scope(jurisdiction=many.jurisdiction):
        assert inside(StageEntry, stage).filter(stage=stage).exists()
    with scope(jurisdiction=other), pytest.raises(ScopeError):
        inside(StageEntry, stage)


def test_recused_means_gone_however_it_is_asked(many: World) -> None:
    stage, office = many.stage("recommendation"), many.cast.office
    row = StageEntry.objects.filter(stage=stage).pending().order_by("-id")[0]
    url = reverse("rounds:stage", args=[many.jurisdiction.code, stage.pk])
    client, all_ = as_(office), stage_rows(office, stage).count()
    assert client.get(url).context["list"].total == all_
    engine.recuse(actor=office, entry=row.entry, user=office, reason="亲属任职")
    assert client.get(url).context["list"].total == stage_rows(office, stage).count() == all_ - 1
    assert client.get(reverse("rounds:entry", args=[many.jurisdiction.code, row.entry_id])).status_code == 404
