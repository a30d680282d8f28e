"""The data table of the page of components: rows that no table holds, filtered, sorted, paged and taken along like any other list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core.design.samples import LONG_NAME, STATUSES
from core.lists import Column, Gathered, List, Mark, Pick, Words

ROWS = 23
PASSED: Callable[[Any], bool] = lambda row: row.status == "advanced"  # noqa: E731  # a filter takes a function of a row


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented line."""

    pk: int
    name: str
    status: str
    score: Decimal | None


def _status(row: Sample, listing: List) -> Any:
    return listing.component("status", status=row.status, label=str(dict(STATUSES)[row.status]))


class Samples(Gathered):
    """Invented organisations."""

    key = "core.samples"
    caption = lazy("Entries")
    size = 6
    export_name = "samples"
    columns = (
        Column("name", lazy("Organisation"), sort="name"),
        Column("status", lazy("Status"), lambda row: dict(STATUSES)[row.status], sort="status", show=_status),
        Column("score", lazy("Score"), sort="score", nullable=True, numeric=True),
        Column("pk", lazy("Number"), numeric=True, chosen=False),
    )
    filters = {
        "q": Words(lambda row: row.name, label=lazy("Organisation")),
        "status": Pick(lambda row: row.status, STATUSES, label=lazy("Status")),
        "passed": Mark(PASSED, label=lazy("Passed")),
    }


def listing(request: HttpRequest) -> Samples:
    """The list, with one name of 200 signs and one line without a score among the others."""
    keys = [key for key, _words in STATUSES]
    rows = [
        Sample(
            n, LONG_NAME if n == 3 else _("Example company {n}").format(n=n), keys[n % len(keys)],
            None if n == 5 else Decimal("99.5") - n,
        )
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    return Samples(request, rows)
