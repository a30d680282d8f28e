"""Walks from page to page as each person would, and looks at every page that is new: a page not seen yet, or one with a form not seen on it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from zlib import crc32

from django.conf import settings
from playwright.sync_api import Page

from accounts.models import User
from tests.e2e.crawl import addresses
from tests.e2e.crawl.sight import THEMES, WIDTHS, Sight, Watcher

LOG = Path(settings.BASE_DIR) / "var" / "crawl"
LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"'#]+)""")
FORM = re.compile(r"""<form\b[^>]*?\baction=["']([^"']*)""")
CONTROL = re.compile(r"""<(?:input|select|textarea)\b[^>]*?\bname=["']([^"']+)""")
#: What stands on every page: language, theme, signing out.
EVERYWHERE = {"core:theme", "set_language", "account_logout", "csrfmiddlewaretoken", "next", "language", "theme"}
DULL = 2
PATIENCE = 120_000  # milliseconds; a paper is drawn while one waits, on a machine that has much to do
NUMBERS = re.compile(r"\d+")


@dataclass(slots=True)
class Sheet:
    """A page as a crawler reads it: where it leads, which forms stand on it."""

    address: str
    status: int
    kind: str
    text: str

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.kind.startswith("text/html")

    @property
    def links(self) -> Iterable[str]:
        return (unescape(link) for link in LINK.findall(self.text) if link.startswith("/"))

    def forms(self) -> frozenset[str]:
        """What one can do here: the addresses of the forms, by name, and their fields without their numbers."""
        sent = {addresses.name_of(unescape(action)) or action for action in FORM.findall(self.text)}
        return frozenset(
            (sent | {NUMBERS.sub("#", name) for name in CONTROL.findall(self.text)} | {"page"}) - EVERYWHERE
        )


@dataclass
class Crawler:
    """``whole``: every page for every role, on every width and in every theme; else each page once, light and dark by turns."""

    enter: Callable[..., Page]
    site: str
    language: str
    whole: bool = False
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    met: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    looks: int = 0
    reads: int = 0
    _dull: Counter[tuple[str, str]] = field(default_factory=Counter)
    _browsers: dict[int, Watcher] = field(default_factory=dict)

    def walk(self, moment: str, role: str, user: User | None, starts: Iterable[str]) -> None:
        """Go wherever links lead this person, once to each kind of page; look at what is new."""
        queue, been = deque((start, "") for start in starts), set[str]()
        while queue:
            address, origin = queue.popleft()
            name = addresses.name_of(address)
            if name in been or not addresses.known(name) or self._bored(role, name):
                continue
            been.add(name)
            if name in self.files:  # papers are drawn when asked for: one is enough
                continue
            sheet = self._read(user, address)
            name = addresses.name_of(sheet.address)  # where it led to, if elsewhere
            still_made = sheet.status == 409 and name == "documents:paper"
            if sheet.status >= 400 and origin and not still_made:
                self.tell(f"{origin} ({moment}, {role})", [f"leads to {address}, which answers {sheet.status}"])
            if not sheet.is_page:
                self.files |= {name} if sheet.status == 200 else set()
                continue
            queue.extend((link.partition("?")[0], address) for link in sheet.links)
            self.met.setdefault(name, f"{moment}, {role}")
            self._perhaps(moment, role, user, name, address, sheet)

    def _perhaps(self, moment: str, role: str, user: User | None, name: str, address: str, sheet: Sheet) -> None:
        key = f"{name}:{role}" if self.whole else name
        new = sheet.forms() - self.shown[key]
        self._dull[role, name] = 0 if new else self._dull[role, name] + 1
        if new:
            self.shown[key] |= new
            found = self.look(user, address, f"{name}-{role}-{moment}")
            self.tell(f"{name} ({moment}, {role}, {self.language})", found)

    def _bored(self, role: str, name: str) -> bool:
        """Whether this person found the page twice running as others had seen it: it is then left out, to save time."""
        return not self.whole and self._dull[role, name] >= DULL

    def look(
        self, user: User | None, address: str, name: str, *, foreign: bool = False, status: int = 200
    ) -> list[str]:
        """The faults of one page, on the screens it is due to be looked at."""
        self.looks += 1
        return self._browser(user).look(address, self._sights(name), name=name, foreign=foreign, status=status)

    def tell(self, where: str, found: list[str]) -> None:
        """Keep what was found, and write it down at once for whoever waits for a long crawl."""
        told = [f"{where}: {fault}" for fault in found]
        self.faults += told
        LOG.mkdir(parents=True, exist_ok=True)
        with (LOG / f"{self.language}.txt").open("a", encoding="utf-8") as log:
            log.writelines(f"{line}\n" for line in told or [f"{where}: sound"])

    def _sights(self, name: str) -> list[Sight]:
        """By turns: the other language sees the page in the other theme, and axe on the other width."""
        if self.whole:
            return [Sight(width, theme) for theme in THEMES for width in WIDTHS]
        turn = (crc32(name.encode()) + (self.language == "en")) % 2
        return [Sight(width, THEMES[turn], axe=place == turn) for place, width in enumerate(WIDTHS)]

    def _read(self, user: User | None, address: str) -> Sheet:
        self.reads += 1
        answer = self._browser(user).page.context.request.get(self.site + address, timeout=PATIENCE)
        return Sheet(
            urlsplit(answer.url).path,
            answer.status,
            answer.headers.get("content-type", ""),
            answer.text() if answer.ok else "",
        )

    def _browser(self, user: User | None) -> Watcher:
        key = user.pk if user else 0
        if key not in self._browsers:
            self._browsers[key] = Watcher(self.enter(user, language=self.language), self.site, self.language)
        return self._browsers[key]
