"""What is found of an entry, point by point, and the facts that offices and departments establish. Written by ``applications.domain`` alone."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from applications.models.application import Application
from core.fields import Encoder
from jurisdictions.models import Body
from rounds.models import StageEntry

__all__ = ["Assessment", "AssessmentQuerySet", "CheckRecord"]

UNDECIDED = Q(finding="", computed=None, postponed=False)
FAILING = Q(finding="not_met") | Q(finding="", computed=False)


class AssessmentQuerySet(models.QuerySet[Any]):
    """Points of entries in a stage."""

    def undecided(self) -> AssessmentQuerySet:
        """Neither computed nor found: what is unknown never passes by itself."""
        return self.filter(UNDECIDED)

    def failing(self) -> AssessmentQuerySet:
        return self.filter(FAILING)

    def of_pending(self, stage: Any) -> AssessmentQuerySet:
        """Of entries that wait for an outcome in the stage."""
        return self.filter(
            stage_entry__stage=stage, stage_entry__status="pending", stage_entry__entry__status__in=("draft", "active")
        )


class Assessment(models.Model):
    """One point of one entry in one stage: a condition of the policy (``point`` "conditions"), or a point of its own.

    ``computed``: True, False, or None (unknown). ``facts``: what was read, as it stood; ``unknown``: the facts that were missing.
    ``postponed``: all that is missing is asked for in a later stage, which weighs the condition then.
    ``finding``: what a person found, with ``note`` (why) and ``evidence`` (where it was seen). A person's finding prevails.
    """

    class Finding(models.TextChoices):
        NONE = "", _("Not found yet")
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        LEFT = "left", _("Left to the review office")

    class Point(models.TextChoices):
        CONDITIONS = "conditions", _("Conditions")
        PROCEDURE = "procedure", _("Procedure")
        COMPLETENESS = "completeness", _("Completeness")
        CONFORMITY = "conformity", _("Conformity")
        TRUTH = "truth", _("Truth")
        ACCURACY = "accuracy", _("Accuracy")
        LEGALITY = "legality", _("Legality")

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="assessments")
    point = models.CharField(_("point"), max_length=20, choices=Point)
    key = models.CharField(_("condition"), max_length=60)
    position = models.PositiveSmallIntegerField()
    article = models.CharField(_("article"), max_length=20)
    computed = models.BooleanField(_("computed"), null=True, blank=True)
    facts = models.JSONField(_("facts read"), encoder=Encoder, default=dict, blank=True)
    unknown = models.JSONField(_("facts missing"), default=list, blank=True)
    grounds = models.JSONField(_("grounds"), default=dict, blank=True)
    postponed = models.BooleanField(_("left to a later stage"), default=False)
    computed_at = models.DateTimeField(_("computed at"))
    finding = models.CharField(_("finding"), max_length=10, choices=Finding, blank=True, default="")
    note = models.TextField(_("note"), blank=True)
    evidence = models.TextField(_("where it was seen"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("found at"), null=True, blank=True)

    objects = ScopedManager(
        jurisdiction="stage_entry__stage__round__jurisdiction",
        _manager_class=models.Manager.from_queryset(AssessmentQuerySet),
    )

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ("stage_entry", "position")
        constraints = (
            models.UniqueConstraint(fields=("stage_entry", "key"), name="one_assessment_per_point_and_entry"),
            models.CheckConstraint(
                name="a_finding_says_who_and_when",
                condition=Q(finding="", by=None, at=None) | (~Q(finding="") & Q(by__isnull=False, at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_finding_that_was_not_computed_says_why",
                condition=Q(finding="")
                | ~Q(note="")
                | Q(finding="met", computed=True)
                | Q(finding="not_met", computed=False),
            ),
        )
        indexes = (models.Index(fields=("key", "finding", "computed"), name="assessment_by_state"),)

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.key}"

    @property
    def state(self) -> str:
        """met, not_met, left (to the office by a body), later (to a later stage) or unknown."""
        if self.finding:
            return self.finding
        if self.postponed:
            return "later"
        return {True: "met", False: "not_met", None: "unknown"}[self.computed]


class CheckRecord(models.Model):
    """Somebody established a fact of the policy's ``checks``. Never changed; ``standing`` ends when the same source speaks again.

    The value that conditions read is merged from what stands and kept in ``Application.checks``.
    """

    class Source(models.TextChoices):
        OFFICE = "office", _("Review office")
        BODY = "body", _("Department or auditing body")
        SILENCE = "silence", _("No answer in time")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="check_records")
    key = models.CharField(_("check"), max_length=60)
    value = models.JSONField(_("value"), encoder=Encoder)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.TextField(_("where it was seen"), blank=True)
    standing = models.BooleanField(_("stands"), default=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("at"))

    objects = ScopedManager(jurisdiction="application__entry__round__jurisdiction")

    class Meta:
        verbose_name = _("established fact")
        verbose_name_plural = _("established facts")
        ordering = ("id",)
        indexes = (models.Index(fields=("application", "key"), name="checkrecord_by_key"),)
        constraints = (
            models.CheckConstraint(name="a_check_has_a_source", condition=Q(source="office") | Q(body__isnull=False)),
            models.CheckConstraint(
                name="a_check_of_the_office_shows_where", condition=~Q(source="office") | ~Q(evidence="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.key}"
