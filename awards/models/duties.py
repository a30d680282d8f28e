"""What holders, offices and governments owe after the award, as recorded; reports of misuse."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from awards.models.cases import SanctionCase
from awards.models.register import Honour
from jurisdictions.models import Jurisdiction


class DutyRecord(models.Model):
    """One fulfilment of a duty of the policy: an activity, a report on the use of a bonus, an evaluation, a budget line."""

    class Kind(models.TextChoices):
        ACTIVITY = "activity", _("Activity")
        BONUS_USE = "bonus_use", _("Use of the bonus")
        EVALUATION = "evaluation", _("Evaluation")
        BUDGET = "budget", _("Budget")

    class Fitness(models.TextChoices):
        FIT = "fit", _("Keeps up the standard")
        IMPROVE = "improve", _("Must improve")
        UNFIT = "unfit", _("No longer fit for the title")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="duty_records")
    honour = models.ForeignKey(Honour, on_delete=models.CASCADE, null=True, blank=True, related_name="duty_records")
    duty = models.CharField(_("duty"), max_length=50)
    article = models.CharField(_("article"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField(_("year"))
    on = models.DateField(_("on"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("account"))
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True)
    fitness = models.CharField(_("result"), max_length=10, choices=Fitness, blank=True)
    public = models.BooleanField(_("shown to the public"), default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("record of a duty")
        verbose_name_plural = _("records of duties")
        ordering = ("-on", "-id")
        indexes = (models.Index(fields=("jurisdiction", "kind", "-id"), name="duty_by_kind"),)

    def __str__(self) -> str:
        return self.title


class MisuseReport(models.Model):
    """Somebody reports that a title or mark is misused. Who reported stands apart, readable by the office alone."""

    class Status(models.TextChoices):
        OPEN = "open", _("To be looked into")
        CASE = "case", _("Led to a case")
        UNFOUNDED = "unfounded", _("Unfounded")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="misuse_reports")
    honour = models.ForeignKey(Honour, on_delete=models.PROTECT, related_name="misuse_reports")
    text = models.TextField(_("what was seen, where and when"))
    reporter = models.CharField(_("reported by"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    conclusion = models.TextField(_("conclusion"), blank=True)
    case = models.ForeignKey(SanctionCase, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("report of misuse")
        verbose_name_plural = _("reports of misuse")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.text[:60]
