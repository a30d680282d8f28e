"""Administration pages: who sees and does what, in the browser; constant queries; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from accounts.models import User
from core import clock, formats
from jurisdictions import roles
from jurisdictions.calendar import calendar_of
from jurisdictions.calendar import window as compute
from jurisdictions.models import Body, CalendarEntry, CalendarYear, Membership
from tests.jurisdictions.administration import Place, make_place
from tests.jurisdictions.matrix import MATRIX, kwargs
from tests.jurisdictions.people import give, make_superuser, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def entry(place: Place, **extra: Any) -> CalendarEntry:
    with scope(jurisdiction=place.jurisdiction):
        given = {"day": dt.date(2031, 1, 1), "working": False, "reason": "元旦"} | extra
        return CalendarEntry.objects.create(jurisdiction=place.jurisdiction, **given)


def test_who_opens_what(place: Place) -> None:
    with scope(jurisdiction=place.jurisdiction):
        arguments = kwargs(place)
    for name, row in MATRIX.items():
        if "*" in row:  # the same for everybody
            continue
        url = reverse(name, kwargs=arguments[name])
        for role in (
            "anonymous",
            "office",
            "office_head",
            "supervisor",
            "reviewer",
            "recommender",
            "approver",
            "other_office",
        ):
            assert place.client(role).get(url).status_code == row[role], (name, role)
        if row["office_head"] == 405:
            assert place.client("supervisor").post(url).status_code == 403
            assert place.client("reviewer").post(url).status_code == 404
        else:
            assert place.client("operator").get(url).status_code == 200, name


def test_other_jurisdictions_rows_are_not_found_by_their_numbers(place: Place) -> None:
    here = entry(place)
    client = place.client("other_office")
    there = place.elsewhere.code
    with scope(jurisdiction=place.jurisdiction):
        held = Membership.objects.filter(role="reviewer").get()
    for name, pk in (("calendar_remove", here.pk), ("body", place.body.pk), ("end_role", held.pk)):
        assert client.get(reverse(f"jurisdictions:{name}", args=[there, pk])).status_code == 404, name


def test_a_reader_writes_nothing_by_post(place: Place) -> None:
    days = {"first": "2031-05-01", "last": "", "working": "0", "reason": "x"}
    for role in ("office", "supervisor"):
        assert place.client(role).post(place.url("calendar/"), days).status_code == 403
    with scope(jurisdiction=place.jurisdiction):
        assert not CalendarEntry.objects.exists()


def test_the_head_keeps_the_calendar(place: Place) -> None:
    client = place.client("office_head")
    sent = client.post(
        place.url("calendar/"),
        {"first": "2031-05-01", "last": "2031-05-03", "working": "0", "reason": "劳动节"},
        follow=True,
    )
    assert "劳动节" in sent.content.decode()
    again = client.post(
        place.url("calendar/"), {"first": "2031-05-03", "last": "", "working": "1", "reason": "我的理由"}
    )
    page = again.content.decode()
    assert "2031年5月3日" in page and "我的理由" in page and 'id="id_first-error"' in page
    assert client.post(place.url("calendar/years/"), {"year": "2031", "source": "国办发明电"}).status_code == 302
    with scope(jurisdiction=place.jurisdiction):
        assert CalendarEntry.objects.count() == 3
        statement, first = CalendarYear.objects.get(), CalendarEntry.objects.order_by("day")[0]
    assert client.post(place.url(f"calendar/{first.pk}/remove/"), {"reason": ""}).status_code == 200
    assert client.post(place.url(f"calendar/{first.pk}/remove/"), {"reason": "录错"}).status_code == 302
    assert client.post(place.url(f"calendar/years/{statement.pk}/withdraw/"), {"reason": "修订"}).status_code == 302
    with scope(jurisdiction=place.jurisdiction):
        assert (CalendarEntry.objects.count(), CalendarYear.objects.count()) == (2, 0)


def test_the_calendar_warns_of_the_first_year_that_nobody_covers(place: Place) -> None:
    page = place.client("office").get(place.url("calendar/"))
    covered = {cover.year: cover.by for cover in page.context["years"]}
    assert page.context["missing"] == min(year for year, by in covered.items() if not by)
    assert place.client("office").get(place.url("calendar/"), {"year": "x"}).context["year"] == clock.today().year


def test_a_window_is_shown_day_by_day_as_it_is_computed(place: Place) -> None:
    entry(place, day=dt.date(2026, 3, 4), reason="停电检修")
    page = place.client("supervisor").get(
        place.url("calendar/try/"), {"after": "2026-03-01", "length": "5", "unit": "working"}
    )
    expected = compute(calendar_of(place.jurisdiction), after=dt.date(2026, 3, 1), length=5, unit="working")
    assert page.context["window"] == expected
    text = page.content.decode()
    assert all(formats.day(step.day) in text for step in expected.steps)
    assert "停电检修" in text
    missing = place.client("supervisor").get(
        place.url("calendar/try/"), {"after": "2050-03-01", "length": "5", "unit": "working"}
    )
    assert missing.context["window"] is None
    assert "2050" in str(missing.context["form"].errors)
    assert (
        place.client("office").get(place.url("calendar/try/"), {"after": "2026-03-01", "length": "9999"}).status_code
        == 200
    )


def test_the_head_keeps_the_bodies(place: Place) -> None:
    client = place.client("office_head")
    given = {"key": "town-9", "kind": "town", "name_zh": "九镇", "name_en": "", "territory": "33108x", "sectors": ""}
    page = client.post(place.url("bodies/new/"), given)
    assert "33108x" in page.content.decode() and 'id="id_territory-error"' in page.content.decode()
    assert client.post(place.url("bodies/new/"), given | {"territory": "331081，331082"}).status_code == 302
    with scope(jurisdiction=place.jurisdiction):
        body = Body.objects.get(key="town-9")
    assert body.territory == ["331081", "331082"]
    edit = client.get(place.url(f"bodies/{body.pk}/")).content.decode()
    assert 'value="331081, 331082"' in edit
    assert (
        client.post(place.url(f"bodies/{body.pk}/"), given | {"name_zh": "九街道", "territory": ""}).status_code == 302
    )
    assert client.post(place.url(f"bodies/{body.pk}/active/"), {"active": "0"}).status_code == 302
    body.refresh_from_db()
    assert (body.name_zh, body.territory, body.active) == ("九街道", [], False)
    shown = (
        place.client("office")
        .get(place.url("bodies/"), {"state": "inactive", "kind": "town", "q": "九"})
        .content.decode()
    )
    assert "九街道" in shown
    kept = client.post(place.url(f"bodies/{place.body.pk}/active/"), {"active": "0"}, follow=True)
    assert "alert-danger" in kept.content.decode()
    place.body.refresh_from_db()
    assert place.body.active


def test_the_head_gives_and_ends_roles(place: Place) -> None:
    client = place.client("office_head")
    given = {
        "email": "new@example.org",
        "name": "",
        "phone": "",
        "role": "reviewer",
        "body": "",
        "place": "",
        "unit": "",
        "since": "",
        "until": "",
    }
    refused = client.post(place.url("people/give/"), given).content.decode()
    assert "new@example.org" in refused and 'id="id_name-error"' in refused
    assert client.post(place.url("people/give/"), given | {"name": "新评审员"}).status_code == 302
    person = User.objects.get(email="new@example.org")
    page = client.get(place.url("people/"), {"q": "new@"}).content.decode()
    with scope(jurisdiction=place.jurisdiction):
        held = Membership.objects.get(user=person)
    assert f"people/{held.pk}/end/" in page and f"people/{held.pk}/remind/" in page
    assert client.post(place.url(f"people/{held.pk}/remind/")).status_code == 302
    assert client.post(place.url(f"people/{held.pk}/end/"), {"reason": "调离"}).status_code == 302
    held.refresh_from_db()
    assert held.until == clock.today()
    assert "新评审员" not in client.get(place.url("people/")).content.decode()
    assert "新评审员" in client.get(place.url("people/"), {"state": "ended"}).content.decode()


def test_an_excluded_duty_is_refused_beside_the_form(place: Place) -> None:
    given = {"email": place.people["supervisor"].email, "role": "reviewer"}
    page = place.client("office_head").post(place.url("people/give/"), given)
    assert page.status_code == 200
    assert page.context["form"].non_field_errors()


def test_nobody_is_offered_or_ends_a_role_that_is_not_theirs_to_give(place: Place) -> None:
    with scope(jurisdiction=place.jurisdiction):
        head = Membership.objects.get(role="office_head")
        reviewer = Membership.objects.get(role="reviewer")
    office = place.client("office")
    offered = dict(office.get(place.url("people/give/")).context["form"].fields["role"].choices)
    assert "reviewer" in offered and "office_head" not in offered
    assert office.post(place.url(f"people/{head.pk}/end/"), {"reason": "x"}).status_code == 403
    assert office.post(place.url(f"people/{reviewer.pk}/end/"), {"reason": "x"}).status_code == 302
    assert (
        office.post(place.url("people/give/"), {"email": "a@example.org", "name": "a", "role": "operator"}).status_code
        == 200
    )
    assert not User.objects.filter(email="a@example.org").exists()


def test_people_of_rehearsals_are_not_listed(place: Place) -> None:
    invented = make_user()
    roles.begin(actor=make_superuser(), user=invented, role="reviewer", jurisdiction=place.jurisdiction, rehearsal=True)
    assert invented.email not in place.client("office").get(place.url("people/"), {"state": "all"}).content.decode()


def test_the_operator_keeps_the_offices_data(place: Place) -> None:
    client = place.client("operator")
    wrong = client.post(place.url("office/"), {"address": "一号", "phone": "1", "email": "nobody"}).content.decode()
    assert "一号" in wrong and 'id="id_email-error"' in wrong
    assert client.post(place.url("office/"), {"address": "一号", "phone": "1", "email": ""}).status_code == 302
    assert "一号" in place.client("office").get(place.url()).content.decode()


def test_a_superuser_sets_a_new_jurisdiction_up(place: Place) -> None:
    place.people["superuser"] = make_superuser()
    client = place.client("superuser")
    given = {"email": "op@example.org", "name": "运维", "role": "operator"}
    assert client.post(f"/j/{place.elsewhere.code}/admin/people/give/", given).status_code == 302
    assert User.objects.get(email="op@example.org").has_perm("jurisdictions.act_as_operator", place.elsewhere)


@pytest.mark.parametrize("path", ["people/", "bodies/", "calendar/?year=2031"])
def test_a_list_costs_the_same_for_many_rows(place: Place, path: str) -> None:
    client = place.client("office_head")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(place.url(path)).status_code == 200
        return len(queries)

    entry(place)
    few = cost()
    with scope(jurisdiction=place.jurisdiction):
        here = place.jurisdiction
        Body.objects.bulk_create(Body(jurisdiction=here, key=f"b{n}", kind="town", name_zh=f"镇{n}") for n in range(30))
        CalendarEntry.objects.bulk_create(
            CalendarEntry(jurisdiction=here, day=dt.date(2031, 2, 1) + dt.timedelta(n), working=False, reason="假")
            for n in range(25)
        )
        for body in Body.objects.order_by("pk")[:12]:
            give(make_user(), "department", here, body=body)
    assert cost() == few


def test_people_are_paged(place: Place) -> None:
    today = clock.today()
    with scope(jurisdiction=place.jurisdiction):
        users = User.objects.bulk_create(User(email=f"m{n}@example.org", name=f"委员{n}") for n in range(60))
        Membership.objects.bulk_create(
            Membership(jurisdiction=place.jurisdiction, user=user, role="committee", since=today) for user in users
        )
    client = place.client("supervisor")
    first = client.get(place.url("people/"), {"role": "committee"})
    second = client.get(place.url("people/"), {"role": "committee", "cursor": first.context["page"].next_cursor})
    seen = [m.pk for m in first.context["page"].rows] + [m.pk for m in second.context["page"].rows]
    assert len(seen) == len(set(seen)) == 61
