"""One message to everybody who acts for an entry's organisation: in the inbox, and by mail."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.models import User
from documents.models import Paper
from jurisdictions.models import Body
from notifications import outbox
from rounds.models import Entry, StageEntry


def tell(entry: Entry, kind: str, *, occasion: str, paper: Paper | None = None, **context: Any) -> None:
    """Post ``kind`` about the entry; ``occasion`` makes the message one of a kind. Organisation and number are added."""
    round_ = entry.round
    code = round_.jurisdiction.code
    outbox.post(
        to=User.objects.filter(organisations__organisation=entry.organisation_id, is_active=True), kind=kind,
        jurisdiction=round_.jurisdiction, subject_ref=entry, key=f"{kind}:{entry.pk}:{occasion}", paper=paper, rehearsal=round_.is_rehearsal,
        context={"organisation": entry.organisation.name, "number": entry.number or "—", **context},
        url=reverse("applications:application", kwargs={"code": code, "pk": entry.pk}),
    )  # fmt: skip


def tell_outcome(row: StageEntry, kind: str, body: Body, reason: str = "") -> None:
    """What a body said of one of its own, with the article."""
    stage = row.stage
    row.entry.round = stage.round
    tell(
        row.entry, kind, occasion=f"{stage.key}:{body.pk}", body={"zh": body.name_zh, "en": body.name_en}, article=stage.article,
        reason=reason,
    )  # fmt: skip
