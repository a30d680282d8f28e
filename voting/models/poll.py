"""A poll: its rules, its items, and the roll of those who may vote."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from rounds.models import Entry, RoundStage
from voting.models.meeting import Meeting


class Poll(models.Model):
    """One ballot of a meeting. ``settings`` and the roll are frozen and hashed when it opens."""

    class Status(models.TextChoices):
        PREPARED = "prepared", _("Being prepared")
        OPEN = "open", _("Voting is open")
        CLOSED = "closed", _("Voting is closed")
        UNSEALED = "unsealed", _("Box opened")
        COUNTED = "counted", _("Counted")
        VOID = "void", _("Void")

    class Purpose(models.TextChoices):
        MAIN = "main", _("Vote")
        SECOND_ROUND = "second_round", _("Second round among the tied")

    class Method(models.TextChoices):
        APPROVE = "approve", _("For, against, abstain")
        SCORE = "score", _("Points")
        RANK = "rank", _("Order")

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="polls")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="polls")
    number = models.PositiveSmallIntegerField(_("ballot number"))
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.MAIN)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PREPARED)
    method = models.CharField(_("method"), max_length=10, choices=Method)
    secret = models.BooleanField(_("secret"))
    settings = models.JSONField(_("rules of the vote"), encoder=Encoder, default=dict)
    settings_sha256 = models.CharField(max_length=64, blank=True)
    roll_sha256 = models.CharField(max_length=64, blank=True)
    public_key = models.CharField(_("public tally key"), max_length=64, blank=True)
    tellers_total = models.PositiveSmallIntegerField(default=0)
    tellers_needed = models.PositiveSmallIntegerField(default=0)
    box_sha256 = models.CharField(_("hash of the closed box"), max_length=64, blank=True)
    void_reason = models.TextField(_("why it is void"), blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared at"))
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    unsealed_at = models.DateTimeField(_("box opened at"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ("stage", "number")
        constraints = (
            models.UniqueConstraint(fields=("stage", "number"), name="one_poll_per_number"),
            models.UniqueConstraint(
                fields=("stage",),
                condition=Q(status__in=("prepared", "open", "closed", "unsealed")),
                name="one_poll_under_way_per_stage",
            ),
            models.CheckConstraint(
                name="an_opened_poll_has_rules_and_roll",
                condition=Q(status__in=("prepared", "void")) | (~Q(settings_sha256="") & ~Q(roll_sha256="")),
            ),
            models.CheckConstraint(
                name="an_open_secret_poll_has_a_tally_key",
                condition=Q(secret=False) | Q(status__in=("prepared", "void")) | ~Q(public_key=""),
            ),
            models.CheckConstraint(name="a_void_poll_says_why", condition=~Q(status="void") | ~Q(void_reason="")),
        )

    def __str__(self) -> str:
        return f"{self.stage} #{self.number}"

    @cached_property
    def spec(self) -> Any:
        """The stage's typed parameters (``policy.stages.Vote``)."""
        return self.stage.spec

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class PollItem(models.Model):
    """An entry that is voted on in a poll."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="poll_items")
    position = models.PositiveSmallIntegerField()

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        ordering = ("poll", "position")
        constraints = (
            models.UniqueConstraint(fields=("poll", "entry"), name="an_entry_stands_once_on_a_poll"),
            models.UniqueConstraint(fields=("poll", "position"), name="one_item_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.poll}: {self.entry}"


class RollSeat(models.Model):
    """A seat on the roll of a poll, frozen when it opens. With one vote per unit, a unit has one seat."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="roll")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roll_seats")
    position = models.PositiveSmallIntegerField()
    organ = models.CharField(_("organ"), max_length=50)
    seat = models.CharField(_("seat"), max_length=50, blank=True)
    unit = models.CharField(_("unit"), max_length=120, blank=True)
    present = models.BooleanField(_("present"))

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        ordering = ("poll", "position")
        constraints = (models.UniqueConstraint(fields=("poll", "user"), name="a_person_stands_once_on_a_roll"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.unit})" if self.unit else str(self.user)


class SeatRecusal(models.Model):
    """On the roll: this seat has no part in this item. ``after_opening``: declared while the poll was open."""

    seat = models.ForeignKey(RollSeat, on_delete=models.CASCADE, related_name="recusals")
    item = models.ForeignKey(PollItem, on_delete=models.CASCADE, related_name="recusals")
    since = models.DateTimeField(_("since"))
    after_opening = models.BooleanField(_("after opening"), default=False)

    objects = ScopedManager(jurisdiction="seat__poll__stage__round__jurisdiction")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("seat", "item"), name="a_seat_is_recused_once_from_an_item"),)

    def __str__(self) -> str:
        return f"{self.seat} – {self.item}"
