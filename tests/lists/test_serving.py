"""List pages as people use them: views kept and shared, exports on record and harmless, acts previewed and done wholly or not at all."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from openpyxl import load_workbook

from accounts.models import User
from audit.models import AuditEvent
from awards.models import Payment
from core import clock
from core.lists import acts
from jurisdictions.models import SavedView
from tests.awards import factories as f
from tests.bulk import bulk, preview
from tests.jurisdictions.administration import Place, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def save(client: Client, place: Place, **given: str) -> None:
    data = {
        "list": "jurisdictions.people",
        "jurisdiction": place.jurisdiction.code,
        "next": place.url("people/"),
    } | given
    assert client.post(reverse("jurisdictions:view_save"), data).status_code == 302


def test_views_are_kept_shared_with_the_office_opened_first_and_deleted(place: Place) -> None:
    office, head, supervisor = (place.client(role) for role in ("office", "office_head", "supervisor"))
    save(office, place, name="待续聘", query="role=reviewer&sort=name&cursor=x", shared="1")
    save(office, place, name="自用", query="role=teller")
    with scopes_disabled():
        view = SavedView.objects.get(name="待续聘")
    assert view.query == "role=reviewer&sort=name"
    url = place.url("people/")
    assert view.name not in supervisor.get(url).content.decode() and view.name in head.get(url).content.decode()
    assert "自用" not in head.get(url).content.decode()
    counted = {row.name: row.count for row in office.get(url).context["list"].views.rows}
    with scope(jurisdiction=place.jurisdiction):
        assert counted == {"待续聘": office.get(url, {"role": "reviewer"}).context["list"].total, "自用": 1}
    change = reverse("jurisdictions:view_change", args=[view.pk])
    assert head.post(change, {"what": "delete"}).status_code == 404, "only who saved it changes it"
    office.post(change, {"what": "first", "next": url})
    opened = office.get(url)
    assert opened.status_code == 302 and opened.url == f"{url}?role=reviewer&sort=name&view={view.pk}"
    assert office.get(url, {"all": "1"}).status_code == 200
    office.post(change, {"what": "rename", "name": "自用", "next": url})
    office.post(change, {"what": "delete", "next": url})
    with scopes_disabled():
        assert [row.name for row in SavedView.objects.all()] == ["自用"]
        told = AuditEvent.objects.filter(scope=place.jurisdiction.code, act__startswith="list_view")
        assert [event.act for event in told.order_by("id")] == ["list_view.shared", "list_view.withdrawn"]


def test_only_the_office_shares_and_a_name_is_needed(place: Place) -> None:
    save(place.client("supervisor"), place, name="共用", query="", shared="1")
    save(place.client("office"), place, name="  ", query="")
    with scopes_disabled():
        assert not SavedView.objects.exists()


def test_an_export_has_the_rows_and_columns_of_the_screen_is_harmless_and_on_record(place: Place) -> None:
    with scope(jurisdiction=place.jurisdiction):
        User.objects.filter(memberships__role="reviewer").update(name="=cmd|' /C calc'!A0")
    office, url = place.client("office"), place.url("people/")
    asked = {"role": "reviewer", "col": ["name", "role"], "export": "csv"}
    answer = office.get(url, asked)
    assert answer.streaming and answer["Content-Disposition"].startswith("attachment")
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + office.get(url, {"role": "reviewer"}).context["list"].total
    assert lines[1].startswith("'=cmd") or lines[1].startswith("\"'=cmd")
    book = load_workbook(io.BytesIO(office.get(url, asked | {"export": "xlsx"}).getvalue()))
    cell = book.worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")
    with scopes_disabled():
        events = list(AuditEvent.objects.filter(act="list.exported").order_by("id"))
    assert [event.facts["format"] for event in events] == ["csv", "xlsx"]
    assert all(event.personal_commitment and event.facts["rows"] == len(lines) - 1 for event in events)


def test_wrong_filters_sorts_columns_and_cursors_bring_no_page_down(place: Place) -> None:
    office, url = place.client("office"), place.url("people/")
    wrong = {
        "role": "king",
        "body": "999999999",
        "sort": "-nothing",
        "col": "nothing",
        "cursor": "x",
        "q": "a\0b",
        "view": "x",
        "export": "exe",
    }
    page = office.get(url, wrong)
    assert page.status_code == 200 and "field-error" in page.content.decode()
    nothing = office.get(url, {"q": "没有这样的人"}).content.decode()
    assert "没有符合筛选条件的内容" in nothing and "清除筛选条件" in nothing


@pytest.fixture
def bonuses(db: None) -> tuple[f.Place, list[Payment]]:
    where = f.place("yiwu-2020")
    with scope(jurisdiction=where.jurisdiction):
        honours = [f.earlier(where, f.applicant()[0], "quality", date=clock.today(), amount=100) for _ in range(3)]
        return where, [Payment.objects.create(honour=honour, amount=100, article="6.1") for honour in honours]


def test_an_act_is_previewed_and_done_to_all_or_to_none(bonuses: tuple[f.Place, list[Payment]], client: Client) -> None:
    where, payments = bonuses
    url, today = reverse("awards:payments", args=[where.jurisdiction.code]), clock.today()
    client.force_login(where.person("office"))
    shown = preview(client, url, "paid", payments[:2]).content.decode()
    assert payments[0].honour.serial in shown and payments[2].honour.serial not in shown
    ahead = {"on": (today + dt.timedelta(days=400)).isoformat()}
    assert bulk(client, url, "paid", payments[:2], **ahead).status_code == 422
    assert bulk(client, url, "paid", payments[:2], on=today.isoformat()).status_code == 302
    with scope(jurisdiction=where.jurisdiction):
        assert [row.state for row in Payment.objects.order_by("pk")] == ["paid", "paid", "payable"]
    assert bulk(client, url, "paid", payments[1:], on=today.isoformat()).status_code == 422, (
        "one of them is paid already"
    )
    payments[2].refresh_from_db()
    assert payments[2].state == "payable", "wholly or not at all"


def test_what_was_not_seen_is_not_done(bonuses: tuple[f.Place, list[Payment]], client: Client) -> None:
    where, payments = bonuses
    url, rows = reverse("awards:payments", args=[where.jurisdiction.code]), [row.pk for row in payments]
    client.force_login(where.person("office"))
    given = {acts.ACT: "paid", acts.CHOSEN: rows, "on": clock.today().isoformat()}
    assert client.post(url, given | {acts.SEAL: "0" * 64}).status_code == 422
    assert client.post(url, {acts.ACT: "paid"}).status_code == 302, "nothing chosen"
    assert client.post(url, given | {acts.CHOSEN: [999_999]}).status_code == 302, "not in this list"
    client.force_login(where.person("supervisor"))
    assert client.post(url, given).status_code == 403
    with scope(jurisdiction=where.jurisdiction):
        assert not Payment.objects.filter(state="paid").exists()
