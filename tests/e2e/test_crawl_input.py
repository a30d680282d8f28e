"""Names as long as they may be, in one word, from right to left, of pictures; and a list of 5,000 rows: nothing breaks, overlaps or vanishes."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from accounts.models import Organisation, User
from core import clock
from publicity.models import Notice
from tests import worlds
from tests.e2e.acting import Enter
from tests.e2e.crawl.crawler import Crawler
from tests.e2e.crawl.people import outsider, people

pytestmark = pytest.mark.skipif(os.environ.get("CRAWL") != "whole", reason="part of make crawl")
#: As an organisation could be called; its name may have 200 characters.
NAMES = ("长" * 200, "Unbroken" * 25, "\u202bشركة الجودة المتميزة للصناعات الثقيلة " * 5, "🏆👩‍🔬 <b>&amp;" * 16)
ROWS = 5_000
LOOKERS = ("anonymous", "applicant", "office", "recommender")


@pytest.mark.django_db(transaction=True)
def test_the_longest_names_and_lists_break_nothing(enter: Enter, live_server: Any) -> None:
    world = worlds.build("wenling-2023", year=2025, applications=4)
    stranger = outsider(worlds.load("tacheng-2023").jurisdiction)
    with scope(jurisdiction=world.jurisdiction):
        world.advance("eligibility")
        crowd = people(world, stranger)
        _many_notices(world)
    _rename()
    crawler = Crawler(enter, live_server.url, "zh-hans")
    starts = [reverse("rounds:desk"), reverse("publicity:jurisdiction", args=[world.jurisdiction.code])]
    for role in LOOKERS:
        crawler.walk("hard names", role, crowd[role], starts)
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)
    page = enter(crowd["applicant"])
    page.goto(reverse("applications:organisations"))
    assert page.get_by_text(NAMES[0][:50]).count(), "a long name is there to be read"


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
