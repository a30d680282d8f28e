"""A round: one run of a policy edition, and its stages."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from jurisdictions.models import Jurisdiction, PolicyDocument
from jurisdictions.policy import Policy
from jurisdictions.policy.stages import StageBase


class Round(models.Model):
    """One run of a policy edition. ``rules`` is the edition with its assumed values as set for this round, frozen at opening."""

    class Kind(models.TextChoices):
        BINDING = "binding", _("Binding")
        REHEARSAL = "rehearsal", _("Rehearsal")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        ABANDONED = "abandoned", _("Abandoned")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BINDING)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    policy = models.ForeignKey(PolicyDocument, on_delete=models.PROTECT, related_name="rounds")
    prizes = models.JSONField(_("prizes on offer"), default=list)
    adjustments = models.JSONField(_("assumed values set for this round"), default=dict, blank=True)
    rules_document = models.JSONField(_("rules"), default=dict, blank=True)
    rules_sha256 = models.CharField(max_length=64, blank=True)
    standard_edition = models.CharField(_("edition of the criteria standard"), max_length=40, blank=True)
    closes_on = models.DateField(_("last day for filing"), null=True, blank=True)
    departures = models.JSONField(_("departures from the usual, with reasons"), default=list, blank=True)
    clock_offset = models.DurationField(_("clock offset"), default=dt.timedelta(0))
    seed = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ("-year", "-id")
        constraints = (
            models.CheckConstraint(
                name="binding_round_has_no_clock_of_its_own",
                condition=Q(kind="rehearsal") | Q(clock_offset=dt.timedelta(0)),
            ),
            models.UniqueConstraint(
                fields=("jurisdiction", "year"),
                condition=Q(kind="binding") & ~Q(status="abandoned"),
                name="one_binding_round_a_year",
            ),
            models.CheckConstraint(
                name="an_opened_round_has_rules", condition=Q(status__in=("draft", "abandoned")) | ~Q(rules_sha256="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.jurisdiction.code} {self.year}"

    @property
    def rules(self) -> Policy:
        """The rules of this round: frozen ones once opened, else the edition with the adjustments so far."""
        from rounds.rulebook import rules_of

        return rules_of(self)

    @property
    def is_rehearsal(self) -> bool:
        return self.kind == self.Kind.REHEARSAL


class RoundStage(models.Model):
    """One stage of a round."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Not yet open")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stages")
    key = models.CharField(max_length=50)
    kind = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    derivation = models.JSONField(_("how the deadline is counted"), default=dict, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="round__jurisdiction")

    class Meta:
        ordering = ("round", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "key"), name="one_stage_per_key"),
            models.UniqueConstraint(fields=("round", "position"), name="one_stage_per_position"),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.key}"

    @cached_property
    def spec(self) -> Any:
        """The stage's typed parameters (a subclass of ``StageBase``)."""
        return self.round.rules.stage(self.key)

    @property
    def article(self) -> str:
        spec: StageBase = self.spec
        return spec.article

    @property
    def name(self) -> str:
        return str(self.spec.name)
