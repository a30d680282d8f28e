"""Facts for conditions: typed, as filed, and for many entries in a constant number of queries."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.domain import update_profile
from applications import facts
from applications.domain import answering, filing
from applications.models import Application
from rounds.models import Entry
from tests.applications.ground import Ground

PROVIDERS = (facts.org_facts, facts.form_facts, facts.check_facts, facts.app_facts)


def test_answers_are_typed(ground: Ground) -> None:
    application = ground.written(brands=["b"], staff="1,200")
    found = facts.form_facts([application.entry])[application.pk]
    assert found["staff"] == 1200 and found["certified"] is True and found["certified_on"] == "2020-05-01"
    assert found["brands"] == ["b"] and "licence" not in found


def test_what_cannot_be_read_is_unknown(ground: Ground) -> None:
    application = answering.save_answers(
        actor=ground.owner,
        application=ground.start(),
        answers={"staff": "many", "certified_on": "2020-01-01"},
        version=0,
    )
    found = facts.form_facts([application.entry])[application.pk]
    assert "staff" not in found and "certified_on" not in found, "nor is what is not asked a fact"


def test_a_list_left_empty_is_none_once_filed(ground: Ground) -> None:
    application = ground.written()
    assert "brands" not in facts.form_facts([application.entry])[application.pk]
    filing.file(actor=ground.owner, application=application, papers=False)
    assert facts.form_facts([Entry.objects.get()])[application.pk]["brands"] == []


def test_what_was_filed_stays_whatever_the_profile_becomes(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application, papers=False)
    update_profile(actor=ground.owner, organisation=ground.organisation, industry="E", region="110101")
    found = facts.org_facts([Entry.objects.get()])[application.pk]
    assert (found["industry"], found["in_territory"], found["operating_since"]) == ("C", True, "2010-05-01")


@pytest.mark.parametrize(
    ("region", "territory", "inside"),
    [
        ("990101", ["9901"], True),
        ("990201", ["9901"], False),
        ("331004", ["331000"], True),
        ("331004", ["330000"], True),
        ("341004", ["33"], False),
    ],
)
def test_a_territory_is_named_by_prefixes(region: str, territory: list[str], inside: bool) -> None:
    assert facts.lies_in(region, territory) is inside


def test_the_application_and_its_checks(ground: Ground) -> None:
    application = ground.written()
    Application.objects.update(checks={"bad": False})
    filing.file(actor=ground.owner, application=application, papers=False)
    entry = Entry.objects.get()
    assert facts.check_facts([entry])[entry.pk] == {"bad": False}
    assert facts.app_facts([entry])[entry.pk] == {
        "prize": "quality",
        "category": None,
        "filed_on": "2025-03-03",
        "kind": "enterprise",
    }
    assert dt.date.fromisoformat("2025-03-03") == application.entry.round.opened_at.date()


def test_many_entries_cost_as_many_queries_as_one(ground: Ground) -> None:
    ground.written()
    counts = []
    for more in (0, 12):
        for place in range(more):
            ground.start(organisation=ground.another(200 + place))
        entries = list(Entry.objects.all())
        with CaptureQueriesContext(connection) as caught:
            for provider in PROVIDERS:
                provider(entries)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 10
