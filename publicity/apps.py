"""Notices, publicity windows, objections; the public site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicityConfig(AppConfig):
    name = "publicity"
    verbose_name = _("Publicity")

    def ready(self) -> None:
        from applications import hooks, hooks_office
        from core.refusals import register
        from documents import access
        from notifications import texts
        from publicity import dates, kinds, panels, players, rules  # noqa: F401  (register the stage kind and its player)
        from publicity.domain import extensions, notices
        from publicity.refusals import SENTENCES
        from publicity.texts import TEXTS

        register(SENTENCES)
        texts.register(TEXTS)
        access.register("publicity.Notice", rules.reads_notice_paper)
        access.register("publicity.Objection", rules.reads_objection_file)
        access.register("publicity.InvestigationReport", rules.reads_report)
        hooks.on_call(notices.publish_call)
        hooks.on_extended(extensions.publish_extension)
        hooks_office.on_body_publicity(notices.publish_for_body)
