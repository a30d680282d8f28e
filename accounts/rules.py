"""Predicates about organisations: small questions over guardian's object permissions and memberships."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation, OrganisationMember, OrganisationRole
from core.access import predicate


@predicate
def owns(actor: Any, organisation: Organisation) -> bool:
    """An owner of the organisation."""
    return OrganisationMember.objects.filter(
        organisation=organisation, user=actor, role=OrganisationRole.OWNER
    ).exists()


@predicate
def acts_for(actor: Any, organisation: Organisation) -> bool:
    """May write the organisation's applications."""
    return bool(actor.has_perm("accounts.act_for", organisation))


@predicate
def files_for(actor: Any, organisation: Organisation) -> bool:
    """May file the organisation's applications."""
    return bool(actor.has_perm("accounts.file_for", organisation))


@predicate
def reads_for(actor: Any, organisation: Organisation) -> bool:
    """May read the organisation's applications."""
    return bool(actor.has_perm("accounts.read_for", organisation))
