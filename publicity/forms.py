"""Forms about notices and objections. What they ask is checked again by the domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core import formats
from jurisdictions.models import in_language
from jurisdictions.policy.constitution import ObjectionRules
from publicity.domain.receiving import ON_PAPER, PROOF
from publicity.models import Notice, Objection
from publicity.words import PARTICULARS

By = Objection.By
MOST_FILES = 10


class PublishForm(forms.Form):
    """Publishing a list; ``also_in`` is required where the policy names one."""

    also_in = forms.CharField(label=_("Also published in"), max_length=300, required=False)
    zh = forms.CharField(label=_("Further words (Chinese)"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    en = forms.CharField(label=_("Further words (English)"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, media: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if media:
            self.fields["also_in"].required = True
            self.fields["also_in"].help_text = _(
                "The regulation names: {media}. Give the issue or address, and the date."
            ).format(media=media)


class ReportForm(forms.Form):
    text = forms.CharField(label=_("Investigation report"), widget=forms.Textarea(attrs={"rows": 6}))


class ExamineForm(forms.Form):
    accept = forms.TypedChoiceField(
        label=_("The objection"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("meets the requirements and is accepted")), ("no", _("is not accepted"))],
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why it is not accepted"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class ConcludeForm(forms.Form):
    stands = forms.TypedChoiceField(
        label=_("The investigation found that it"), coerce=lambda value: value == "yes", widget=forms.RadioSelect,
        choices=[("yes", _("stands: the application does not go on")), ("no", _("does not stand: the application goes on"))],
    )  # fmt: skip
    findings = forms.CharField(label=_("Findings"), widget=forms.Textarea(attrs={"rows": 5}))
    experts = forms.CharField(
        label=_("Experts who took part"),
        max_length=300,
        required=False,
        help_text=_("Only experts without an interest in the organisation."),
    )


class TellForm(forms.Form):
    how = forms.CharField(
        label=_("How the objector was told"),
        max_length=200,
        help_text=_("By what post, on what day, under what number."),
    )


class ManyFiles(forms.FileField):
    """Several files under one question."""

    class Input(forms.ClearableFileInput):
        allow_multiple_selected = True

    widget = Input

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if self.required and not given:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("At most {n} files.").format(n=MOST_FILES))
        return [super(ManyFiles, self).clean(one, initial) for one in given]


class ObjectionForm(forms.Form):
    """An objection by a person, by a unit, or without a name, with what the policy asks of each."""

    def __init__(
        self, *args: Any, notice: Notice, rules: ObjectionRules, by: str, on_paper: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.on_paper = by, on_paper
        lines = [(line["entry"], _listed(line)) for line in notice.entries]
        self.fields["entry"] = forms.TypedChoiceField(label=_("Against"), choices=[("", "—"), *lines], coerce=int)
        self.fields["text"] = forms.CharField(
            label=_("What do you object to, and what are the facts?"),
            widget=forms.Textarea(attrs={"rows": 6}),
            max_length=10000,
        )
        for key, required in _asked(rules, by):
            self._ask(key, required=required)

    def _ask(self, key: str, *, required: bool) -> None:
        if key in (*ON_PAPER, PROOF) and self.on_paper:
            label = _("The paper bears: {what}").format(what=PARTICULARS[key])
            self.fields[f"seen-{key}"] = forms.BooleanField(label=label, required=False)
            self.fields[key] = ManyFiles(label=_("Scan: {what}").format(what=PARTICULARS[key]), required=False)
        elif key in (*ON_PAPER, PROOF):
            hint = _("PDF or picture of the signed paper, the sealed paper, the identity card, or other proof.")
            self.fields[key] = ManyFiles(label=capfirst(PARTICULARS[key]), required=required, help_text=hint)
        else:
            self.fields[key] = forms.CharField(
                label=capfirst(PARTICULARS[key]), max_length=200, required=required and not self.on_paper
            )

    @property
    def given(self) -> dict[str, Any]:
        """Arguments of the domain function."""
        data = self.cleaned_data
        files = {key: data[key] for key in (*ON_PAPER, PROOF) if data.get(key)}
        details = {key: data[key] for key in PARTICULARS if key in data and key not in (*ON_PAPER, PROOF)}
        return {"entry_id": data["entry"], "by": self.by, "text": data["text"], "details": details, "files": files}

    @property
    def seen(self) -> list[str]:
        return [key for key in (*ON_PAPER, PROOF) if self.cleaned_data.get(f"seen-{key}")]


def _asked(rules: ObjectionRules, by: str) -> list[tuple[str, bool]]:
    """What is asked of this kind of objector, and whether it must be given."""
    if by == By.ANONYMOUS:
        return [(PROOF, False)]
    wanted: Sequence[str] = rules.person_gives if by == By.PERSON else rules.unit_gives
    first = [] if by == By.PERSON else ["unit"]
    asked = [(key, True) for key in (*first, *wanted)]
    if "email" not in wanted:
        asked.append(("email", False))
    return [*asked, (PROOF, rules.needs_proof)]


def _listed(line: dict[str, Any]) -> str:
    prize = in_language(line["prize"]["zh"], line["prize"]["en"])
    return formats.with_note(line["organisation"], prize)
