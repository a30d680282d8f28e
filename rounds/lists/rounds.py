"""Rounds of a jurisdiction; what a decision says of each entry."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from core.lists import Choice, Column, List, Search, article, prose, status
from rounds.lists.entries import prize_name
from rounds.models import Round


class Rounds(List):
    """Rounds, newest first. Context: ``code``."""

    key = "rounds.rounds"
    caption = _("Rounds")
    order = ("-year", "-id")
    size = 30
    nothing_yet = _("No round has been made yet.")
    export_name = "rounds"
    columns = (
        Column(
            "year", _("Year"), sort="year",
            link=lambda row, listing: listing.way_to("rounds:round", listing.context["code"], row.pk),
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("edition", _("Edition"), "policy.edition"),
        status("status", _("Status"), sort="status"),
        Column("closes_on", _("Last day for filing"), sort="closes_on", nullable=True),
    )  # fmt: skip
    filters = {
        "kind": Choice("kind", Round.Kind.choices, label=_("Kind")),
        "status": Choice("status", Round.Status.choices, label=_("Status")),
    }


class DecisionItems(List):
    """Exactly the entries that a decision touches. Context: ``rules``, ``code``."""

    key = "rounds.decision"
    caption = _("Entries of the decision")
    order = ("id",)
    size = 100
    nothing_yet = _("No entry here.")
    export_name = "decision"
    personal = True
    filters = {
        "q": Search(
            "stage_entry__entry__organisation__name", "stage_entry__entry__number", label=_("Name or filing number")
        ),
        "outcome": Choice(
            "outcome", (("advanced", _("Goes on")), ("stopped", _("Does not go on"))), label=_("Outcome")
        ),
    }

    def get_columns(self) -> Sequence[Column]:
        """With the prize, where the decision picks one."""
        rules = self.context["rules"]
        return (
            Column(
                "number", _("Filing number"), "stage_entry.entry.number", sort="stage_entry__entry__number",
                link=lambda row, listing: listing.way_to("rounds:entry", listing.context["code"], row.stage_entry.entry_id),
            ),
            Column(
                "organisation", _("Organisation"), "stage_entry.entry.organisation.name",
                sort="stage_entry__entry__organisation__name",
            ),
            status("outcome", _("Outcome"), sort="outcome"),
            Column("prize", _("Prize"), lambda row: " ".join(filter(None, (prize_name(rules, row.prize) if row.prize else "", row.tier))), chosen=False),
            Column("score", _("Score"), sort="score", nullable=True, numeric=True),
            Column("rank", _("Rank"), sort="rank", nullable=True, numeric=True),
            prose("reason", _("Reason")),
            article(label=_("Article")),
        )  # fmt: skip
