"""Jurisdictions on the operator's pages. An operator sees the jurisdictions that the role is held in, a superuser all.

Written by the domain alone: roles, bodies and calendar entries come in as lists, or on the jurisdiction's own pages.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import get_objects_for_user

from audit.admin import EventsOf, register_chains
from core.operating import Exchanging, Guarded, Operating
from jurisdictions.models import Body, CalendarEntry, CalendarYear, Jurisdiction, Membership, PolicyDocument
from jurisdictions.resources import BodyResource, CalendarEntryResource, MembershipResource


def operated_by(user: Any) -> QuerySet[Jurisdiction]:
    """The jurisdictions whose operator the person is; all for a superuser."""
    found: QuerySet[Jurisdiction] = get_objects_for_user(
        user, "jurisdictions.act_as_operator", klass=Jurisdiction, use_groups=False
    )
    return found


register_chains(lambda user: set(operated_by(user).values_list("code", flat=True)))


class OfJurisdiction:
    """Mixin: rows of the operator's own jurisdictions."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related("jurisdiction").filter(jurisdiction__in=operated_by(request.user))


@admin.register(Jurisdiction)
class JurisdictionAdmin(EventsOf, Guarded, Operating):
    """Comes from its policy file (``manage.py policy load``); the office's data are kept on its own pages."""

    list_display = ("code", "name_zh", "office_phone", "office_email", "demo", "pages")
    search_fields = ("code", "name_zh", "name_en")
    ordering = ("code",)
    fields = readonly_fields = (
        "code", "name_zh", "name_en", "office_address", "office_phone", "office_email", "colour", "demo", "pages", "object_permissions", "events",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return operated_by(request.user)

    @admin.display(description=_("administration"))
    def pages(self, obj: Jurisdiction) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("jurisdictions:admin", args=[obj.code]), _("Open"))


@admin.register(Body)
class BodyAdmin(OfJurisdiction, EventsOf, Guarded, Exchanging):
    resource_classes = (BodyResource,)
    list_display = ("name_zh", "key", "jurisdiction", "kind", "active", "rehearsal")
    list_filter = ("jurisdiction", "kind", "active", "rehearsal")
    search_fields = ("name_zh", "name_en", "key")
    ordering = ("jurisdiction", "key")
    fields = readonly_fields = (
        "jurisdiction", "key", "kind", "name_zh", "name_en", "prefixes", "sectors_", "active", "rehearsal", "object_permissions", "events",
    )  # fmt: skip

    @admin.display(description=_("division code prefixes"))
    def prefixes(self, obj: Body) -> str:
        return "、".join(obj.territory) or "—"

    @admin.display(description=_("sectors"))
    def sectors_(self, obj: Body) -> str:
        return "、".join(obj.sectors) or "—"


@admin.register(Membership)
class MembershipAdmin(OfJurisdiction, EventsOf, Exchanging):
    resource_classes = (MembershipResource,)
    list_display = ("user", "role", "jurisdiction", "body", "organ", "seat", "since", "until", "rehearsal")
    list_filter = ("jurisdiction", "role", "rehearsal")
    list_select_related = ("user", "body", "jurisdiction")
    search_fields = ("user__name", "user__email", "unit")
    ordering = ("-id",)
    readonly_fields = ("events",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("user", "body", "jurisdiction")


@admin.register(CalendarEntry)
class CalendarEntryAdmin(OfJurisdiction, EventsOf, Exchanging):
    resource_classes = (CalendarEntryResource,)
    list_display = ("day", "jurisdiction", "working", "reason")
    list_filter = ("jurisdiction", "working")
    ordering = ("-day",)
    readonly_fields = ("events",)


@admin.register(CalendarYear)
class CalendarYearAdmin(OfJurisdiction, EventsOf, Operating):
    list_display = ("year", "jurisdiction", "source")
    list_filter = ("jurisdiction",)
    ordering = ("-year",)
    readonly_fields = ("events",)


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(OfJurisdiction, EventsOf, Operating):
    """Editions come from their files; a published one never changes."""

    list_display = ("edition", "jurisdiction", "status", "loaded_at", "sha256")
    list_filter = ("jurisdiction", "status")
    exclude = ("document",)
    readonly_fields = ("events",)
