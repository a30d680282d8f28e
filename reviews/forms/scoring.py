"""The score sheet as a form: one control for each leaf, made from the sheet of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from jurisdictions.policy.sheets import Criterion, Sheet
from reviews.domain.scoring import Given
from reviews.models import ScoreSheet
from reviews.queries.progress import EntryWork
from reviews.tallies.scores import steps, top

MOST_CHOICES = 41


def _widget(sheet: Sheet, leaf: Criterion) -> forms.Widget:
    """A list of the marks where they are few, else a number with the right steps."""
    offered = steps(sheet, leaf)
    if len(offered) <= MOST_CHOICES:
        unit = "%" if sheet.mode == "percent" else ""
        return forms.Select(
            choices=[("", "—"), *((f"{mark.normalize():f}", f"{mark.normalize():f}{unit}") for mark in offered)]
        )
    return forms.NumberInput(
        attrs={"min": "0", "max": f"{top(sheet, leaf):f}", "step": f"{sheet.step.value:f}", "inputmode": "decimal"}
    )


@dataclass
class Part:
    """A criterion of the tree as the page shows it."""

    criterion: Criterion
    depth: int
    mark: BoundField | None = None
    remark: BoundField | None = None
    answer: str = ""
    secret: bool = False
    spread: Any = None
    marks: list[Any] = field(default_factory=list)


class SheetForm(forms.Form):
    """Marks and remarks for each leaf; strengths and opportunities for the whole."""

    strengths = forms.CharField(label=_("Strengths"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    opportunities = forms.CharField(
        label=_("Opportunities for improvement"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for leaf in sheet.leaves():
            self.fields[f"score_{leaf.key}"] = forms.CharField(
                label=str(leaf.title), required=False, widget=_widget(sheet, leaf)
            )
            self.fields[f"remark_{leaf.key}"] = forms.CharField(
                label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    @staticmethod
    def initial_of(sheet: ScoreSheet | None) -> dict[str, Any]:
        """What a sheet holds so far."""
        if sheet is None:
            return {"version": 0}
        marks = {f"score_{key}": mark for key, mark in sheet.scores.items()}
        remarks = {f"remark_{key}": text for key, text in sheet.remarks.items()}
        return {
            **marks,
            **remarks,
            "strengths": sheet.strengths,
            "opportunities": sheet.opportunities,
            "version": sheet.version,
        }

    def given(self) -> Given:
        """What was typed, for the domain."""
        data = self.cleaned_data
        keys = [leaf.key for leaf in self.sheet.leaves()]
        return Given(
            scores={key: data[f"score_{key}"] for key in keys}, remarks={key: data[f"remark_{key}"] for key in keys},
            strengths=data["strengths"], opportunities=data["opportunities"],
        )  # fmt: skip

    def refuse(self, refusal: Refused) -> None:
        """Put a refusal at its leaf."""
        name = f"score_{refusal.field}"
        self.add_error(name if name in self.fields else None, str(refusal))

    def parts(self) -> Iterator[Part]:
        """The tree, depth first."""
        yield from self._parts(self.sheet.criteria, 0)

    def _parts(self, criteria: list[Criterion], depth: int) -> Iterator[Part]:
        for criterion in criteria:
            if criterion.children:
                yield Part(criterion, depth)
                yield from self._parts(criterion.children, depth + 1)
            else:
                yield Part(criterion, depth, self[f"score_{criterion.key}"], self[f"remark_{criterion.key}"])


class DifferencesForm(forms.Form):
    """Agreed values and reasons for the leaves that the team has to talk over."""

    def __init__(self, *args: Any, work: EntryWork, leaves: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaves = leaves
        everything = work.spec.consensus.value == "agreed"
        for leaf in leaves:
            self.fields[leaf.key] = forms.CharField(
                label=str(leaf.title), required=False, widget=_widget(work.sheet, leaf)
            )
            if not everything:
                self.fields[leaf.key].help_text = _("Empty: the reviewers' own marks stand.")
            self.fields[f"reason_{leaf.key}"] = forms.CharField(
                label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    def given(self) -> dict[str, dict[str, str]]:
        """``values`` and ``reasons`` for the domain."""
        data = self.cleaned_data
        return {
            "values": {leaf.key: data[leaf.key] for leaf in self.leaves},
            "reasons": {leaf.key: data[f"reason_{leaf.key}"] for leaf in self.leaves},
        }

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        return [(leaf, self[leaf.key], self[f"reason_{leaf.key}"]) for leaf in self.leaves]
