"""Bodies are asked about entries: when, by whom, what they answered, what silence meant."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from jurisdictions.models import Body
from rounds.models import RoundStage, StageEntry

SCOPE = "stage_entry__stage__round__jurisdiction"


class Consultation(models.Model):
    """Bodies were asked about entries of a stage, once. ``window``: how the deadline was counted, day by day."""

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="consultations")
    article = models.CharField(_("article"), max_length=20)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("answers due by"))
    window = models.JSONField(_("how the deadline is counted"), default=dict, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="answers_are_due_after_asking", condition=Q(due_at__gt=F("asked_at"))),
        )

    def __str__(self) -> str:
        return f"{self.stage} #{self.pk}"


class ConsultationQuerySet(models.QuerySet[Any]):
    """Questions to bodies."""

    def of_pending(self, stage: RoundStage) -> ConsultationQuerySet:
        """About entries that wait for an outcome in the stage."""
        return self.filter(
            stage_entry__stage=stage, stage_entry__status="pending", stage_entry__entry__status__in=("draft", "active")
        )

    def open(self) -> ConsultationQuerySet:
        """Neither answered nor lapsed."""
        return self.filter(answer="", lapsed_at=None)

    def overdue(self, now: dt.datetime) -> ConsultationQuerySet:
        return self.open().filter(consultation__due_at__lt=now)

    def against(self) -> ConsultationQuerySet:
        """Disagreements and refusals to recommend that the office has not set aside."""
        return self.filter(Q(answer="disagree") | Q(recommends=False), set_aside_at=None)


class ConsultationRequest(models.Model):
    """One body is asked about one entry. ``values``: {check key: value}. A disagreement stops the entry unless set aside with a reason.

    ``lapsed_at``: the deadline passed without an answer; ``silence`` is what the policy then takes it for.
    """

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        AGREE = "agree", _("Agrees")
        DISAGREE = "disagree", _("Disagrees")
        NO_RECORD = "no_record", _("Nothing on record")

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="requests")
    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="consultation_requests")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="consultation_requests")
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, blank=True, default="")
    recommends = models.BooleanField(_("recommends"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    values = models.JSONField(_("established facts"), encoder=Encoder, default=dict, blank=True)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("lapsed at"), null=True, blank=True)
    silence = models.CharField(_("silence means"), max_length=12, blank=True)
    set_aside_reason = models.TextField(_("why set aside"), blank=True)
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_aside_at = models.DateTimeField(_("set aside at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction=SCOPE, _manager_class=models.Manager.from_queryset(ConsultationQuerySet))

    class Meta:
        verbose_name = _("question to a body")
        verbose_name_plural = _("questions to bodies")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage_entry", "body"), name="a_body_is_asked_once_about_an_entry_in_a_stage"
            ),
            models.CheckConstraint(
                name="an_answer_says_who_and_when",
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="who_disagrees_says_why",
                condition=(~Q(answer="disagree") & (Q(recommends=None) | Q(recommends=True))) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="what_lapsed_has_no_answer",
                condition=Q(lapsed_at=None, silence="") | (Q(answer="", lapsed_at__isnull=False) & ~Q(silence="")),
            ),
            models.CheckConstraint(
                name="what_is_set_aside_says_why",
                condition=Q(set_aside_at=None) | (~Q(set_aside_reason="") & Q(set_aside_by__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=("body", "answer", "id"), name="consultation_by_body"),)

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.body}"

    @property
    def is_against(self) -> bool:
        return (self.answer == self.Answer.DISAGREE or self.recommends is False) and self.set_aside_at is None
