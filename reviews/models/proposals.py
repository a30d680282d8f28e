"""A proposal who reviews what, as the solver found it and as hands changed it; nothing of it holds before it is applied."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from rounds.models import RoundStage


class AssignmentProposal(models.Model):
    """``wish``: what was asked of the solver; ``teams``: [{"key", "team", "name", "members", "leader", "entries"}].

    ``team``: the id of a team that is set up, else None; ``members`` and ``leader``: reviewer ids; ``entries``: stage entry ids.
    """

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="assignment_proposals")
    wish = models.JSONField(_("wish"), encoder=Encoder, default=dict)
    teams = models.JSONField(_("teams"), encoder=Encoder, default=list)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("proposed at"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("given up at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("proposed assignment")
        verbose_name_plural = _("proposed assignments")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage",),
                condition=Q(applied_at=None, dropped_at=None),
                name="one_proposed_assignment_at_a_time",
            ),
            models.CheckConstraint(
                name="an_applied_proposal_says_by_whom",
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False, dropped_at=None),
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage}: {self.at:%Y-%m-%d %H:%M}"
