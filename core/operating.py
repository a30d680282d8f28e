"""What the operator's pages share: read-only unless a page says otherwise, nothing is ever deleted, all jurisdictions at once.

The operator's pages lie outside ``/j/<code>/``, so no scope is set: each view runs, and is rendered, with scopes disabled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled
from guardian.shortcuts import get_users_with_perms
from import_export.admin import ExportMixin, ImportMixin
from import_export.formats.base_formats import CSV, XLSX
from import_export.tmp_storages import MediaStorage
from tablib import Dataset
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from core import exports
from core.imports.reading import read
from core.refusals import Refused

LINES = 500  # worked on while the operator waits; longer lists come in on a jurisdiction's own pages, by a worker


class GuardedCSV(CSV):
    """CSV without formulae; read in whichever encoding a spreadsheet wrote it."""

    def get_read_mode(self) -> str:
        return "rb"

    def is_binary(self) -> bool:
        return True

    def export_data(self, dataset: Dataset, **kwargs: Any) -> str:
        return exports.csv_text([dataset.headers or [], *dataset])

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        return dataset(in_stream)


class GuardedXLSX(XLSX):
    """XLSX in which texts are texts."""

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        return dataset(in_stream)

    def export_data(self, dataset: Dataset, **kwargs: Any) -> bytes:
        return exports.xlsx_bytes([dataset.headers or [], *dataset])


def dataset(data: bytes) -> Dataset:
    """The lines of a file that somebody brings in; a refusal is said beside the file."""
    try:
        sheet = read(data)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal
    if len(sheet.rows) > LINES:
        raise ValidationError(str(Refused("list_too_long_here", limit=LINES)))
    width = len(sheet.headings)
    rows = [(cells + ("",) * width)[:width] for _number, cells in sheet.rows]
    return Dataset(*rows, headers=list(sheet.headings))


class Operating(ModelAdmin):
    """Operators (``is_staff``) read; nobody adds, changes or deletes unless the page says so, and then through the domain."""

    compressed_fields = True
    list_per_page = 50
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return _is_operator(request)

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return _unscoped_urls(super().get_urls())


class Guarded(ModelAdmin):
    """Mixin: who holds which object permission, as guardian has them. Read only: the domain grants and takes them away."""

    @admin.display(description=_("object permissions"))
    def object_permissions(self, obj: Model) -> SafeString:
        held: Any = get_users_with_perms(obj, attach_perms=True, with_group_users=False)
        lines = [(str(user), ", ".join(sorted(names))) for user, names in held.items()]
        return format_html_join(mark_safe("<br>"), "{}: {}", sorted(lines)) or mark_safe("—")


class Exchanging(ImportMixin, ExportMixin, Operating):
    """Import with a dry run that shows every wrong line, then wholly or not at all; export without formulae."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
    import_form_class = ImportForm
    export_form_class = ExportForm
    formats = (GuardedCSV, GuardedXLSX)
    tmp_storage_class = MediaStorage  # a confirmed import may reach another machine than its dry run
    skip_admin_log = True

    def get_urls(self) -> list[URLPattern]:
        return _unscoped_urls(super().get_urls())

    def has_import_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return _is_operator(request)

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_import_data_kwargs(**kwargs),
            "use_transactions": True,
            "rollback_on_validation_errors": True,
        }

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_import_resource_kwargs(request, **kwargs), "actor": request.user}

    def get_export_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_export_resource_kwargs(request, **kwargs), "actor": request.user}

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        """Why the file cannot be read, in words."""
        form.add_error("import_file", str(Refused("list_unreadable")) if not isinstance(e, ValidationError) else e)

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        """Say what was refused when the world changed between dry run and confirmation; nothing has then been written."""
        wrong = [f"{row.number}: {row.error}" for row in result.invalid_rows]
        wrong += [f"{row.number}: {'; '.join(str(e.error) for e in row.errors)}" for row in result.error_rows]
        if not wrong and not result.base_errors:
            done: HttpResponse = super().process_result(result, request)
            return done
        for line in wrong or [str(error.error) for error in result.base_errors]:
            messages.error(request, line)
        return HttpResponseRedirect(request.path.replace("process_import", "import"))


def unscoped(view: Callable[..., Any]) -> Callable[..., Any]:
    """The view, its response rendered, across all jurisdictions."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        with scopes_disabled():
            response = view(*args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response.render()
            return response

    return wrapped


def _unscoped_urls(urls: list[URLPattern]) -> list[URLPattern]:
    for url in urls:
        if isinstance(url, URLPattern):
            url.callback = unscoped(url.callback)
    return urls


def _is_operator(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.is_active and user.is_staff)
