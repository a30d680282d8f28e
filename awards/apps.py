"""Approval, conferral, the register of honours, rewards, sanctions, bars, holders' duties; rehearsals and the demonstration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Awards")

    def ready(self) -> None:
        from awards import access, facts, gates, kinds, messages, panels, players, reminders, seeding, todos  # noqa: F401  (each registers itself)
        from awards.refusals import SENTENCES
        from core.refusals import register

        register(SENTENCES)
        access.register()
