"""Forms of this app's pages. They ask; the domain functions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from awards.domain.sanctioning import GRADES, grade_name, possible
from awards.models import DutyRecord, Honour, OtherAward, SanctionCase
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Duty
from rounds.models import Round


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=5000, **more)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, **more)


class FixForm(forms.Form):
    """The list is fixed."""

    on = _day(_("Fixed on"))
    document = forms.CharField(label=_("Number of the minutes"), max_length=80)


class ApproveForm(forms.Form):
    """The government approves; a reason beside a name takes it off."""

    number = forms.CharField(label=_("Document number"), max_length=80)
    date = _day(_("Date of the document"))

    def __init__(self, *args: Any, names: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        for pk, name in names.items():
            label = _("Not approved: {name} (reason)").format(name=name)
            self.fields[f"struck_{pk}"] = forms.CharField(label=label, required=False, max_length=500)

    def struck(self) -> dict[int, str]:
        """``{entry: reason}``."""
        return {pk: reason for pk in self.names if (reason := self.cleaned_data.get(f"struck_{pk}", "").strip())}


class PaidForm(forms.Form):
    """A bonus was paid."""

    on = _day(_("Paid on"))


class CaseForm(forms.Form):
    """A case against an honour."""

    sanction = forms.ChoiceField(label=_("Measure"), widget=forms.RadioSelect)
    occurred_on = _day(
        _("Happened on"),
        required=False,
        help_text=_("For accidents, violations and misuse: the day on which it happened."),
    )
    grade = forms.ChoiceField(label=_("Grade of the accident"), required=False)
    findings = _text(_("Findings"), 6, help_text=_("What was established, how, and by whom."))

    def __init__(self, *args: Any, policy: Policy, honour: Honour | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows: Any = self.fields["sanction"]
        rows.choices = [
            (s.key, _("{text} (Article {article})").format(text=s.text, article=s.article))
            for s in possible(policy, honour)
        ]
        grades: Any = self.fields["grade"]
        grades.choices = [("", "—"), *((grade, grade_name(grade)) for grade in GRADES)]


class ApplicantCaseForm(CaseForm):
    """A case against an applicant (false papers)."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, honour=None, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(entries__round=round_).distinct().order_by("name")


class StepForm(forms.Form):
    """An organ of the chain speaks."""

    agreed = forms.TypedChoiceField(
        label=_("Opinion of the organ"), coerce=lambda value: value == "yes", choices=(("yes", _("Agrees")), ("no", _("Does not agree"))),
        widget=forms.RadioSelect,
    )  # fmt: skip
    opinion = _text(_("Grounds"))
    on = _day(_("On"))
    number = forms.CharField(label=_("Document number"), max_length=80, required=False)
    due_on = _day(_("To be corrected by"), required=False)

    def __init__(self, *args: Any, case: SanctionCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if case.act != "order_correction":
            del self.fields["due_on"]


class ReturnForm(forms.Form):
    """Something came back."""

    item = forms.ChoiceField(label=_("Given back"))
    on = _day(_("On"))

    def __init__(self, *args: Any, items: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["item"]
        field.choices = [(item, ITEMS.get(item, item)) for item in items]


ITEMS = {
    "certificate": _("certificate"), "plaque": _("plaque"), "bonus": _("bonus"), "trophy": _("trophy"), "medal": _("medal"),
    "circular": _("circular"),
}  # fmt: skip


class DiscloseForm(forms.Form):
    """The public is told."""

    statement = _text(_("Public statement"))
    on = _day(_("On"))
    also_in = forms.CharField(label=_("Also published in"), max_length=300, required=False)

    def __init__(self, *args: Any, media: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if media is None:
            del self.fields["also_in"]
        else:
            self.fields["also_in"].help_text = _("The regulation names: {media}.").format(media=media)


class CreditForm(forms.Form):
    """Entered in the credit file."""

    reference = forms.CharField(label=_("Reference in the credit file"), max_length=120)
    on = _day(_("On"))


class CorrectionForm(forms.Form):
    """An ordered correction was made or refused."""

    corrected = forms.TypedChoiceField(
        label=_("Outcome"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=(("yes", _("Corrected")), ("no", _("Not corrected"))),
    )  # fmt: skip
    refused_in_writing = forms.BooleanField(label=_("The holder refused in writing"), required=False)
    on = _day(_("On"))


class DutyForm(forms.Form):
    """A duty was fulfilled."""

    duty = forms.ChoiceField(label=_("Duty"))
    on = _day(_("On"))
    title = forms.CharField(label=_("Title"), max_length=200)
    text = _text(_("Account"))
    amount = forms.DecimalField(label=_("Amount (yuan)"), required=False, min_value=0, max_digits=14, decimal_places=2)
    fitness = forms.ChoiceField(
        label=_("Result of the evaluation"), required=False, choices=[("", "—"), *DutyRecord.Fitness.choices]
    )
    public = forms.BooleanField(label=_("Show this activity to the public"), required=False)

    def __init__(self, *args: Any, duties: list[Duty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["duty"]
        field.choices = [(duty.key, str(duty.text)) for duty in duties]
        kinds = {duty.record for duty in duties}
        for name, needed in (
            ("amount", {"bonus_use", "budget"}),
            ("fitness", {"evaluation"}),
            ("public", {"activity"}),
        ):
            if not kinds & needed:
                del self.fields[name]


class MisuseForm(forms.Form):
    """A report of misuse."""

    text = _text(_("What was seen, where and when"))
    reporter = forms.CharField(label=_("Reported by"), max_length=120, required=False)
    contact = forms.CharField(label=_("Contact"), max_length=120, required=False)


class ConclusionForm(forms.Form):
    """A report is settled."""

    conclusion = _text(_("Conclusion"))
    case: forms.ModelChoiceField[SanctionCase] = forms.ModelChoiceField(
        label=_("Case that it led to"), queryset=None, required=False, empty_label=_("None: unfounded")
    )

    def __init__(self, *args: Any, honour: Honour, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["case"]
        field.queryset = SanctionCase.objects.filter(honour=honour)


class EarlierForm(forms.Form):
    """An honour given before this system kept the register."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.filter(rehearsal=False).order_by("name")
    )
    prize = forms.ChoiceField(label=_("Prize"))
    year = forms.IntegerField(label=_("Award year"), min_value=1980, max_value=2100)
    number = forms.CharField(label=_("Document number"), max_length=80)
    date = _day(_("Date of the document"))
    organ = forms.CharField(label=_("Given by"), max_length=120)
    serial = forms.CharField(label=_("Serial of the certificate"), max_length=40)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["prize"]
        field.choices = [(prize.key, str(prize.name)) for prize in policy.prizes]


class OtherAwardForm(forms.Form):
    """An award of another government."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.filter(rehearsal=False).order_by("name")
    )
    name = forms.CharField(label=_("Award"), max_length=200)
    issuer = forms.CharField(label=_("Given by"), max_length=120, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=OtherAward.Level.choices)
    year = forms.IntegerField(label=_("Year"), min_value=1980, max_value=2100)
