"""Whatever somebody types, no page answers with an error of its own: every address, every form, arbitrary text."""

from __future__ import annotations

import random
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django_scopes import scope

from tests import matrix, worlds
from tests.architecture.test_matrix import in_state

pytestmark = [pytest.mark.django_db]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NASTY = (
    "", " ", "\0", "甲\0乙", "\u202e倒过来", "😀" * 60, "长" * 5000, "a" * 20000, "１２３", "-1", "9" * 40, "1e400", "NaN", "١٢٣",
    "2025-02-30", "9999-12-31", "0000-00-00", "00:00", "=1+1", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%(x)s{y}", "'\"\\;--",
    "\ud7ff\ue000\ufffe", "\x07\x1b[31m", "\r\n\r\nSet-Cookie: a=b", "[]", "{}", "null", "true", "../../etc/passwd", "\u2028",
)  # fmt: skip
SKIP = {"accounts:demo_enter", "accounts:demo"}


class Forms(HTMLParser):
    """The forms of a page: (method, action, {name: values it offers})."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, list[str]]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self.found.append(((at.get("method") or "get").lower(), at.get("action") or "", {}))
        elif self.found and tag in ("input", "textarea", "button", "select") and at.get("name"):
            self._select = str(at["name"])
            values = self.found[-1][2].setdefault(self._select, [])
            values += [str(at["value"])] if at.get("value") else []
        elif self.found and tag == "option" and at.get("value"):
            self.found[-1][2].setdefault(self._select, []).append(str(at["value"]))


def answers(rng: random.Random, fields: dict[str, list[str]], *, honest: float) -> dict[str, Any]:
    """Something for each field: what the page offers, or what nobody should type."""
    given = {}
    for name, offered in fields.items():
        if offered and rng.random() < honest:
            given[name] = rng.choice(offered)
        elif rng.random() < 0.9:
            given[name] = rng.choice(NASTY) if rng.random() < 0.8 else drawn(rng)
    return given


def drawn(rng: random.Random) -> str:
    """Arbitrary text without lone surrogates, which no request can carry."""
    points = (rng.choice((rng.randrange(0x20), rng.randrange(0x3000), rng.randrange(0x110000))) for _n in range(40))
    return "".join(chr(p) for p in points if not 0xD800 <= p < 0xE000)


@pytest.mark.parametrize("state", ["intake", "eligibility"])
def test_no_page_breaks_whatever_is_typed(state: str, settings: Any) -> None:
    settings.DEMO_SIGN_IN = False
    world, rng = in_state(state), random.Random(state)
    other = worlds.load("yiwu-2020").jurisdiction
    with scope(jurisdiction=[world.jurisdiction, other]):
        expected, arguments = matrix.rows(world)
        cast = matrix.people(world, other)
    expected = matrix.in_state(state, expected, arguments)
    clients = {role: Client(raise_request_exception=False) for role in cast}
    for role, person in cast.items():
        if person:
            clients[role].force_login(person, backend=BACKEND)
    broken: list[str] = []
    for name in sorted(set(expected) - SKIP):
        try:
            url = reverse(name, kwargs=arguments.get(name, {}))
        except NoReverseMatch:  # what this state of the round does not have
            continue
        for role in chosen(rng, expected[name]):
            with transaction.atomic():  # what one page changes shall not hide the next
                broken += tried(rng, clients[role], url, f"{name} as {role}")
                transaction.set_rollback(True)
    assert not broken, "\n".join(broken)


def chosen(rng: random.Random, row: dict[str, int]) -> list[str]:
    """One who may; for an address that takes posts only, one of those who act most."""
    may = [role for role in matrix.ROLES if row.get(role, row.get("*")) == 200]
    return [rng.choice(may or ["office_head", "applicant"])]


def tried(rng: random.Random, client: Client, url: str, told: str) -> list[str]:
    """What went wrong on one page: with a nasty query, with every form left empty of sense and half filled in."""
    query = {
        key: rng.choice(NASTY)
        for key in ("q", "cursor", "page", "sort", "year", "next", "kind", "state", "body", "view")
    }
    page = client.get(url)
    asked = [(client.get(url, query), f"GET {query}"), (page, "GET")]
    for method, action, fields in forms(page, url):
        if method == "post" and not re.search("logout|setlang|theme", action):
            data = answers(rng, fields, honest=rng.choice((0.0, 0.5, 0.8)))
            asked.append((client.post(action or url, data), f"POST {action} {data}"))
    if page.status_code == 405:
        data = {key: rng.choice(NASTY) for key in ("reason", "name", "opinion", "pk", "day", "value")}
        asked.append((client.post(url, data), f"POST {data}"))
    return [f"{told}: {a.status_code} {how}"[:700] for a, how in asked if a.status_code >= 500]


def forms(page: Any, url: str) -> list[tuple[str, str, dict[str, list[str]]]]:
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return []
    parser = Forms()
    parser.feed(page.content.decode())
    return [form for form in parser.found if not re.match(r"https?:", form[1])]
