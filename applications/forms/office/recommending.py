"""Forms of a body that recommends its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.office.shared import text

ROWS_TO_CONSULT = 4


class RecommendForm(forms.Form):
    """Recommending."""

    reason = text(_("Opinion"), required=False)
    overtaking = text(
        _("Why before one that has priority"),
        rows=2,
        required=False,
        help_text=_("Needed only while an application with priority still waits in your list."),
    )

    def __init__(self, *args: Any, ranks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ranks:
            del self.fields["overtaking"]


class ConsultedForm(forms.Form):
    """Whom the body consulted, and what came of it: a few rows of two columns."""

    def __init__(self, *args: Any, rows: Iterable[Mapping[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(rows)
        self.count = max(ROWS_TO_CONSULT, len(known) + 1)
        for n in range(self.count):
            row = known[n] if n < len(known) else {}
            self.fields[f"whom-{n}"] = forms.CharField(
                label=_("Consulted"), required=False, max_length=200, initial=row.get("whom", "")
            )
            self.fields[f"outcome-{n}"] = forms.CharField(
                label=_("What came of it"), required=False, max_length=1000, initial=row.get("outcome", "")
            )

    def pairs(self) -> list[tuple[Any, Any]]:
        """The bound fields, row by row."""
        return [(self[f"whom-{n}"], self[f"outcome-{n}"]) for n in range(self.count)]

    def outcomes(self) -> list[dict[str, str]]:
        given = self.cleaned_data
        rows = ({"whom": given[f"whom-{n}"], "outcome": given[f"outcome-{n}"]} for n in range(self.count))
        return [row for row in rows if row["whom"] or row["outcome"]]
