"""Names as long as they may be, in one word, from right to left, of pictures; and lists of 5,000 rows: nothing breaks, overlaps or vanishes."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from accounts.models import Organisation, User
from bench.filling import fill
from core import clock
from publicity.models import Notice
from tests import worlds
from tests.e2e.acting import Enter
from tests.e2e.crawl.crawler import Crawler
from tests.e2e.crawl.moments import watched
from tests.e2e.crawl.people import outsider, people

pytestmark = pytest.mark.skipif(os.environ.get("CRAWL") != "whole", reason="part of make crawl")
#: As an organisation could be called; its name may have 200 characters.
NAMES = ("长" * 200, "Unbroken" * 25, "\u202bشركة الجودة المتميزة للصناعات الثقيلة " * 5, "🏆👩‍🔬 <b>&amp;" * 16)
ROWS = 5_000
#: Who comes to see the names, and when; everybody who works on a round.
MOMENTS = {
    ("application.filed", 4): ("anonymous", "applicant", "recommender", "office_head"),
    ("entries.checked", 1): ("office", "supervisor"),
    ("plan.made", 1): ("leader", "reviewer", "office", "applicant"),
    ("poll.opened", 1): ("committee", "supervisor", "office"),
    ("poll.closed", 1): ("teller",),
    ("approval.list_fixed", 1): ("approver", "office"),
}
#: Whose lists grow with the applications.
READERS = ("anonymous", "recommender", "office", "supervisor", "approver")


@pytest.mark.django_db(transaction=True)
def test_the_hardest_names_break_nothing(enter: Enter, live_server: Any) -> None:
    world = worlds.build("wenling-2023", year=2025, applications=4)
    stranger = outsider(worlds.load("tacheng-2023").jurisdiction)
    with Crawler(enter, live_server.url, languages=("zh-hans",), log="names") as crawler:

        def look(act: str, times: int) -> None:
            if roles := MOMENTS.get((act, times), ()):
                crowd = people(world, stranger)
                _rename()
                for role in roles:
                    crawler.walk(f"hard names, {act}", role, crowd[role], _starts(world))

        with watched(look), scope(jurisdiction=world.jurisdiction):
            world.finish()
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)
    page = enter(world.applicant)
    page.goto(reverse("applications:organisations"))
    assert any(page.get_by_text(name.strip()[:20]).count() for name in NAMES), "a long name is there to be read"


@pytest.mark.django_db(transaction=True)
def test_five_thousand_applications_break_nothing(enter: Enter, live_server: Any) -> None:
    world = worlds.build("wenling-2023", year=2025, applications=4)
    stranger = outsider(worlds.load("tacheng-2023").jurisdiction)
    with scope(jurisdiction=world.jurisdiction):
        world.advance("recommendation")
        fill(world.round, ROWS, prize=world.entry.prize)
        _many_notices(world)
        crowd = people(world, stranger)
    with Crawler(enter, live_server.url, languages=("zh-hans",), log="rows") as crawler:
        for role in READERS:
            crawler.walk(f"{ROWS} rows", role, crowd[role], _starts(world))
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)


def _starts(world: worlds.World) -> list[str]:
    return [reverse("rounds:desk"), reverse("publicity:jurisdiction", args=[world.jurisdiction.code])]


def _rename() -> None:
    """Everybody and every organisation is called something hard to lay out."""
    names = itertools.cycle(NAMES)
    with scopes_disabled():
        for organisation in Organisation.objects.order_by("pk"):
            Organisation.objects.filter(pk=organisation.pk).update(name=next(names)[:200])
        for user in User.objects.order_by("pk"):
            User.objects.filter(pk=user.pk).update(name=next(names)[:80])


def _many_notices(world: worlds.World) -> None:
    Notice.objects.bulk_create(
        Notice(
            jurisdiction=world.jurisdiction, kind=Notice.Kind.OTHER, article="1", title_zh=f"公告 {number} {'很长的标题' * 20}",
            published_on=dt.date(2025, 1, 2), published_at=clock.now(), published_by=world.cast.office,
        )
        for number in range(ROWS)
    )  # fmt: skip
