"""A body recommends or declines several of its own at once: each row that cannot is named with its article, nothing is half done."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from rounds.models import StageEntry
from tests.applications import office_world
from tests.bulk import bulk, preview

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("wenling-8")
def test_a_body_recommends_and_declines_in_lots(client: Client) -> None:
    document = office_world.load("wenling-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        town = world.body("b-one", "town", territory=["331081101"])
        stage = world.open("recommendation")
        rows = world.enter(stage, [{"org": {"region": "331081101"}}] * 5)
        client.force_login(world.officer(town))
        url = reverse("applications:own", args=[document.jurisdiction.code, stage.pk])
        shown = preview(client, url, "recommend", rows[:2])
        assert [to for to, _about in shown.context["preview"].letters] == [
            row.entry.organisation.name for row in rows[:2]
        ]
        assert bulk(client, url, "recommend", rows[:2], reason="同意推荐").status_code == 302
        assert _statuses(rows) == ["advanced", "advanced", "pending", "pending", "pending"]
        again = bulk(client, url, "recommend", rows[1:4], reason="同意推荐")
        troubles = again.context["preview"].troubles
        assert again.status_code == 422 and list(troubles) == [rows[1].pk] and troubles[rows[1].pk].article
        assert _statuses(rows)[2:] == ["pending"] * 3, "nothing half done"
        assert bulk(client, url, "decline", rows[2:4], reason=" ").status_code == 422
        assert bulk(client, url, "decline", rows[2:4], reason="不符合本镇推荐条件").status_code == 302
        assert _statuses(rows) == ["advanced", "advanced", "stopped", "stopped", "pending"]


def _statuses(rows: list[StageEntry]) -> list[str]:
    return list(
        StageEntry.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("status", flat=True)
    )
