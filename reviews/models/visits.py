"""On-site plans and visits; hearings in a defence."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from documents.models import Paper
from reviews.models.teams import Team
from rounds.models import StageEntry


class VisitPlan(models.Model):
    """A team's on-site plan. Writing it anew takes its approval away. ``by_entry``: {stage entry id: planned day, ISO}."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="plan")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    text = models.TextField(_("plan"))
    by_entry = models.JSONField(_("planned days"), encoder=Encoder, default=dict, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    returned_reason = models.TextField(_("returned because"), blank=True)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(jurisdiction="team__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("on-site plan")
        verbose_name_plural = _("on-site plans")
        constraints = (
            models.CheckConstraint(name="a_plan_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="an_approved_plan_says_by_whom_and_when",
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_returned_plan_is_not_approved", condition=Q(returned_reason="") | Q(approved_at=None)
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {self.starts_on} – {self.ends_on}"


class Visit(models.Model):
    """An on-site visit that took place. ``derivation``: how the day on which the opinion is due was counted."""

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="visit")
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"))
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    fed_back_on = models.DateField(_("fed back on the spot on"), null=True, blank=True)
    fed_back_to = models.CharField(_("fed back to"), max_length=80, blank=True)
    opinion_due = models.DateTimeField(_("opinion due"), null=True, blank=True)
    derivation = models.JSONField(encoder=Encoder, default=dict, blank=True)
    opinion = models.TextField(_("the team's opinion"), blank=True)
    opinion_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opinion_at = models.DateTimeField(_("opinion given at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("on-site visit")
        verbose_name_plural = _("on-site visits")
        constraints = (
            models.CheckConstraint(name="a_visit_ends_after_it_begins", condition=Q(ended_on__gte=F("started_on"))),
            models.CheckConstraint(
                name="feedback_on_the_spot_is_given_during_the_visit",
                condition=Q(fed_back_on=None)
                | (Q(fed_back_on__gte=F("started_on")) & Q(fed_back_on__lte=F("ended_on"))),
            ),
            models.CheckConstraint(
                name="an_opinion_says_by_whom_and_when",
                condition=Q(opinion="") | Q(opinion_at__isnull=False, opinion_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.started_on}"

    @property
    def opinion_late(self) -> bool:
        """Given after it was due."""
        return bool(self.opinion_due and self.opinion_at and self.opinion_at > self.opinion_due)


class Hearing(models.Model):
    """A statement and defence. Where the head must be present, nothing is scored before the head's presence is on record."""

    stage_entry = models.OneToOneField(StageEntry, on_delete=models.CASCADE, related_name="hearing")
    held_on = models.DateField(_("held on"))
    head_present = models.BooleanField(_("the head was present"))
    head_name = models.CharField(_("head"), max_length=80, blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("hearing")
        verbose_name_plural = _("hearings")
        constraints = (
            models.CheckConstraint(
                name="a_present_head_has_a_name", condition=Q(head_present=False) | ~Q(head_name="")
            ),
            models.CheckConstraint(name="an_absent_head_has_a_note", condition=Q(head_present=True) | ~Q(note="")),
        )

    def __str__(self) -> str:
        return f"{self.stage_entry}: {self.held_on}"
