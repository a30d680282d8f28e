"""Forms of the administration pages. Rules live in the domain; a refusal is put on the field that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.typed import LineField
from jurisdictions.models import Body, Jurisdiction, Role

SPLIT = re.compile(r"[\s,，;；、]+")


def put(form: forms.Form, refusal: Refused) -> None:
    """The refusal beside the field that it speaks of, else on top of the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


class WordsField(forms.CharField):
    """Several words in one line: separated by spaces, commas or the Chinese marks for these."""

    def clean(self, value: Any) -> Any:
        return [word for word in SPLIT.split(super().clean(value)) if word]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value


class DaysForm(forms.Form):
    """Days that are, or are not, working days here."""

    first = forms.DateField(label=_("Day"), widget=forms.DateInput)
    last = forms.DateField(
        label=_("Until (included)"), required=False, widget=forms.DateInput, help_text=_("Empty: this one day.")
    )
    working = forms.TypedChoiceField(
        label=_("On these days the office"),
        choices=(("0", _("does not work")), ("1", _("works"))),
        coerce=lambda value: value == "1",
    )
    reason = LineField(label=_("Reason, with the notice that says so"), max_length=200)


class StatementForm(forms.Form):
    """A whole year is stated complete."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    source = LineField(label=_("The published notice that fixes the year's holidays"), max_length=200)


class ReasonForm(forms.Form):
    """A reason, recorded."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class TryForm(forms.Form):
    """A window to be computed before somebody's eyes."""

    after = forms.DateField(
        label=_("Day of the event"), widget=forms.DateInput, help_text=_("Publication, receipt, the end of a visit: this day is not counted.")
    )  # fmt: skip
    length = forms.IntegerField(label=_("Days"), min_value=1, max_value=366)
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=(("calendar", _("calendar days")), ("working", _("working days")))
    )


class BodyForm(forms.Form):
    """A body's particulars."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Body.Kind.choices)
    name_zh = LineField(label=_("Name (Chinese)"), max_length=100)
    name_en = LineField(label=_("Name (English)"), max_length=100, required=False)
    territory = WordsField(
        label=_("Prefixes of division codes"), required=False,
        help_text=_("Digits, 2 to 12 each. Organisations registered under such a code belong to this body."),
    )  # fmt: skip
    sectors = WordsField(
        label=_("Sectors"),
        required=False,
        help_text=_("The sectors whose applications this body recommends or audits."),
    )


class NewBodyForm(BodyForm):
    """A new body: its key as well."""

    key = LineField(
        label=_("Identifier"), max_length=50, help_text=_("Small Latin letters, digits, hyphens. It never changes.")
    )
    field_order = ("key",)


class OfficeForm(forms.Form):
    """Where the office is found."""

    address = LineField(label=_("Address"), max_length=200, required=False)
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class RoleForm(forms.Form):
    """A role for a person, known or not."""

    email = forms.EmailField(label=_("E-mail address of the person"))
    name = LineField(
        label=_("Name"), max_length=80, required=False,
        help_text=_("Only for somebody who is not registered yet: an invitation then goes to this address."),
    )  # fmt: skip
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("Role"))
    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(
        label=_("For the body"), queryset=None, required=False, help_text=_("Needed for recommenders and departments.")
    )
    place = forms.ChoiceField(label=_("Seat"), required=False, help_text=_("A seat in an organ of the regulation."))
    unit = LineField(label=_("Unit for which the seat is held"), max_length=120, required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput, help_text=_("Empty: from today."))
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput,
        help_text=_("The first day on which the role no longer holds. Empty: open."),
    )  # fmt: skip

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, may_give: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["role"].choices = [(key, label) for key, label in Role.choices if key in may_give]
        fields["body"].queryset = Body.objects.filter(jurisdiction=jurisdiction, active=True, rehearsal=False).order_by(
            "kind", "name_zh"
        )
        fields["place"].choices = [("", "—"), *seats(jurisdiction)]

    def arguments(self) -> dict[str, Any]:
        """What ``people.appoint`` takes."""
        values = dict(self.cleaned_data)
        organ, _slash, seat = values.pop("place").partition("/")
        return {**values, "organ": organ, "seat": seat}


def organs(jurisdiction: Jurisdiction) -> dict[tuple[str, str], str]:
    """Names of the organs, under ``(organ, "")``, and of their seats, under ``(organ, seat)``, in the regulation in force."""
    from jurisdictions.exclusions import current_policy

    policy = current_policy(jurisdiction)
    found: dict[tuple[str, str], str] = {}
    for organ in policy.organs if policy else ():
        found[organ.key, ""] = str(organ.name)
        found |= {(organ.key, seat.key): str(seat.title) for seat in organ.seats}
    return found


def seats(jurisdiction: Jurisdiction) -> list[tuple[str, str]]:
    """``organ/seat`` for every seat of the regulation in force, ``organ/`` for an organ without seats."""
    from jurisdictions.exclusions import current_policy

    policy = current_policy(jurisdiction)
    found: list[tuple[str, str]] = []
    for organ in policy.organs if policy else ():
        found += [(f"{organ.key}/{seat.key}", f"{organ.name} · {seat.title}") for seat in organ.seats]
        if not organ.seats:
            found.append((f"{organ.key}/", str(organ.name)))
    return found
