"""Predicates of the applicant's side. ``thing`` is an entry unless said otherwise."""

from __future__ import annotations

from typing import Any

from django_scopes import scope
from guardian.core import ObjectPermissionChecker

from accounts.models import User
from accounts.rules import acts_for, files_for, reads_for
from applications.models import Application
from core.access import Predicate, predicate
from jurisdictions.models import Jurisdiction
from jurisdictions.rules import bodies_of, holds
from rounds.models import Entry
from rounds.rules import is_recused

office_reads = holds("office", "office_head", "supervisor", "approver")


def _of_organisation(rule: Predicate) -> Predicate:
    return Predicate(f"{rule.name} its organisation", lambda actor, entry: rule(actor, entry.organisation))


writes = _of_organisation(acts_for)
files = _of_organisation(files_for)
reads = _of_organisation(reads_for)


@predicate
def is_assigned(actor: Any, entry: Entry) -> bool:
    """A task with this entry (recommending, consulting, scoring) is the person's: guardian's permissions on the entry."""
    return bool(ObjectPermissionChecker(actor).get_user_perms(entry))


@predicate
def acts_for_its_body(actor: Any, entry: Entry) -> bool:
    """Acts for a body whose own it is (that recommends or audits it)."""
    from applications.models.opinions import Charge

    round_ = entry.round
    bodies = bodies_of(actor, round_.jurisdiction, rehearsal=round_.is_rehearsal)
    if not bodies:
        return False
    own = Application.objects.filter(entry=entry, body__in=bodies).exists()
    return own or bool(Charge.objects.filter(stage_entry__entry=entry, body__in=bodies).exists())


@predicate
def is_filed(actor: Any, entry: Entry) -> bool:
    """It has been filed: before that it is nobody's business but the applicant's."""
    return bool(entry.number)


may_write = writes & ~is_recused
may_file = files & ~is_recused
may_see = ~is_recused & (reads | (is_filed & (office_reads | acts_for_its_body | is_assigned)))


#: Trade secrets: those whose task needs them. Supervision and the approving government see that they exist.
may_unmask = may_see & (reads | is_assigned | acts_for_its_body | holds("office", "office_head"))


def reads_papers(user: Any, application: Application, item: Any) -> bool:
    """For ``documents.access``: what belongs to an application. A secret file to those whose task needs it; the printed form, which
    shows every answer, to the applicant alone where it marks trade secrets (others unmask them on the page, on record)."""
    entry = application.entry
    with scope(jurisdiction=entry.round.jurisdiction):
        if not may_see(user, entry):
            return False
        if getattr(item, "kind", "") == "application_form" and application.secrets:
            return reads(user, entry)
        return not getattr(item, "secret", False) or may_unmask(user, entry)


def represents_an_applicant(user: User, jurisdiction: Jurisdiction) -> bool:
    """Whether the person acts for an organisation with a binding application under way here."""
    return bool(
        Entry.objects.filter(
            round__jurisdiction=jurisdiction,
            round__kind="binding",
            round__status="open",
            status__in=("draft", "active"),
            organisation__members__user=user,
        ).exists()
    )
