"""Teams of a stage, and who is assigned to which entry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from reviews.models.pool import Reviewer
from rounds.models import RoundStage, StageEntry


class Team(models.Model):
    """A team of a stage. ``prizes``: the prizes for whose entries every member is qualified. ``ended_at``: dissolved."""

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="teams")
    name = models.CharField(_("name"), max_length=80)
    prizes = models.JSONField(_("prizes"), default=list)
    size_reason = models.TextField(_("reason for its size"), blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("set up at"))
    ended_at = models.DateTimeField(_("dissolved at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("review team")
        verbose_name_plural = _("review teams")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("stage", "name"), condition=Q(ended_at=None), name="one_team_per_name_and_stage"
            ),
        )

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A member of a team; exactly one leads it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="teams")
    is_leader = models.BooleanField(_("leader"), default=False)
    ended_at = models.DateTimeField(_("left at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="team__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of a team")
        ordering = ("-is_leader", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("team", "reviewer"), condition=Q(ended_at=None), name="a_reviewer_is_in_a_team_once"
            ),
            models.UniqueConstraint(
                fields=("team",), condition=Q(is_leader=True, ended_at=None), name="a_team_has_one_leader"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reviewer} ({self.team})"


class Assignment(models.Model):
    """A reviewer's task with one entry of a stage. It ends by recusal, replacement, being struck, or the stage's close; never deleted."""

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="assignments")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    is_leader = models.BooleanField(_("leads here"), default=False)
    replaces = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    end_code = models.CharField(
        _("ended by"), max_length=20, blank=True,
        choices=(
            ("recused", _("Recusal")), ("unassigned", _("Taken back")), ("replaced", _("Replacement")),
            ("struck", _("Struck from the pool")), ("closed", _("The stage's close")),
        ),
    )  # fmt: skip
    end_reason = models.TextField(_("reason"), blank=True)

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = (
            models.UniqueConstraint(
                fields=("stage_entry", "reviewer"),
                condition=Q(ended_at=None),
                name="a_reviewer_is_assigned_to_an_entry_once",
            ),
            models.UniqueConstraint(
                fields=("stage_entry",),
                condition=Q(is_leader=True, ended_at=None),
                name="one_leader_per_entry_and_stage",
            ),
            models.CheckConstraint(
                name="an_ended_assignment_says_by_what", condition=Q(ended_at=None) | ~Q(end_code="")
            ),
        )
        indexes = (models.Index(fields=("reviewer", "ended_at"), name="assignment_by_reviewer"),)

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.stage_entry}"
