"""Faults of libraries' own forms in the operator's admin. Each row says whose it is and why it harms nobody; everything else is ours to mend."""

from __future__ import annotations

from config.settings.apps import HOUSE

#: What a fault says, and why it is let pass on a library's own pages (django-celery-beat's, django-guardian's).
ON_THEIR_PAGES = {
    "wider": "their forms set widths of their own",
    "axe critical label: #id_": "a moment is typed into two fields, a day and a time, under one label (django-celery-beat's schedules)",
    "inline script violates": "their scripts written into the page are stopped by our policy; the forms work without",
}
#: What a fault says, and why it is let pass on any page of the admin.
ANYWHERE: dict[str, str] = {}


def excused(address: str, fault: str) -> bool:
    """Whether the fault is a library's own."""
    ours = any(address.startswith(f"/operate/{app}/") for app in HOUSE) or address == "/operate/"
    rows = ANYWHERE if ours else ANYWHERE | ON_THEIR_PAGES
    return any(words in fault for words in rows)
