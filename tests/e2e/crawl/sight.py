"""One page on one screen: what it says on its console, what it asks for in vain, what shuts somebody out."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

from tests.e2e.crawl import wording

HERE = Path(__file__).parent
AXE = (Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
RUN_AXE = """() => axe.run(document, {
    resultTypes: ['violations'],
    runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']},
}).then(found => found.violations.map(v => `${v.id}: ` + v.nodes.slice(0, 2).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message || '')).join(' | ')))"""
CHECKS = (HERE / "checks.js").read_text(encoding="utf-8")
TEXTS = (HERE / "texts.js").read_text(encoding="utf-8")
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


class Watcher:
    """One person's browser in one language."""

    def __init__(self, page: Page, site: str, language: str) -> None:
        self.page, self.site, self.language, self.noise = page, site, language, list[str]()
        page.set_default_timeout(120_000)
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on(
            "pageerror", lambda error: self.noise.append(f"error: {error} {(error.stack or '').split(chr(10))[1:2]}")
        )
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        page.on("requestfailed", lambda asked: self.noise.append(f"failed: {asked.url}"))

    def _heard(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.noise.append(f"console {kind}: {text}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.noise.append(f"{status} {url}")

    def look(
        self, address: str, sights: list[Sight], *, name: str = "", foreign: bool = False, status: int = 200
    ) -> list[str]:
        """The faults of a page. ``foreign``: its templates are a library's, so that only what it does and its width are ours to judge."""
        faults: list[str] = []
        theme = ""
        for sight in sights:
            self.page.set_viewport_size({"width": sight.width, "height": 900})
            if sight.theme != theme:
                theme = sight.theme
                faults += self._open(address, theme, status)
                if not foreign:
                    faults += wording.faults(self.page.evaluate(TEXTS), self.language)
            faults += [f"{sight.width} {theme}: {fault}" for fault in self._judge(sight, foreign)]
            self._shoot(name, sight)
        return faults

    def _open(self, address: str, theme: str, status: int) -> list[str]:
        self.noise.clear()
        self.page.context.add_cookies([{"url": self.site, "name": "theme", "value": theme}])
        self.page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        answer = self.page.goto(address)
        got = answer.status if answer else 0
        return [fault for fault in self.noise if not (status >= 400 and str(status) in fault)] + (
            [f"answers {got}"] if got != status else []
        )

    def _judge(self, sight: Sight, foreign: bool) -> list[str]:
        unfolded = "document.querySelectorAll('main details').forEach(d => { d.open = true })"
        if foreign:
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            return [f"wider: {wide}"] if wide > sight.width + SLACK else []
        self.page.evaluate(unfolded)
        faults: list[str] = self.page.evaluate(CHECKS, SLACK)
        if sight.axe:
            if not self.page.evaluate("'axe' in window"):
                self.page.evaluate(AXE)
            faults += [f"axe {fault}" for fault in self.page.evaluate(RUN_AXE)]
        return faults

    def _shoot(self, name: str, sight: Sight) -> None:
        if name and os.environ.get("SCREENSHOTS"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            plain = re.sub(r"[^\w-]+", "-", name)
            path = SHOTS / f"{plain}-{self.language[:2]}-{sight.width}-{sight.theme}.png"
            self.page.screenshot(path=path, full_page=True)
