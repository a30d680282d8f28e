"""What is said to whom (outbox, with its delivery on record) and what a person finds on signing in (inbox)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.fields import Encoder
from jurisdictions.models import Jurisdiction


class Message(models.Model):
    """The outbox: one message to one person. Rendered in the reader's language from its kind's text and its context."""

    class State(models.TextChoices):
        WAITING = "waiting", _("To be sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")
        KEPT = "kept", _("Inbox only")

    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.CASCADE, related_name="messages")
    to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=160, help_text="The same key is never sent twice to one person.")
    kind = models.CharField(_("kind"), max_length=60)
    subject_ref = models.CharField(_("about"), max_length=120, blank=True, help_text="app.Model:pk")
    context = models.JSONField(encoder=Encoder, default=dict)
    url = models.CharField(_("link"), max_length=300, blank=True)
    paper_ref = models.CharField(_("paper"), max_length=120, blank=True, help_text="app.Model:pk of what is attached")
    posted_at = models.DateTimeField(_("posted at"))
    state = models.CharField(_("delivery"), max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("next attempt"))
    leased_until = models.DateTimeField(null=True, blank=True)
    lease = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.UniqueConstraint(fields=("to", "key"), name="a_message_is_posted_once"),
            models.CheckConstraint(
                name="a_sent_message_says_when", condition=~Q(state="sent") | Q(delivered_at__isnull=False)
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), condition=Q(state="waiting"), name="message_to_be_sent"),
            models.Index(fields=("subject_ref", "id"), name="message_by_subject"),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_id}"

    @property
    def title(self) -> str:
        """In the language that is active."""
        from notifications.texts import title_of

        return title_of(self.kind, self.context)

    @property
    def body(self) -> str:
        from notifications.texts import body_of

        return body_of(self.kind, self.context)


class InboxItem(models.Model):
    """A message in a person's inbox."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="inbox")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="inbox")
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = ScopedManager(jurisdiction="message__jurisdiction")

    class Meta:
        verbose_name = _("inbox item")
        verbose_name_plural = _("inbox items")
        indexes = (
            models.Index(fields=("user", "-id"), name="inbox_by_person"),
            models.Index(fields=("user",), condition=Q(read_at=None), name="inbox_unread"),
        )

    def __str__(self) -> str:
        return str(self.message)
