"""Organisations and who acts for them. Memberships and the object permissions that follow from them are written here alone.

register_organisation(actor=…, name=…, kind=…, …)     the actor becomes its owner and may file
update_profile(actor=…, organisation=…, **values)
join(actor=…, organisation=…, user=…, role=…, may_file=…, is_head=…)
leave(actor=…, membership=…)
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from guardian.shortcuts import remove_perm

from accounts import codes, places
from accounts.models import (
    LegalStatus,
    Organisation,
    OrganisationMember,
    OrganisationRole,
    OrganisationUserObjectPermission,
    User,
)
from accounts.rules import owns
from audit import log
from core import clock
from core.access import require
from core.refusals import Refused

PARTS = frozenset({LegalStatus.BRANCH.value, LegalStatus.INTERNAL_BODY.value, LegalStatus.DISPATCHED_BODY.value})
#: Those that have a unified social credit code of their own.
CODED = frozenset({LegalStatus.LEGAL_PERSON.value, LegalStatus.UNINCORPORATED.value})
PROFILE = (
    "name", "kind", "legal_status", "parent", "industry", "sectors", "activities", "subordination", "size", "listed", "employees", "region",
    "address", "founded_on", "operating_since", "operating", "head_name", "contact_name", "contact_phone", "contact_email",
)  # fmt: skip
_PERMISSIONS = {
    OrganisationRole.OWNER: {"act_for", "read_for"},
    OrganisationRole.EDITOR: {"act_for", "read_for"},
    OrganisationRole.READER: {"read_for"},
}
_GROUND = "site"


@transaction.atomic
def register_organisation(
    *, actor: User, name: str, kind: str, legal_status: str = LegalStatus.LEGAL_PERSON, code: str = "", parent: Organisation | None = None,
    is_head: bool = False, rehearsal: bool = False, **profile: Any,
) -> Organisation:  # fmt: skip
    """A new organisation, with the actor as its owner who may file.

    Refused: no name, a wrong or known code, no parent where one is needed, a wrong division code. Parts of an organisation and
    natural persons need no code of their own.
    """
    values = {**profile, "name": name.strip(), "kind": kind, "legal_status": legal_status, "parent": parent}
    _check(values)
    normal = _checked_code(code, legal_status)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(code=normal or None, rehearsal=rehearsal, **values)
    except IntegrityError as error:
        known = Organisation.objects.filter(code=normal, rehearsal=False).first()
        raise Refused("code_known", field="code", name=known.name if known else "—") from error
    _enter(organisation, actor, OrganisationRole.OWNER, may_file=True, is_head=is_head)
    log.record(
        "organisation.registered",
        scope=_GROUND,
        actor=actor,
        subject=organisation,
        facts={"code": normal, "kind": kind, "legal_status": legal_status},
    )
    return organisation


@transaction.atomic
def update_profile(*, actor: User, organisation: Organisation, **values: Any) -> Organisation:
    """Change what is known of an organisation; its code stays. What was filed keeps the profile it was filed with."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    require(owns, actor, organisation, code="not_the_owner")
    unknown = set(values) - set(PROFILE)
    if unknown:
        raise TypeError(f"no part of a profile: {', '.join(sorted(unknown))}")
    before = {name: getattr(organisation, name) for name in PROFILE}
    merged = {**before, **values}
    _check(merged)
    changed = sorted(name for name in values if merged[name] != before[name])
    for name in changed:
        setattr(organisation, name, merged[name])
    if changed:
        organisation.save()
        log.record("organisation.changed", scope=_GROUND, actor=actor, subject=organisation, facts={"fields": changed})
    return organisation


@transaction.atomic
def join(
    *,
    actor: User,
    organisation: Organisation,
    user: User,
    role: str = OrganisationRole.EDITOR,
    may_file: bool = False,
    is_head: bool = False,
) -> OrganisationMember:
    """``user`` acts for the organisation from now on, or acts in another role. Refused: the actor is no owner, the last owner steps down."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    require(owns, actor, organisation, code="not_the_owner")
    if role != OrganisationRole.OWNER:
        _keeps_an_owner(organisation, user)
    member = _enter(organisation, user, role, may_file=may_file, is_head=is_head)
    log.record(
        "organisation.joined", scope=_GROUND, actor=actor, subject=organisation,
        facts={"user": user.pk, "role": role, "may_file": may_file, "is_head": is_head},
    )  # fmt: skip
    return member


@transaction.atomic
def leave(*, actor: User, membership: OrganisationMember) -> None:
    """The person acts for the organisation no longer; a person may leave by itself."""
    organisation, user = membership.organisation, membership.user
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if actor.pk != user.pk:
        require(owns, actor, organisation, code="not_the_owner")
    _keeps_an_owner(organisation, user)
    if not OrganisationMember.objects.filter(organisation=organisation, user=user).delete()[0]:
        raise Refused("not_a_member")
    for permission in ("act_for", "file_for", "read_for"):
        remove_perm(f"accounts.{permission}", user, organisation)
    log.record("organisation.left", scope=_GROUND, actor=actor, subject=organisation, facts={"user": user.pk})


def _enter(organisation: Organisation, user: User, role: str, *, may_file: bool, is_head: bool) -> OrganisationMember:
    """Write the membership and make the permissions agree with it."""
    member, made = OrganisationMember.objects.update_or_create(
        organisation=organisation, user=user, defaults={"role": role, "may_file": may_file, "is_head": is_head}
    )
    wanted = _PERMISSIONS[OrganisationRole(role)] | (
        {"file_for"} if may_file and role != OrganisationRole.READER else set()
    )
    if not made:
        for permission in sorted({"act_for", "file_for", "read_for"} - wanted):
            remove_perm(f"accounts.{permission}", user, organisation)
    _grant(organisation, user, wanted)
    return member


def _grant(organisation: Organisation, user: User, wanted: set[str]) -> None:
    """Guardian's rows, all at once: two queries."""
    permissions = Permission.objects.filter(
        content_type__app_label="accounts", content_type__model="organisation", codename__in=wanted
    )
    rows = [
        OrganisationUserObjectPermission(user=user, permission=permission, content_object=organisation)
        for permission in permissions
    ]
    OrganisationUserObjectPermission.objects.bulk_create(rows, ignore_conflicts=True)


def _keeps_an_owner(organisation: Organisation, leaving: User) -> None:
    others = OrganisationMember.objects.filter(organisation=organisation, role=OrganisationRole.OWNER).exclude(
        user=leaving
    )
    is_owner = OrganisationMember.objects.filter(
        organisation=organisation, role=OrganisationRole.OWNER, user=leaving
    ).exists()
    if is_owner and not others.exists():
        raise Refused("last_owner")


def _checked_code(code: str, legal_status: str) -> str:
    normal = codes.normal(code)
    if not normal:
        if legal_status in CODED:
            raise Refused("code_missing", field="code")
        return ""
    if fault := codes.fault(normal):
        raise Refused("code_wrong", field="code", given=normal, why=codes.WHY[fault])
    return normal


def _check(values: dict[str, Any]) -> None:
    if not values["name"]:
        raise Refused("name_missing", field="name")
    parent, is_part = values.get("parent"), values["legal_status"] in PARTS
    if is_part and parent is None:
        raise Refused("parent_missing", field="parent")
    if parent is not None and not is_part:
        raise Refused("parent_not_allowed", field="parent")
    if parent is not None and parent.legal_status not in CODED:
        raise Refused("parent_has_parent", field="parent")
    values["region"] = places.normal(values.get("region") or "")
    if values["region"] and not places.is_code(values["region"]):
        raise Refused("region_wrong", field="region", region=values["region"])
    today = clock.today()
    for name in ("founded_on", "operating_since"):
        if values.get(name) and values[name] > today:
            raise Refused("day_ahead", field=name, day=values[name])
