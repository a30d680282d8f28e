"""What a poll yielded, how ties were settled, and the minutes."""

from __future__ import annotations

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from rounds.models import RoundStage
from voting.models.poll import Poll, PollItem


class Tally(models.Model):
    """The count of one item. ``share`` and ``score`` are exact fractions, written ``"2/3"``."""

    item = models.OneToOneField(PollItem, on_delete=models.CASCADE, related_name="tally")
    appointed = models.PositiveSmallIntegerField(_("appointed"))
    recused = models.PositiveSmallIntegerField(_("recused"))
    eligible = models.PositiveSmallIntegerField(_("eligible"))
    present = models.PositiveSmallIntegerField(_("present"))
    cast = models.PositiveSmallIntegerField(_("ballots"))
    votes_for = models.PositiveSmallIntegerField(_("for"))
    against = models.PositiveSmallIntegerField(_("against"))
    abstained = models.PositiveSmallIntegerField(_("abstained"))
    invalid = models.PositiveSmallIntegerField(_("invalid"))
    tiers = models.JSONField(_("for, by tier"), default=dict, blank=True)
    base = models.PositiveSmallIntegerField(_("base of the majority"))
    share = models.CharField(_("share"), max_length=60, blank=True)
    score = models.CharField(_("score"), max_length=60, blank=True)
    passed = models.BooleanField(_("reached what the rules ask"))
    reached_tiers = models.JSONField(_("tiers reached"), default=list, blank=True)

    objects = ScopedManager(jurisdiction="item__poll__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")

    def __str__(self) -> str:
        return f"{self.item}: {self.votes_for}/{self.base}"

    @property
    def merit(self) -> Fraction | None:
        """What orders the candidates: the score where points or places were given, else the share of votes for."""
        value = self.score or self.share
        return Fraction(value) if value else None

    @property
    def merit_shown(self) -> str:
        """The merit with at most four decimals."""
        return "" if self.merit is None else f"{float(self.merit):.4f}".rstrip("0").rstrip(".")


class TieDecision(models.Model):
    """The order in which tied entries are taken, decided by the committee with its reason."""

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="tie_decisions")
    order = models.JSONField(_("entries in order"), help_text="Entry ids, best first.")
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.reason[:60]


class Minutes(models.Model):
    """The bundle that a stand-alone script verifies: rules, roll, hashes, opened ballots, tally, signatures."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="minutes")
    bundle = models.JSONField(encoder=Encoder)
    sha256 = models.CharField("SHA-256", max_length=64)
    made_at = models.DateTimeField(_("made at"))

    objects = ScopedManager(jurisdiction="poll__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self) -> str:
        return f"{self.poll}: {self.sha256[:16]}"
