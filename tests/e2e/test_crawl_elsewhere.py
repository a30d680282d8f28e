"""Pages outside a round: failures, one's own account, the operator's admin, an award that has nothing yet; and how a page is used without a
mouse, without a script, at 400 percent and over a slow line."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from tests import worlds
from tests.e2e.acting import Enter
from tests.e2e.crawl import addresses, library_own
from tests.e2e.crawl.crawler import Crawler
from tests.e2e.crawl.people import empty_house

FAILURES = {"/none-such/": 404, "/crawl/forbidden/": 403, "/crawl/refused/": 409, "/crawl/broken/": 500}
KEYBOARD = (Path(__file__).parent / "crawl" / "keyboard.js").read_text(encoding="utf-8")
#: Of what the first page needs, compressed as a proxy would.
LIGHT = 200_000
#: An address bar's zoom of 400 percent on a screen of 1280 pixels.
MAGNIFIED = 320


@pytest.mark.django_db(transaction=True)
def test_failures_and_accounts_are_sound(enter: Enter, live_server: Any, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.e2e.crawl.urls"
    worlds.load("tacheng-2023")
    member = User.objects.create_user("member@crawl.invalid", name="成员（示例）", password="x")
    with Crawler(enter, live_server.url, log="accounts") as crawler:
        for address, status in FAILURES.items():
            crawler.tell(address, crawler.look(member, address, address, status=status))
        for user in (None, member):
            crawler.walk("account", "member" if user else "anonymous", user, addresses.account_pages())
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)


@pytest.mark.django_db(transaction=True)
def test_the_operators_admin_is_sound(enter: Enter, live_server: Any) -> None:
    worlds.load("tacheng-2023")
    operator = User.objects.create_superuser("operator@crawl.invalid", name="运维（示例）", password="x")
    with Crawler(enter, live_server.url, log="operator") as crawler:
        for address in addresses.operator_pages():
            found = crawler.look(operator, address, address, foreign=True)
            crawler.tell(address, [fault for fault in found if not library_own.excused(address, fault)])
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)


@pytest.mark.django_db(transaction=True)
def test_an_award_without_any_round_has_pages_that_say_so(enter: Enter, live_server: Any) -> None:
    document = worlds.load("yiwu-2020")
    home = reverse("publicity:jurisdiction", args=[document.jurisdiction.code])
    starts = [reverse("publicity:front"), home, reverse("rounds:desk")]
    with Crawler(enter, live_server.url, log="empty") as crawler:
        for role, user in empty_house(document).items():
            crawler.walk("empty", role, user, starts)
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)


@pytest.mark.django_db(transaction=True)
def test_the_first_page_is_light(enter: Enter) -> None:
    worlds.load("tacheng-2023")
    page = enter(None)
    sizes: dict[str, int] = {}

    def weigh(answer: Any) -> None:
        body, kind = answer.body(), answer.headers.get("content-type", "")
        packed = kind.startswith(("text/", "image/svg", "application/j", "text/css"))
        sizes[answer.url] = len(gzip.compress(body, 6)) if packed else len(body)

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert 0 < sum(sizes.values()) < LIGHT, sizes


@pytest.mark.django_db(transaction=True)
def test_keyboard_reaches_everything_and_shows_where_it_is(enter: Enter) -> None:
    worlds.load("tacheng-2023")
    member = User.objects.create_user("member@crawl.invalid", name="成员（示例）", password="x")
    faults = []
    for user, address in ((None, "/"), (None, reverse("account_login")), (None, reverse("publicity:policy", args=["tacheng"])),
                          (member, reverse("rounds:desk")), (member, reverse("applications:register_organisation"))):  # fmt: skip
        page = enter(user)
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in _tab_through(page)]
    assert not faults, "\n".join(faults)


def _tab_through(page: Any) -> list[str]:
    """Press Tab until the page is left; everything that takes focus must have had it, visibly."""
    page.evaluate(KEYBOARD)
    for _step in range(400):
        page.keyboard.press("Tab")
        if not page.evaluate("window.crawl.stop()"):
            break
    faults: list[str] = page.evaluate("window.crawl.faults()")
    return faults


@pytest.mark.django_db(transaction=True)
def test_pages_magnified_fourfold_or_without_scripts_are_whole(enter: Enter) -> None:
    worlds.load("tacheng-2023")
    member = User.objects.create_user("member@crawl.invalid", name="成员（示例）", password="x")
    faults = []
    pages = [(None, "/"), (None, reverse("account_login")), (None, reverse("publicity:policy", args=["tacheng"])),
             (None, reverse("publicity:jurisdiction", args=["tacheng"])), (member, reverse("rounds:desk")),
             (member, reverse("applications:register_organisation"))]  # fmt: skip
    for user, address in pages:
        page = enter(user, width=MAGNIFIED)
        page.goto(address)
        if (
            wide := page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        ) > MAGNIFIED + 1:
            faults.append(f"{address} at {MAGNIFIED}: {wide}")
        plain = enter(user, script=False)
        plain.goto(address)
        with_script = enter(user)
        with_script.goto(address)
        said, should = (len(one.locator("main").inner_text()) for one in (plain, with_script))
        if said < should * 0.9:
            faults.append(f"{address} without scripts says {said} of {should} characters")
    assert not faults, "\n".join(faults)
