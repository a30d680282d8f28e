"""The pools of reviewers on the operator's pages: read, taken along, brought in as a list. What else is done to a pool, its office does."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from audit.admin import EventsOf
from core.operating import Exchanging
from jurisdictions.admin import OfJurisdiction
from reviews.models import Qualification, Reviewer
from reviews.resources import ReviewerResource


class Qualifications(admin.TabularInline):
    """What qualifies the reviewer; recorded by the office or brought in."""

    model = Qualification
    fields = readonly_fields = ("kind", "number", "valid_from", "valid_until", "recorded_by", "recorded_at")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("recorded_by", "reviewer__user")


@admin.register(Reviewer)
class ReviewerAdmin(OfJurisdiction, EventsOf, Exchanging):
    resource_classes = (ReviewerResource,)
    list_display = ("user", "jurisdiction", "employer", "title", "is_industry_expert", "status", "rehearsal")
    list_filter = ("jurisdiction", "status", "is_industry_expert", "rehearsal")
    search_fields = ("user__name", "user__email", "employer")
    ordering = ("-id",)
    inlines = (Qualifications,)
    fields = readonly_fields = (
        "user", "jurisdiction", "employer", "employer_code", "title", "knows", "is_industry_expert", "status", "struck_at",
        "struck_article", "struck_reason", "undertaking_signed_at", "rehearsal", "appointed_at", "events",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user")

    @admin.display(description=_("fields"))
    def knows(self, obj: Reviewer) -> str:
        return "、".join([*obj.fields, *obj.sectors]) or "—"
