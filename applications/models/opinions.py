"""What bodies say of entries: whose own an entry is, recommendations, preliminary reviews (consultations: ``questions``)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from applications.models.questions import Consultation, ConsultationQuerySet, ConsultationRequest
from core.fields import Encoder
from jurisdictions.models import Body
from rounds.models import StageEntry

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
