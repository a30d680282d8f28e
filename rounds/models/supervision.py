"""What supervision and the competent organs put on record."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from rounds.models.entries import Entry
from rounds.models.rounds import Round, RoundStage


class Correction(models.Model):
    """What supervision put on record: an order to correct (while open it blocks its stage), or an observation (it blocks nothing)."""

    class Kind(models.TextChoices):
        ORDER = "order", _("Order to correct")
        OBSERVATION = "observation", _("Observation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDER)
    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="corrections")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections")
    text = models.TextField(_("what is to be corrected"))
    article = models.CharField(_("article"), max_length=20)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(_("ordered at"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    settlement = models.TextField(_("how it was settled"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.CheckConstraint(name="an_order_says_by_when", condition=~Q(kind="order") | Q(due_on__isnull=False)),
        )
        indexes = (models.Index(fields=("stage", "settled_at"), name="correction_by_stage"),)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_order(self) -> bool:
        return self.kind == self.Kind.ORDER

    @property
    def state(self) -> str:
        """settled, answered (supervision's turn), or open (the office's turn)."""
        return "settled" if self.settled_at else "answered" if self.answer else "open"


class MajorMatter(models.Model):
    """A major matter arising in review and what the competent organ decided on it."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="matters")
    organ = models.CharField(_("organ"), max_length=50)
    article = models.CharField(_("article"), max_length=20)
    subject = models.CharField(_("subject"), max_length=200)
    decision = models.TextField(_("decision"))
    decided_on = models.DateField(_("decided on"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="round__jurisdiction")

    def __str__(self) -> str:
        return self.subject
