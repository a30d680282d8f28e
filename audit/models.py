"""The log's rows. They carry codes and identifiers as text, never foreign keys: evidence stands alone."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.fields import Encoder

GENESIS = "0" * 64


class AuditEvent(models.Model):
    """One act. ``hash`` is SHA-256 over every other column; ``previous_hash`` chains it to the event before it."""

    scope = models.CharField(_("chain"), max_length=60, help_text="Jurisdiction code, or 'site' for acts outside one.")
    sequence = models.PositiveBigIntegerField(_("sequence"))
    at = models.DateTimeField(_("recorded at"))
    legal_at = models.DateTimeField(_("legal time of the act"), help_text="The round's own clock in a rehearsal.")
    actor_id = models.CharField(_("actor"), max_length=40, blank=True)
    act = models.CharField(_("act"), max_length=80)
    article = models.CharField(_("article"), max_length=40, blank=True)
    round_id = models.CharField(_("round"), max_length=40, blank=True)
    subject = models.CharField(_("subject"), max_length=120, help_text="app.Model:pk")
    facts = models.JSONField(_("facts"), encoder=Encoder, default=dict)
    personal_commitment = models.CharField(_("commitment to personal data"), max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("recorded act")
        verbose_name_plural = _("recorded acts")
        ordering = ("scope", "sequence")
        constraints = (
            models.UniqueConstraint(fields=("scope", "sequence"), name="one_event_per_place_in_the_chain"),
            models.UniqueConstraint(fields=("scope", "previous_hash"), name="the_chain_does_not_fork"),
        )
        indexes = (
            models.Index(fields=("subject", "id"), name="audit_by_subject"),
            models.Index(fields=("round_id", "id"), name="audit_by_round"),
            models.Index(fields=("round_id", "sequence", "id"), name="audit_by_round_and_place"),
            models.Index(fields=("round_id", "legal_at", "id"), name="audit_by_round_and_time"),
            models.Index(fields=("round_id", "act", "id"), name="audit_by_round_and_act"),
            models.Index(fields=("scope", "act", "-id"), name="audit_by_act"),
        )

    def __str__(self) -> str:
        return f"{self.scope}#{self.sequence} {self.act}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("an audit event is never deleted")


class AuditHead(models.Model):
    """The last event of a chain; locked while one is appended."""

    scope = models.CharField(max_length=60, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.scope}#{self.sequence}"


class PersonalNote(models.Model):
    """Personal data behind a commitment, kept apart so that it can be erased without touching the chain."""

    commitment = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=64)
    data = models.JSONField(encoder=Encoder)
    erase_after = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.commitment[:12]


class AuditCheckpoint(models.Model):
    """A signed statement that a chain stood at a place at a time."""

    scope = models.CharField(_("chain"), max_length=60)
    sequence = models.PositiveBigIntegerField(_("sequence"))
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(_("recorded at"))
    key_id = models.CharField(_("key"), max_length=64)
    signature = models.CharField(max_length=200, help_text="Ed25519 over 'scope:sequence:hash:at', base64.")

    class Meta:
        verbose_name = _("signed checkpoint")
        verbose_name_plural = _("signed checkpoints")
        constraints = (models.UniqueConstraint(fields=("scope", "sequence"), name="one_checkpoint_per_place"),)

    def __str__(self) -> str:
        return f"{self.scope}#{self.sequence}"
