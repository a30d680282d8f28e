"""The approving government's decision on a list."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from rounds.models import RoundStage


class Approval(models.Model):
    """One approval stage: first the reviewing organ fixes the list (where the policy names one), then the government approves it.

    ``fixed_fingerprint`` and ``fingerprint`` are hashes of the list as it stood at each act: when it changes, the act must be
    done again. ``struck``: [{"entry", "reason"}] that the government did not approve. ``vacancies``: [{"quota", "article", "places"}].
    """

    stage = models.OneToOneField(RoundStage, on_delete=models.CASCADE, related_name="approval")
    fixed_on = models.DateField(_("list fixed on"), null=True, blank=True)
    fixed_document = models.CharField(_("minutes number"), max_length=80, blank=True)
    fixed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    fixed_fingerprint = models.CharField(max_length=64, blank=True)
    organ = models.CharField(_("approving organ"), max_length=50)
    number = models.CharField(_("document number"), max_length=80, blank=True)
    date = models.DateField(_("date of the document"), null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("recorded at"), null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    struck = models.JSONField(_("not approved"), default=list, blank=True)
    vacancies = models.JSONField(_("vacant places"), default=list, blank=True)

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = (
            models.CheckConstraint(
                name="an_approval_has_number_and_date",
                condition=Q(decided_at=None) | (~Q(number="") & Q(date__isnull=False) & Q(decided_by__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return self.number or f"{self.stage}"
