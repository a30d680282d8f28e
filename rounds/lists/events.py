"""Acts of the log in a list: by the names of what was done, who did it and what it was about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html

from accounts.models import User
from audit.naming import name_of
from core.lists import List
from rounds.models import Entry
from rounds.templatetags.agenda import subject_url

#: How the log names an entry.
ENTRY = "rounds.Entry:"


def introduce(rows: Sequence[Any]) -> None:
    """Give each event its ``person`` and ``about``: the log carries only numbers. Two queries."""
    people = {str(user.pk): user for user in User.objects.filter(pk__in={e.actor_id for e in rows if e.actor_id})}
    numbers = {e.subject.removeprefix(ENTRY) for e in rows if e.subject.startswith(ENTRY)}
    entries = Entry.objects.filter(pk__in={int(n) for n in numbers if n.isdecimal()}).select_related("organisation")
    names = {f"{ENTRY}{entry.pk}": f"{entry.organisation.name} {entry.number}" for entry in entries}
    for event in rows:
        event.person, event.about = people.get(event.actor_id), names.get(event.subject, event.subject)


def act(row: Any, listing: List) -> Any:
    """What was done, in words, and what it was about; its code for who compares it with the log."""
    url = subject_url(row, listing.context["code"])
    about = format_html('<a href="{}">{}</a>', url, row.about) if url else row.about
    return format_html('{} <code class="text-secondary">{}</code><br>{}', name_of(row.act), row.act, about)


def in_one_line(row: Any) -> str:
    """The same for a file."""
    return f"{name_of(row.act)} ({row.act})"
