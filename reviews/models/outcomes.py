"""What is put to those who decide: a team's proposal, the office's report on a stage, how a tie at the cut was settled."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from documents.models import Paper
from reviews.models.teams import Team
from rounds.models import RoundStage


class TeamProposal(models.Model):
    """Whom a team proposes for the next step, in order. ``listed``: stage entry ids."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="proposal")
    listed = models.JSONField(_("proposed, best first"), default=list)
    text = models.TextField(_("report to the office"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("proposed at"))

    objects = ScopedManager(jurisdiction="team__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("team's proposal")
        verbose_name_plural = _("teams' proposals")

    def __str__(self) -> str:
        return str(self.team)


class StageReport(models.Model):
    """The office's report on a whole stage (the composite evaluation report that goes to the committee)."""

    stage = models.OneToOneField(RoundStage, on_delete=models.CASCADE, related_name="review_report")
    text = models.TextField(_("report"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("made at"))
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("report on a stage")
        verbose_name_plural = _("reports on stages")

    def __str__(self) -> str:
        return str(self.stage)


class TieDecision(models.Model):
    """How a tie that crosses the cut was settled, by whom and why. It lapses when who is tied, or the score, changes.

    ``group``: "" for the round, else the prize (and category); ``tied`` and ``chosen``: stage entry ids, ascending.
    """

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="review_ties")
    group = models.CharField(_("list"), max_length=110, blank=True)
    score = models.DecimalField(_("score"), max_digits=12, decimal_places=4)
    tied = models.JSONField(_("tied"))
    chosen = models.JSONField(_("go on"))
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("decided at"))

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("decision on a tie")
        verbose_name_plural = _("decisions on ties")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="a_tie_is_settled_with_reason_and_article", condition=~Q(reason="") & ~Q(article="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage}: {self.group or '—'} {self.score}"
