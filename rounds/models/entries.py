"""The entries that go through a round, and who has stepped aside from one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager
from guardian.models import UserObjectPermissionBase

from accounts.models import Organisation, User
from rounds.models.rounds import Round, RoundStage
from rounds.querysets import EntryQuerySet


class Entry(models.Model):
    """An organisation's way through a round for one prize. Its form and papers hang on it (``applications.Application``)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Being written")
        ACTIVE = "active", _("Under way")
        STOPPED = "stopped", _("Did not go on")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        HONOURED = "honoured", _("Honoured")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="entries")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    prize = models.CharField(_("prize"), max_length=50)
    category = models.CharField(_("category"), max_length=50, blank=True)
    number = models.CharField(_("filing number"), max_length=40, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    flags = models.JSONField(_("encouragements"), default=list, blank=True)
    stopped_stage = models.ForeignKey(RoundStage, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedManager(
        jurisdiction="round__jurisdiction", _manager_class=models.Manager.from_queryset(EntryQuerySet)
    )

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "organisation", "prize"),
                condition=~Q(status="withdrawn"),
                name="one_entry_per_prize_and_organisation",
            ),
            models.UniqueConstraint(
                fields=("round", "number"), condition=~Q(number=""), name="one_entry_per_filing_number"
            ),
        )
        indexes = (
            models.Index(fields=("round", "status", "id"), name="entry_by_round_and_status"),
            models.Index(fields=("round", "number", "id"), name="entry_by_number"),
            models.Index(fields=("round", "prize", "id"), name="entry_by_prize"),
            models.Index(fields=("round", "created_at", "id"), name="entry_by_beginning"),
        )
        permissions = (
            ("fill_entry", "Fill in the entry's form"),
            ("score_entry", "Score the entry"),
            ("recommend_entry", "Recommend or audit the entry"),
            ("consult_entry", "Answer questions about the entry"),
        )

    def __str__(self) -> str:
        return self.number or f"{self.organisation} ({self.prize})"


class EntryUserObjectPermission(UserObjectPermissionBase):
    """Guardian's rows for entries, with a real foreign key."""

    content_object = models.ForeignKey(Entry, on_delete=models.CASCADE)


class Recusal(models.Model):
    """A person steps aside from an entry: from then on the entry is gone for that person."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="recusals")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recusals")
    reason = models.TextField(_("reason"))
    article = models.CharField(_("article"), max_length=20)
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(_("since"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="entry__round__jurisdiction")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "user"), condition=Q(ended_at=None), name="one_open_recusal_per_person_and_entry"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.entry}"
