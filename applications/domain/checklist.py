"""What is still missing before an application can be filed: every gap with its article and the link to its mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications import hooks
from applications.domain.access import filing_article, policy_of
from applications.domain.outlook import Standing, standings
from applications.facts import read_by_form, rules_of
from applications.forms.answers import Answered, FieldProblem, holds, is_required, problems, understand
from applications.forms.fields import is_empty
from applications.forms.layout import NO_STATE_SECRETS, Layout, layout
from applications.forms.located import located
from applications.models import Application, Evidence
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Category
from jurisdictions.policy.stages import InternalPublicity as InternalPublicitySpec
from rounds import clock
from rounds.facts import Facts, facts_for
from rounds.models import StageEntry


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing. ``url`` leads to where it is mended."""

    code: str
    text: str | Promise
    article: str
    url: str = ""
    section: str = ""
    field: str = ""
    where: str = ""
    label: str = ""
    section_title: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is: ``answered`` of ``asked`` questions, and how many gaps it has."""

    key: str
    title: str
    url: str
    asked: int
    answered: int
    gaps: int

    @property
    def complete(self) -> bool:
        return self.gaps == 0

    @property
    def percent(self) -> int:
        return 100 if not self.asked else 100 * self.answered // self.asked


class Survey:
    """One reading of a whole application; everything else is derived from it. A handful of queries."""

    def __init__(self, application: Application, facts: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.application, self.entry = application, application.entry
        self.policy: Policy = rules_of(self.entry.round)
        self.layout: Layout = layout(self.policy, self.entry.prize)
        self.today = clock.today(self.entry.round)
        self._given = facts

    @cached_property
    def others(self) -> Facts:
        """Everything that is known besides the form."""
        if self._given is None:
            return facts_for(self.entry, without=("form",))
        return {name: dict(values) for name, values in self._given.items()}

    @cached_property
    def _read(self) -> Facts:
        """What the form's own conditions read of that; the rest is not looked up for it."""
        if self._given is not None or "others" in self.__dict__:
            return self.others
        return facts_for(self.entry, only=read_by_form(self.policy, self.entry.prize) - {"form"})

    @cached_property
    def answered(self) -> Answered:
        return understand(self.layout, self.application.answers, self._read, self.today)

    @cached_property
    def as_filed(self) -> Answered:
        """As it counts once filed: a list left empty is an answer."""
        return understand(self.layout, self.application.answers, self._read, self.today, complete=True)

    @cached_property
    def files(self) -> Counter[str]:
        """How many files stand under each field."""
        return Counter(
            Evidence.objects.filter(application=self.application, removed_at=None).values_list("field", flat=True)
        )

    @cached_property
    def problems(self) -> list[FieldProblem]:
        return problems(self.layout, self.application.answers, self.answered, self.files, self.today)

    @cached_property
    def gaps(self) -> list[Gap]:
        """Everything that must be mended, in the order of the form, then what the procedure wants."""
        found = [self._of_field(problem) for problem in self.problems]
        found += self._category() + self._publicity()
        for hook in hooks.gaps:
            found += hook(self.application)
        return found

    @cached_property
    def category(self) -> str:
        """The chosen one, else the first whose condition holds; beside conditions, one without is for everybody else."""
        categories = self.policy.prize(self.entry.prize).categories
        if self.entry.category or not any(c.when for c in categories):
            return self.entry.category
        first: Category | None = next((c for c in categories if self._belongs(c)), None)
        return first.key if first else ""

    def _belongs(self, category: Category) -> bool:
        return not category.when or holds(category.when, self.answered.facts) is True

    def progress(self) -> list[Progress]:
        """Each section with how far it is. Sections in which nothing is asked are left out."""
        gaps = Counter(problem.section for problem in self.problems)
        found = []
        for section in self.layout.sections:
            asked = [field for field in section.fields if field.key in self.answered.asked]
            if not asked:
                continue
            wanted = [field for field in asked if is_required(field, self.answered)]
            answered = sum(self._has(field.key, field.type) for field in wanted)
            found.append(
                Progress(
                    section.key, str(section.title), self._url(section.key), len(wanted), answered, gaps[section.key]
                )
            )
        return found

    def _has(self, key: str, kind: str) -> bool:
        if kind == "files":
            return self.files[key] > 0
        value = self.application.answers.get(key)
        return value is True if kind == "declaration" else not is_empty(value)

    def _of_field(self, problem: FieldProblem) -> Gap:
        field = self.layout.fields[problem.field]
        code = "state_secrets" if problem.field == NO_STATE_SECRETS else problem.code
        told = located(problem, field, self.entry.round.year - 1)
        return Gap(
            code, told, problem.article, f"{self._url(problem.section)}#{problem.anchor}", problem.section, problem.field,
            problem.where, str(field.label), str(self.layout.section_of[problem.field].title),
        )  # fmt: skip

    def _category(self) -> list[Gap]:
        prize = self.policy.prize(self.entry.prize)
        if not prize.categories or self.category:
            return []
        return [
            Gap(
                "category_missing",
                _("Choose the category in which you apply."),
                prize.article,
                self._page("category"),
            )
        ]

    def _publicity(self) -> list[Gap]:
        """Internal publicity stands before filing where the policy orders it so."""
        spec = publicity_before_filing(self.policy)
        if (
            spec is None
            or not StageEntry.objects.filter(entry=self.entry, stage__key=spec.key, status="pending").exists()
        ):
            return []
        text = _("Publish the application inside the organisation and record it.")
        return [Gap("internal_publicity_missing", text, spec.article, self._page("internal_publicity"))]

    def _url(self, section: str) -> str:
        return reverse(
            "applications:section", kwargs={"code": self._code, "pk": self.application.pk, "section": section}
        )

    def _page(self, name: str) -> str:
        return reverse(f"applications:{name}", kwargs={"code": self._code, "pk": self.application.pk})

    @property
    def _code(self) -> str:
        return self.entry.round.jurisdiction.code


def publicity_before_filing(policy: Policy) -> InternalPublicitySpec | None:
    """The stage of internal publicity, where it comes before the intake."""
    for stage in policy.stages:
        if stage.kind == "intake":
            return None
        if isinstance(stage, InternalPublicitySpec):
            return stage
    return None


def checklist(application: Application) -> list[Gap]:
    """Every gap; empty when the application can be filed."""
    return Survey(application).gaps


def advice(survey: Survey) -> list[Standing]:
    """How the application stands with each condition of its prize, as the form is now. Keeps nobody from filing: the office decides."""
    facts = {**survey.others, "form": survey.answered.typed}
    return standings(survey.policy, survey.entry.prize, survey.layout, facts)


def headline(gaps: list[Gap]) -> str:
    """The first gaps in one line."""
    shown = gettext("; ").join(f"{gap.label}：{gap.text}" if gap.label else str(gap.text) for gap in gaps[:3])
    return gettext("{shown} and {more} more").format(shown=shown, more=len(gaps) - 3) if len(gaps) > 3 else shown


def article_of(application: Application) -> str:
    """The article by which it is filed."""
    return filing_article(policy_of(application))
