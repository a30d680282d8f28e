"""Components in a browser: a file on its way, a drawn signature, a citation's pop-up, long work that says how far it is."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope
from PIL import Image
from playwright.sync_api import Page, expect

from jurisdictions.domain import intakes
from jurisdictions.models import CalendarEntry, Intake
from tests.e2e.acting import Enter
from tests.jurisdictions.administration import Place, make_place

SAYS = "[data-upload-says]"
STOP = "[data-upload-stop]"


@pytest.fixture
def place(transactional_db: None, settings: Any) -> Iterator[Place]:
    settings.DEMO_SIGN_IN, settings.UPLOAD_MAX_MB = True, 1
    found = make_place()
    with scope(jurisdiction=found.jurisdiction):
        yield found


def days(count: int, *, padding: int = 0) -> dict[str, Any]:
    """A list of the calendar as a file, with blanks in the last cell to make it heavy."""
    lines = [
        f"{2027 + n // 336}-{n % 336 // 28 + 1:02}-{n % 28 + 1:02},0,停电检修{' ' * padding}" for n in range(count)
    ]
    text = "\n".join(["day,working,reason", *lines])
    return {"name": "日历.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_a_file_on_its_way_and_long_work(place: Place, enter: Enter) -> None:
    page = enter(place.people["office_head"])
    page.goto(reverse("jurisdictions:calendar_list", args=[place.jurisdiction.code]))
    send = page.locator("main form[enctype] button[type=submit]").first
    _too_large(page, send)
    _broken_off(page, send)
    _stopped(page, send)
    _refused(page)
    _long_work(page)


def choose(page: Page, file: dict[str, Any]) -> None:
    page.set_input_files('main input[type="file"]', [file])


def _too_large(page: Page, send: Any) -> None:
    """Said when it is chosen, by name; nothing is sent."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    choose(page, days(3, padding=400_000))
    expect(page.locator(SAYS)).to_contain_text("1 MB，请选择较小的文件")
    send.click()
    expect(page.locator('input[type="file"]')).to_be_focused()
    assert sent == []


def _broken_off(page: Page, send: Any) -> None:
    page.route(
        "**/calendar/list/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    choose(page, days(3))
    send.click()
    expect(page.locator(SAYS)).to_contain_text("连接中断")
    expect(page.locator("progress")).to_be_hidden()
    page.unroute("**/calendar/list/")


def _stopped(page: Page, send: Any) -> None:
    """A slow line: the bar moves, and whoever waits may stop; the file is still chosen."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    line.send("Network.emulateNetworkConditions", slow)
    choose(page, days(3, padding=200_000))
    send.click()
    expect(page.locator(STOP)).to_be_visible()
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator(SAYS)).to_contain_text("正在上传")
    page.locator(STOP).press("Enter")
    expect(page.locator(SAYS)).to_contain_text("已停止上传")
    assert page.locator('input[type="file"]').evaluate("input => input.files.length") == 1
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})


def _refused(page: Page) -> None:
    """What is wrong stands on the page that comes back, and has the focus."""
    choose(page, {"name": "空.csv", "mimeType": "text/csv", "buffer": b"nothing\n1"})
    page.locator("main form[enctype] button[type=submit]").first.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    assert CalendarEntry.objects.count() == 0


def _long_work(page: Page) -> None:
    """The script is told where to go on; there the page itself asks how far the work is, until it is over."""
    choose(page, days(201))
    with page.expect_navigation(url="**?list=*"):
        page.locator("main form[enctype] button[type=submit]").first.click()
    expect(page.locator("#intake")).to_be_visible()
    intakes.work(Intake.objects.get().pk)
    expect(page.locator("#report")).to_be_visible(timeout=8_000)
    with page.expect_navigation():
        page.locator("#report form button.btn-primary").click()
    intakes.work(Intake.objects.get().pk)
    expect(page.locator("#intake")).to_be_hidden(timeout=8_000)
    assert CalendarEntry.objects.count() == 201


def test_signature_and_citation(place: Place, enter: Enter) -> None:
    page = enter(None, width=360)
    page.goto("/design/")
    _draw(page)
    _cite(page)


def _draw(page: Page) -> None:
    """By mouse, by finger, cleared by keyboard."""
    signature = page.locator("[data-signature]").first
    kept, canvas = signature.locator('input[type="hidden"]'), signature.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None and box["width"] <= 330 and abs(box["width"] / box["height"] - 960 / 352) < 0.1, (
        "no stroke is bent"
    )
    left, top = box["x"] + 40, box["y"] + 40
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(left + 80, top + 30, steps=5)
    page.mouse.up()
    assert _ink(kept.input_value()) > 100
    signature.locator("[data-signature-clear]").press("Space")
    assert kept.input_value() == ""
    finger = page.context.new_cdp_session(page)
    before = page.evaluate("scrollY")
    for kind, down in (("touchStart", 0), ("touchMove", 20), ("touchMove", 40), ("touchEnd", None)):
        points = [] if down is None else [{"x": left + 20, "y": top + down}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    expect(kept).not_to_have_value("")
    assert _ink(kept.input_value()) > 100 and page.evaluate("scrollY") == before


def _ink(address: str) -> int:
    """How many points of the picture are drawn on."""
    picture = Image.open(io.BytesIO(base64.b64decode(address.removeprefix("data:image/png;base64,"))))
    assert picture.size == (960, 352)
    return sum(1 for alpha in picture.getchannel("A").tobytes() if alpha)


def _cite(page: Page) -> None:
    """Opened by keyboard, within the screen, closed by Escape; the focus stays where one reads."""
    citation = page.locator("button.article-ref").first
    citation.press("Enter")
    pop = page.locator(".pop:popover-open")
    expect(pop).to_be_visible()
    box = pop.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    expect(pop).to_have_count(0)
    expect(citation).to_be_focused()
