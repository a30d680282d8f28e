"""Lists on the office's own pages: checked line by line, shown, confirmed; wholly or not at all, and by whom it may only."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from django_scopes import scope

from accounts.models import User
from audit.models import AuditEvent
from jurisdictions.models import Body, CalendarEntry, Membership
from tests.jurisdictions.administration import Place, acts, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def check(client: Client, url: str, text: str, *, encoding: str = "gb18030") -> Any:
    response = client.post(url, {"file": SimpleUploadedFile("名单.csv", text.encode(encoding))})
    assert response.status_code == 200
    return response


def token(response: Any) -> str:
    found = re.search(r'name="list" value="([^"]+)"', response.content.decode())
    return found[1] if found else ""


def test_bodies_from_a_chinese_excel_are_checked_shown_and_written_once(place: Place) -> None:
    client, url = place.client("office_head"), place.url("bodies/list/")
    names = client.get(url, {"blank": "csv"}).content.decode("utf-8-sig").splitlines()[0].split(",")
    with translation.override("zh-hans"):
        town = str(Body.Kind.TOWN.label)
    text = (
        ",".join(names[n] for n in (0, 1, 2, 4, 6))
        + f"\ntown-9,{town},九镇,３３１０８１、331082,是\ndept-9,department,九局,,\n"
    )
    with scope(jurisdiction=place.jurisdiction):
        page = check(client, url, text)
        assert page.context["counts"] == {"new": 2, "changed": 0, "same": 0, "wrong": 0}
        assert not Body.objects.filter(key="town-9").exists() and "body.added" not in acts(place)
        assert client.post(url, {"list": token(page)}).status_code == 302
        assert Body.objects.get(key="town-9").territory == ["331081", "331082"]
        assert acts(place).count("body.added") == 2
        again = check(client, url, text)
        assert again.context["counts"] == {"new": 0, "changed": 0, "same": 2, "wrong": 0}
        client.post(url, {"list": token(again)})
        assert acts(place).count("body.added") == 2 and "body.changed" not in acts(place)


def test_a_wrong_line_is_named_and_nothing_is_written(place: Place) -> None:
    client, url = place.client("office_head"), place.url("bodies/list/")
    wrong = (
        "Bad Key,town,甲镇",
        "town-1,nothing,甲镇",
        "town-1,town,",
        "town-0,town,又一镇",  # its key stands in an earlier line
        "town-1,town," + "长" * 101,
        "town-1,town,甲\x07镇",
    )
    for line in wrong:
        page = check(client, url, f"key,kind,name_zh\ntown-0,town,零镇\n{line}\n", encoding="utf-8")
        assert [one.number for one in page.context["report"].wrong] == [3], line
        assert page.context["report"].wrong[0].errors and not token(page)
    assert "body.added" not in acts(place)


def test_headings_that_do_not_fit_are_named(place: Place) -> None:
    client, url = place.client("office_head"), place.url("bodies/list/")
    page = check(client, url, "key,kind,kind,wrong\na,town,town,x\n")
    assert "wrong" in str(page.context["form"].errors) and "中文" in str(page.context["form"].errors)
    for file in (b"", b"\xd0\xcf\x11\xe0", b"PK\x03\x04x"):
        page = client.post(url, {"file": SimpleUploadedFile("a.xls", file)})
        assert page.status_code == 200 and page.context["form"].errors
    assert client.post(url, {}).context["form"].errors


def test_a_list_is_confirmed_by_who_checked_it_for_the_place_it_was_checked_for(place: Place) -> None:
    url = place.url("bodies/list/")
    sealed = token(check(place.client("office_head"), url, "key,kind,name_zh\ntown-0,town,零镇\n"))
    assert sealed
    for client, target in ((place.client("operator"), url), (place.client("office_head"), place.url("calendar/list/"))):
        assert client.post(target, {"list": sealed}).status_code == 200
    assert place.client("office_head").post(url, {"list": sealed[:-2]}).status_code == 200
    assert place.client("office").post(url, {"list": sealed}).status_code == 403
    assert "body.added" not in acts(place)


def test_what_became_wrong_since_the_check_keeps_the_whole_list_out(place: Place) -> None:
    client, url = place.client("office_head"), place.url("calendar/list/")
    page = check(client, url, "day,working,reason\n2031/1/1,否,元旦\n2031年1月2日,0,元旦\n")
    with scope(jurisdiction=place.jurisdiction):
        CalendarEntry.objects.create(jurisdiction=place.jurisdiction, day="2031-01-02", working=True, reason="另有安排")
        answer = client.post(url, {"list": token(page)})
        assert answer.status_code == 200 and len(answer.context["report"].wrong) == 1
        assert CalendarEntry.objects.get().reason == "另有安排"


def test_roles_come_in_and_new_people_are_invited_only_when_confirmed(
    place: Place, django_capture_on_commit_callbacks
) -> None:
    client, url = place.client("office"), place.url("people/list/")
    head = "email,name,role,body\n"
    with django_capture_on_commit_callbacks() as letters:
        page = check(client, url, f"{head}neu@example.org,新人,推荐或审核单位,{place.body.name_zh}\n", encoding="utf-8")
        assert "wrong" not in {one.outcome for one in page.context["report"].results}, page.context["report"].wrong
    assert not letters and not User.objects.filter(email="neu@example.org").exists()
    with django_capture_on_commit_callbacks() as letters:
        assert client.post(url, {"list": token(page)}).status_code == 302
    assert len(letters) == 1
    with scope(jurisdiction=place.jurisdiction):
        assert Membership.objects.get(user__email="neu@example.org").body == place.body
    for line in (
        "nobody@example.org,,reviewer,",
        "x@example.org,甲,operator,",
        "x@example.org,甲,emperor,",
        "no mail,甲,reviewer,",
    ):
        assert not token(check(client, url, f"{head}{line}\n")), line


def test_a_list_is_shown_in_part_and_one_that_is_too_long_is_refused_in_words(place: Place) -> None:
    client, url = place.client("office_head"), place.url("bodies/list/")
    lines = [f"town-{n},town,第{n}镇\n" for n in range(5001)]
    page = check(client, url, "key,kind,name_zh\n" + "".join(lines[:200]))
    assert page.context["counts"]["new"] == 200 and page.context["more"] == 0
    assert page.context["token"]
    page = check(client, url, "key,kind,name_zh\n" + "".join(lines))
    assert "5000" in str(page.context["form"].errors["file"])
    assert not AuditEvent.objects.filter(act="body.added").exists()
