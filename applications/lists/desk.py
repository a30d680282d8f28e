"""The desk of eligibility and acceptance: how each application stands, the same finding for several, asking bodies about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Min
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from applications.domain import consultation, eligibility
from applications.domain.acceptance import words_of
from applications.domain.owning import officers_of
from applications.forms.office.bodies import AskForm
from applications.forms.office.checks import FactsForm
from applications.forms.office.findings import ManyForm
from applications.models.assessment import Assessment
from applications.queries.office import STATES, bodies_to_choose
from core.lists import Act, Choice, Column, List, Search, prose, status
from core.refusals import Refused
from rounds.models import RoundStage, StageEntry

LABELS = {"undecided": _("Undecided"), "failing": _("Not met"), "ready": _("All met"), "decided": _("Decided")}


def points_asked(stage: RoundStage) -> list[tuple[str, str]]:
    """Points that are asked of somebody here: key and words. Two queries, whatever the database (no DISTINCT ON)."""
    rows = Assessment.objects.filter(stage_entry__stage=stage).order_by().values("key").annotate(first=Min("pk"))
    firsts = Assessment.objects.filter(pk__in=[row["first"] for row in rows]).order_by("position")
    return [(point.key, f"{point.article} {words_of(point, stage.round.rules)}") for point in firsts]


def _works(listing: List) -> bool:
    return bool(listing.context["works"])


def _asks(listing: List) -> bool:
    return _works(listing) and listing.context["stage"].spec.consult is not None


def _finding(data: Any, *, listing: List) -> ManyForm:
    return ManyForm(data, points=points_asked(listing.context["stage"]))


def _find(
    *, actor: User, rows: Sequence[StageEntry], listing: List, point: str, finding: str, note: str, evidence: str
) -> None:
    entries = [row.entry_id for row in rows]
    try:
        eligibility.find_many(
            actor=actor,
            stage=listing.context["stage"],
            key=point,
            entries=entries,
            finding=finding,
            note=note,
            evidence=evidence,
        )
    except Refused as refusal:
        if refusal.field == point:  # the domain names the point; the form asks for its note
            refusal.field = "note"
        raise


def _facts(data: Any, *, listing: List) -> FactsForm:
    return FactsForm(data, checks=list(listing.context["rules"].checks), values={})


def _establish(*, actor: User, rows: Sequence[StageEntry], listing: List, evidence: str, **given: Any) -> None:
    values = {key.removeprefix("check-"): value for key, value in given.items() if value not in (None, "")}
    eligibility.check_many(
        actor=actor, stage=listing.context["stage"], values={row.entry_id: values for row in rows}, evidence=evidence
    )


def _bodies(data: Any, *, listing: List) -> AskForm:
    stage = listing.context["stage"]
    return AskForm(data, bodies=bodies_to_choose(stage, stage.spec.consult.bodies))


def _ask(*, actor: User, rows: Sequence[StageEntry], listing: List, bodies: Any) -> None:
    entries = [row.entry_id for row in rows]
    consultation.ask(actor=actor, stage=listing.context["stage"], bodies=list(bodies), entries=entries)


def _questions(rows: Sequence[StageEntry], listing: List) -> list[tuple[str, str]]:
    """Which body's officers are told: those of a body that is not ticked are not."""
    stage = listing.context["stage"]
    bodies = list(bodies_to_choose(stage, stage.spec.consult.bodies))
    officers = officers_of([body.pk for body in bodies], rehearsal=stage.round.is_rehearsal)
    names = dict(
        User.objects.filter(pk__in={pk for people in officers.values() for pk in people}).values_list("pk", "name")
    )
    about = ngettext("asked about {n} application", "asked about {n} applications", len(rows)).format(n=len(rows))
    return [
        (
            body.name,
            f"{about}: {'、'.join(names[pk] for pk in officers.get(body.pk, ())) or _now('nobody acts for it yet')}",
        )
        for body in bodies
    ]


def _name(row: StageEntry, listing: List) -> Any:
    """The organisation with what gives it priority."""
    flags = [listing.context["encouraged"][flag] for flag in row.entry.flags if flag in listing.context["encouraged"]]
    marks = format_html_join(
        "", ' <span class="badge bg-blue-lt">{}</span> {}',
        ((one.label, listing.component("article", number=one.article, rules=listing.context["rules"])) for one in flags),
    )  # fmt: skip
    return format_html("{}{}", row.entry.organisation.name, marks)


def _bodies_said(row: Any) -> str:
    return _now("against") if row.is_against else _now("awaited") if row.is_unanswered else ""


def _said(row: Any, listing: List) -> Any:
    words = _bodies_said(row)
    return listing.component("status", status="stopped" if row.is_against else "pending", label=words) if words else "—"


class Desk(List):
    """Applications of a stage with how they stand. Context: ``code``, ``stage``, ``rules``, ``encouraged``, ``works``, ``inspects``."""

    key = "applications.desk"
    caption = _("Applications")
    order = ("id",)
    nothing_yet = _("No application here.")
    export_name = "eligibility"
    personal = True
    columns = (
        Column(
            "number", _("Filing number"), "entry.number", sort="entry__number",
            link=lambda row, listing: (
                listing.way_to("applications:examine", listing.context["code"], row.pk) if listing.context["inspects"] else ""
            ),
        ),
        Column("organisation", _("Organisation"), "entry.organisation.name", sort="entry__organisation__name", show=_name),
        Column("undecided", _("Undecided"), lambda row: row.undecided or 0, numeric=True),
        Column("failing", _("Not met"), lambda row: row.failing or 0, numeric=True),
        Column("bodies", _("Bodies"), _bodies_said, show=_said),
        status("status", _("Status"), sort="status"),
        prose("reason", _("Reason"), chosen=False),
    )  # fmt: skip
    filters = {
        "state": Choice(choices=tuple(LABELS.items()), label=_("State"), where=STATES.__getitem__),
        "q": Search("entry__organisation__name", "entry__number", label=_("Name or number")),
    }
    acts = (
        Act(
            "find", _("Record the same finding"), _find, _("The finding is recorded for all of them."), form=_finding, allowed=_works,
            lead=_("One finding of one point, with its note, for each of these applications."),
        ),
        Act(
            "establish", _("Establish the same fact"), _establish, _("The fact is established for all of them."), form=_facts,
            allowed=lambda listing: _works(listing) and bool(listing.context["rules"].checks),
            lead=_("What a register says alike of each of these applications; what you leave open stays as it is."),
        ),
        Act(
            "ask", _("Ask the bodies"), _ask, _("The bodies are asked."), form=_bodies, allowed=_asks, letters=_questions,
            lead=_("Only the bodies that you tick are asked; what was asked before is not asked again."),
        ),
    )  # fmt: skip
