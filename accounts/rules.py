"""Predicates about organisations: small questions over guardian's object permissions and memberships."""

from __future__ import annotations

from typing import Any

from accounts.models import Organisation, OrganisationMember, OrganisationRole, OrganisationUserObjectPermission
from core import reading
from core.access import predicate


def _permitted(actor: Any, organisation: Organisation, *codenames: str) -> bool:
    """Any of these of guardian's permissions on the organisation, in one query a page. Nobody is permitted by being a superuser."""

    def held() -> frozenset[str]:
        rows = OrganisationUserObjectPermission.objects.filter(user=actor, content_object=organisation)
        return frozenset(rows.values_list("permission__codename", flat=True))

    return not reading.kept(("organisation", actor.pk, organisation.pk), held).isdisjoint(codenames)


@predicate
def owns(actor: Any, organisation: Organisation) -> bool:
    """An owner of the organisation."""
    return OrganisationMember.objects.filter(
        organisation=organisation, user=actor, role=OrganisationRole.OWNER
    ).exists()


@predicate
def acts_for(actor: Any, organisation: Organisation) -> bool:
    """May write the organisation's applications."""
    return _permitted(actor, organisation, "act_for")


@predicate
def files_for(actor: Any, organisation: Organisation) -> bool:
    """May file the organisation's applications."""
    return _permitted(actor, organisation, "file_for")


@predicate
def reads_for(actor: Any, organisation: Organisation) -> bool:
    """May read the organisation's applications; who may write them may."""
    return _permitted(actor, organisation, "read_for", "act_for")
