"""Who may read this app's papers and files."""

from __future__ import annotations

from typing import Any

from accounts.rules import acts_for
from awards.models import Approval, Honour, SanctionCase
from awards.rules import reads_for_holder, sees_awards, sees_cases
from documents import access
from documents.models import Paper, StoredFile


def register() -> None:
    """Say so to the documents app."""
    access.register("awards.Honour", reads_honour)
    access.register("awards.SanctionCase", reads_case)
    access.register("awards.Approval", reads_approval)


def reads_honour(user: Any, honour: Honour, item: StoredFile | Paper) -> bool:
    """The holder and those who run, supervise, decide and approve."""
    return reads_for_holder(user, honour) or sees_awards(user, honour)


def reads_case(user: Any, case: SanctionCase, item: StoredFile | Paper) -> bool:
    """Evidence: the organs of the case. The decision: the organisation as well."""
    if isinstance(item, Paper) and acts_for(user, case.organisation):
        return True
    return sees_cases(user, case)


def reads_approval(user: Any, approval: Approval, item: StoredFile | Paper) -> bool:
    """The decision of a real round is public once made; the rest is for those who run and supervise."""
    if isinstance(item, Paper) and item.kind == "decision" and not approval.stage.round.is_rehearsal:
        return True
    return sees_awards(user, approval)
