"""Rounds: one run of a pinned policy. Stages, entries, the engine that moves them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoundsConfig(AppConfig):
    name = "rounds"
    verbose_name = _("Rounds")

    def ready(self) -> None:
        from core.refusals import register
        from rounds.refusals import SENTENCES

        register(SENTENCES)
