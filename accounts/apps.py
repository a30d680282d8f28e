"""People and organisations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts import language, refusals, refusals_people
        from core.refusals import register

        register(refusals.SENTENCES)
        register(refusals_people.SENTENCES)
        language.connect()
