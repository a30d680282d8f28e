"""Long lists on their way in: kept while a worker checks them, until they are confirmed and written."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User
from core.tokens import new_token


class Intake(models.Model):
    """``sheet`` holds ``[headings, [[number, cells], …]]`` until the list is written or refused; ``result`` what its page shows."""

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("In order, to be confirmed")
        WRONG = "wrong", _("Not in order")
        WRITING = "writing", _("Being written")
        WRITTEN = "written", _("Written")
        FAILED = "failed", _("Given up")

    jurisdiction = models.ForeignKey("jurisdictions.Jurisdiction", on_delete=models.CASCADE, related_name="intakes")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="intakes")
    kind = models.CharField(_("kind"), max_length=40)
    place = models.CharField(_("place"), max_length=80)
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    name = models.CharField(_("file"), max_length=200, blank=True)
    lines = models.PositiveIntegerField(_("lines"))
    sheet = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKING)
    result: models.JSONField[Any, Any] = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(_("handed to a worker at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("list on its way in")
        verbose_name_plural = _("lists on their way in")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "kind", "place"),
                condition=Q(state__in=("checking", "writing")),
                name="one_list_of_a_kind_is_worked_on_for_a_person",
            ),
        )
        indexes = (models.Index(fields=("state", "queued_at"), name="intake_by_state"),)

    def __str__(self) -> str:
        return self.name or self.kind

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.WRITING)
