"""Walks from page to page as each person would, and looks at every page that is new: a page not seen yet, or one with a form not seen on it."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from zlib import crc32

from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from tests.e2e.crawl import addresses
from tests.e2e.crawl.reading import Reader, Sheet
from tests.e2e.crawl.sight import THEMES, WIDTHS, Sight, Watcher

LOG = Path(settings.BASE_DIR) / "var" / "crawl"
LANGUAGES = ("zh-hans", "en")
DULL = 2


@dataclass
class Crawler:
    """``whole``: every page for every role, on every width and in every theme; else each page once, light and dark by turns.

    Pages are read once for all languages, and looked at in each.
    """

    enter: Callable[..., Page]
    site: str
    whole: bool = False
    languages: Sequence[str] = LANGUAGES
    log: str = "crawl"
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    met: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    looks: int = 0
    reads: int = 0
    _leading: set[tuple[str, str]] = field(default_factory=set)
    _dull: Counter[tuple[str, str]] = field(default_factory=Counter)
    _watchers: dict[str, Watcher] = field(default_factory=dict)

    def __enter__(self) -> Self:
        (LOG / f"{self.log}.txt").unlink(missing_ok=True)
        self._reader = Reader(self.languages[0])
        return self

    def __exit__(self, *_error: object) -> None:
        self._reader.close()

    def walk(self, moment: str, role: str, user: User | None, starts: Iterable[str]) -> None:
        """Go wherever links lead this person, once to each kind of page; look at what is new."""
        queue, been = deque((start, "") for start in starts), set[str]()
        while queue:
            address, origin = queue.popleft()
            name = addresses.name_of(address)
            if name in been or not addresses.known(name) or (origin and self._bored(role, name, address)):
                continue
            been.add(name)
            if name in self.files:  # papers are drawn when asked for: one is enough
                continue
            self.reads += 1
            sheet = self._reader.get(user, address)
            name = addresses.name_of(sheet.address)  # where it led to, if elsewhere
            still_made = sheet.status == 409 and name == "documents:paper"
            if sheet.status >= 400 and origin and not still_made:
                self.tell(f"{origin} ({moment}, {role})", [f"leads to {address}, which answers {sheet.status}"])
            if not sheet.is_page:
                self.files |= {name} if sheet.status == 200 or still_made else set()
                continue
            queue.extend((link, address) for link in sheet.links)
            if any(addresses.of_a_round(link) for link in sheet.links):
                self._leading.add((role, name))
            self.met.setdefault(name, f"{moment}, {role}")
            self._perhaps(moment, role, user, name, address, sheet)

    def _perhaps(self, moment: str, role: str, user: User | None, name: str, address: str, sheet: Sheet) -> None:
        key = f"{name}:{role}" if self.whole else name
        new = sheet.forms() - self.shown[key]
        self._dull[role, name] = 0 if new else self._dull[role, name] + 1
        if new:
            again = bool(self.shown[key])
            self.shown[key] |= new
            found = self.look(user, address, f"{name}-{role}-{moment}", again=again)
            self.tell(f"{name} ({moment}, {role})", found)

    def _bored(self, role: str, name: str, address: str) -> bool:
        """Whether this person found the page twice running as others had seen it: it is then left out, to save time.

        Not so what changes with the state of a round: the page of something in it, and a page that leads to such.
        """
        alive = addresses.of_a_round(address) or (role, name) in self._leading
        return not self.whole and self._dull[role, name] >= DULL and not alive

    def look(
        self,
        user: User | None,
        address: str,
        name: str,
        *,
        again: bool = False,
        foreign: bool = False,
        status: int = 200,
    ) -> list[str]:
        """The faults of one page in each language, on the screens it is due to be looked at. ``again``: what frames it was looked at before."""
        self.looks += 1
        found = []
        for language in self.languages:
            watcher, sights = self._watcher(language), self._sights(name, language, again)
            watcher.sit(user)
            seen = watcher.look(address, sights, name=name, foreign=foreign, status=status)
            found += [f"{language} {fault}" for fault in seen]
        return found

    def tell(self, where: str, found: list[str]) -> None:
        """Keep what was found, and write it down at once for whoever waits for a long crawl."""
        told = [f"{where}: {fault}" for fault in found]
        self.faults += told
        LOG.mkdir(parents=True, exist_ok=True)
        with (LOG / f"{self.log}.txt").open("a", encoding="utf-8") as log:
            log.writelines(f"{line}\n" for line in told or [f"{where}: sound"])

    def _sights(self, name: str, language: str, again: bool) -> list[Sight]:
        """By turns: the other language sees the page in the other theme, and axe on the other width; a page seen before in one language."""
        if self.whole:
            return [Sight(width, theme, again=again) for theme in THEMES for width in WIDTHS]
        place = self.languages.index(language)
        turn = (crc32(name.encode()) + place) % 2
        axe = not again or turn == 0
        return [Sight(width, THEMES[turn], axe=axe and at == turn, again=again) for at, width in enumerate(WIDTHS)]

    def _watcher(self, language: str) -> Watcher:
        if language not in self._watchers:
            self._watchers[language] = Watcher(self.enter(None, language=language), self.site, language)
        return self._watchers[language]
