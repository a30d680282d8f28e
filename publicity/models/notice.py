"""A notice to the public: the call, a list with its window, a decision, a revocation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from jurisdictions.models import Jurisdiction, in_language
from rounds.models import Round, RoundStage


class NoticeQuerySet(models.QuerySet[Any]):
    """Notices."""

    def public(self) -> NoticeQuerySet:
        """What the public may read: nothing of a rehearsal, nothing of a round that was given up."""
        return self.filter(
            Q(round=None) | (Q(round__kind=Round.Kind.BINDING) & ~Q(round__status=Round.Status.ABANDONED))
        )


class Notice(models.Model):
    """``entries``: the list as published, ``[{"entry", "number", "organisation", "prize", "tier"}]``; names of prizes in both languages.

    ``window``: how its days are counted, one by one, as they stood on publication. The day of publication is not counted.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call for applications")
        PUBLICITY = "publicity", _("Publicity of a list")
        BODY_PUBLICITY = "body_publicity", _("Publicity by the auditing body")
        DECISION = "decision", _("Decision")
        REVOCATION = "revocation", _("Revocation")
        MEMBERS = "members", _("Members of the committee")
        OTHER = "other", _("Other notice")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="notices")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    stage = models.ForeignKey(RoundStage, on_delete=models.CASCADE, null=True, blank=True, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    article = models.CharField(_("article"), max_length=20)
    title_zh = models.CharField(_("title (Chinese)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    body_zh = models.TextField(_("text (Chinese)"), blank=True)
    body_en = models.TextField(_("text (English)"), blank=True)
    entries = models.JSONField(_("list"), encoder=Encoder, default=list, blank=True)
    media = models.CharField(_("also published in"), max_length=300, blank=True)
    by_body = models.CharField(_("published by"), max_length=120, blank=True)
    published_on = models.DateField(_("published on"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    ends_at = models.DateTimeField(_("window ends at"), null=True, blank=True)
    window = models.JSONField(_("how the window is counted"), default=dict, blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction", _manager_class=models.Manager.from_queryset(NoticeQuerySet))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("jurisdiction", "-id"), name="notice_by_jurisdiction"),
            models.Index(fields=("stage", "id"), name="notice_by_stage"),
        )
        constraints = (
            models.CheckConstraint(
                name="a_publicity_notice_has_its_window",
                condition=~Q(kind="publicity")
                | Q(first_day__isnull=False, last_day__isnull=False, ends_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_window_ends_after_it_begins",
                condition=Q(first_day=None) | Q(last_day__gte=models.F("first_day")),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publicity:notice", args=[self.jurisdiction.code, self.pk])

    @property
    def title(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @property
    def body(self) -> str:
        return in_language(self.body_zh, self.body_en)

    @property
    def is_public(self) -> bool:
        """As :meth:`NoticeQuerySet.public`, for one notice."""
        round_ = self.round
        return round_ is None or (round_.kind == Round.Kind.BINDING and round_.status != Round.Status.ABANDONED)

    def is_running(self, now: dt.datetime) -> bool:
        """Whether objections can still be made: from publication to the end of the last day."""
        return self.ends_at is not None and now <= self.ends_at

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The derivation of the window, dates as dates."""
        return [{**step, "day": dt.date.fromisoformat(step["day"])} for step in self.window.get("steps", [])]
