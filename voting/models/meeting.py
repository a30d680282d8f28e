"""A meeting of those who vote: who attends, what it has heard."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from jurisdictions.models import Membership
from rounds.models import Entry, Round, RoundStage


class Meeting(models.Model):
    """A meeting held for a vote stage. ``fallback_places``: how many fallback awards it wants, ``{prize key: number}``."""

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    plenary = models.BooleanField(_("plenary meeting"), default=False)
    report_heard_at = models.DateTimeField(_("report heard at"), null=True, blank=True)
    report_by = models.CharField(_("report given by"), max_length=80, blank=True)
    fallback_places = models.JSONField(_("number of fallback awards"), default=dict, blank=True)
    fallback_reason = models.TextField(_("reason for this number"), blank=True)
    convened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(_("convened at"))

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.stage} {self.held_on}"


class Attendance(models.Model):
    """A seat of the electorate at a meeting, as it stood when the meeting was convened, and whether its holder is present."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    organ = models.CharField(_("organ"), max_length=50)
    seat = models.CharField(_("seat"), max_length=50, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    present = models.BooleanField(_("present"), default=False)

    objects = ScopedManager(jurisdiction="meeting__stage__round__jurisdiction")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("meeting", "user"), name="a_person_attends_a_meeting_once"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.unit})" if self.unit else str(self.user)


class HeadHeard(models.Model):
    """A candidate's head spoke before the vote, or why nobody did."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="heads_heard")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="heads_heard")
    speaker = models.CharField(_("who spoke"), max_length=80, blank=True)
    absent_reason = models.CharField(_("why nobody spoke"), max_length=200, blank=True)
    heard_at = models.DateTimeField(_("heard at"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="meeting__stage__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "entry"), name="a_head_is_heard_once_a_meeting"),
            models.CheckConstraint(name="a_head_spoke_or_was_absent", condition=~Q(speaker="") | ~Q(absent_reason="")),
        )

    def __str__(self) -> str:
        return f"{self.entry}: {self.speaker or self.absent_reason}"


class VoterUndertaking(models.Model):
    """An undertaking of the policy, signed by a voter before the first vote of a round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="voter_undertakings")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=50)
    article = models.CharField(max_length=20)
    signed_at = models.DateTimeField(_("signed at"))

    objects = ScopedManager(jurisdiction="round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "user", "key"), name="a_voter_signs_an_undertaking_once"),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.key}"
