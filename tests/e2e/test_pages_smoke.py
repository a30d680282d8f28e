"""Every page of a finished round, wide and narrow, in both languages: nothing breaks, nothing overflows, nothing shuts anybody out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page

from accounts.models import User
from tests import matrix, worlds
from tests.e2e.acting import Enter

AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.target.join(' ')).join(' | ')))"""
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth"
SIGHTS = ((1280, "zh-hans"), (360, "en"), (1280, "en"), (360, "zh-hans"))


class Watcher:
    """One person's browser: what a page says on its console, which of its requests fail."""

    def __init__(self, page: Page) -> None:
        self.page, self.noise = page, list[str]()
        page.on(
            "console",
            lambda message: self.noise.append(f"console: {message.text}") if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: self.noise.append(f"error: {error}"))
        page.on(
            "response",
            lambda response: self.noise.append(f"{response.status} {response.url}") if response.status >= 400 else None,
        )
        page.on("requestfailed", lambda request: self.noise.append(f"failed: {request.url}"))

    def look(self, address: str) -> list[str]:
        """The faults of a page."""
        self.noise.clear()
        self.page.goto(address)
        faults = list(self.noise)
        if self.page.locator("h1").count() != 1:
            faults.append(f"{self.page.locator('h1').count()} h1")
        if len(self.page.title().split("–")[0].strip()) < 1:
            faults.append("no title")
        if self.page.evaluate(OVERFLOWS):
            faults.append(f"wider than {self.page.viewport_size}")
        self.page.evaluate(AXE)
        return [*faults, *(f"axe {fault}" for fault in self.page.evaluate(RUN_AXE))]


@pytest.mark.django_db(transaction=True)
def test_every_page_of_a_finished_round_is_sound(enter: Enter) -> None:
    world = worlds.build("wenling-2023", year=2025, applications=4)
    other = worlds.load("tacheng-2023").jurisdiction
    with scope(jurisdiction=world.jurisdiction):
        world.finish()
        rows, arguments = matrix.rows(world)
        people = matrix.people(world, other)
    watchers: dict[tuple[str, int, str], Watcher] = {}
    faults: list[str] = []
    for number, (name, role, address) in enumerate(_open_pages(rows, arguments, people)):
        width, language = SIGHTS[number % len(SIGHTS)]
        key = (role, width, language)
        if key not in watchers:
            watchers[key] = Watcher(enter(people[role], width=width, language=language))
        found = watchers[key].look(address)
        faults += [f"{name} ({role}, {width}, {language}): {fault}" for fault in found]
    assert watchers
    assert not faults, "\n" + "\n".join(faults)


def _open_pages(
    rows: dict[str, dict[str, int]], arguments: dict[str, Any], people: dict[str, User | None]
) -> Iterator[tuple[str, str, str]]:
    """Each address that somebody may read as a page, with the first role that may."""
    for name in sorted(set(matrix.addresses()) & set(rows)):
        statuses = rows[name]
        role = next((role for role in people if statuses.get(role, statuses.get("*")) == 200), None)
        if role is not None and not name.startswith("documents:") and name not in DOWNLOADS:
            yield name, role, reverse(name, kwargs=arguments.get(name, {}))


#: Files, not pages.
DOWNLOADS = frozenset({"awards:payments_csv", "voting:minutes"})
