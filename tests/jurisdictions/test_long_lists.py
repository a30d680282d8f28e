"""Lists of thousands of lines: a worker takes them in while the page says how far it is; wholly or not at all."""

from __future__ import annotations

import threading
import time
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope, scopes_disabled

from audit.models import AuditEvent
from audit.verify import verify
from core.imports import QUICK
from core.imports.reading import ROWS
from jurisdictions.domain import intakes
from jurisdictions.models import CalendarEntry, Intake
from tests.jurisdictions.administration import Place, acts, make_place
from tests.jurisdictions.people import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def days(count: int, wrong: int = 0) -> str:
    lines = [f"{2027 + n // 336}-{n % 336 // 28 + 1:02}-{n % 28 + 1:02},0,停电检修" for n in range(count)]
    return "\n".join(["日期,工作日,理由及依据文件", *lines, *["never,0,停电检修"] * wrong])


def hand_in(client: Client, url: str, text: str) -> str:
    answer = client.post(url, {"file": SimpleUploadedFile("日历.csv", text.encode("gb18030"))})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.url)


def worked(place: Place) -> Intake:
    with scope(jurisdiction=place.jurisdiction):
        intakes.work(Intake.objects.get().pk)
        found: Intake = Intake.objects.get()
        return found


def test_a_long_list_is_checked_and_written_by_a_worker(place: Place) -> None:
    client, url = place.client("office_head"), place.url("calendar/list/")
    page = hand_in(client, url, days(QUICK + 1))
    assert "正在核对名单" in client.get(page).content.decode()
    assert 'hx-trigger="every 2s"' in client.get(page).content.decode()
    assert (
        "正在办理" in client.post(url, {"file": SimpleUploadedFile("a.csv", days(QUICK + 1).encode())}).content.decode()
    )
    assert worked(place).state == Intake.State.CHECKED
    assert client.get(page, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    shown = client.get(page)
    assert shown.context["counts"]["new"] == QUICK + 1 and len(shown.context["rows"]) == 200
    with scope(jurisdiction=place.jurisdiction):
        assert not CalendarEntry.objects.exists(), "the check writes nothing"
    before = AuditEvent.objects.count()
    for _twice in range(2):
        assert client.post(page).status_code == 302
    assert AuditEvent.objects.count() == before
    done = worked(place)
    assert (done.state, done.sheet, done.result["rows"]) == (Intake.State.WRITTEN, [], [])
    with scope(jurisdiction=place.jurisdiction):
        intakes.work(done.pk)  # a broker may give a task out twice
        assert CalendarEntry.objects.count() == QUICK + 1
    assert AuditEvent.objects.filter(act="calendar.entered").count() == QUICK + 1
    assert f"已写入 {QUICK + 1} 行" in client.get(page).content.decode()
    for role, target in (("operator", page), ("office_head", page.replace("calendar", "bodies"))):
        assert place.client(role).get(target).status_code == 302, "somebody else's list is not there"
    assert place.client("office").get(page).status_code == 403


def test_a_wrong_line_keeps_the_whole_list_out_and_is_told_in_the_language_of_its_reader(place: Place) -> None:
    client, url = place.client("office_head"), place.url("calendar/list/")
    page = hand_in(client, url, days(QUICK, wrong=3))
    intake = worked(place)
    assert (intake.state, intake.sheet) == (Intake.State.WRONG, [])
    shown = client.get(page)
    assert [one.number for one, _cells in shown.context["rows"]] == [QUICK + 2, QUICK + 3, QUICK + 4]
    assert "“never”不是有效日期" in shown.content.decode()
    assert client.post(page).status_code == 302
    with scope(jurisdiction=place.jurisdiction):
        assert Intake.objects.get().state == Intake.State.WRONG and not CalendarEntry.objects.exists()
    wrong_headings = client.post(url, {"file": SimpleUploadedFile("a.csv", ("x\n" + "1\n" * 300).encode())})
    assert wrong_headings.status_code == 200 and wrong_headings.context["form"].errors, "told at once"


def test_a_failure_in_the_middle_leaves_nothing_and_a_lost_list_is_given_out_again(place: Place) -> None:
    client, url = place.client("office_head"), place.url("calendar/list/")
    page = hand_in(client, url, days(QUICK + 1))
    worked(place)
    client.post(page)
    calls: list[int] = []

    def fails(_intake: Any, count: int) -> None:
        calls.append(count)
        if count == 150:
            raise MemoryError

    with mock.patch.object(intakes, "_note", fails), pytest.raises(MemoryError):
        worked(place)
    with scope(jurisdiction=place.jurisdiction):
        assert len(calls) == 150 and not CalendarEntry.objects.exists()
    assert not AuditEvent.objects.filter(act="calendar.entered").exists()
    assert "未写入任何数据" in client.get(page).content.decode()
    hand_in(client, url, days(QUICK + 1))
    with scopes_disabled():
        rows = Intake.objects.all()
        rows.update(queued_at="2020-01-01T00:00:00+08:00")
        assert intakes.sweep() == [rows.get().pk] and intakes.sweep() == []
        rows.update(queued_at="2020-01-01T00:00:00+08:00", attempts=intakes.MAX_ATTEMPTS)
        assert intakes.sweep() == [] and rows.get().state == Intake.State.FAILED
        rows.update(queued_at="2020-01-01T00:00:00+08:00")
        assert intakes.sweep() == [] and not rows.exists(), "what nobody confirms is not kept"


def test_a_list_of_the_greatest_length_is_taken(place: Place) -> None:
    text = "key,kind,name_zh\n" + "".join(f"town-{n},town,{n}镇\n" for n in range(ROWS))
    page = hand_in(place.client("office_head"), place.url("bodies/list/"), text)
    with scope(jurisdiction=place.jurisdiction):
        intake = Intake.objects.get()
        assert (intake.lines, intake.sheet[1][-1][1][0]) == (ROWS, f"town-{ROWS - 1}")
    assert place.client("office_head").get(page).status_code == 200
    too_long = place.client("office_head").post(
        place.url("calendar/list/"), {"file": SimpleUploadedFile("a.csv", (text + "town-x,town,镇\n").encode())}
    )
    assert str(ROWS) in str(too_long.context["form"].errors)


@pytest.mark.django_db(transaction=True)
def test_others_go_on_while_a_long_list_is_checked_and_the_chain_stays_whole() -> None:
    place = make_place()
    hand_in(place.client("office_head"), place.url("calendar/list/"), days(QUICK + 1))
    halfway, told = threading.Event(), threading.Event()

    def waits(_intake: Any, count: int) -> None:
        if count == 100:
            halfway.set()
            assert told.wait(20)

    def take_in() -> None:
        from django.db import connection

        try:
            with scopes_disabled():
                pk = Intake.objects.get().pk
            intakes.work(pk)
        finally:
            connection.close()

    with mock.patch.object(intakes, "_note", waits):
        worker = threading.Thread(target=take_in)
        worker.start()
        try:
            assert halfway.wait(20)
            start = time.monotonic()
            give(place.people["stranger"], "committee", place.jurisdiction)
            assert "role.begin" in acts(place) and time.monotonic() - start < 5
        finally:
            told.set()
            worker.join()
    assert verify(place.jurisdiction.code).verified
