"""An entry in a stage: where it stands, and what was decided of it there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from rounds.models.entries import Entry
from rounds.models.rounds import RoundStage
from rounds.querysets import StageEntryQuerySet


class StageEntry(models.Model):
    """An entry in a stage. Written by ``rounds.engine`` alone."""

    class Status(models.TextChoices):
        PENDING = "pending", _("In progress")
        ADVANCED = "advanced", _("Goes on")
        STOPPED = "stopped", _("Does not go on")
        SKIPPED = "skipped", _("Not concerned")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="entries")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="stage_entries")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PENDING)
    score = models.DecimalField(_("score"), max_digits=12, decimal_places=4, null=True, blank=True)
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True)
    prize = models.CharField(
        _("prize decided"), max_length=50, blank=True, help_text="Set where a decision picks a prize."
    )
    tier = models.CharField(_("tier"), max_length=50, blank=True)
    article = models.CharField(_("article"), max_length=20, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    facts = models.JSONField(_("facts read"), encoder=Encoder, default=dict, blank=True)
    entered_at = models.DateTimeField(_("entered at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(
        jurisdiction="stage__round__jurisdiction", _manager_class=models.Manager.from_queryset(StageEntryQuerySet)
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("stage", "entry"), name="an_entry_enters_a_stage_once"),
            models.CheckConstraint(
                name="what_stopped_says_why_and_by_which_article",
                condition=~Q(status="stopped") | (~Q(article="") & ~Q(reason="")),
            ),
        )
        indexes = (
            models.Index(fields=("stage", "status", "id"), name="stageentry_by_status"),
            models.Index(fields=("stage", "-score", "id"), name="stageentry_by_score"),
            models.Index(fields=("stage", "score", "id"), name="stageentry_sorted_by_score"),
            models.Index(fields=("stage", "rank", "id"), name="stageentry_by_rank"),
            models.Index(fields=("stage", "decided_at", "id"), name="stageentry_by_decision"),
        )

    def __str__(self) -> str:
        return f"{self.entry} @ {self.stage.key}"
