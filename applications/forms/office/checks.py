"""Facts that somebody establishes: by the office, or by a body that is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.office.shared import text
from applications.models.opinions import ConsultationRequest
from jurisdictions.policy.constitution import Check


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
