"""What the head of the office and the operator do to their jurisdiction: works, is refused, leaves nothing behind, is in the log."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes import scope

from audit.models import AuditEvent
from jurisdictions import roles
from jurisdictions.calendar import calendar_of, window
from jurisdictions.domain import bodies, days, office
from jurisdictions.models import Body, CalendarEntry, CalendarYear, Membership
from tests.jurisdictions.administration import Place, acts, make_place
from tests.jurisdictions.people import refused

pytestmark = pytest.mark.django_db
FREE = dt.date(2031, 1, 1)  # a year that no national calendar covers yet
WRITERS, OTHERS = (
    ("office_head", "operator"),
    ("office", "supervisor", "reviewer", "approver", "other_office", "stranger"),
)


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.mark.parametrize("role", WRITERS)
def test_days_are_entered_together_and_counted_at_once(place: Place, role: str) -> None:
    head, here = place.people[role], place.jurisdiction
    rows = days.enter(
        actor=head,
        jurisdiction=here,
        first=dt.date(2026, 3, 2),
        last=dt.date(2026, 3, 4),
        working=False,
        reason=" 抗洪 ",
    )
    assert [row.day.day for row in rows] == [2, 3, 4]
    assert window(calendar_of(here), after=dt.date(2026, 3, 1), length=1, unit="working").last_day == dt.date(
        2026, 3, 5
    )
    event = AuditEvent.objects.filter(act="calendar.entered").get()
    assert event.facts == {"first": "2026-03-02", "last": "2026-03-04", "working": False, "reason": "抗洪"}
    assert event.actor_id == str(head.pk)


def test_a_window_once_derived_does_not_move_when_the_calendar_does(place: Place) -> None:
    before = window(calendar_of(place.jurisdiction), after=dt.date(2026, 3, 1), length=5, unit="working").as_data()
    days.enter(
        actor=place.people["office_head"],
        jurisdiction=place.jurisdiction,
        first=dt.date(2026, 3, 4),
        working=False,
        reason="停电",
    )
    after = window(calendar_of(place.jurisdiction), after=dt.date(2026, 3, 1), length=5, unit="working").as_data()
    assert before["last_day"] == "2026-03-06"
    assert after["last_day"] == "2026-03-09"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": "  "}, "reason_missing"),
        ({"last": FREE - dt.timedelta(1)}, "days_end_before_they_begin"),
        ({"last": FREE + dt.timedelta(31)}, "too_many_days"),
        ({"first": dt.date(1999, 1, 1)}, "calendar_year_out_of_range"),
        ({"last": FREE + dt.timedelta(5)}, "days_already_entered"),
    ],
)
def test_days_are_refused_all_or_none(place: Place, change: dict, code: str) -> None:
    head, here = place.people["office_head"], place.jurisdiction
    days.enter(actor=head, jurisdiction=here, first=FREE + dt.timedelta(3), working=False, reason="元旦")
    events = AuditEvent.objects.count()
    with refused(code):
        days.enter(
            **({"actor": head, "jurisdiction": here, "first": FREE, "working": False, "reason": "元旦"} | change)
        )
    with scope(jurisdiction=here):
        assert CalendarEntry.objects.count() == 1
    assert AuditEvent.objects.count() == events


@pytest.mark.parametrize("role", OTHERS)
def test_others_do_not_write(place: Place, role: str) -> None:
    actor, here = place.people[role], place.jurisdiction
    with scope(jurisdiction=here):
        entry = CalendarEntry.objects.create(jurisdiction=here, day=FREE, working=False, reason="元旦")
        statement = CalendarYear.objects.create(jurisdiction=here, year=2031, source="通知")
    events = AuditEvent.objects.count()
    for act in (
        lambda: days.enter(actor=actor, jurisdiction=here, first=FREE, working=True, reason="x"),
        lambda: days.remove(actor=actor, entry=entry, reason="x"),
        lambda: days.state_complete(actor=actor, jurisdiction=here, year=2031, source="x"),
        lambda: days.withdraw_statement(actor=actor, statement=statement, reason="x"),
        lambda: bodies.add(actor=actor, jurisdiction=here, key="k", kind="town", name_zh="镇"),
        lambda: bodies.change(actor=actor, body=place.body, kind="town", name_zh="镇"),
        lambda: bodies.set_active(actor=actor, body=place.body, active=False),
        lambda: office.change_office(actor=actor, jurisdiction=here, address="", phone="1", email=""),
    ):
        with refused("not_yours_to_do"):
            act()
    assert AuditEvent.objects.count() == events


def test_an_entry_is_removed_with_its_reason_and_twice_is_harmless(place: Place) -> None:
    head, here = place.people["office_head"], place.jurisdiction
    entry = days.enter(actor=head, jurisdiction=here, first=FREE, working=False, reason="元旦")[0]
    with refused("reason_missing"):
        days.remove(actor=head, entry=entry, reason="")
    days.remove(actor=head, entry=entry, reason="录错")
    days.remove(actor=head, entry=entry, reason="录错")
    assert acts(place).count("calendar.removed") == 1
    assert AuditEvent.objects.get(act="calendar.removed").facts["was"] == "元旦"


def test_a_year_is_stated_complete_only_when_it_can_be(place: Place) -> None:
    head, here = place.people["office_head"], place.jurisdiction
    for year, source, code in (
        (2031, " ", "source_missing"),
        (1999, "通知", "calendar_year_out_of_range"),
        (2025, "通知", "calendar_year_is_national"),
        (2031, "通知", "calendar_year_without_holidays"),
    ):
        with refused(code):
            days.state_complete(actor=head, jurisdiction=here, year=year, source=source)
    with refused("calendar_year_missing"):
        window(calendar_of(here), after=FREE, length=1, unit="working")
    days.enter(actor=head, jurisdiction=here, first=FREE, working=False, reason="元旦")
    statement = days.state_complete(actor=head, jurisdiction=here, year=2031, source="国办发明电")
    with refused("calendar_year_already_stated"):
        days.state_complete(actor=head, jurisdiction=here, year=2031, source="国办发明电")
    assert window(calendar_of(here), after=FREE, length=1, unit="working").last_day == dt.date(2031, 1, 2)
    days.withdraw_statement(actor=head, statement=statement, reason="通知修订")
    with refused("calendar_year_missing"):
        window(calendar_of(here), after=FREE, length=1, unit="working")


def test_a_body_is_added_changed_and_taken_out_of_service(place: Place) -> None:
    head, here = place.people["office_head"], place.jurisdiction
    body = bodies.add(
        actor=head, jurisdiction=here, key="town-9", kind="town", name_zh=" 九镇 ", territory=["331081", " 331081 ", ""]
    )
    assert (body.name_zh, body.territory, body.sectors) == ("九镇", ["331081"], [])
    bodies.change(actor=head, body=body, kind="town", name_zh="九街道", territory=["331081100"])
    change = AuditEvent.objects.get(act="body.changed")
    assert change.facts["was"] == {"name_zh": "九镇", "territory": ["331081"]}
    bodies.change(actor=head, body=body, kind="town", name_zh="九街道", territory=["331081100"])
    assert AuditEvent.objects.filter(act="body.changed").count() == 1
    body = bodies.set_active(actor=head, body=body, active=False)
    assert not body.active
    with refused("body_elsewhere"):
        roles.begin(actor=head, user=place.people["stranger"], role="department", jurisdiction=here, body=body)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"key": "Town 9"}, "body_key_wrong", "key"),
        ({"key": "9"}, "body_key_wrong", "key"),
        ({"kind": "planet"}, "body_kind_wrong", "kind"),
        ({"name_zh": " "}, "body_name_missing", "name_zh"),
        ({"territory": ["3310", "33a1"]}, "territory_wrong", "territory"),
        ({"territory": ["３３１０"]}, "territory_wrong", "territory"),
    ],
)
def test_a_wrong_body_is_refused_beside_its_field(place: Place, change: dict, code: str, field: str) -> None:
    given = {"key": "town-9", "kind": "town", "name_zh": "九镇"} | change
    with refused(code) as refusal:
        bodies.add(actor=place.people["operator"], jurisdiction=place.jurisdiction, **given)
    assert refusal.value.field == field
    with scope(jurisdiction=place.jurisdiction):
        assert Body.objects.count() == 1


def test_a_key_is_taken_here_but_not_elsewhere(place: Place) -> None:
    head = place.people["office_head"]
    with refused("body_key_taken"):
        bodies.add(actor=head, jurisdiction=place.jurisdiction, key=place.body.key, kind="town", name_zh="镇")
    other = place.people["other_office"]
    assert bodies.add(actor=other, jurisdiction=place.elsewhere, key=place.body.key, kind="town", name_zh="镇").pk


def test_nobody_loses_a_right_because_a_body_went_out_of_service(place: Place) -> None:
    head = place.people["office_head"]
    with refused("body_still_acted_for"):
        bodies.set_active(actor=head, body=place.body, active=False)
    with scope(jurisdiction=place.jurisdiction):
        held = Membership.objects.get(body=place.body)
    roles.end(actor=head, membership=held, reason="调离")
    assert not bodies.set_active(actor=head, body=place.body, active=False).active


def test_the_office_is_found_where_it_says(place: Place) -> None:
    head = place.people["office_head"]
    row = office.change_office(
        actor=head, jurisdiction=place.jurisdiction, address="一号", phone="0576-1", email="o@example.org"
    )
    assert (row.office_address, row.office_phone, row.office_email) == ("一号", "0576-1", "o@example.org")
    office.change_office(
        actor=head, jurisdiction=place.jurisdiction, address="一号", phone="0576-1", email="o@example.org"
    )
    assert acts(place).count("jurisdiction.office_changed") == 1
