"""The lowest app: clock, refusals, predicates, page helpers. No policy, no domain words."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Core")

    def ready(self) -> None:
        from core.refusals import register
        from core.sentences import SENTENCES

        register(SENTENCES)
