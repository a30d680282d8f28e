"""An application as it would stand with the supplement that is being written: which questions reopen, and what they still lack."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from applications.domain.access import policy_of
from applications.domain.checklist import Gap, Survey
from applications.forms.answers import FieldProblem
from applications.forms.layout import Layout, layout
from applications.models import Application, Evidence, Supplement, SupplementFile
from jurisdictions.policy import cel
from jurisdictions.policy.base import Text
from jurisdictions.policy.forms import Field, Section

_TITLE = Text(zh="补正", en="Supplement")


def fields_of(plan: Layout, named: Iterable[str]) -> list[Field]:
    """The fields named, and those that are asked because of one of them, in the order of the form."""
    open_ = set(named)
    for _step in range(len(plan.fields)):
        more = {key for key, field in plan.fields.items() if key not in open_ and _read_by(field) & open_}
        if not more:
            break
        open_ |= more
    return [field for key, field in plan.fields.items() if key in open_]


def _read_by(field: Field) -> set[str]:
    sources = [source for source in (field.shown_when, field.required_when) if source]
    return {path.removeprefix("form.") for source in sources for path in cel.paths(source) if path.startswith("form.")}


class Reopened:
    """The reopened part of one application; everything else stands as it was filed."""

    def __init__(self, supplement: Supplement, application: Application) -> None:
        self.supplement, self.application = supplement, application
        self.plan: Layout = layout(policy_of(application), application.entry.prize)
        self.section = Section(key="supplement", title=_TITLE, fields=fields_of(self.plan, supplement.keys))

    @cached_property
    def answers(self) -> dict[str, Any]:
        """What was filed, with what is written anew in its place. None: the answer was taken away."""
        merged = {**self.application.answers, **self.supplement.answers}
        return {key: value for key, value in merged.items() if value is not None}

    @cached_property
    def kept(self) -> list[Evidence]:
        """Evidence filed before that stays."""
        rows = Evidence.objects.filter(application=self.application, removed_at=None)
        return list(rows.exclude(pk__in=self.supplement.dropped).select_related("file__jurisdiction"))

    @cached_property
    def added(self) -> list[SupplementFile]:
        rows = SupplementFile.objects.filter(supplement=self.supplement, removed_at=None)
        return list(rows.select_related("file__jurisdiction"))

    @cached_property
    def survey(self) -> Survey:
        """The application as it would be."""
        whole = copy.copy(self.application)
        whole.answers = self.answers
        found = Survey(whole)
        found.files = Counter([piece.field for piece in self.kept] + [piece.field for piece in self.added])
        return found

    @cached_property
    def problems(self) -> list[FieldProblem]:
        """What is missing or wrong in what reopened."""
        here = {field.key for field in self.section.fields}
        return [problem for problem in self.survey.problems if problem.field in here]

    @property
    def gaps(self) -> list[Gap]:
        here = {field.key for field in self.section.fields}
        return [gap for gap in self.survey.gaps if gap.field in here]

    @cached_property
    def changed(self) -> list[str]:
        """The fields in which something is different from what was filed."""
        old, files = self.application.answers, {piece.field for piece in self.added}
        gone = Evidence.objects.filter(pk__in=self.supplement.dropped).values_list("field", flat=True)
        files |= set(gone)
        return [
            field.key
            for field in self.section.fields
            if field.key in files or self.answers.get(field.key) != old.get(field.key)
        ]
