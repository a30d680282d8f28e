"""Django forms of the plain pages: internal publicity, withdrawal, organisations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import codes, places
from accounts.models import LegalStatus, Organisation, OrganisationKind, OrganisationRole
from applications.forms.fields.date import read_date
from applications.forms.fields.number import read_number
from jurisdictions.policy.facts import SECTORS
from jurisdictions.policy.stages import InternalPublicity as Spec

INDUSTRIES = (
    ("A", _("Agriculture, forestry, animal husbandry, fishery")), ("B", _("Mining")), ("C", _("Manufacturing")),
    ("D", _("Electricity, heat, gas, water supply")), ("E", _("Construction")), ("F", _("Wholesale and retail")),
    ("G", _("Transport, storage, post")), ("H", _("Accommodation and catering")), ("I", _("Information, software")), ("J", _("Finance")),
    ("K", _("Real estate")), ("L", _("Leasing and business services")), ("M", _("Research and technical services")),
    ("N", _("Water, environment, public facilities")), ("O", _("Residents' services, repair")), ("P", _("Education")),
    ("Q", _("Health and social work")), ("R", _("Culture, sport, entertainment")), ("S", _("Public administration, social organisations")),
    ("T", _("International organisations")),
)  # fmt: skip
ACTIVITIES = (
    ("production", _("Production")), ("construction", _("Construction")), ("services", _("Services")), ("environment", _("Environmental protection")),
    ("agriculture", _("Agriculture")), ("standardisation", _("Standardisation")), ("other", _("Other")),
)  # fmt: skip
SUBORDINATION = (
    ("", _("None")), ("county", _("County")), ("city", _("City")), ("prefecture", _("Prefecture")), ("province", _("Province")), ("central", _("Central")),
)  # fmt: skip
SIZES = (("", "—"), ("large", _("Large")), ("medium", _("Medium")), ("small", _("Small")), ("micro", _("Micro")))
SECTOR_NAMES = {
    "digital_economy": _("Digital economy"), "life_health": _("Life and health"), "agriculture": _("Modern agriculture"), "forestry": _("Forestry"),
    "smart_equipment": _("Smart equipment"), "new_energy_vehicles": _("New-energy vehicles"), "new_materials": _("New materials"),
    "advanced_manufacturing": _("Advanced manufacturing"), "traditional_industry": _("Established local industry"),
    "modern_services": _("Modern services"), "energy_environment": _("Energy saving and environment"), "green_building": _("Green building"),
    "strategic_emerging": _("Strategic emerging industry"), "information_economy": _("Information economy"), "new_technology": _("New technology"),
    "new_industry": _("New industry"), "new_format": _("New business format"), "new_model": _("New business model"), "industrial": _("Industry"),
    "mining": _("Mining"), "construction": _("Construction"), "export_brand": _("Export brand"), "pinzibiao": _("Pinzibiao brand"),
    "education": _("Education"), "healthcare": _("Health care"), "tourism": _("Tourism"), "culture": _("Culture"), "finance": _("Finance"),
    "logistics": _("Logistics"), "marine": _("Marine economy"),
}  # fmt: skip


GROUPS = (
    (_("Identity"), ("name", "code", "kind", "legal_status", "parent", "rehearsal")),
    (_("Place and time"), ("region", "address", "founded_on", "operating_since", "operating")),
    (_("What it does"), ("industry", "activities", "sectors", "size", "employees", "listed", "subordination")),
    (_("People"), ("head_name", "contact_name", "contact_phone", "contact_email")),
)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class InternalPublicityForm(forms.Form):
    """Dates, place and proof; the parent's opinion for a part of an organisation; a reason where the policy lets depart from the length."""

    first_day = forms.DateField(label=_("Published on"), help_text=_("The day itself is not counted."))
    last_day = forms.DateField(label=_("Last day"))
    place = forms.CharField(label=_("Where it was published"), max_length=200)
    proof = forms.FileField(
        label=_("Proof"), help_text=_("A photograph or a scan of the published notice (PDF, JPEG or PNG).")
    )
    objection_free = forms.BooleanField(label=_("No objection was raised, or all were settled"), required=False)
    parent_checked = forms.BooleanField(label=_("The parent has checked that the conditions are met"), required=False)
    opinion = forms.CharField(
        label=_("The parent's recommendation opinion"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    opinion_by = forms.CharField(label=_("Signed for the parent by"), max_length=80, required=False)
    departure_reason = forms.CharField(
        label=_("Reason for fewer days"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where fewer days were counted; it is recorded."),
    )

    def __init__(self, *args: Any, spec: Spec, with_parent: bool, has_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_parent:
            for name in ("parent_checked", "opinion", "opinion_by"):
                del self.fields[name]
        if spec.departure != "reason":
            del self.fields["departure_reason"]
        self.fields["proof"].required = not has_proof


class ReadDate(forms.DateField):
    """A day in any of the spellings that the application form reads, such as 2010年5月1日."""

    def to_python(self, value: Any) -> dt.date | None:
        """ISO where it can be read; else Django's own complaint."""
        if isinstance(value, str) and value.strip():
            reading = read_date(value)
            value = value if reading.unread else reading.value
        return super().to_python(value)


class ReadNumber(forms.IntegerField):
    """A whole number, with separators or a unit as people paste it: “1,200 人”."""

    def to_python(self, value: Any) -> int | None:
        """Plain digits where it can be read; else Django's own complaint."""
        if isinstance(value, str) and value.strip():
            reading = read_number(value, "integer", "人")
            value = value if reading.unread else reading.value
        found: int | None = super().to_python(value)
        return found


class OrganisationForm(forms.ModelForm):
    """What is known of an organisation. The code is checked by the domain."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    legal_status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    industry = forms.ChoiceField(label=_("Industry (GB/T 4754)"), choices=(("", "—"), *INDUSTRIES), required=False)
    activities = forms.MultipleChoiceField(
        label=_("Activities"), choices=ACTIVITIES, widget=forms.CheckboxSelectMultiple, required=False
    )
    sectors = forms.MultipleChoiceField(
        label=_("Sectors"),
        choices=[(key, SECTOR_NAMES[key]) for key in SECTORS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    subordination = forms.ChoiceField(label=_("Directly under"), choices=SUBORDINATION, required=False)
    size = forms.ChoiceField(label=_("Size"), choices=SIZES, required=False)
    code = forms.CharField(
        label=_("Unified social credit code"),
        max_length=60,
        required=False,
        help_text=_(
            "18 characters, as on the licence; spaces do not matter. Parts of an organisation have none of their own."
        ),
    )
    founded_on = ReadDate(label=_("Registered or set up on"), required=False, widget=forms.DateInput())
    operating_since = ReadDate(
        label=_("Operating since"),
        required=False,
        widget=forms.DateInput(),
        help_text=_("Only where it differs from the day above. Conditions such as “five years” count from this day."),
    )
    employees = ReadNumber(label=_("Employees"), required=False, min_value=0)
    rehearsal = forms.BooleanField(
        label=_("Invented for rehearsals"),
        required=False,
        help_text=_("It applies in rehearsals only and never meets real organisations; leave empty for a real one."),
    )

    class Meta:
        model = Organisation
        fields = (
            "name", "code", "kind", "legal_status", "parent", "industry", "activities", "sectors", "size", "employees", "subordination", "listed",
            "region", "address", "founded_on", "operating_since", "operating", "head_name", "contact_name", "contact_phone", "contact_email",
        )  # fmt: skip

    def __init__(self, *args: Any, parents: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset, parent.help_text = (
            parents,
            _("For a branch, an internal or a dispatched body: one of your organisations."),
        )
        self.fields["region"].help_text = _(
            "6 digits down to the county, 9 down to the township or 12 down to the village (GB/T 2260), e.g. 330102 or 330102001."
            " Nine digits let the town or street recommend you."
        )
        self.fields["address"].help_text = _("Province, city, county, township, street and number, as on the licence.")
        self.fields["head_name"].help_text = _("The legal representative, or whoever is in charge.")
        if known:
            del self.fields["code"], self.fields["rehearsal"]

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Fields under their headings."""
        return [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]

    def clean_code(self) -> str:
        """Without the spaces that people copy along; what is wrong with it the domain says."""
        return codes.normal(self.cleaned_data["code"])

    def clean_region(self) -> str:
        """However it was written."""
        return places.normal(self.cleaned_data["region"])

    def validate_unique(self) -> None:
        """The domain says who has the code already."""


class MemberForm(forms.Form):
    """Let a person act for the organisation."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("Only for somebody who has no account yet: an invitation then goes to the address."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=OrganisationRole.choices, initial=OrganisationRole.EDITOR)
    may_file = forms.BooleanField(
        label=_("May file"), required=False, help_text=_("Filing binds the organisation; it is a right of its own.")
    )
    is_head = forms.BooleanField(label=_("Is the organisation's head"), required=False)
