"""The lowest app: clock, refusals, predicates, page helpers. No policy, no domain words."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Core"
