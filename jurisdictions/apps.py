"""Jurisdictions, their bodies and memberships, policies, calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JurisdictionsConfig(AppConfig):
    name = "jurisdictions"
    verbose_name = _("Jurisdictions")

    def ready(self) -> None:
        from core import imports
        from core.refusals import register
        from jurisdictions import importing, refusals, refusals_admin, refusals_lists

        register(refusals.SENTENCES)
        register(refusals_admin.SENTENCES)
        register(refusals_lists.SENTENCES)
        imports.register(importing.BodyLines, importing.DayLines, importing.RoleLines)
        _guard_policies()


def _guard_policies() -> None:
    """Every policy document is expanded, checked and sealed on its way in, ``loaddata`` included."""
    from django.db.models.signals import pre_save

    from jurisdictions.models import PolicyDocument
    from jurisdictions.policy.saving import make_whole

    pre_save.connect(make_whole, sender=PolicyDocument, dispatch_uid="policy-make-whole")
