"""Where entries stand: the ranking of a stage as it is or as it was decided; what departments gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import formats
from core.lists import Case, Column, Gathered, List, Pick, Words, article, prose
from jurisdictions.models import Body
from reviews.queries.departments import EntryOpinions
from reviews.queries.standings import Line
from reviews.words import opinion
from rounds.models import StageEntry

OUTCOMES = {"advanced": _("goes on"), "tied": _("tied at the cut"), "stopped": _("does not go on")}
TONES = {"advanced": "advanced", "tied": "waiting", "stopped": "stopped"}


@dataclass(frozen=True, slots=True)
class Place:
    """One entry's place: as it stands, or (``decided``) as it was decided."""

    row: StageEntry
    score: Decimal | None
    rank: int | None
    outcome: str
    decided: bool = False
    parts: str = ""

    @property
    def pk(self) -> int:
        return self.row.pk


def places(
    lines: Iterable[Line],
    decided: Iterable[StageEntry],
    parts: Mapping[int, Sequence[Any]],
    names: Mapping[str, str],
) -> list[Place]:
    """Those that wait, by their present standing; then those that are decided. ``names``: of the stages, by their keys."""
    now = [
        Place(line.row, line.score, line.rank, line.outcome, parts=_parts(parts.get(line.row.pk, ()), names))
        for line in lines
    ]
    return [*now, *(Place(row, row.score, row.rank, row.status, decided=True) for row in decided)]


def _parts(parts: Sequence[Any], names: Mapping[str, str]) -> str:
    def number(value: Decimal | None) -> str:
        return "—" if value is None else f"{value.normalize():f}"

    return " · ".join(
        f"{names.get(p.stage, p.stage)} {number(p.score)}/{number(p.base)} × {number(p.weight)}" for p in parts
    )


def _entry(place: Any, listing: List) -> str:
    return listing.way_to("rounds:entry", listing.context["code"], place.row.entry_id)


def _outcome(place: Place, listing: List) -> Any:
    return listing.component("status", status=TONES[place.outcome], label=str(OUTCOMES[place.outcome]))


class Ranking(Gathered):
    """Ranks, scores and outcomes. Context: ``code``, ``rules``."""

    key = "reviews.ranking"
    caption = _("Ranking")
    size = 100
    nothing_yet = _("Nothing to rank yet.")
    export_name = "ranking"
    personal = True

    def get_columns(self) -> Sequence[Column]:
        """Prizes by their names."""
        prizes = {prize.key: str(prize.name) for prize in self.context["rules"].prizes}
        return (
            Column("rank", _("Rank"), sort="rank", nullable=True, numeric=True),
            Column("organisation", _("Organisation"), "row.entry.organisation.name", sort="row.entry.organisation.name", link=_entry),
            Column("number", _("Filing number"), "row.entry.number", sort="row.entry.number", chosen=False),
            Column("prize", _("Prize"), lambda place: prizes.get(place.row.entry.prize, place.row.entry.prize), sort="row.entry.prize"),
            Column("score", _("Score"), sort="score", nullable=True, numeric=True),
            Column("parts", _("Parts"), chosen=any(place.parts for place in self.base)),
            Column("outcome", _("Outcome"), lambda place: OUTCOMES[place.outcome], sort="outcome", show=_outcome),
            Column("decided", _("Decided"), sort="decided"),
            prose("reason", _("Why"), value="row.reason", chosen=any(place.decided for place in self.base)),
            article(label=_("Article"), value="row.article", chosen=False),
        )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By words, prize, outcome, whether it is decided."""
        prizes = [(prize.key, str(prize.name)) for prize in self.context["rules"].prizes]
        return {
            "q": Words(_words, label=_("Name or filing number")),
            "prize": Pick(lambda place: place.row.entry.prize, prizes, label=_("Prize")),
            "outcome": Pick(lambda place: place.outcome, tuple(OUTCOMES.items()), label=_("Outcome")),
            "decided": Case(
                {"yes": (_("Decided"), lambda place: place.decided), "no": (_("Not decided yet"), lambda place: not place.decided)}, label=_("State")
            ),
        }  # fmt: skip


def _words(item: Any) -> str:
    return f"{item.row.entry.organisation.name} {item.row.entry.number}"


def _said(item: EntryOpinions) -> str:
    """What each department said, in one line."""
    return formats.listed(_one(said) for said in item.given)


def _one(said: Any) -> str:
    credit = f" ({said.credit.normalize():f})" if said.credit is not None else ""
    reason = f" – {said.reason}" if said.reason else ""
    return f"{said.body.name}: {opinion(said.opinion) if said.opinion else '—'}{credit}{reason}"


def _owed_by(body: Body, bodies: Sequence[Body]) -> Callable[[EntryOpinions], bool]:
    return lambda item: body in item.missing(bodies)


class DepartmentScores(Gathered):
    """What departments gave each entry. Context: ``code``, ``stage``, ``bodies`` (those asked)."""

    key = "reviews.departments"
    caption = _("Department scores")
    nothing_yet = _("No entry here.")
    export_name = "departments"
    personal = True

    def get_columns(self) -> Sequence[Column]:
        """The score says out of how much it is."""
        scale = formats.number(self.context["stage"].spec.scale)
        label = f"{_now('Department score')} (/{scale})"
        return (
            Column("organisation", _("Organisation"), "row.entry.organisation.name", sort="row.entry.organisation.name", link=_entry),
            Column("number", _("Filing number"), "row.entry.number", sort="row.entry.number", chosen=False),
            Column("opinions", _("Opinions"), _said),
            Column("score", label, sort="score", nullable=True, numeric=True),
            Column("missing", _("Answers missing"), lambda item: len(item.missing(self.context["bodies"])), numeric=True),
        )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By words, and by whose answer is missing."""
        bodies = self.context["bodies"]
        cases: dict[str, tuple[Any, Any]] = {"any": (_("Any answer missing"), lambda item: bool(item.missing(bodies)))}
        cases |= {str(body.pk): (body.name, _owed_by(body, bodies)) for body in bodies}
        return {"q": Words(_words, label=_("Name or filing number")), "lacking": Case(cases, label=_("Missing"))}
