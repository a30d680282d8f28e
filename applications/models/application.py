"""An application: what hangs on a round's entry. Written by ``applications.domain`` alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from jurisdictions.models import Body
from rounds.models import Entry

if TYPE_CHECKING:
    from jurisdictions.policy.forms import Form


class Application(models.Model):
    """The form of an entry. ``answers`` holds what was last written, valid or not; what was filed stands in ``FiledVersion``.

    ``answers``: {field key: value} as typed in ``jurisdictions.policy.forms.Field``; text that could not be read stays text.
    ``secrets``: keys of fields that the applicant marks as trade secrets. ``declarations``: {field key: {"at", "by"}} of accepted ones.
    ``checks``: {check key: value} established by the office or a department. ``body``: who recommends or audits.
    """

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="application")
    answers = models.JSONField(_("answers"), encoder=Encoder, default=dict, blank=True)
    answers_version = models.PositiveIntegerField(_("version"), default=0)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    section_versions = models.JSONField(
        default=dict, blank=True, help_text="{section: answers_version when it was last changed}"
    )
    secrets = models.JSONField(_("trade secrets"), default=list, blank=True)
    declarations = models.JSONField(_("declarations"), encoder=Encoder, default=dict, blank=True)
    checks = models.JSONField(_("established facts"), encoder=Encoder, default=dict, blank=True)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("recommending or auditing body"),
    )
    reserved_number = models.CharField(
        max_length=40, blank=True, help_text="Kept when an application is taken back and filed again."
    )
    filed_at = models.DateTimeField(_("filed at"), null=True, blank=True)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(jurisdiction="entry__round__jurisdiction")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = (
            models.CheckConstraint(
                name="what_is_filed_says_when_and_by_whom",
                condition=Q(filed_at=None, filed_by=None) | Q(filed_at__isnull=False, filed_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def form(self) -> Form:
        """The form of its prize."""
        return self.entry.round.rules.form_for(self.entry.prize)

    @property
    def is_filed(self) -> bool:
        return self.filed_at is not None


class FiledVersion(models.Model):
    """What was filed, frozen. ``evidence``: [{"field", "file", "name", "sha256", "size", "secret"}]; ``sha256`` is over all of it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    answers = models.JSONField(_("answers"), encoder=Encoder)
    secrets = models.JSONField(_("trade secrets"), default=list, blank=True)
    evidence = models.JSONField(_("evidence"), encoder=Encoder, default=list, blank=True)
    profile = models.JSONField(_("the organisation as filed"), encoder=Encoder, default=dict, blank=True)
    sha256 = models.CharField(max_length=64)
    filed_at = models.DateTimeField(_("filed at"))
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deadline = models.DateTimeField(_("deadline then"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    taken_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    paper = models.ForeignKey("documents.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.ForeignKey("documents.Paper", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedManager(jurisdiction="application__entry__round__jurisdiction")

    class Meta:
        ordering = ("application", "number")
        constraints = (
            models.UniqueConstraint(fields=("application", "number"), name="one_filed_version_per_number"),
            models.UniqueConstraint(
                fields=("application",), condition=Q(taken_back_at=None), name="one_standing_version_per_application"
            ),
            models.CheckConstraint(name="filed_before_the_deadline", condition=Q(filed_at__lte=models.F("deadline"))),
        )

    def __str__(self) -> str:
        return f"{self.application} v{self.number}"

    def content(self) -> dict[str, Any]:
        """What the hash is over: of a file its content, not the number under which it is kept here."""
        evidence = [{key: value for key, value in piece.items() if key != "file"} for piece in self.evidence]
        return {"answers": self.answers, "secrets": self.secrets, "evidence": evidence, "profile": self.profile}


class Evidence(models.Model):
    """A file given under a field of the form. Never deleted: replaced by another, or removed at a time."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    field = models.CharField(_("field"), max_length=50)
    file = models.ForeignKey("documents.StoredFile", on_delete=models.PROTECT, related_name="+")
    secret = models.BooleanField(_("trade secret"), default=False)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaces"
    )
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added at"))
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="application__entry__round__jurisdiction")

    class Meta:
        ordering = ("application", "field", "id")
        verbose_name = _("piece of evidence")
        verbose_name_plural = _("evidence")
        indexes = (models.Index(fields=("application", "field"), name="evidence_by_field"),)
        constraints = (
            models.CheckConstraint(
                name="what_is_replaced_is_removed", condition=Q(replaced_by=None) | Q(removed_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.field}"
