"""How people come to act for an organisation: an owner lets them in (and invites who has no account), or they ask its owners.

let_in(actor=…, organisation=…, email=…, name="", role=…, may_file=…, is_head=…)
ask(actor=…, code=…)
"""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction

from accounts import codes, domain, invitations
from accounts.models import Organisation, OrganisationMember, OrganisationRole, User
from accounts.rules import owns
from audit import log
from audit.models import AuditEvent
from core import clock
from core.access import require
from core.refusals import Refused

logger = logging.getLogger(__name__)
ASKED = "organisation.asked_to_join"
#: One letter a day from the same person to the same owners.
PAUSE = dt.timedelta(days=1)


@transaction.atomic
def let_in(
    *, actor: User, organisation: Organisation, email: str, name: str = "", role: str = OrganisationRole.EDITOR,
    may_file: bool = False, is_head: bool = False,
) -> OrganisationMember:  # fmt: skip
    """A person acts for the organisation from now on; who has no account is invited by mail to choose a password.

    Refused: the actor is no owner, an account that is closed, a wrong address, no name for somebody who is not registered.
    """
    require(owns, actor, organisation, code="not_the_owner")
    user = User.objects.filter(email=invitations.normal(email)).first()
    if user is None:
        if not name.strip():
            raise Refused("person_needs_name", field="name", email=email)
        user = invitations.invite(actor=actor, email=email, name=name)
    elif not user.is_active:
        raise Refused("person_inactive", field="email", person=str(user))
    return domain.join(actor=actor, organisation=organisation, user=user, role=role, may_file=may_file, is_head=is_head)


@transaction.atomic
def ask(*, actor: User, code: str) -> Organisation:
    """Ask the owners of a registered organisation to be let in: they get a letter with the person's name and address.

    Refused: nobody has this code, the person acts for it already, or asked within the last day.
    """
    organisation = Organisation.objects.filter(code=codes.normal(code), rehearsal=False).first() if code else None
    if organisation is None:
        raise Refused("code_unknown", field="code")
    if OrganisationMember.objects.filter(organisation=organisation, user=actor).exists():
        raise Refused("member_already", name=organisation.name)
    earlier = AuditEvent.objects.filter(
        subject=f"{organisation._meta.label}:{organisation.pk}",
        act=ASKED,
        actor_id=str(actor.pk),
        at__gte=clock.now() - PAUSE,
    )
    if earlier.exists():
        raise Refused("owners_asked_already", name=organisation.name)
    log.record(ASKED, scope=log.SITE, actor=actor, subject=organisation)
    _write(organisation, actor)
    return organisation


def _write(organisation: Organisation, actor: User) -> None:
    """After the commit; a broker that is away costs the letter, and the person can ask again the next day."""
    from accounts.tasks import send_request

    def queue() -> None:
        try:
            send_request.delay(organisation.pk, actor.pk)
        except Exception:
            logger.warning("request of person %s not sent: the broker did not answer", actor.pk)

    transaction.on_commit(queue)
