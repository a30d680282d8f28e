"""Every page of the site in Chromium, in the states of a round: nothing breaks, nothing shuts anybody out, nothing is left untranslated.

``make test``: each page in each language and width, light and dark by turns, for one role that may open it, and again wherever it shows a
form not seen on it before. ``make crawl`` (CRAWL=whole): every page for every role in each language, width and theme.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from django_scopes import scope

from tests import matrix, worlds
from tests.e2e.acting import Enter
from tests.e2e.crawl.crawler import Crawler
from tests.e2e.crawl.moments import MOMENTS, watched
from tests.e2e.crawl.people import ROLES, outsider, people

WHOLE = os.environ.get("CRAWL") == "whole"
LANGUAGES = ("zh-hans", "en")
#: Open to somebody by the matrix, but not to anybody of this cast: their own tests open them.
ELSEWHERE = {"accounts:demo", "core:design", "applications:own_entry", "applications:difference", "publicity:notice"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_round_is_sound_in_all_its_states(enter: Enter, live_server: Any, language: str) -> None:
    crawler = Crawler(enter, live_server.url, language, WHOLE)
    world = worlds.build("wenling-2023", year=2025, applications=4)
    stranger = outsider(worlds.load("tacheng-2023").jurisdiction)
    place = reverse("publicity:jurisdiction", args=[world.jurisdiction.code])
    starts = [reverse("publicity:front"), reverse("rounds:desk"), place]

    def look(act: str, times: int) -> None:
        roles = MOMENTS.get((act, times), ())
        crowd = people(world, stranger) if roles else {}
        for role in ROLES if WHOLE and roles else roles:
            crawler.walk(f"{act} {times}", role, crowd[role], starts)

    with watched(look), scope(jurisdiction=world.jurisdiction):
        world.finish()
    with scope(jurisdiction=world.jurisdiction):
        crowd, (rows, arguments) = people(world, stranger), matrix.rows(world)
    for role in ROLES:
        crawler.walk("finished", role, crowd[role], [*starts, *_allowed(role, rows, arguments)])
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)
    open_to_somebody = {name for name, statuses in rows.items() if 200 in statuses.values()}
    assert not open_to_somebody - set(crawler.met) - crawler.files - ELSEWHERE, "pages that nobody came to"


def _allowed(role: str, rows: dict[str, dict[str, int]], arguments: dict[str, Any]) -> Iterator[str]:
    """The addresses that the matrix opens to a role: pages to which no link of this round leads."""
    for name, statuses in rows.items():
        if statuses.get(role, statuses.get("*")) == 200:
            try:
                yield reverse(name, kwargs=arguments.get(name, {}))
            except NoReverseMatch:  # the test of the matrix says so
                continue
