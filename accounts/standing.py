"""Whether an account may be used, and who may open the operator's pages. Everything else that a person may do are roles."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit import log
from core.access import Predicate, require
from core.refusals import Refused

is_operator = Predicate("is an operator", lambda actor, _thing: bool(actor.is_staff))


def may_close(actor: User, user: User) -> bool:
    """May close and reopen this account."""
    return (
        is_operator(actor, user)
        and actor.pk != user.pk
        and (actor.is_superuser or not (user.is_staff or user.is_superuser))
    )


def may_make_operator(actor: User, user: User) -> bool:
    """May let this person into the operator's pages, or out of them."""
    return bool(actor.is_superuser and actor.pk != user.pk)


@transaction.atomic
def change(*, actor: User, user: User, is_active: bool, is_staff: bool) -> User:
    """Open or close an account; make somebody an operator, or no longer. A closed account keeps its record and its roles' dates.

    Refused: not_yours_to_do, not_own_account, operator_account.
    """
    require(is_operator, actor, user)
    row = User.objects.select_for_update().get(pk=user.pk)
    was = {"is_active": row.is_active, "is_staff": row.is_staff}
    wanted = {"is_active": is_active, "is_staff": is_staff}
    if was == wanted:
        return row
    if actor.pk == row.pk:
        raise Refused("not_own_account")
    if not may_close(actor, row) or (is_staff != row.is_staff and not may_make_operator(actor, row)):
        raise Refused("operator_account")
    row.is_active, row.is_staff = is_active, is_staff
    row.save(update_fields=["is_active", "is_staff"])
    log.record("person.standing", scope=log.SITE, actor=actor, subject=row, facts={"was": was, "is": wanted})
    return row
