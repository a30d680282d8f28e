"""Forms of extensions and supplements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from jurisdictions.policy import Policy

UNITS = (("working", _("working days")), ("calendar", _("calendar days")))


class TimeForm(forms.Form):
    """So many days, with reason and article. ``policy``: whose articles can be named; ``article``: the one that is meant as a rule."""

    days = forms.IntegerField(label=_("Number of days"), min_value=1, max_value=90)
    unit = forms.ChoiceField(label=_("Counted in"), choices=UNITS, initial="working")
    article = forms.ChoiceField(label=_("Article"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, policy: Policy, article: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["article"]
        own = [] if article in policy.articles else [(article, _article(article, policy.summary(article)))]
        chosen.choices = own + [(number, _article(number, text)) for number, text in policy.articles.items()]
        chosen.initial = article


class ExtensionForm(TimeForm):
    """A later deadline for all alike, or for one organisation."""

    scope = forms.ChoiceField(
        label=_("For whom"),
        choices=(("all", _("All applicants alike")), ("one", _("One organisation, by name"))),
        widget=forms.RadioSelect,
        initial="all",
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Its unified social credit code, or its full name; only where the extension is for one."),
    )
    field_order = ("scope", "organisation", "days", "unit", "article", "reason")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("scope") == "one" and not given.get("organisation", "").strip():
            self.add_error("organisation", _("Name the organisation."))
        return given


class SupplementForm(TimeForm):
    """Which questions reopen: each with what is wanted of it. ``asked``: [(section title, [(key, label)])]."""

    def __init__(self, *args: Any, asked: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for _title, fields in asked:
            for key, label in fields:
                self.fields[f"open-{key}"] = forms.BooleanField(label=label, required=False)
                self.fields[f"what-{key}"] = forms.CharField(
                    label=_("What is wanted"), required=False, max_length=500, widget=forms.TextInput
                )

    def sections(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """The questions as the page lays them out: a tick, and a line for what is wanted."""
        return [
            (title, [(self[f"open-{key}"], self[f"what-{key}"]) for key, _label in fields])
            for title, fields in self.asked
        ]

    def plain(self) -> list[Any]:
        """The fields above the questions."""
        return [self[name] for name in ("reason", "days", "unit", "article")]

    def named(self) -> dict[str, str]:
        """``{field key: what is wanted}`` of those ticked, or with something wanted."""
        given = self.cleaned_data
        keys = [key for _title, fields in self.asked for key, _label in fields]
        return {key: given[f"what-{key}"] for key in keys if given[f"open-{key}"] or given[f"what-{key}"].strip()}


def _article(number: str, text: Any) -> str:
    return f"{number} {Truncator(str(text)).chars(40)}" if text else number
