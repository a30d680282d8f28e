"""Findings on points: of one entry, or the same for several."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain.assessing import Found
from applications.forms.office.shared import text
from applications.models.assessment import Assessment

FINDINGS = (("", "—"), ("met", _("Met")), ("not_met", _("Not met")))
LEFT = ("left", _("Left to the review office"))


class PointsForm(forms.Form):
    """A finding, a note and where it was seen, for each point. What is left alone is no finding."""

    def __init__(self, *args: Any, points: list[Assessment], may_leave: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.points = points
        choices = (*FINDINGS, LEFT) if may_leave else FINDINGS
        for point in points:
            self.fields[f"finding-{point.key}"] = forms.ChoiceField(
                label=_("Finding"), choices=choices, required=False, initial=point.finding
            )
            self.fields[f"note-{point.key}"] = forms.CharField(
                label=_("Note"), required=False, initial=point.note, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"evidence-{point.key}"] = forms.CharField(
                label=_("Where it was seen"), required=False, initial=point.evidence, max_length=500
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the template: the point with its three fields."""
        return [
            {
                "point": point,
                "finding": self[f"finding-{point.key}"],
                "note": self[f"note-{point.key}"],
                "evidence": self[f"evidence-{point.key}"],
            }
            for point in self.points
        ]

    def given(self) -> dict[str, Found]:
        """Every finding that is filled in."""
        names = ("finding", "note", "evidence")
        found = {p.key: Found(*(self.cleaned_data[f"{name}-{p.key}"] for name in names)) for p in self.points}
        return {key: one for key, one in found.items() if one.finding}

    def findings(self) -> dict[str, Found]:
        """What was found anew."""
        stood = {p.key: Found(p.finding, p.note, p.evidence) for p in self.points}
        return {key: one for key, one in self.given().items() if one != stood[key]}


class ManyForm(forms.Form):
    """The same finding of one point for the applications ticked."""

    point = forms.ChoiceField(label=_("Point"))
    finding = forms.ChoiceField(label=_("Finding"), choices=FINDINGS[1:])
    note = text(_("Note"), rows=2, required=False)
    evidence = forms.CharField(label=_("Where it was seen"), max_length=500, required=False)

    def __init__(self, *args: Any, points: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["point"]
        field.choices = points
