"""Saved views of lists: what a person keeps of a list's filters, order and columns, and may share with the office."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from accounts.models import User


class SavedView(models.Model):
    """``query`` is the query string of the list's address; ``jurisdiction`` is empty for lists across jurisdictions (the inbox)."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    jurisdiction = models.ForeignKey(
        "jurisdictions.Jurisdiction", on_delete=models.CASCADE, null=True, blank=True, related_name="saved_views"
    )
    list_key = models.CharField(_("list"), max_length=80)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(_("query"), blank=True)
    shared = models.BooleanField(_("shared with the office"), default=False)
    is_default = models.BooleanField(_("opens first"), default=False)
    saved_at = models.DateTimeField(_("saved at"))

    objects = ScopedManager(jurisdiction="jurisdiction")

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "list_key", "jurisdiction", "name"), name="one_saved_view_per_name"
            ),
            models.UniqueConstraint(
                fields=("person", "list_key", "name"),
                condition=Q(jurisdiction=None),
                name="one_saved_view_per_name_anywhere",
            ),
            models.UniqueConstraint(
                fields=("person", "list_key", "jurisdiction"),
                condition=Q(is_default=True),
                name="one_default_view_per_list",
            ),
            models.UniqueConstraint(
                fields=("person", "list_key"),
                condition=Q(is_default=True, jurisdiction=None),
                name="one_default_view_anywhere",
            ),
            models.CheckConstraint(
                name="a_shared_view_belongs_to_a_jurisdiction",
                condition=Q(shared=False) | Q(jurisdiction__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=("jurisdiction", "list_key"), condition=Q(shared=True), name="saved_view_shared"),
        )

    def __str__(self) -> str:
        return self.name
