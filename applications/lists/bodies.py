"""What bodies have of their own, what they are asked, and what no body owns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.domain import consultation, owning, recommending
from applications.forms.office.bodies import BodyForm
from applications.forms.office.many import RecommendForm
from applications.forms.office.recommending import ConsultedForm
from applications.forms.office.recommending import RecommendForm as OpinionForm
from applications.forms.office.shared import ReasonForm
from applications.models.opinions import ConsultationRequest
from applications.queries.office import bodies_to_choose
from core import formats
from core.lists import Act, Choice, Column, List, Search, moment, prose, status
from rounds import clock
from rounds.models import StageEntry

WORDS = Search("entry__organisation__name", "entry__number", label=_("Name or number"))


def _recommends(listing: List) -> bool:
    stage = listing.context["stage"]
    return bool(stage.kind == "recommendation" and stage.status == "open")


def _consults(listing: List) -> bool:
    return _recommends(listing) and bool(listing.context["stage"].spec.consults)


def _opinion(data: Any, *, listing: List) -> OpinionForm:
    return OpinionForm(data, ranks=bool(listing.context["stage"].spec.ranks))


def _recommend(*, actor: User, rows: Sequence[Any], listing: List, reason: str = "", overtaking: str = "") -> None:
    for row in sorted(rows, key=lambda row: (not row.first, row.pk)):  # the order of the body's list: priority first
        row.stage = listing.context["stage"]
        recommending.recommend(actor=actor, stage_entry=row, reason=reason, overtaking=overtaking)


def _decline(*, actor: User, rows: Sequence[StageEntry], listing: List, reason: str) -> None:
    for row in rows:
        row.stage = listing.context["stage"]
        recommending.decline(actor=actor, stage_entry=row, reason=reason)


def _consulted(*, actor: User, rows: Sequence[StageEntry], listing: List, **given: str) -> None:
    count = len(given) // 2
    said = [{"whom": given[f"whom-{n}"], "outcome": given[f"outcome-{n}"]} for n in range(count)]
    for row in rows:
        row.stage = listing.context["stage"]
    outcomes = [one for one in said if one["whom"] or one["outcome"]]
    recommending.consulted_many(actor=actor, stage_entries=rows, outcomes=outcomes)


def _told(rows: Sequence[StageEntry], listing: List) -> list[tuple[str, str]]:
    return [(row.entry.organisation.name, _now("told what the body decided")) for row in rows]


class Own(List):
    """A body's own applications in a stage, those with priority first. Context: ``code``, ``stage``."""

    key = "applications.own"
    caption = _("Applications of your own")
    order = ("-first", "id")
    nothing_yet = _("No application here.")
    export_name = "own"
    personal = True
    columns = (
        Column(
            "number", _("Filing number"), "entry.number", sort="entry__number",
            link=lambda row, listing: listing.way_to("applications:own_entry", listing.context["code"], row.pk),
        ),
        Column("organisation", _("Organisation"), "entry.organisation.name", sort="entry__organisation__name"),
        Column("priority", _("Priority"), lambda row: _now("first") if row.first else ""),
        status("status", _("Status"), sort="status"),
        prose("reason", _("Reason")),
    )  # fmt: skip
    filters = {"q": WORDS, "status": Choice("status", StageEntry.Status.choices, label=_("Status"))}
    acts = (
        Act(
            "consulted", _("Record the same consultation"), _consulted, _("The consultation is recorded."), allowed=_consults,
            form=lambda data, listing: ConsultedForm(data), lead=_("Whom you consulted about all of these, and what came of it."),
        ),
        Act(
            "recommend", _("Recommend these"), _recommend, _("The applications are recommended."), form=_opinion, letters=_told,
            allowed=_recommends, lead=_("Recommended in the order of your list, those with priority first; each needs its first review."),
        ),
        Act(
            "decline", _("Decline these"), _decline, _("The applications are declined; the reason is recorded."), letters=_told,
            form=lambda data, listing: ReasonForm(data), allowed=_recommends, tone="danger", lead=_("Each applicant is told the same reason."),
        ),
    )  # fmt: skip


def _same(answer: str) -> Callable[..., None]:
    def answered(*, actor: User, rows: Sequence[ConsultationRequest], listing: List, recommends: str = "") -> None:
        wanted = {"yes": True, "no": False}.get(recommends)
        consultation.answer_many(actor=actor, requests=[row.pk for row in rows], answer=answer, recommends=wanted)

    return answered


def _recommending(data: Any, *, listing: List) -> RecommendForm:
    asked = any(row.stage_entry.stage.spec.consult.recommends for row in listing.page.rows)
    return RecommendForm(data, asked=asked)


def _organisation(row: ConsultationRequest, listing: List) -> Any:
    entry, url = row.stage_entry.entry, listing.way_to("applications:answer", listing.context["code"], row.pk)
    return format_html('<a href="{}">{}</a> {}', url, entry.organisation.name, entry.number)


def _due(row: Any, listing: List) -> Any:
    day = formats.day(row.consultation.due_at)
    return (
        format_html("{} {}", day, listing.component("status", status="stopped", label=_now("overdue")))
        if row.overdue
        else day
    )


class Questions(List):
    """What the person's bodies are asked. Context: ``code``."""

    key = "applications.questions"
    caption = _("Questions")
    order = ("consultation__due_at", "id")
    nothing_yet = _("Nothing is asked of your body.")
    export_name = "questions"
    personal = True
    columns = (
        Column("organisation", _("Organisation"), "stage_entry.entry.organisation.name", show=_organisation, sort="stage_entry__entry__organisation__name"),
        Column("stage", _("Stage"), "stage_entry.stage.name"),
        Column("body", _("Body"), "body.name", sort="body__name_zh"),
        Column("due", _("Due"), "consultation.due_at", sort="consultation__due_at", show=_due),
        Column("answer", _("Answer"), lambda row: row.get_answer_display() if row.answer else "", sort="answer"),
        moment("answered_at", _("Answered on"), nullable=True, chosen=False),
    )  # fmt: skip
    filters = {
        "q": Search("stage_entry__entry__organisation__name", "stage_entry__entry__number", label=_("Name or number")),
        "state": Choice(
            choices=(("answered", _("Answered")),), label=_("State"), empty=_("Open"), where=lambda _value: ~Q(answer=""),
            default=Q(answer="", lapsed_at=None, stage_entry__status="pending", stage_entry__stage__status="open"),
        ),
    }  # fmt: skip
    acts = (
        Act("agree", _("We agree"), _same("agree"), _("The questions are answered."), form=_recommending),
        Act(
            "no_record",
            _("Nothing on record"),
            _same("no_record"),
            _("The questions are answered."),
            form=_recommending,
        ),
    )

    def prepare(self, rows: Sequence[Any]) -> None:
        """Which are overdue, by each round's own clock."""
        now: dict[int, Any] = {}
        for row in rows:
            round_ = row.stage_entry.stage.round
            if round_.pk not in now:
                now[round_.pk] = clock.now(round_)
            row.overdue = not row.answer and row.consultation.due_at < now[round_.pk]


def _assigning(data: Any, *, listing: List) -> BodyForm:
    stage = listing.context["stage"]
    return BodyForm(data, bodies=bodies_to_choose(stage, stage.spec.by))


def _assign(*, actor: User, rows: Sequence[StageEntry], listing: List, body: Any, reason: str) -> None:
    for row in rows:
        row.stage = listing.context["stage"]
        owning.assign(actor=actor, stage_entry=row, body=body, reason=reason)


class Lost(List):
    """Applications for which no body was found. Context: ``code``, ``stage``, ``works``."""

    key = "applications.lost"
    caption = _("No body was found for these")
    order = ("id",)
    nothing_yet = _("Every application has its body.")
    export_name = "without-body"
    personal = True
    columns = (
        Column("number", _("Filing number"), "entry.number", sort="entry__number"),
        Column("organisation", _("Organisation"), "entry.organisation.name", sort="entry__organisation__name"),
        Column("region", _("Division"), "entry.organisation.region", sort="entry__organisation__region"),
        Column(
            "assign", _("Act"), lambda row: "", exported=False,
            show=lambda row, listing: _now("Assign a body") if listing.context["works"] else "—",
            link=lambda row, listing: listing.way_to("applications:assign", listing.context["code"], row.pk) if listing.context["works"] else "",
        ),
    )  # fmt: skip
    filters = {"q": WORDS}
    acts = (
        Act(
            "assign",
            _("Assign a body"),
            _assign,
            _("They are in the body's hands."),
            form=_assigning,
            allowed=lambda listing: listing.context["works"],
        ),
    )
