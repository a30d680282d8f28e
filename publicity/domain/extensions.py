"""More time for all applicants alike is announced to the public, as the call was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.models import Extension
from core.clock import legal_date
from publicity.domain.notices import announce, both
from publicity.models import Notice


def publish_extension(extension: Extension, actor: User) -> None:
    """A notice with new day, reason and article; nothing where it is for one organisation. Runs in the act's transaction."""
    if extension.organisation_id is not None:
        return
    stage, day = extension.stage, legal_date(extension.deadline)
    announce(
        actor=actor, jurisdiction=stage.round.jurisdiction, kind=Notice.Kind.OTHER, article=extension.article, round_=stage.round, stage=stage,
        title=both(stage, _("More time for applications: {award} {year}")),
        text=both(
            stage, _("All applicants alike may file until the end of {day}. Reason: {reason}"), day=day, reason=extension.reason
        ),
    )  # fmt: skip
