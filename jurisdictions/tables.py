"""The lists of the administration pages: bodies, people and their roles, the office's calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from core.lists import Act, Choice, Column, List, One, Search
from jurisdictions import roles
from jurisdictions.domain import people
from jurisdictions.forms import ReasonForm
from jurisdictions.models import Body, CalendarEntry, Membership, Role
from jurisdictions.queries import held_on


def _body(row: Body, listing: List) -> str:
    return reverse("jurisdictions:body", args=[listing.context["code"], row.pk]) if listing.context["may_write"] else ""


def _people_of(row: Body, listing: List) -> str:
    return f"{reverse('jurisdictions:people', args=[listing.context['code']])}?body={row.pk}" if row.people else ""  # type: ignore[attr-defined]


def _in_service(value: str) -> Q:
    return Q() if value == "all" else Q(active=False)


def _held(value: str) -> Q:
    return Q() if value == "all" else Q(until__lte=clock.today())


def _remind(*, actor: User, rows: Sequence[Membership], listing: List) -> None:
    for row in rows:
        people.remind(actor=actor, membership=row)


def _end(*, actor: User, rows: Sequence[Membership], listing: List, reason: str) -> None:
    for row in rows:
        roles.end(actor=actor, membership=row, reason=reason)


def _invitations(rows: Sequence[Membership], listing: List) -> list[tuple[str, str]]:
    return [(f"{row.user.name} <{row.user.email}>", _now("The invitation, again")) for row in rows]


def _stands_for(row: Membership) -> str:
    where: Any = row.body.name if row.body else row.organ
    return " · ".join(str(part) for part in (where, row.seat, row.unit) if part)


def _stands_for_in_words(row: Membership, listing: List) -> str:
    """Organs and seats by the names that the regulation gives them."""
    names = listing.context["organs"]
    seat = names.get((row.organ, row.seat), row.seat)
    where: Any = row.body.name if row.body else names.get((row.organ, ""), row.organ)
    return " · ".join(str(part) for part in (where, seat, row.unit) if part) or "—"


def _weekday(row: CalendarEntry) -> str:
    from django.utils.dateformat import format as formatted

    return str(formatted(row.day, "Y-m-d D"))


def _remove(row: CalendarEntry, listing: List) -> Any:
    if not listing.context["may_write"]:
        return "—"
    url = reverse("jurisdictions:calendar_remove", args=[listing.context["code"], row.pk])
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> {}</span></a>', url, _now("Remove"), row.day.isoformat()
    )


class People(List):
    """Who holds which role, newest first. Context: ``code``, ``may_give`` (roles), ``today``, ``organs`` (names)."""

    key = "jurisdictions.people"
    caption = _("People and roles")
    nothing_yet = _("Nobody here.")
    export_name = "people"
    personal = True
    columns = (
        Column("name", _("Name"), "user.name", sort="user__name", template="jurisdictions/parts/person.html"),
        Column("email", _("E-mail"), "user.email", sort="user__email", chosen=False),
        Column("role", _("Role"), lambda row: row.get_role_display(), sort="role"),
        Column("for", _("For"), _stands_for, show=_stands_for_in_words),
        Column("since", _("From"), sort="since"),
        Column("until", _("Until"), sort="until", nullable=True),
        Column("act", _("Act"), lambda row: "", exported=False, template="jurisdictions/parts/person_acts.html"),
    )
    acts = (
        Act(
            "remind", _("Send the invitation again"), _remind, _("The invitations go out again."), letters=_invitations,
            allowed=lambda listing: bool(listing.context["may_give"]),
        ),
        Act(
            "end", _("End these roles"), _end, _("The roles have ended."), form=lambda data, listing: ReasonForm(data), tone="danger",
            allowed=lambda listing: bool(listing.context["may_give"]), lead=_("The roles end at once; what was done in them stands."),
        ),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """Bodies of this jurisdiction only."""
        return {
            "q": Search("user__name", "user__email", "unit", label=_("Name, e-mail or unit")),
            "role": Choice("role", Role.choices, label=_("Role"), empty=_("All roles")),
            "state": Choice(
                choices=(("ended", _("Ended")), ("all", _("All"))), label=_("State"), where=_held,
                empty=_("Held now or later"), default=held_on(clock.today()),
            ),
            "body": One("body", Body.objects.order_by("kind", "name_zh"), label=_("Body")),
        }  # fmt: skip


class Days(List):
    """The office's own entries of a year. Context: ``code``, ``may_write``."""

    key = "jurisdictions.calendar"
    caption = _("Own entries")
    order = ("day", "id")
    size = 400
    nothing_yet = _("None.")
    export_name = "calendar"
    columns = (
        Column("day", _("Day"), sort="day", show=lambda row, _list: _weekday(row)),
        Column(
            "working",
            _("The office"),
            lambda row: _now("works") if row.working else _now("does not work"),
            sort="working",
        ),
        Column("reason", _("Reason")),
        Column("act", _("Act"), lambda row: "", exported=False, show=_remove),
    )


class Bodies(List):
    """Departments, towns, associations … Context: ``code``, ``may_write``."""

    key = "jurisdictions.bodies"
    caption = _("Bodies")
    order = ("kind", "key", "id")
    nothing_yet = _("No body here.")
    export_name = "bodies"
    columns = (
        Column("name", _("Name"), sort="name_zh", link=_body),
        Column("key", _("Identifier"), sort="key", show=lambda row, _list: format_html("<code>{}</code>", row.key)),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("territory", _("Prefixes of division codes"), lambda row: ", ".join(row.territory)),
        Column("sectors", _("Sectors"), lambda row: ", ".join(row.sectors)),
        Column("people", _("Roles held"), link=_people_of, numeric=True),
        Column(
            "state", _("State"), lambda row: _now("In service") if row.active else _now("Out of service"), sort="active"
        ),
    )
    filters = {
        "q": Search("name_zh", "name_en", "key", label=_("Name or key")),
        "kind": Choice("kind", Body.Kind.choices, label=_("Kind"), empty=_("All kinds")),
        "state": Choice(
            choices=(("inactive", _("Out of service")), ("all", _("All"))), label=_("State"), where=_in_service,
            empty=_("In service"), default=Q(active=True),
        ),
    }  # fmt: skip
