"""Every page of the site in Chromium, in the states of rounds: nothing breaks, nothing shuts anybody out, nothing is left untranslated.

``make test``: each page in each language and width, light and dark by turns, for one role that may open it, and again wherever it shows a
form not seen on it before. ``make crawl`` (CRAWL=whole): every page for every role in each language, width and theme.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.urls import NoReverseMatch, reverse
from django_scopes import scope

from accounts.models import User
from tests import matrix, worlds
from tests.e2e.acting import Enter
from tests.e2e.crawl import afterwards
from tests.e2e.crawl.crawler import LOG, Crawler
from tests.e2e.crawl.moments import FINISHED, HALVES, ROUNDS, Moments, watched
from tests.e2e.crawl.people import ROLES, outsider, people
from tests.lists.samples import fill
from tests.worlds import World

WHOLE = os.environ.get("CRAWL") == "whole"
#: Opened by tests of their own: prizes with categories, which no policy here has (a page test); a report that waits for its applicant (the
#: browser test of a whole team) and what an applicant is told who does not go on (a page test), which the people of this tour do not meet.
ELSEWHERE = {"applications:category", "reviews:confirm", "reviews:feedback"}
#: Both halves of one run leave here what they came to.
REPORTS = LOG / os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("half", HALVES)
def test_every_page_of_a_round_is_sound_in_all_its_states(
    enter: Enter, live_server: Any, settings: Any, half: str
) -> None:
    settings.DEMO_SIGN_IN = True  # the page of the demo's people, the living page of components
    with Crawler(enter, live_server.url, whole=WHOLE, log=half) as crawler:
        for policy, moments in ROUNDS.items():
            world = worlds.build(policy, year=2025, applications=4)
            tour = Tour(crawler, world, HALVES[half])
            tour.play(moments, rows=policy == matrix.POLICY)
        Tour(crawler, afterwards.returned(), HALVES[half]).look("returned", ("applicant", "office"))
    assert not crawler.faults, "\n" + "\n".join(crawler.faults)
    _nothing_is_left_out(crawler, half)


@dataclass
class Tour:
    """One round, and the half of its people that this test accompanies."""

    crawler: Crawler
    world: World
    half: frozenset[str]
    allowed: Mapping[str, list[str]] = field(default_factory=dict)

    def play(self, moments: Moments, *, rows: bool) -> None:
        """Play the round; look in the moments that are named, at its end with rows of which a rehearsal leaves none."""

        def told(act: str, times: int) -> None:
            if (act, times) in moments and (act, times) != FINISHED:
                self.look(f"{act} {times}", moments[act, times])

        with scope(jurisdiction=self.world.jurisdiction):
            with watched(told):
                self.world.finish()
            with transaction.atomic():
                if FINISHED in moments:
                    fill(self.world)
                self.allowed = _allowed(*matrix.rows(self.world)) if rows else {}
        self.look("finished", moments.get(FINISHED, ()))

    def look(self, moment: str, roles: tuple[str, ...]) -> None:
        """Each of these people goes wherever links lead; with ``make crawl`` everybody does."""
        if not self.half.intersection(roles) and not WHOLE:
            return
        with scope(jurisdiction=self.world.jurisdiction):
            crowd = people(self.world, _stranger())
        for role in (*ROLES, *{"public"}.intersection(roles)) if WHOLE else roles:
            if role in self.half:
                with afterwards.in_earnest(self.world) if role == "public" else contextlib.nullcontext():
                    self.crawler.walk(
                        f"{self.world.jurisdiction.code} {moment}", role, crowd[role], self.starts(role, crowd[role])
                    )

    def starts(self, role: str, user: User | None) -> list[str]:
        home = [reverse("publicity:front"), reverse("rounds:desk")]
        home += [reverse("publicity:jurisdiction", args=[self.world.jurisdiction.code]), *self.allowed.get(role, ())]
        if role == "anonymous":
            home += [reverse("accounts:demo"), reverse("core:design")]
        home += afterwards.own_addresses(self.world, user)
        return home + (afterwards.public_addresses(self.world) if role == "public" else [])


def _stranger() -> User:
    return outsider(worlds.load("qingyuan-draft-2025").jurisdiction)


def _allowed(rows: dict[str, dict[str, int]], arguments: dict[str, Any]) -> dict[str, list[str]]:
    """The addresses that the matrix opens to each role: pages to which no link of this round leads."""
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for name, statuses in rows.items():
        for role in ROLES:
            if statuses.get(role, statuses.get("*")) == 200:
                with contextlib.suppress(NoReverseMatch):  # the test of the matrix says so
                    found[role].append(reverse(name, kwargs=arguments.get(name, {})))
    return found


def _nothing_is_left_out(crawler: Crawler, half: str) -> None:
    """Whichever half ends last finds every page that answers anything but posts among what both came to."""
    REPORTS.mkdir(parents=True, exist_ok=True)
    part = REPORTS / f"{half}.part"
    part.write_text(json.dumps(sorted(set(crawler.met) | crawler.files)), encoding="utf-8")
    part.rename(REPORTS / f"{half}.json")
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in REPORTS.glob("*.json")]
    if len(reports) == len(HALVES):
        left_out = matrix.pages() - set().union(*reports) - ELSEWHERE
        assert not left_out, f"pages that nobody came to: {sorted(left_out)}"
