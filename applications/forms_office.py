"""Forms of the office's and the bodies' pages. Rules are the domain's; these only read what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.domain.assessing import Found
from applications.models.assessment import Assessment
from applications.models.opinions import ConsultationRequest
from core.refusals import Refused
from jurisdictions.models import Body
from jurisdictions.policy.constitution import Check

FINDINGS = (("", "—"), ("met", _("Met")), ("not_met", _("Not met")))
LEFT = ("left", _("Left to the review office"))
ROWS_TO_CONSULT = 4


def text(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def attach(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal on the field that it speaks of, else on top."""
    names = (refusal.field, f"note-{refusal.field}", f"finding-{refusal.field}")
    form.add_error(next((name for name in names if name in form.fields), None), str(refusal))


class ReasonForm(forms.Form):
    """A reason, recorded."""

    reason = text(_("Reason"))


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


class ChecksForm(forms.Form):
    """Answers to the policy's checks, each of its own type."""

    def __init__(
        self, *args: Any, checks: list[Check], values: Mapping[str, Any], evidence: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self.fields[f"check-{check.key}"] = _answer(check, values.get(check.key))
        if evidence:
            self.fields["evidence"] = forms.CharField(label=_("Where it was seen"), max_length=500, required=False)

    def values(self) -> dict[str, Any]:
        """What was answered."""
        given = {check.key: self.cleaned_data[f"check-{check.key}"] for check in self.checks}
        return {key: value for key, value in given.items() if value not in (None, "")}


class FactsForm(ChecksForm):
    """The same facts for several entries: at least one."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.values():
            raise forms.ValidationError(_("Say at least one fact."))
        return given


class AnswerForm(ChecksForm):
    """One body's answer about one entry."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=ConsultationRequest.Answer.choices[1:], widget=forms.RadioSelect, required=False
    )
    recommends = forms.ChoiceField(
        label=_("Do you recommend it?"),
        choices=(("yes", _("yes")), ("no", _("no"))),
        widget=forms.RadioSelect,
        required=False,
    )
    reason = text(_("Reason"), required=False, help_text=_("Needed for a disagreement."))
    file = forms.FileField(label=_("File"), required=False)

    def __init__(self, *args: Any, recommends: bool, **kwargs: Any) -> None:
        super().__init__(*args, values={}, evidence=False, **kwargs)
        if not recommends:
            del self.fields["recommends"]

    def recommendation(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data.get("recommends", ""))


class PublishForm(forms.Form):
    """A body's own publicity."""

    where = forms.CharField(label=_("Published where"), max_length=300, help_text=_("The site, paper or notice board."))


class ObjectionForm(forms.Form):
    """An objection received while a body's window runs."""

    text = text(_("Objection"))
    raised_by = forms.CharField(label=_("Raised by"), max_length=200, required=False)


class SettleForm(forms.Form):
    """What was found of an objection."""

    stands = forms.ChoiceField(
        label=_("Does it stand?"), choices=(("no", _("no")), ("yes", _("yes"))), widget=forms.RadioSelect, initial="no"
    )
    finding = text(_("What was found"))


class OpinionForm(forms.Form):
    """The audit opinion."""

    opinion = text(_("Audit opinion"), rows=5)
    reason = text(_("Why it is sent on although a register speaks against it"), rows=2, required=False)
    departure = text(_("Reason for departing from the publicity"), rows=2, required=False)

    def __init__(self, *args: Any, departs: bool, checks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not departs:
            del self.fields["departure"]
        if not checks:
            del self.fields["reason"]


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


class BodyForm(forms.Form):
    """Putting an application into a body's hands."""

    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    reason = text(_("Reason"), rows=2)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = bodies


class AskForm(forms.Form):
    """Which bodies to ask about all that wait."""

    bodies: forms.ModelMultipleChoiceField[Body] = forms.ModelMultipleChoiceField(
        label=_("Bodies to ask"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bodies"]
        field.queryset = bodies
        field.initial = [body.pk for body in bodies]


def _answer(check: Check, value: Any) -> forms.Field:
    """The field of one check; ``value`` as stored."""
    shown = {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value
    if check.type == "yes_no":
        choices: Any = (("", "—"), ("true", _("yes")), ("false", _("no")))
        return forms.ChoiceField(label=str(check.label), choices=choices, required=False, initial=shown)
    if check.type == "choice":
        choices = [("", "—"), *((key, str(label)) for key, label in check.choices.items())]
        return forms.ChoiceField(label=str(check.label), choices=choices, required=False, initial=shown)
    if check.type == "date":
        return forms.DateField(label=str(check.label), required=False, initial=shown, widget=forms.DateInput)
    if check.type == "number":
        return forms.DecimalField(label=str(check.label), required=False, initial=shown)
    return forms.CharField(label=str(check.label), required=False, initial=shown, max_length=500)
