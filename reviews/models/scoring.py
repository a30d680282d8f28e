"""Score sheets and what a team agreed on where they were far apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from reviews.models.pool import Reviewer
from rounds.models import StageEntry


class ScoreSheet(models.Model):
    """One reviewer's sheet for one entry. ``scores``: {leaf key: number as text}; ``total``: points out of the sheet's total.

    ``earlier``: [{"scores", "total", "version", "submitted_at", "reason"}] of hand-ins that were opened again: what was first given
    independently is kept. ``notes``: {leaf key: {"strengths", "opportunities", "questions"}}. ``abstained``: why the reviewer gives
    no marks; such a sheet is handed in and counts for nothing.
    """

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="sheets")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="sheets")
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)
    notes = models.JSONField(_("notes"), default=dict, blank=True)
    strengths = models.TextField(_("strengths"), blank=True)
    opportunities = models.TextField(_("opportunities for improvement"), blank=True)
    abstained = models.TextField(_("why no marks are given"), blank=True)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=4, null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    saved_at = models.DateTimeField(_("saved at"))
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    earlier = models.JSONField(_("earlier hand-ins"), encoder=Encoder, default=list, blank=True)

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = (
            models.UniqueConstraint(fields=("stage_entry", "reviewer"), name="one_sheet_per_reviewer_and_entry"),
            models.CheckConstraint(
                name="a_sheet_handed_in_has_a_total_or_says_why_not",
                condition=Q(submitted_at=None) | Q(total__isnull=False, abstained="") | ~Q(abstained=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.stage_entry}"


class Consensus(models.Model):
    """What the team agreed on for an entry, written down by its leader.

    ``values``: {leaf key: agreed value as text} (a talked-over item without one keeps the sheets' values); ``reasons``: {leaf key:
    text}; ``basis``: hash of the sheets it was made from: it lapses when one of them changes or another reviewer comes in.
    """

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="consensus")
    values = models.JSONField(_("agreed values"), default=dict, blank=True)
    reasons = models.JSONField(_("reasons"), default=dict, blank=True)
    basis = models.CharField(max_length=64)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("consensus")
        verbose_name_plural = _("consensuses")

    def __str__(self) -> str:
        return str(self.stage_entry)
