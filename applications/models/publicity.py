"""An applicant's own publicity of its application, before it files."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import Organisation, User
from applications.models.application import Application
from core.fields import Encoder


class InternalPublicity(models.Model):
    """First and last day, place and proof; for a branch its parent publishes and gives its opinion. ``derivation``: the count, day by day."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="internal_publicity"
    )
    first_day = models.DateField(_("published on"), help_text=_("The day itself is not counted."))
    last_day = models.DateField(_("last day"))
    place = models.CharField(_("place"), max_length=200)
    proof = models.ForeignKey(
        "documents.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("proof")
    )
    by_parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("parent")
    )
    parent_checked = models.BooleanField(_("the parent has checked the conditions"), default=False)
    opinion = models.TextField(_("the parent's recommendation opinion"), blank=True)
    opinion_by = models.CharField(_("signed for the parent by"), max_length=80, blank=True)
    objection_free = models.BooleanField(_("without objection"), default=True)
    article = models.CharField(_("article"), max_length=20)
    counted = models.PositiveSmallIntegerField(_("days counted"))
    derivation = models.JSONField(encoder=Encoder, default=list, blank=True)
    departure_reason = models.TextField(_("reason for the departure"), blank=True)
    departure_article = models.CharField(max_length=20, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))

    objects = ScopedManager(jurisdiction="application__entry__round__jurisdiction")

    class Meta:
        verbose_name = _("internal publicity")
        constraints = (
            models.CheckConstraint(
                name="internal_publicity_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="a_departure_names_its_article", condition=Q(departure_reason="") | ~Q(departure_article="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.first_day} – {self.last_day}"
