"""The round's own panels on the screen of an entry: recusals, the log."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.log import name_of
from audit.models import AuditEvent
from rounds.forms import RecuseForm
from rounds.models import Entry, Recusal
from rounds.panels import Look, provide
from rounds.rules import is_office

MOST = 50


@provide("recusals", _("Recusals"), template="rounds/panels/recusals.html", order=90)
def recusals(look: Look) -> dict[str, Any]:
    """Who has stepped aside; the office records more. Two queries."""
    form = RecuseForm(people=people_of(look.entry), auto_id="recuse-%s") if is_office(look.user, look.entry) else None
    return {"recusals": list(Recusal.objects.filter(entry=look.entry).select_related("user")), "recuse_form": form}


@provide("log", _("Log"), template="rounds/panels/log.html", order=95)
def log(look: Look) -> dict[str, Any] | None:
    """The newest acts that concern the entry, with their people: two queries."""
    subjects = [name_of(look.entry), f"applications.Application:{look.entry.pk}"]
    events = list(AuditEvent.objects.filter(subject__in=subjects).order_by("-id")[:MOST])
    people = {str(u.pk): u for u in User.objects.filter(pk__in={e.actor_id for e in events if e.actor_id})}
    return {"events": [(event, people.get(event.actor_id)) for event in events]} if events else None


def people_of(entry: Entry) -> QuerySet[User]:
    """Everybody who holds a role here: who may have to step aside."""
    return people_in(entry.round.jurisdiction_id)


def people_in(jurisdiction_id: int) -> QuerySet[User]:
    """Everybody who holds a role in a jurisdiction."""
    return (
        User.objects.filter(memberships__jurisdiction=jurisdiction_id, memberships__until=None)
        .distinct()
        .order_by("name", "id")
    )
