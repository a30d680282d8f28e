"""A stored file (handed in, clean) and a paper (made here, frozen). Both name their subject as ``app.Model:pk``."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from core.tokens import new_token
from documents.storage import read
from jurisdictions.models import Jurisdiction


class StoredFile(models.Model):
    """A file that was found clean. Its address carries ``token``; who may read it is decided on its subject."""

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="files")
    subject = models.CharField(_("belongs to"), max_length=120, help_text="app.Model:pk")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    stored_name = models.CharField(max_length=120, unique=True)
    original_name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    secret = models.BooleanField(_("trade secret"), default=False)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("uploaded at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = (models.Index(fields=("subject", "id"), name="file_by_subject"),)

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        return reverse("documents:file", kwargs={"code": self.jurisdiction.code, "token": self.token})

    def content(self) -> bytes:
        """The bytes, as stored."""
        return read(self.stored_name)


class Paper(models.Model):
    """A paper: its template and frozen context first, then the PDF made from them, once.

    ``sha256`` is taken before a signature is added, so the same context gives the same hash; ``file_sha256`` is the file's own.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Being made")
        WRITTEN = "written", _("Ready")
        FAILED = "failed", _("Could not be made")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="papers")
    round_ref = models.CharField(_("round"), max_length=40, blank=True)
    subject = models.CharField(_("belongs to"), max_length=120, help_text="app.Model:pk")
    kind = models.CharField(_("kind"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=80, blank=True)
    template = models.CharField(max_length=120)
    context = models.JSONField(encoder=Encoder, default=dict)
    context_sha256 = models.CharField(max_length=64)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    sign = models.BooleanField(_("to be signed"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    stored_name = models.CharField(max_length=120, blank=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    signed = models.BooleanField(_("signed"), default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    requested_at = models.DateTimeField(_("requested at"))
    written_at = models.DateTimeField(_("written at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        constraints = (
            models.UniqueConstraint(fields=("kind", "subject", "number"), name="a_paper_is_requested_once"),
            models.CheckConstraint(
                name="a_written_paper_has_a_file",
                condition=~Q(state="written") | (~Q(stored_name="") & ~Q(sha256="") & Q(written_at__isnull=False)),
            ),
        )
        indexes = (
            models.Index(fields=("state", "requested_at"), name="paper_by_state"),
            models.Index(fields=("subject", "id"), name="paper_by_subject"),
            models.Index(fields=("jurisdiction", "round_ref", "id"), name="paper_by_round"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:paper", kwargs={"code": self.jurisdiction.code, "token": self.token})

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.WRITTEN

    @property
    def file_name(self) -> str:
        """The name under which it is handed out."""
        return f"{self.title}{f' {self.number}' if self.number else ''}.pdf".replace("/", "-")

    def attachment(self) -> tuple[str, bytes, str] | None:
        """``(name, bytes, content type)`` for a mail; None while it is being made."""
        return (self.file_name, read(self.stored_name), "application/pdf") if self.is_ready else None


def name_of(subject: Any) -> str:
    """``app.Model:pk`` of a model instance; a text is taken as it is."""
    return subject if isinstance(subject, str) else f"{subject._meta.label}:{subject.pk}"


def object_of(subject: str) -> Any:
    """The instance behind ``app.Model:pk``, or None. Scoped models are read without a scope: the caller decides who may see it."""
    from django.apps import apps
    from django_scopes import scopes_disabled

    label, _colon, pk = subject.partition(":")
    try:
        model = apps.get_model(label)
        with scopes_disabled():
            return model._base_manager.filter(pk=pk).first()
    except (LookupError, ValueError):
        return None
