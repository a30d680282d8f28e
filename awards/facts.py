"""``awards.*`` for conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import prefetch_related_objects

from awards.queries import facts
from rounds.facts import provide
from rounds.models import Entry


@provide("awards")
def award_facts(entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
    """Earlier awards of the entries' organisations."""
    prefetch_related_objects(list(entries), "round")
    return facts.award_facts(entries)
