"""Lists that come in during eligibility: a register's results from the office, a department's answers from the department."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from applications.domain import checking, consultation, eligibility
from applications.domain.renewal import established_in
from applications.models.assessment import CheckRecord
from applications.models.opinions import ConsultationRequest
from applications.rules_office import own_bodies
from audit import log
from core.imports import Column, Lines, day, flag
from core.imports.lines import choice, plain
from jurisdictions.policy.constitution import Check
from rounds.models import RoundStage, StageEntry

PREFIX = "check-"
ANSWERS = (*ConsultationRequest.Answer.choices[1:],)


class OfStage(Lines):
    """Lines about the applications that wait in a stage, by their filing numbers."""

    def __init__(self, *, actor: User, stage: RoundStage, checks: Iterable[Check]) -> None:
        self.actor, self.stage, self.checks = actor, stage, list(checks)
        self.columns = self._columns()  # type: ignore[misc]  # the checks are the policy's

    @property
    def place(self) -> str:
        return f"{self.stage.round.jurisdiction.code}:{self.stage.pk}"

    @classmethod
    def restored(cls, *, actor: User, place: str) -> OfStage:
        rows = RoundStage.objects.select_related("round__jurisdiction", "round__policy")
        return cls._of(actor, rows.get(pk=place.partition(":")[2]))

    @classmethod
    def _of(cls, actor: User, stage: RoundStage) -> OfStage:
        raise NotImplementedError

    def together(self) -> AbstractContextManager[None]:
        return log.gathered()

    def _columns(self) -> tuple[Column, ...]:
        raise NotImplementedError

    def first_columns(self) -> tuple[Column, ...]:
        return (
            Column("number", gettext_lazy("Filing number"), required=True, max_length=40, is_code=True, example="2025-0001"),
            Column("organisation", gettext_lazy("Organisation"), max_length=200,
                   help=gettext_lazy("May be left empty; where it is given it must be the one that filed under the number.")),
        )  # fmt: skip

    def check_columns(self) -> tuple[Column, ...]:
        return tuple(
            Column(f"{PREFIX}{one.key}", str(one.label), help=_said(one), max_length=500) for one in self.checks
        )

    def values(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """The checks of a line, read; an empty cell says nothing."""
        found = {}
        for check in self.checks:
            if (text := cells.get(f"{PREFIX}{check.key}", "").strip()) and text != "—":
                found[check.key] = checking.read(check, _typed(check, cells, text))
        return found

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        found: Hashable = values["row"].pk
        return found


class ResultLines(OfStage):
    """What registers and departments answered on paper or by file, brought in by the office with where it was seen."""

    key = "results"
    title = gettext_lazy("Results of registers and departments")
    lead = gettext_lazy(
        "Each line establishes facts of one application. What the office establishes prevails; earlier answers stay on record."
    )

    def __init__(self, *, actor: User, stage: RoundStage) -> None:
        rules = stage.round.rules
        asked = established_in(stage.spec) or {check.key for check in rules.checks}
        super().__init__(actor=actor, stage=stage, checks=[check for check in rules.checks if check.key in asked])
        rows = StageEntry.objects.filter(stage=stage).pending().not_recused_from(actor)
        self.rows = {row.entry.number: row for row in rows.select_related("entry__organisation")}
        self.said = _said_by_office(row.entry_id for row in self.rows.values())
        self.given: dict[str, dict[int, dict[str, Any]]] = {}

    @classmethod
    def _of(cls, actor: User, stage: RoundStage) -> ResultLines:
        return cls(actor=actor, stage=stage)

    def _columns(self) -> tuple[Column, ...]:
        where = Column(
            "evidence",
            gettext_lazy("Where it was seen"),
            required=True,
            max_length=500,
            example=_("letter of the department"),
        )
        return (*self.first_columns(), *self.check_columns(), where)

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        row = _named(self.rows.get(cells["number"].strip()), cells, lambda found: found.entry.organisation.name)
        values = self.values(cells)
        if not values:
            raise ValidationError(_("Nothing is answered in this line."))
        return {"row": row, "checks": values, "evidence": cells["evidence"].strip()}

    def find(self, values: Mapping[str, Any]) -> StageEntry:
        found: StageEntry = values["row"]
        return found

    def same(self, row: StageEntry, values: Mapping[str, Any]) -> bool:
        return all(self.said.get((row.entry_id, key)) == value for key, value in values["checks"].items())

    def write(self, row: StageEntry, values: dict[str, Any]) -> None:
        self.given.setdefault(values["evidence"], {})[row.entry_id] = values["checks"]

    def finish(self) -> None:
        """All at once: a constant number of queries for each place where something was seen."""
        for evidence, given in self.given.items():
            eligibility.check_many(actor=self.actor, stage=self.stage, values=given, evidence=evidence)


class AnswerLines(OfStage):
    """A body's answers to the questions put to it, one line for each application."""

    key = "answers"
    title = gettext_lazy("Our answers")
    lead = gettext_lazy(
        "One line for each application about which your body was asked and has not answered. A disagreement needs its reason."
    )

    def __init__(self, *, actor: User, stage: RoundStage, bodies: Iterable[int]) -> None:
        self.spec = stage.spec.consult
        super().__init__(actor=actor, stage=stage, checks=[stage.round.rules.check(key) for key in self.spec.asks])
        rows = ConsultationRequest.objects.of_pending(stage).filter(body__in=list(bodies))
        rows = rows.exclude(stage_entry__entry__recusals__in=_open_recusals(actor))
        self.rows: dict[str, list[ConsultationRequest]] = {}
        for row in rows.select_related("stage_entry__entry__organisation", "body").order_by("pk"):
            self.rows.setdefault(row.stage_entry.entry.number, []).append(row)

    @classmethod
    def _of(cls, actor: User, stage: RoundStage) -> AnswerLines:
        return cls(actor=actor, stage=stage, bodies=own_bodies(actor, stage))

    def _columns(self) -> tuple[Column, ...]:
        labels = "、".join(str(label) for _key, label in ANSWERS)
        answer = Column(
            "answer", gettext_lazy("Answer"), required=True, max_length=40, help=labels, example=ANSWERS[0][1]
        )
        recommends = Column(
            "recommends", gettext_lazy("Do you recommend it?"), max_length=10, help=gettext_lazy("1 for yes, 0 for no.")
        )
        reason = Column("reason", gettext_lazy("Reason"), max_length=2000)
        asked = (recommends,) if self.spec.recommends else ()
        return (*self.first_columns(), answer, *asked, *self.check_columns(), reason)

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        found = self.rows.get(cells["number"].strip(), [])
        waiting = [row for row in found if not row.answer] or found
        row = _named(waiting[0] if waiting else None, cells, lambda one: one.stage_entry.entry.organisation.name)
        answer = choice(cells, "answer", ANSWERS)
        if answer not in ConsultationRequest.Answer.values:
            raise ValidationError({"answer": _("“{text}” is no answer.").format(text=answer)})
        said = cells.get("recommends", "").strip()
        return {
            "row": row, "answer": answer, "reason": cells.get("reason", "").strip(), "values": self.values(cells),
            "recommends": flag(cells, "recommends") if said else None,
        }  # fmt: skip

    def find(self, values: Mapping[str, Any]) -> ConsultationRequest | None:
        row: ConsultationRequest = values["row"]
        return row if row.answer else None

    def same(self, row: ConsultationRequest, values: Mapping[str, Any]) -> bool:
        known = (row.answer, row.reason, row.recommends)
        return known == (values["answer"], values["reason"], values["recommends"]) and row.values == values["values"]

    def write(self, row: Any, values: dict[str, Any]) -> None:
        consultation.answer(
            actor=self.actor, request=values["row"], answer=values["answer"], reason=values["reason"], values=values["values"],
            recommends=values["recommends"],
        )  # fmt: skip


def _named(found: Any, cells: Mapping[str, str], name_of: Any) -> Any:
    """What the number leads to; the organisation must fit where it is given. Raises ``ValidationError``."""
    if found is None:
        raise ValidationError(_("No application waits here under the number {number}.").format(number=cells["number"]))
    given = cells.get("organisation", "")
    if given and plain(given) != plain(name_of(found)):
        text = _("{number} was filed by {name}, not by {given}.")
        raise ValidationError(text.format(number=cells["number"], name=name_of(found), given=given))
    return found


def _typed(check: Check, cells: Mapping[str, str], text: str) -> Any:
    """A cell as the domain reads it."""
    name = f"{PREFIX}{check.key}"
    if check.type == "yes_no":
        return "true" if flag(cells, name) else "false"
    if check.type == "choice":
        return choice(
            cells,
            name,
            [(key, label.zh) for key, label in check.choices.items()]
            + [(key, label.en) for key, label in check.choices.items()],
        )
    if check.type == "date":
        return (day(cells, name) or "") and str(day(cells, name))
    return text


def _said(check: Check) -> str:
    """What may stand in the column."""
    if check.type == "yes_no":
        return _("1 for yes, 0 for no.")
    return "、".join(str(label) for label in check.choices.values()) if check.type == "choice" else ""


def _said_by_office(entries: Iterable[int]) -> dict[tuple[int, str], Any]:
    rows = CheckRecord.objects.filter(application__in=list(entries), source=CheckRecord.Source.OFFICE, standing=True)
    return {(row.application_id, row.key): row.value for row in rows}


def _open_recusals(actor: User) -> Any:
    from rounds.models import Recusal

    return Recusal.objects.filter(user=actor, ended_at=None)
