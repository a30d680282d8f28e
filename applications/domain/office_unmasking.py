"""Trade secrets stay masked from all whose task does not need them; each unmasking is recorded."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from applications.rules_office import may_examine, may_handle
from core.access import Predicate, require
from rounds.engine.logging import record
from rounds.models import StageEntry


def needs_secrets(stage_entry: StageEntry) -> Predicate | None:
    """Who needs them in this stage: whoever examines the papers. None: nobody."""
    stage = stage_entry.stage
    if stage.kind == "eligibility":
        return may_examine
    if stage.kind == "preliminary_review" or getattr(stage.spec, "first_review", False):
        return may_handle
    return None


@transaction.atomic
def unmask(*, actor: User, stage_entry: StageEntry) -> StageEntry:
    """Record that the person looks at the trade secrets of an entry; refused where the task does not need them."""
    rule = needs_secrets(stage_entry)
    stage = stage_entry.stage
    article = _secrets_article(stage_entry)
    require(rule or NOBODY, actor, stage_entry, article=article, code="secrets_not_needed")
    record(
        "secrets.unmasked", round_=stage.round, actor=actor, subject=stage_entry.entry, article=article, stage=stage.key
    )
    return stage_entry


NOBODY = Predicate("nobody", lambda actor, thing: False)


def _secrets_article(stage_entry: StageEntry) -> str:
    """The article on trade secrets, else the stage's own."""
    stage = stage_entry.stage
    found = next((spec.secrets_article for spec in stage.round.rules.stages if spec.kind == "intake"), None)
    return found or stage.article
