"""The operator's pages: lists that come in wholly or not at all, and go out without formulae; nothing is deleted; only one's own."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from openpyxl import Workbook, load_workbook

from accounts.models import Organisation, User
from audit.models import AuditEvent
from jurisdictions.models import Body, CalendarEntry, Jurisdiction, Membership
from tests.jurisdictions.administration import Place, make_place
from tests.jurisdictions.people import make_superuser, make_user

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OURS = ("accounts", "jurisdictions", "audit")


@pytest.fixture
def place() -> Place:
    return make_place()


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def superuser(place: Place) -> Client:
    return enter(make_superuser_staff())


@pytest.fixture
def operator(place: Place) -> Client:
    """Operator of ``place.jurisdiction`` alone."""
    User.objects.filter(pk=place.people["operator"].pk).update(is_staff=True)
    return enter(place.people["operator"])


def make_superuser_staff() -> User:
    user = make_superuser()
    user.is_staff = True
    user.save()
    return user


def upload(client: Client, model: str, text: str | bytes, *, kind: str = "0") -> str:
    """The dry run's page."""
    data = text.encode("utf-8-sig") if isinstance(text, str) else text
    file = SimpleUploadedFile("list.csv" if kind == "0" else "list.xlsx", data)
    response = client.post(
        reverse(f"admin:jurisdictions_{model}_import"), {"import_file": file, "format": kind, "resource": "0"}
    )
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def confirm(client: Client, model: str, page: str) -> None:
    fields = dict(
        re.findall(
            r'<input type="hidden" name="(import_file_name|original_file_name|format|resource)" value="([^"]*)"', page
        )
    )
    response = client.post(reverse(f"admin:jurisdictions_{model}_process_import"), {"resource": "0", **fields})
    assert response.status_code == 302, response.content.decode()[:500]


def refused_in(page: str) -> bool:
    return "import_file_name" not in page


def registered() -> list[Any]:
    return [model for model in admin.site._registry if model._meta.app_label in OURS]


def test_every_page_opens_and_none_deletes(place: Place, superuser: Client) -> None:
    with scopes_disabled():
        Organisation.objects.create(name="甲公司", kind="enterprise")
        CalendarEntry.objects.create(
            jurisdiction=place.jurisdiction, day=dt.date(2031, 1, 1), working=False, reason="元旦"
        )
        for model in registered():
            info = f"{model._meta.app_label}_{model._meta.model_name}"
            assert superuser.get(reverse(f"admin:{info}_changelist")).status_code == 200, info
            row = model._default_manager.order_by("pk").first()
            if row is None:
                continue
            for page, expected in (("change", 200), ("history", 200), ("delete", 403)):
                assert superuser.get(reverse(f"admin:{info}_{page}", args=[row.pk])).status_code == expected, (
                    info,
                    page,
                )


def test_only_operators_come_in(place: Place) -> None:
    for role in ("office_head", "operator"):
        assert place.client(role).get(reverse("admin:index")).status_code == 302


def test_an_operator_sees_only_the_own_jurisdictions(place: Place, operator: Client) -> None:
    page = operator.get(reverse("admin:jurisdictions_membership_changelist")).content.decode()
    assert place.people["reviewer"].name in page
    assert place.people["other_office"].name not in page
    with scope(jurisdiction=place.elsewhere):
        foreign = Membership.objects.get()
    assert operator.get(reverse("admin:jurisdictions_membership_change", args=[foreign.pk])).status_code == 302
    codes = operator.get(reverse("admin:jurisdictions_jurisdiction_changelist")).content.decode()
    assert place.elsewhere.code not in codes
    events = operator.get(reverse("admin:audit_auditevent_changelist"))
    assert {event.scope for event in events.context["cl"].result_list} == {place.jurisdiction.code}


def test_days_come_in_wholly(place: Place, operator: Client) -> None:
    code = place.jurisdiction.code
    page = upload(
        operator,
        "calendarentry",
        f"jurisdiction,day,working,reason\n{code},2031-01-01,0,元旦\n{code},2031-01-04,1,调休\n",
    )
    with scope(jurisdiction=place.jurisdiction):
        assert not CalendarEntry.objects.exists()  # a dry run writes nothing
        confirm(operator, "calendarentry", page)
        assert list(CalendarEntry.objects.order_by("day").values_list("working", flat=True)) == [False, True]
    assert AuditEvent.objects.filter(act="calendar.entered").count() == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nowhere,2031-01-04,1,调休", "nowhere"),
        ("{code},4 January,1,调休", "4 January"),
        ("{code},2031-01-04,maybe,调休", "1"),
        ("{code},2031-01-04,1,", ""),
        ("{code},,1,调休", "此项必填"),
        ("{other},2031-01-04,1,调休", ""),
    ],
)
def test_one_wrong_line_keeps_the_whole_list_out(place: Place, operator: Client, line: str, why: str) -> None:
    code = place.jurisdiction.code
    wrong = line.format(code=code, other=place.elsewhere.code)
    page = upload(operator, "calendarentry", f"jurisdiction,day,working,reason\n{code},2031-01-01,0,元旦\n{wrong}\n")
    assert refused_in(page)
    assert why in page
    with scopes_disabled():
        assert not CalendarEntry.objects.exists()
    assert not AuditEvent.objects.filter(act="calendar.entered").exists()


def test_what_became_wrong_since_the_dry_run_keeps_the_whole_list_out(place: Place, operator: Client) -> None:
    code = place.jurisdiction.code
    page = upload(
        operator,
        "calendarentry",
        f"jurisdiction,day,working,reason\n{code},2031-01-01,0,元旦\n{code},2031-01-02,0,元旦\n",
    )
    with scope(jurisdiction=place.jurisdiction):
        CalendarEntry.objects.create(
            jurisdiction=place.jurisdiction, day=dt.date(2031, 1, 2), working=True, reason="另有安排"
        )
        confirm(operator, "calendarentry", page)
        assert CalendarEntry.objects.get().reason == "另有安排"


def test_bodies_come_in_as_a_spreadsheet_and_a_second_time_change_nothing(place: Place, operator: Client) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["jurisdiction", "key", "kind", "name_zh", "name_en", "territory", "sectors", "active"])
    book.active.append([place.jurisdiction.code, "town-9", "town", "九镇", None, 331081, None, True])
    out = io.BytesIO()
    book.save(out)
    for _time in range(2):
        confirm(operator, "body", upload(operator, "body", out.getvalue(), kind="1"))
    with scope(jurisdiction=place.jurisdiction):
        assert Body.objects.get(key="town-9").territory == ["331081"]
    assert AuditEvent.objects.filter(act__startswith="body.").count() == 1


def test_roles_come_in_for_people_who_are_registered(place: Place, operator: Client) -> None:
    code, head = place.jurisdiction.code, "jurisdiction,email,role,body,organ,seat,unit,since,until\n"
    person = make_user()
    good = f"{code},{person.email.upper()},department,{place.body.key},,,,2026-01-01,\n"
    for wrong in (
        f"{code},nobody@example.org,reviewer,,,,,2026-01-01,\n",
        f"{code},{person.email},department,no-such-body,,,,2026-01-01,\n",
        f"{code},{person.email},emperor,,,,,2026-01-01,\n",
        f"{code},{place.people['supervisor'].email},reviewer,,,,,2026-01-01,\n",
        f"{code},{person.email},operator,,,,,2026-01-01,\n",
        f"{code},{person.email},teller,,,,,2026-01-02,2026-01-01\n",
    ):
        assert refused_in(upload(operator, "membership", head + good + wrong)), wrong
    with scope(jurisdiction=place.jurisdiction):
        assert not Membership.objects.filter(user=person).exists()
        confirm(operator, "membership", upload(operator, "membership", head + good))
        assert Membership.objects.get(user=person).body == place.body
    assert User.objects.get(pk=person.pk).has_perm("jurisdictions.act_for_body", place.body)
    confirm(operator, "membership", upload(operator, "membership", head + good))
    with scope(jurisdiction=place.jurisdiction):
        assert Membership.objects.filter(user=person).count() == 1
    assert refused_in(upload(operator, "membership", head + good.replace("2026-01-01,", "2026-01-01,2027-01-01")))


def test_a_list_without_its_key_column_is_refused(place: Place, operator: Client) -> None:
    assert refused_in(upload(operator, "body", "kind,name_zh\ntown,九镇\n"))


def export(client: Client, model: str, kind: str) -> bytes:
    url = reverse(f"admin:jurisdictions_{model}_export")
    response = client.post(url, {"format": kind, "resource": "0"})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response) if response.streaming else response.content


def test_what_goes_out_holds_no_formula_and_comes_back_in(place: Place, operator: Client) -> None:
    trap = '=HYPERLINK("http://evil.example")'
    with scope(jurisdiction=place.jurisdiction):
        Body.objects.create(jurisdiction=place.jurisdiction, key="trap", kind="town", name_zh=trap, name_en="@SUM(1)")
    with scope(jurisdiction=place.elsewhere):
        Body.objects.create(jurisdiction=place.elsewhere, key="foreign", kind="town", name_zh="外地")
    text = export(operator, "body", "0").decode("utf-8")
    assert text.count("\ufeff") == 1
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows["trap"]["name_zh"] == "'" + trap and rows["trap"]["name_en"] == "'@SUM(1)"
    assert "foreign" not in rows
    sheet = load_workbook(io.BytesIO(export(operator, "body", "1"))).active
    assert sheet is not None
    assert trap in [cell.value for row in sheet.rows for cell in row]
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "inlineStr", "b", "n"}
    page = upload(operator, "body", text.removeprefix("\ufeff"))
    assert not refused_in(page)
    confirm(operator, "body", page)
    with scope(jurisdiction=place.jurisdiction):
        assert Body.objects.get(key="trap").name_zh == trap
    assert not AuditEvent.objects.filter(act="body.changed").exists()


def test_the_office_head_of_the_place_cannot_use_the_operators_pages(place: Place) -> None:
    assert place.client("office_head").post(reverse("admin:jurisdictions_body_import")).status_code == 302


def test_a_jurisdiction_cannot_be_added_or_changed_here(place: Place, superuser: Client) -> None:
    assert superuser.get(reverse("admin:jurisdictions_jurisdiction_add")).status_code == 403
    superuser.post(
        reverse("admin:jurisdictions_jurisdiction_change", args=[place.jurisdiction.pk]), {"name_zh": "别市"}
    )
    assert Jurisdiction.objects.get(pk=place.jurisdiction.pk).name_zh == place.jurisdiction.name_zh


def test_object_permissions_are_shown_and_never_written_here(place: Place, superuser: Client) -> None:
    with scope(jurisdiction=place.jurisdiction):
        body = reverse("admin:jurisdictions_body_change", args=[place.body.pk])
        page = superuser.get(body).content.decode()
        assert "act_for_body" in page and place.people["recommender"].name in page
        here = superuser.get(reverse("admin:jurisdictions_jurisdiction_change", args=[place.jurisdiction.pk]))
        assert "act_as_supervisor" in here.content.decode()
        superuser.post(body, {"name_zh": "别的"})
        assert Body.objects.get(pk=place.body.pk).name_zh != "别的"


def test_a_csv_of_a_chinese_excel_twice_the_same_line_and_a_formula(place: Place, operator: Client) -> None:
    code = place.jurisdiction.code
    head = "jurisdiction,day,working,reason\n"
    page = upload(operator, "calendarentry", f"{head}{code},2031/1/1,否,元旦\n".encode("gb18030"))
    with scope(jurisdiction=place.jurisdiction):
        confirm(operator, "calendarentry", page)
        assert CalendarEntry.objects.get().reason == "元旦"
    twice = f"{code},2031-02-01,0,假\n"
    assert refused_in(upload(operator, "calendarentry", head + twice + twice))
    book = Workbook()
    for row in (["jurisdiction", "day", "working", "reason"], [code, "2031-03-01", 0, "=1+1"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    assert refused_in(upload(operator, "calendarentry", out.getvalue(), kind="1"))
    for broken in (b"\xff\xff\xff", b"PK\x03\x04", b"", (head + twice * 5000).encode()):
        assert refused_in(upload(operator, "calendarentry", broken))


def test_the_operators_pages_speak_both_languages_and_switch(place: Place, operator: Client) -> None:
    from django.conf import settings

    url = reverse("admin:jurisdictions_body_changelist")
    assert 'action="/i18n/setlang/"' in operator.get(url).content.decode()
    operator.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = operator.get(url).content.decode()
    assert 'lang="en"' in page and "Government quality awards" in page
