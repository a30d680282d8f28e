"""Forms of the vote's pages. What they ask is checked again by the domain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from accounts.models import User
from core import formats
from rounds.models import Entry
from voting.tally import ABSTAIN


class ConveneForm(forms.Form):
    held_on = forms.DateField(label=_("Held on"), widget=forms.DateInput)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    plenary = forms.BooleanField(label=_("This is a plenary meeting"), required=False)


class ReportForm(forms.Form):
    given_by = forms.CharField(label=_("Who gave the report"), max_length=80)


class PeopleForm(forms.Form):
    """Some of a list of people."""

    people = forms.ModelMultipleChoiceField(
        queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, among: Iterable[int], label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["people"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = User.objects.filter(pk__in=list(among)).order_by("name", "pk")
        field.label = label


class HeadsForm(forms.Form):
    """For each candidate: who spoke, or why nobody did."""

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        for entry in self.entries:
            name = entry.organisation.name
            self.fields[f"speaker-{entry.pk}"] = forms.CharField(
                label=_("{name}: who spoke").format(name=name), max_length=80, required=False
            )
            self.fields[f"absent-{entry.pk}"] = forms.CharField(
                label=_("{name}: why nobody spoke").format(name=name), max_length=200, required=False
            )

    def _given(self, prefix: str) -> dict[int, str]:
        words = {entry.pk: self.cleaned_data.get(f"{prefix}-{entry.pk}", "") for entry in self.entries}
        return {pk: text for pk, text in words.items() if text.strip()}

    @property
    def speakers(self) -> dict[int, str]:
        return self._given("speaker")

    @property
    def absent(self) -> dict[int, str]:
        return {pk: text for pk, text in self._given("absent").items() if pk not in self.speakers}


class FallbackForm(forms.Form):
    """How many of each fallback award, and why."""

    def __init__(self, *args: Any, prizes: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prizes = list(prizes)
        for prize in self.prizes:
            self.fields[f"places-{prize.key}"] = forms.IntegerField(label=str(prize.name), min_value=0, required=False)
        self.fields["reason"] = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    @property
    def places(self) -> dict[str, int]:
        given = {prize.key: self.cleaned_data.get(f"places-{prize.key}") for prize in self.prizes}
        return {key: number for key, number in given.items() if number is not None}


class TieForm(forms.Form):
    """The order of the tied and the reason."""

    def __init__(self, *args: Any, entries: Iterable[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        for entry in self.entries:
            self.fields[f"place-{entry.pk}"] = forms.IntegerField(
                label=_("Place of {name}").format(name=entry.organisation.name),
                min_value=1,
                max_value=len(self.entries),
            )
        self.fields["reason"] = forms.CharField(
            label=_("What the committee decided, and why"), widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        places = [data.get(f"place-{entry.pk}") for entry in self.entries]
        if None not in places and len(set(places)) != len(places):
            raise forms.ValidationError(_("Give each of them a different place."))
        return data

    @property
    def order(self) -> list[int]:
        return sorted((entry.pk for entry in self.entries), key=lambda pk: int(self.cleaned_data[f"place-{pk}"]))


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Why this ballot is void"), widget=forms.Textarea(attrs={"rows": 2}))


class PassphraseForm(forms.Form):
    passphrase = forms.CharField(
        label=_("Your passphrase"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("As it was shown when you made your key. Spaces do not matter."),
    )  # fmt: skip


class BallotForm(forms.Form):
    """One question for each candidate the voter may vote on. Abstaining is ticked, never assumed."""

    def __init__(
        self,
        *args: Any,
        method: str,
        settings: dict[str, Any],
        entries: Iterable[Entry],
        tiers: dict[int, list[Any]],
        prizes: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.method, self.entries = method, list(entries)
        self.prizes = prizes if len({entry.prize for entry in self.entries}) > 1 else {}
        for entry in self.entries:
            self.fields[f"vote-{entry.pk}"] = self._field(entry, settings, tiers.get(entry.pk, []))
            if method == "score":
                self.fields[f"abstain-{entry.pk}"] = forms.BooleanField(
                    label=_("Abstain on {name}").format(name=entry.organisation.name), required=False
                )
        if method == "rank":
            self.fields["abstain"] = forms.BooleanField(label=_("Abstain as a whole"), required=False)

    def _field(self, entry: Entry, settings: dict[str, Any], tiers: list[Any]) -> forms.Field:
        label = formats.with_note(entry.organisation.name, entry.number)
        if entry.prize in self.prizes:  # several prizes on one ballot: one must see for which
            label = _("{prize}: {name}").format(prize=self.prizes[entry.prize], name=label)
        if self.method == "approve":
            return forms.ChoiceField(label=label, choices=_approvals(tiers), widget=forms.RadioSelect)
        if self.method == "rank":
            places = [("", "—"), *((str(n), str(n)) for n in range(1, len(self.entries) + 1))]
            return forms.ChoiceField(label=label, choices=places, required=False, help_text=_("1 is the best place."))
        low, high = settings["score_range"]
        hint = _("A whole number of points from {low} to {high}.").format(low=low, high=high)
        return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, help_text=hint)

    @property
    def choices(self) -> dict[int, str]:
        """``{entry id: vote}``; what was left empty is ``""``."""
        return {entry.pk: self._choice(entry.pk) for entry in self.entries}

    def _choice(self, entry: int) -> str:
        given = self.cleaned_data
        if given.get("abstain") or given.get(f"abstain-{entry}"):
            return ABSTAIN
        value = given.get(f"vote-{entry}")
        return "" if value is None else str(value)


def _approvals(tiers: list[Any]) -> list[tuple[str, Any]]:
    wanted: list[tuple[str, Any]] = [(f"for:{tier.key}", _("For: {tier}").format(tier=tier.name)) for tier in tiers]
    return [
        *(wanted or [("for", pgettext("vote", "For"))]),
        ("against", pgettext("vote", "Against")),
        (ABSTAIN, _("Abstain")),
    ]
