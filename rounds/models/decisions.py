"""Decisions on a stage's entries: prepared, inspected, released as a whole."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from rounds.models.rounds import RoundStage
from rounds.models.stages import StageEntry


class Decision(models.Model):
    """A batch: prepared, inspected, released (wholly or not at all); corrected only by a counter-decision."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        RELEASED = "released", _("Released")
        DISCARDED = "discarded", _("Discarded")

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="decisions")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREPARED)
    counter = models.BooleanField(_("counter-decision"), default=False)
    article = models.CharField(_("article"), max_length=20)
    note = models.TextField(_("note"), blank=True)
    fingerprint = models.CharField(
        max_length=64, blank=True, help_text="Hash of what was prepared; a change before release refuses it."
    )
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"))
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage",), condition=Q(status="prepared"), name="one_prepared_decision_per_stage"
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} #{self.pk}"


class DecisionItem(models.Model):
    """What a decision says of one entry."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="decision_items")
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=(("advanced", _("Goes on")), ("stopped", _("Does not go on")))
    )
    prize = models.CharField(max_length=50, blank=True)
    tier = models.CharField(max_length=50, blank=True)
    article = models.CharField(_("article"), max_length=20)
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(encoder=Encoder, default=dict, blank=True)
    before = models.JSONField(encoder=Encoder, default=dict, blank=True)
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(null=True, blank=True)

    objects = ScopedManager(jurisdiction="decision__stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("decision", "stage_entry"), name="a_decision_speaks_once_of_an_entry"),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.outcome}"
