"""Work for the workers."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Organisation, User

#: Addresses that no mail can reach (RFC 2606): people of demonstrations and rehearsals.
NOWHERE = ".invalid"


@shared_task(name="accounts.send_invitation")
def send_invitation(user_id: int) -> bool:
    """Write to a person who has no password yet; whether a letter went out. A second letter only repeats the first."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_usable_password() or user.email.endswith(NOWHERE):
        return False
    with override(user.language):
        context = {"person": user, "url": invitation_url(user), "days": settings.PASSWORD_RESET_TIMEOUT // 86400}
        subject = render_to_string("accounts/mail/invitation_subject.txt", context).strip()
        text = render_to_string("accounts/mail/invitation.txt", context)
    return bool(send_mail(subject, text, None, [user.email]))


@shared_task(name="accounts.send_request")
def send_request(organisation_id: int, user_id: int) -> int:
    """Tell the owners of an organisation that somebody asks to act for it; how many letters went out."""
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if organisation is None or person is None:
        return 0
    owners = User.objects.filter(organisations__organisation=organisation, organisations__role="owner", is_active=True)
    path = reverse("applications:organisation", kwargs={"pk": organisation.pk})
    sent = 0
    for owner in owners.distinct():
        if owner.email.endswith(NOWHERE):
            continue
        with override(owner.language):
            context = {
                "owner": owner,
                "person": person,
                "organisation": organisation,
                "url": f"{settings.SITE_URL.rstrip('/')}{path}",
            }
            subject = render_to_string("accounts/mail/request_subject.txt", context).strip()
            sent += send_mail(subject, render_to_string("accounts/mail/request.txt", context), None, [owner.email])
    return sent


def invitation_url(user: User) -> str:
    """Where the person chooses a password: the address of a forgotten one."""
    key = default_token_generator.make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL.rstrip('/')}{path}"
