"""What bodies say of entries: whose own an entry is, recommendations, preliminary reviews, consultations."""

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

__all__ = [
    "Charge",
    "Consultation",
    "ConsultationQuerySet",
    "ConsultationRequest",
    "PreliminaryReview",
    "Recommendation",
    "WindowObjection",
]

SCOPE = "stage_entry__stage__round__jurisdiction"


class Charge(models.Model):
    """An entry is a body's own in a stage: the body, and no other, sees it there and acts on it."""

    class Found(models.TextChoices):
        TERRITORY = "territory", _("By its territory")
        SECTOR = "sector", _("By its sector")
        MEMBERSHIP = "membership", _("Chosen by the applicant")
        OFFICE = "office", _("Assigned by the review office")

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="charges")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="charges")
    found = models.CharField(_("found"), max_length=12, choices=Found)
    priority = models.BooleanField(
        _("priority"), default=False, help_text="Carries an encouragement that orders recommendations."
    )
    reason = models.TextField(_("reason"), blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField(_("since"))

    objects = ScopedManager(jurisdiction=SCOPE)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints = (
            models.UniqueConstraint(fields=("stage_entry", "body"), name="one_charge_per_body_and_entry"),
            models.CheckConstraint(
                name="an_assigned_charge_says_why",
                condition=~Q(found="office") | (~Q(reason="") & Q(assigned_by__isnull=False)),
            ),
        )
        indexes = (models.Index(fields=("body", "stage_entry"), name="charge_by_body"),)

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.body}"


class Recommendation(models.Model):
    """What a body says of one of its own. A row without ``outcome`` is work under way (first review, consultation).

    ``findings``: {condition key: {"finding", "note", "computed"}}; ``consulted``: [{"whom", "outcome"}]. The body's list is ordered by
    priority first, then ``order``.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("Under way")
        RECOMMENDED = "recommended", _("Recommended")
        DECLINED = "declined", _("Declined")

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="recommendations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="recommendations")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True)
    findings = models.JSONField(_("first review"), encoder=Encoder, default=dict, blank=True)
    reviewed_at = models.DateTimeField(_("first review at"), null=True, blank=True)
    consulted = models.JSONField(_("consulted"), default=list, blank=True)
    priority = models.BooleanField(_("priority"), default=False)
    order = models.PositiveIntegerField(_("place in its list"), null=True, blank=True)
    overtaking = models.TextField(_("why before one with priority"), blank=True)
    at = models.DateTimeField(_("at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction=SCOPE)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = (
            models.UniqueConstraint(fields=("stage_entry", "body"), name="one_recommendation_per_body_and_entry"),
            models.CheckConstraint(
                name="a_recommendation_has_its_time",
                condition=Q(outcome="", at=None) | (~Q(outcome="") & Q(at__isnull=False)),
            ),
            models.CheckConstraint(name="who_declines_says_why", condition=~Q(outcome="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="what_is_recommended_has_a_place", condition=~Q(outcome="recommended") | Q(order__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.body} {self.outcome}"


class PreliminaryReview(models.Model):
    """The audit of one entry by the department or county office in charge. Its points and conditions are ``Assessment`` rows.

    ``window``: its own publicity window with its derivation, day by day; the last day must be over before it may pass.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("Under way")
        PASSED = "passed", _("Sent on")
        DECLINED = "declined", _("Declined")

    stage_entry = models.OneToOneField(
        StageEntry, on_delete=models.CASCADE, primary_key=True, related_name="preliminary_review"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="preliminary_reviews")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consulted = models.JSONField(_("consulted"), default=list, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_where = models.CharField(_("published where"), max_length=300, blank=True)
    window_ends_at = models.DateTimeField(_("window ends at"), null=True, blank=True)
    window = models.JSONField(_("how the window is counted"), default=dict, blank=True)
    opinion = models.TextField(_("audit opinion"), blank=True)
    departure_reason = models.TextField(_("reason for the departure"), blank=True)
    departure_article = models.CharField(max_length=20, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True, default="")
    reason = models.TextField(_("reason"), blank=True)
    paper = models.ForeignKey("documents.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction=SCOPE)

    class Meta:
        verbose_name = _("preliminary review")
        verbose_name_plural = _("preliminary reviews")
        constraints = (
            models.CheckConstraint(
                name="a_published_notice_has_its_window",
                condition=Q(published_on=None, window_ends_at=None)
                | Q(published_on__isnull=False, window_ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_passed_audit_has_its_opinion", condition=~Q(outcome="passed") | ~Q(opinion="")
            ),
            models.CheckConstraint(name="a_declined_audit_says_why", condition=~Q(outcome="declined") | ~Q(reason="")),
            models.CheckConstraint(
                name="a_departing_audit_names_its_article", condition=Q(departure_reason="") | ~Q(departure_article="")
            ),
            models.CheckConstraint(
                name="a_finished_audit_has_its_time",
                condition=Q(outcome="", at=None) | (~Q(outcome="") & Q(at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.body}"


class WindowObjection(models.Model):
    """An objection raised while a body's own window ran. Who raised it is personal data: kept here, never in the log."""

    review = models.ForeignKey(PreliminaryReview, on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("objection"))
    raised_by = models.CharField(_("raised by"), max_length=200, blank=True)
    received_at = models.DateTimeField(_("received at"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stands = models.BooleanField(_("stands"), null=True, blank=True)
    finding = models.TextField(_("what was found"), blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="review__stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="a_settled_objection_says_what_was_found",
                condition=Q(stands=None) | (~Q(finding="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


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
