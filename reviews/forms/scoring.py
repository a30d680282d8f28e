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

#: Names the sheets on which a form rests. (A dash: no criterion's key has one.)
SHOWN = "sheets-shown"
MOST_CHOICES = 41
MOST_BUTTONS = 21
#: Words under each item: the sheet's own name for them, and what a control is called.
NOTES = {
    "strengths": _("Strengths"),
    "opportunities": _("Opportunities for improvement"),
    "questions": _("Questions to clear up"),
}


def _choices(sheet: Sheet, leaf: Criterion, *, first: str = "") -> list[tuple[str, str]]:
    unit = "%" if sheet.mode == "percent" else ""
    marks = [f"{mark.normalize():f}" for mark in steps(sheet, leaf)]
    return [*([("", first)] if first else []), *((mark, f"{mark}{unit}") for mark in marks)]


def _widget(sheet: Sheet, leaf: Criterion, *, buttons: bool = False) -> forms.Widget:
    """Large buttons or a list of the marks where they are few, else a number with the right steps."""
    count = len(steps(sheet, leaf))
    worth = {"data-points": f"{leaf.points:f}", "data-mode": sheet.mode}
    if buttons and count <= MOST_BUTTONS:
        return forms.RadioSelect(choices=_choices(sheet, leaf), attrs=worth)
    if count <= MOST_CHOICES:
        return forms.Select(choices=_choices(sheet, leaf, first="—"), attrs=worth)
    return forms.NumberInput(
        attrs={
            "min": "0",
            "max": f"{top(sheet, leaf):f}",
            "step": f"{sheet.step.value:f}",
            "inputmode": "decimal",
            **worth,
        }
    )


@dataclass
class Part:
    """A criterion of the tree as the page shows it."""

    criterion: Criterion
    depth: int
    mark: BoundField | None = None
    remark: BoundField | None = None
    notes: list[BoundField] = field(default_factory=list)
    #: Whether the form asked the applicant about this, and what it wrote (without what is marked as a trade secret).
    asked: bool = False
    passages: list[Any] = field(default_factory=list)
    secret: bool = False
    files: list[Any] = field(default_factory=list)
    spread: Any = None
    marks: list[Any] = field(default_factory=list)

    @property
    def noted(self) -> bool:
        """Something is written under the item."""
        return any(note.value() for note in self.notes)


class SheetForm(forms.Form):
    """Marks and remarks for each leaf; strengths and opportunities for the whole."""

    strengths = forms.CharField(label=_("Strengths"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    opportunities = forms.CharField(
        label=_("Opportunities for improvement"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    own: ScoreSheet | None = None

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for leaf in sheet.leaves():
            self.fields[f"score_{leaf.key}"] = forms.CharField(
                label=_("Mark"), required=False, widget=_widget(sheet, leaf, buttons=True)
            )
            self.fields[f"remark_{leaf.key}"] = forms.CharField(
                label=_("Remark"), required=False, widget=forms.Textarea(attrs={"rows": 1})
            )
            for kind, label in NOTES.items():
                self.fields[f"{kind}_{leaf.key}"] = forms.CharField(
                    label=label, required=False, widget=forms.Textarea(attrs={"rows": 2})
                )

    @staticmethod
    def initial_of(sheet: ScoreSheet | None) -> dict[str, Any]:
        """What a sheet holds so far."""
        if sheet is None:
            return {"version": 0}
        marks = {f"score_{key}": mark for key, mark in sheet.scores.items()}
        remarks = {f"remark_{key}": text for key, text in sheet.remarks.items()}
        notes = {f"{kind}_{key}": text for key, said in sheet.notes.items() for kind, text in said.items()}
        return {
            **marks,
            **remarks,
            **notes,
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
            notes={key: {kind: data[f"{kind}_{key}"] for kind in NOTES} for key in keys},
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
                notes = [self[f"{kind}_{criterion.key}"] for kind in NOTES]
                yield Part(
                    criterion, depth, self[f"score_{criterion.key}"], self[f"remark_{criterion.key}"], notes=notes
                )


class DifferencesForm(forms.Form):
    """Agreed values and reasons for the leaves that the team has to talk over."""

    def __init__(self, *args: Any, work: EntryWork, leaves: list[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaves = leaves
        everything = work.spec.consensus.value == "agreed"
        for leaf in leaves:
            self.fields[leaf.key] = forms.CharField(
                label=_("Agreed mark"), required=False, widget=_widget(work.sheet, leaf)
            )
            if not everything:
                self.fields[leaf.key].help_text = _("Empty: the reviewers' own marks stand.")
            self.fields[f"reason_{leaf.key}"] = forms.CharField(
                label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    def given(self) -> dict[str, Any]:
        """``values``, ``reasons`` and which sheets were ``shown``, for the domain."""
        data = self.cleaned_data
        return {
            "shown": self.data.get(SHOWN, ""),
            "values": {leaf.key: data[leaf.key] for leaf in self.leaves},
            "reasons": {leaf.key: data[f"reason_{leaf.key}"] for leaf in self.leaves},
        }

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        return [(leaf, self[leaf.key], self[f"reason_{leaf.key}"]) for leaf in self.leaves]
