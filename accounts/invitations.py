"""People who are not registered yet: an account without a password, and a letter with a link to choose one.

    invite(actor=…, email=…, name=…, phone="", scope="site")     a new person
    remind(actor=…, user=…, scope="site")                        the letter once more

The caller has checked that the actor may bring somebody in: who may do so depends on the role that is to be given.
"""

from __future__ import annotations

import logging

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from audit import log
from core.refusals import Refused

logger = logging.getLogger(__name__)


def normal(email: str) -> str:
    """The spelling under which addresses are kept."""
    return User.objects.normalize_email(email.strip()).lower()


@transaction.atomic
def invite(*, actor: User, email: str, name: str, phone: str = "", scope: str = log.SITE) -> User:
    """A new person without a password; the invitation goes out after the commit. Refused: email_wrong, email_known.

    The address counts as confirmed: only who reads its mail can choose the password.
    """
    address = normal(email)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Refused("email_wrong", field="email", email=email) from error
    if User.objects.filter(email=address).exists():
        raise Refused("email_known", field="email", email=address)
    user = User.objects.create_user(address, name=name.strip(), phone=phone.strip())
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    log.record("person.invited", scope=scope, actor=actor, subject=user, personal={"email": address, "name": user.name})
    _send(user)
    return user


@transaction.atomic
def remind(*, actor: User, user: User, scope: str = log.SITE) -> None:
    """Send the invitation again. Refused: person_inactive, invitation_not_needed."""
    if not user.is_active:
        raise Refused("person_inactive", person=str(user))
    if user.has_usable_password():
        raise Refused("invitation_not_needed", person=str(user))
    log.record("person.reminded", scope=scope, actor=actor, subject=user)
    _send(user)


def _send(user: User) -> None:
    """After the commit; a broker that is away costs the letter, never the appointment (the page offers to send it again)."""
    from accounts.tasks import send_invitation

    def queue() -> None:
        try:
            send_invitation.delay(user.pk)
        except Exception:
            logger.warning("invitation of person %s not sent: the broker did not answer", user.pk)

    transaction.on_commit(queue)
