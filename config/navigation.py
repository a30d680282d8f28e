"""The main navigation: for each person only what they can open here. Seeing it is a courtesy; the pages themselves refuse.

Roles are read once a request (``jurisdictions.rules.standing``), so the navigation costs the same whatever it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.design import themes
from jurisdictions.models import Jurisdiction
from jurisdictions.rules import roles_of
from jurisdictions.views.plate import version
from rounds import acting

EVERYBODY = frozenset({"*"})
OFFICE = frozenset({"office", "office_head"})
OVERSEES = OFFICE | {"supervisor"}
READS = OVERSEES | {"approver"}
STAFF = READS | {"committee"}
SETS_UP = OVERSEES | {"operator"}


@dataclass(frozen=True, slots=True)
class Item:
    """A way in: where to, in what words, for whom."""

    name: str
    words: str | Promise
    icon: str
    roles: frozenset[str] = EVERYBODY


#: Pages without a jurisdiction.
SITE = (
    Item("publicity:front", _("All governments"), "home"),
    Item("awards:find", _("Verify a certificate"), "certificate"),
)
#: Pages of one jurisdiction, public ones first.
HERE = (
    Item("publicity:jurisdiction", pgettext_lazy("navigation", "Home"), "home"),
    Item("publicity:notices", _("Notices"), "speakerphone"),
    Item("publicity:policy", _("Regulation"), "books"),
    Item("awards:register", _("Register of honours"), "award"),
    Item("applications:apply", pgettext_lazy("navigation", "Apply"), "edit"),
    Item("rounds:index", _("Rounds"), "route", READS),
    Item("reviews:pool", _("Reviewer pool"), "users-group", OVERSEES),
    Item("reviews:mine", _("My reviews"), "clipboard-check", frozenset({"reviewer"})),
    Item("publicity:objections", _("Objections"), "message-report", OVERSEES),
    Item("awards:honours", _("Honours"), "trophy", STAFF),
    Item("jurisdictions:admin", _("Administration"), "settings", SETS_UP),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An item as this reader sees it now."""

    url: str
    words: str | Promise
    icon: str
    current: str
    own: bool


def look(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the theme, the plate's version, the navigation (made only where a page shows it)."""
    jurisdiction = getattr(request, "jurisdiction", None)
    theme = themes.chosen(request)
    return {
        "theme": theme,
        "themes": themes.THEMES,
        "plate_version": version(jurisdiction.colour) if jurisdiction else "",
        "navigation": SimpleLazyObject(lambda: links(request, jurisdiction)),
    }


def links(request: HttpRequest, jurisdiction: Jurisdiction | None) -> list[Link]:
    """What this person can open from here; the one whose page (or a page below) is shown is marked."""
    user = getattr(request, "user", None)
    items = SITE if jurisdiction is None else HERE
    held = looked_at(request, jurisdiction, roles_of(user, jurisdiction)) if jurisdiction else frozenset()
    arguments = {"code": jurisdiction.code} if jurisdiction else {}
    shown = [item for item in items if item.roles == EVERYBODY or item.roles & held]
    found = [(item, url) for item in shown if (url := _address(item.name, arguments))]
    best = max((url for _item, url in found if request.path.startswith(url)), key=len, default="")
    return [Link(url, item.words, item.icon, _mark(request, url, best), item.roles != EVERYBODY) for item, url in found]


def looked_at(request: HttpRequest, jurisdiction: Jurisdiction, held: frozenset[str]) -> frozenset[str]:
    """The roles whose ways in are shown: all, or the one that the person has chosen to look at. What may be opened stays the same."""
    chosen = request.session.get(acting.KEY) if hasattr(request, "session") else None
    if not chosen or chosen["code"] not in ("", jurisdiction.code):
        return held
    return held & {chosen["role"]}


def _mark(request: HttpRequest, url: str, best: str) -> str:
    """``page`` on the page itself, ``true`` below it; a front page is only itself."""
    if url == request.path:
        return "page"
    return "true" if url == best and url.count("/") > 3 else ""


def _address(name: str, arguments: dict[str, Any]) -> str:
    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return ""
