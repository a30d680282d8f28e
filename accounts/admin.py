"""People and organisations on the operator's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from accounts import invitations, standing
from accounts.models import Organisation, OrganisationMember, User
from audit.admin import EventsOf
from core.operating import Guarded, Operating


class InvitationForm(forms.ModelForm):
    """A person who is not registered yet."""

    class Meta:
        model = User
        fields = ("email", "name", "phone")

    def clean_email(self) -> str:
        """The spelling under which addresses are kept, so that nobody is registered twice."""
        return invitations.normal(self.cleaned_data["email"])


@admin.register(User)
class UserAdmin(EventsOf, Operating):
    """Invite a person; close an account; make somebody an operator. What a person may do otherwise stands in roles."""

    list_display = ("name", "email", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    ordering = ("-id",)
    fields = (
        "email",
        "name",
        "phone",
        "language",
        "is_active",
        "is_staff",
        "is_superuser",
        "joined_at",
        "last_login",
        "events",
    )
    add_fields = ("email", "name", "phone")

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return isinstance(obj, User) and standing.may_close(_actor(request), obj)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return self.fields if obj else self.add_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        if not isinstance(obj, User):
            return ()
        open_ = {"is_active"} | ({"is_staff"} if standing.may_make_operator(_actor(request), obj) else set())
        return tuple(name for name in self.fields if name not in open_)

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = InvitationForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor = _actor(request)
        if change:
            standing.change(actor=actor, user=obj, is_active=obj.is_active, is_staff=obj.is_staff)
            return
        user = invitations.invite(actor=actor, email=obj.email, name=obj.name, phone=obj.phone)
        obj.pk = user.pk


class Members(admin.TabularInline):
    """Who acts for the organisation; written by the organisation's owners."""

    model = OrganisationMember
    fields = readonly_fields = ("user", "role", "may_file", "is_head")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("user", "organisation")


@admin.register(Organisation)
class OrganisationAdmin(EventsOf, Guarded, SimpleHistoryAdmin, Operating):
    """Read only: its owners keep the profile. Every version can be compared; who holds which object permission is shown."""

    list_display = ("name", "code", "kind", "legal_status", "region", "rehearsal")
    list_filter = ("kind", "legal_status", "rehearsal")
    search_fields = ("name", "code")
    ordering = ("-id",)
    inlines = (Members,)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return (*(field.name for field in Organisation._meta.fields), "object_permissions", "events")

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, *args: Any, **kwargs: Any
    ) -> None:
        """What changed from version to version; where no reason was given, nothing stands instead of ``None``."""
        super().set_history_delta_changes(request, historical_records, *args, **kwargs)
        for record in historical_records:
            record.history_change_reason = record.history_change_reason or "—"

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """An old version is read, never put back: that would undo what its owners wrote, past the domain and the log."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *args, **kwargs)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
