"""What may come after the deadline or after filing: an extension, and the one supplement. Written by ``applications.domain`` alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager, scopes_disabled

from accounts.models import Organisation, User
from applications.models.application import Application, FiledVersion
from core.fields import Encoder
from rounds.models import RoundStage, StageEntry

__all__ = ["Extension", "Supplement", "SupplementFile", "SupplementQuerySet"]


class Extension(models.Model):
    """The office lets applications be filed later: all alike, or ``organisation`` alone. Never changed; a further one may follow.

    ``window``: how the new deadline was counted, day by day.
    """

    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, related_name="extensions")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    deadline_before = models.DateTimeField(_("deadline before"))
    deadline = models.DateTimeField(_("new deadline"))
    window = models.JSONField(_("how the new deadline is counted"), encoder=Encoder, default=dict)
    article = models.CharField(_("article"), max_length=20)
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("granted at"))

    objects = ScopedManager(jurisdiction="stage__round__jurisdiction")

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ("-id",)
        indexes = (models.Index(fields=("stage", "organisation", "deadline"), name="extension_by_organisation"),)
        constraints = (
            models.CheckConstraint(name="an_extension_is_later", condition=Q(deadline__gt=F("deadline_before"))),
            models.CheckConstraint(name="an_extension_says_why", condition=~Q(reason="") & ~Q(article="")),
        )

    def __str__(self) -> str:
        return f"{self.stage}: {self.organisation or '*'} {self.deadline:%Y-%m-%d}"


class SupplementQuerySet(models.QuerySet[Any]):
    """Supplements asked for."""

    def running(self, now: dt.datetime) -> SupplementQuerySet:
        """Neither given nor over."""
        return self.filter(filed_at=None, due_at__gte=now)

    def of_pending(self, stage: RoundStage) -> SupplementQuerySet:
        """Of applications that wait for an outcome in the stage."""
        with scopes_disabled():  # of rows of the scope
            waiting = StageEntry.objects.filter(stage=stage, entry=OuterRef("application")).pending()
        return self.filter(Exists(waiting))


class Supplement(models.Model):
    """The office returned an application for supplement: once, with the fields that reopen and until when.

    ``fields``: [{"key", "what"}]; ``answers``: what the applicant writes meanwhile, kept apart until it is filed as a further version;
    ``dropped``: ids of the pieces of evidence that it takes away. What is not filed in time changes nothing.
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="supplement"
    )
    stage_entry = models.ForeignKey(StageEntry, on_delete=models.CASCADE, related_name="supplements")
    fields = models.JSONField(_("what is to be supplemented"), default=list)
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("due by"))
    window = models.JSONField(_("how the deadline is counted"), encoder=Encoder, default=dict)
    letter = models.ForeignKey("documents.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(_("answers"), encoder=Encoder, default=dict, blank=True)
    dropped = models.JSONField(_("evidence taken away"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    before = models.ForeignKey(FiledVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    after = models.ForeignKey(FiledVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)

    objects = ScopedManager(
        jurisdiction="application__entry__round__jurisdiction",
        _manager_class=models.Manager.from_queryset(SupplementQuerySet),
    )

    class Meta:
        verbose_name = _("supplement")
        verbose_name_plural = _("supplements")
        indexes = (models.Index(fields=("due_at", "filed_at"), name="supplement_by_deadline"),)
        constraints = (
            models.CheckConstraint(name="a_supplement_is_due_after_asking", condition=Q(due_at__gt=F("asked_at"))),
            models.CheckConstraint(name="a_supplement_says_why", condition=~Q(reason="") & ~Q(article="")),
            models.CheckConstraint(
                name="a_filed_supplement_says_who_and_is_in_time",
                condition=Q(filed_at=None, filed_by=None)
                | Q(filed_at__isnull=False, filed_by__isnull=False, filed_at__lte=F("due_at")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {', '.join(self.keys)}"

    @property
    def keys(self) -> list[str]:
        """The fields that reopen."""
        return [one["key"] for one in self.fields]

    def is_running(self, now: dt.datetime) -> bool:
        return self.filed_at is None and now <= self.due_at


class SupplementFile(models.Model):
    """A file given for a supplement; evidence only once the supplement is filed."""

    supplement = models.ForeignKey(Supplement, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(_("field"), max_length=50)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    secret = models.BooleanField(_("trade secret"), default=False)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="supplement__application__entry__round__jurisdiction")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.supplement}: {self.field}"
