"""How allauth writes its mail: in the language of who gets it, from the site's own name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Site:
    """What allauth's mails name as the site."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Mail in the reader's language: of the account, else (nobody has one) of the page on which it was asked for."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user") or User.objects.filter(email=email.lower()).first()
        language = getattr(user, "language", "") or translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            site = Site(_("Government quality awards"), settings.SITE_URL.partition("://")[2])
            super().send_mail(template_prefix, email, {**context, "current_site": site})
