"""Approval, conferral, the register of honours, rewards, sanctions, bars, holders' duties; rehearsals and the demonstration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    name = "awards"
    verbose_name = _("Awards")
