"""Pages as a crawler reads them, without a browser: where they lead, what one can do there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client

from accounts.models import User
from tests.e2e.crawl import addresses
from tests.e2e.signing import session_key

LINK = re.compile(r"""<a\b[^>]*?\bhref=["']([^"'#]+)""")
FORM = re.compile(r"""<form\b[^>]*?\baction=["']([^"']*)""")
CONTROL = re.compile(r"""<(?:input|select|textarea)\b[^>]*?\bname=["']([^"']+)""")
#: What stands on every page: language, theme, signing out.
EVERYWHERE = {"core:theme", "set_language", "account_logout", "csrfmiddlewaretoken", "next", "language", "theme"}
NUMBERS = re.compile(r"\d+")


@dataclass(slots=True)
class Sheet:
    """A page as a crawler reads it."""

    address: str
    status: int
    kind: str
    text: str

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.kind.startswith("text/html")

    @property
    def links(self) -> Iterable[str]:
        found = (unescape(link).partition("?")[0] for link in LINK.findall(self.text) if link.startswith("/"))
        return dict.fromkeys(found)

    def forms(self) -> frozenset[str]:
        """What one can do here: the addresses of the forms, by name, and their fields without their numbers."""
        sent = {addresses.name_of(unescape(action)) or action for action in FORM.findall(self.text)}
        return frozenset(
            (sent | {NUMBERS.sub("#", name) for name in CONTROL.findall(self.text)} | {"page"}) - EVERYWHERE
        )


class Reader:
    """Asks the site for pages in a thread of its own: neither scope nor language of the test that plays comes near them."""

    def __init__(self, language: str) -> None:
        self.language, self._thread, self._clients = language, ThreadPoolExecutor(1), dict[int, Client]()

    def get(self, user: User | None, address: str) -> Sheet:
        """The page that the address leads to, for that person."""
        return self._thread.submit(self._get, user, address).result()

    def close(self) -> None:
        self._thread.submit(connections.close_all).result()
        self._thread.shutdown()

    def _get(self, user: User | None, address: str) -> Sheet:
        answer: Any = self._client(user).get(address, follow=True)
        kind = answer.headers.get("Content-Type", "")
        if not kind.startswith("text/html"):
            answer.close()
            return Sheet(answer.request["PATH_INFO"], answer.status_code, kind, "")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return Sheet(answer.request["PATH_INFO"], answer.status_code, kind, body.decode())

    def _client(self, user: User | None) -> Client:
        key = user.pk if user else 0
        if key not in self._clients:
            client = self._clients[key] = Client(raise_request_exception=False)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = self.language
            if user:
                client.cookies[settings.SESSION_COOKIE_NAME] = session_key(user)
        return self._clients[key]
