"""One page on one screen: what it says on its console, what it asks for in vain, what shuts somebody out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from tests.e2e.crawl import wording
from tests.e2e.signing import cookie, session_cookie

HERE = Path(__file__).parent
AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """again => axe.run(again ? 'main' : document, {
    resultTypes: ['violations'],
    runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']},
}).then(found => found.violations.map(
    v => `${v.impact} ${v.id}: ` + v.nodes.slice(0, 2).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message || '')).join(' | ')
))"""
CHECKS = (HERE / "checks.js").read_text(encoding="utf-8")
TEXTS = (HERE / "texts.js").read_text(encoding="utf-8")
#: What keeps somebody from using a page.
GRAVE = ("axe serious", "axe critical")
SLACK = 1
SHOTS = Path(settings.BASE_DIR) / "var" / "screenshots"
WIDTHS = (1280, 360)
THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Sight:
    """How a page is looked at."""

    width: int
    theme: str
    axe: bool = True
    again: bool = False


class Watcher:
    """A browser in one language, in which one person after another sits: what pages share is fetched once."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page, self.site, self.language, self.noise = page, site, language, list[str]()
        self.width, self.theme, self.sitting = 0, "", 0
        page.set_default_timeout(120_000)
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on(
            "pageerror", lambda error: self.noise.append(f"error: {error} {(error.stack or '').split(chr(10))[1:2]}")
        )
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        page.on("requestfailed", lambda asked: self.noise.append(f"failed: {asked.url}"))

    def sit(self, user: User | None) -> None:
        """Whoever sat here gets up and leaves nothing behind."""
        if self.sitting == (user.pk if user else 0):
            return
        self.sitting = user.pk if user else 0
        self.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        if self.page.url.startswith(self.site):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        if user:
            self.page.context.add_cookies([session_cookie(self.site, user)])  # type: ignore[list-item]

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.noise.append(f"console {kind}: {text}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.noise.append(f"{status} {url}")

    def look(
        self, address: str, sights: list[Sight], *, name: str = "", foreign: bool = False, status: int = 200
    ) -> list[str]:
        """The faults of a page. ``foreign``: its templates are a library's, so that what shuts somebody out, what it does and its width count."""
        faults: list[str] = []
        opened = ""
        for sight in sorted(sights, key=lambda one: (one.theme != self.theme, one.theme, one.width != self.width)):
            self._turn(sight)
            if sight.theme != opened:
                opened = sight.theme
                faults += self._open(address, status)
                if not foreign:
                    faults += wording.faults(self.page.evaluate(TEXTS), self.language)
            faults += [f"{sight.width} {sight.theme}: {fault}" for fault in self._judge(sight, foreign)]
            self._shoot(name, sight)
        return faults

    def _turn(self, sight: Sight) -> None:
        if sight.width != self.width:
            self.width = sight.width
            self.page.set_viewport_size({"width": sight.width, "height": 900})
        if sight.theme != self.theme:
            self.theme = sight.theme
            self.page.context.add_cookies([cookie(self.site, "theme", sight.theme)])  # type: ignore[list-item]
            self.page.emulate_media(color_scheme=sight.theme)  # type: ignore[arg-type]

    def _open(self, address: str, status: int) -> list[str]:
        self.page.goto("about:blank")  # what the page before still asks for is broken off, and is no fault of this one
        self.noise.clear()
        answer = self.page.goto(address)
        got = answer.status if answer else 0
        return [fault for fault in self.noise if not (status >= 400 and str(status) in fault)] + (
            [f"answers {got}"] if got != status else []
        )

    def _judge(self, sight: Sight, foreign: bool) -> list[str]:
        unfolded = "document.querySelectorAll('main details').forEach(d => { d.open = true })"
        if foreign:
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            found = [f"wider: {wide}"] if wide > sight.width + SLACK else []
            return found + [fault for fault in self._axe(sight) if fault.startswith(GRAVE)]
        self.page.evaluate(unfolded)
        faults: list[str] = self.page.evaluate(CHECKS, SLACK)
        return faults + self._axe(sight)

    def _axe(self, sight: Sight) -> list[str]:
        if not sight.axe:
            return []
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        return [f"axe {fault}" for fault in self.page.evaluate(RUN_AXE, sight.again)]

    def _shoot(self, name: str, sight: Sight) -> None:
        if name and os.environ.get("SCREENSHOTS"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            plain = re.sub(r"[^\w-]+", "-", name)
            path = SHOTS / f"{plain}-{self.language[:2]}-{sight.width}-{sight.theme}.png"
            self.page.screenshot(path=path, full_page=True)
