"""How far a team review is, as a list: several entries given to a team or taken back at once, with each that cannot named and nothing half done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from core.lists import acts
from reviews.models import Assignment
from tests.bulk import bulk, preview, sealed
from tests.reviews.bench import Bench

pytestmark = pytest.mark.django_db
Make = Callable[..., Bench]


def test_entries_are_given_and_taken_back_in_lots_wholly_or_not_at_all(bench: Make, client: Client) -> None:
    made = bench("wenling-2023", year=2025, entries=3)
    stage = made.open("documents")
    team = made.teams("documents")[0]
    for row in made.rows("documents"):
        if made.work(row).assignments:
            Assignment.objects.filter(stage_entry=row).delete()
    rows, url = made.rows("documents"), reverse("reviews:stage", args=[made.document.jurisdiction.code, stage.pk])
    client.force_login(made.cast.office)
    assert client.get(url, {"lacking": "team"}).context["list"].total == 3
    shown = preview(client, url, "give", rows[:1]).content.decode()
    assert rows[0].entry.number in shown and rows[1].entry.number not in shown
    assert bulk(client, url, "give", rows[:1], team=team.pk).status_code == 302
    assert client.get(url, {"team": team.pk}).context["list"].total == 1

    again = bulk(client, url, "give", rows, team=team.pk)
    assert again.status_code == 422, "one of them has its team"
    (trouble,) = again.context["preview"].troubles.items()
    assert trouble[0] == rows[0].pk and trouble[1].article
    assert str(trouble[1]) in again.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
    assert Assignment.objects.filter(ended_at=None).values("stage_entry").distinct().count() == 1, "nothing half done"

    fewer = client.post(url, {**_given(rows, again, team.pk), acts.FEWER: "1"})
    assert fewer.status_code == 200 and [row.pk for row in fewer.context["preview"].rows] == [r.pk for r in rows[1:]]
    assert fewer.context["preview"].form["team"].value() == str(team.pk), "what was typed stays"
    assert client.post(url, _given(rows[1:], fewer, team.pk)).status_code == 302
    assert client.get(url, {"team": team.pk}).context["list"].total == 3

    assert bulk(client, url, "take_back", rows[:2], reason=" ").status_code == 422
    assert bulk(client, url, "take_back", rows[:2], reason="换组").status_code == 302
    assert client.get(url, {"lacking": "team"}).context["list"].total == 2
    client.force_login(made.cast.supervisor)
    assert preview(client, url, "give", rows).status_code == 403


def _given(rows: list, page: object, team: int) -> dict:  # type: ignore[type-arg]
    out = list(page.context["preview"].troubles)  # type: ignore[attr-defined]
    return {
        acts.ACT: "give", acts.CHOSEN: [row.pk for row in rows], acts.SEAL: sealed(page), acts.OUT: out, "team": team,
    }  # fmt: skip
