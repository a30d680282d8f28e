"""Opinions and credit points of departments."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from jurisdictions.models import Body
from rounds.models import StageEntry


class DepartmentOpinion(models.Model):
    """A body's word on an entry: an opinion (a key of the policy), credit points out of the stage's scale, or both."""

    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="opinions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opinions")
    opinion = models.CharField(_("opinion"), max_length=50, blank=True)
    credit = models.DecimalField(_("credit points"), max_digits=10, decimal_places=4, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("given at"))

    objects = ScopedManager(jurisdiction="stage_entry__stage__round__jurisdiction")

    class Meta:
        verbose_name = _("department's opinion")
        verbose_name_plural = _("departments' opinions")
        constraints = (
            models.UniqueConstraint(fields=("stage_entry", "body"), name="a_body_speaks_once_of_an_entry"),
            models.CheckConstraint(name="an_answer_says_something", condition=~Q(opinion="") | Q(credit__isnull=False)),
            models.CheckConstraint(name="credit_is_not_negative", condition=Q(credit=None) | Q(credit__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.stage_entry}"
