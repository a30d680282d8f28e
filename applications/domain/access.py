"""Getting hold of an application: locked, with everything an act reads, in one query."""

from __future__ import annotations

from accounts.models import User
from applications.facts import rules_of
from applications.forms.layout import intake_of
from applications.models import Application
from core.access import Predicate
from core.refusals import Refused
from jurisdictions.policy import Policy
from rounds.models import Entry, StageEntry


def locked(application: Application) -> Application:
    """The application, locked for the rest of the transaction, with entry, organisation and round."""
    found: Application = (
        Application.objects.select_for_update(of=("self",))
        .select_related("entry__round__jurisdiction", "entry__organisation__parent", "body")
        .defer("entry__round__rules_document")  # large, and parsed already
        .get(pk=application.pk)
    )
    return found


def policy_of(application: Application) -> Policy:
    """The round's rules."""
    return rules_of(application.entry.round)


def filing_article(policy: Policy) -> str:
    """The article by which applications are filed."""
    intake = intake_of(policy)
    return intake.article if intake else policy.stages[0].article


def require_on(rule: Predicate, actor: User, application: Application, *, code: str = "not_yours_to_write") -> None:
    """Refuse unless the rule holds for the application's entry; cites the article on filing."""
    if not rule(actor, application.entry):
        raise Refused(code, article=filing_article(policy_of(application)))


def require_draft(application: Application) -> None:
    """Refuse what can only be done before filing."""
    article, entry = filing_article(policy_of(application)), application.entry
    if application.is_filed:
        raise Refused("already_filed", article=article, number=entry.number)
    if entry.status != Entry.Status.DRAFT:
        raise Refused("entry_has_ended", article=article, status=entry.get_status_display())


def in_stage(entry: Entry, kind: str) -> StageEntry | None:
    """The entry in its stage of that kind; the stage shares the entry's round."""
    row: StageEntry | None = (
        StageEntry.objects.filter(entry=entry, stage__kind=kind)
        .select_related("stage")
        .order_by("-stage__position")
        .first()
    )
    if row is not None:
        row.entry, row.stage.round = entry, entry.round
    return row
