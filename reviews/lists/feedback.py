"""What those that do not go on will be told: drafts to write anew and to approve, several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.lists import Act, Column, Gathered, List, Pick, Words
from reviews.domain import feedback
from reviews.models import FeedbackDraft
from rounds.models import StageEntry

STATES = {"missing": _("not drafted"), "waits": _("to be approved"), "approved": _("approved")}
TONES = {"missing": "waiting", "waits": "pending", "approved": "confirmed"}


@dataclass(frozen=True, slots=True)
class Told:
    """One entry with its draft; ``typed``: what could not be saved, to be seen again."""

    row: StageEntry
    draft: FeedbackDraft | None
    typed: str = ""

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def state(self) -> str:
        return "missing" if self.draft is None else "approved" if self.draft.approved_at else "waits"


def _approve(*, actor: User, rows: Sequence[Told], listing: List) -> None:
    drafts = [row.draft.pk if row.draft else 0 for row in rows]
    feedback.approve(actor=actor, stage=listing.context["stage"], drafts=drafts)


def _state(row: Told, listing: List) -> Any:
    return listing.component("status", status=TONES[row.state], label=str(STATES[row.state]))


class Drafts(Gathered):
    """Feedback of a stage. Context: ``code``, ``stage``, ``works`` (drafts may be changed), ``change_url``."""

    key = "reviews.feedback"
    caption = _("Feedback to those that do not go on")
    size = 20
    nothing_yet = _("No prepared decision stops an entry here.")
    export_name = "feedback"
    personal = True
    columns = (
        Column(
            "organisation", _("Organisation"), "row.entry.organisation.name", sort="row.entry.organisation.name",
            link=lambda told, listing: reverse("reviews:entry", args=[listing.context["code"], told.pk]),
        ),
        Column("number", _("Filing number"), "row.entry.number", sort="row.entry.number", chosen=False),
        Column("state", _("State"), lambda told: STATES[told.state], sort="state", show=_state),
        Column("text", _("What the organisation is told"), "draft.text", template="reviews/parts/draft.html"),
        Column("written_by", _("Written by"), lambda told: str(told.draft.written_by) if told.draft else "", chosen=False),
        Column("approved_by", _("Approved by"), lambda told: str(told.draft.approved_by or "") if told.draft else "", chosen=False),
    )  # fmt: skip
    filters = {
        "q": Words(lambda told: f"{told.row.entry.organisation.name} {told.row.entry.number}", label=_("Name or filing number")),
        "state": Pick(lambda told: told.state, tuple(STATES.items()), label=_("State")),
    }  # fmt: skip
    acts = (
        Act(
            "approve", _("Approve these drafts"), _approve, _("The feedback is approved."), allowed=lambda listing: listing.context["works"],
            lead=_("Nobody approves what he or she has written; sent when the decision is released."),
        ),
    )  # fmt: skip
