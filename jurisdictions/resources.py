"""The operator's lists, of all jurisdictions at once: the office's lines (``jurisdictions.importing``), a column for the place in front."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.resources import ModelResource

from accounts.models import User
from core.imports import Column
from core.imports.lines import plain
from core.imports.reading import text_of
from core.imports.running import check_cells, cleaned
from core.refusals import Refused
from jurisdictions.importing import BodyLines, DayLines, OfJurisdiction, RoleLines
from jurisdictions.models import Body, CalendarEntry, Jurisdiction, Membership


class DomainResource(ModelResource):
    """Each line is read, looked for and written by its ``Lines``. A refusal is the line's error."""

    lines_of: ClassVar[type[OfJurisdiction]]

    def __init__(self, actor: User, **_kwargs: Any) -> None:
        super().__init__()
        self.actor = actor
        self.values: dict[str, Any] = {}
        self._lines: dict[str, OfJurisdiction] = {}
        self._seen: set[Any] = set()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        """Headings in either language, as on the office's own pages."""
        place = Column("jurisdiction", gettext_lazy("jurisdiction"))
        named = {heading: one.key for one in (*self.lines_of.columns, place) for heading in one.headings()}
        dataset.headers = [named.get(plain(str(heading)), heading) for heading in dataset.headers or []]

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Any:
        cells = {name: text_of(value) for name, value in row.items() if name}
        self.lines = self._lines_for(cells.get("jurisdiction", ""))
        check_cells(self.lines.columns, cells)
        self.values = _read(self.lines, cleaned(self.lines.columns, cells))
        identity = (self.lines.place, self.lines.identity(self.values))
        if identity in self._seen:
            raise ValidationError(_("An earlier line already says something about the same."))
        self._seen.add(identity)
        return self.lines.find(self.values)

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        """Nothing: the domain writes, and :meth:`save_instance` shows what it wrote."""

    def skip_row(self, instance: Any, original: Any, row: dict[str, Any], import_validation_errors: Any = None) -> bool:
        return bool(original.pk and not import_validation_errors and self.lines.same(original, self.values))

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        try:
            with transaction.atomic():
                stored = self.lines.write(None if is_create else instance, dict(self.values))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from refusal
        for field in stored._meta.concrete_fields:
            setattr(instance, field.attname, getattr(stored, field.attname))

    def _lines_for(self, code: str) -> OfJurisdiction:
        if code not in self._lines:
            place = Jurisdiction.objects.filter(code=code).first()
            if place is None:
                raise ValidationError(_("There is no jurisdiction “{code}”.").format(code=code))
            self._lines[code] = self.lines_of(actor=self.actor, jurisdiction=place)
        return self._lines[code]


def _read(lines: OfJurisdiction, cells: dict[str, str]) -> dict[str, Any]:
    try:
        return lines.read(cells)
    except Refused as refusal:
        raise ValidationError(str(refusal)) from refusal


class BodyResource(DomainResource):
    """New bodies, and changes to known ones."""

    lines_of = BodyLines
    jurisdiction = Field("jurisdiction__code", "jurisdiction")
    territory = Field("territory", "territory")
    sectors = Field("sectors", "sectors")

    class Meta:
        model = Body
        fields = ("jurisdiction", "key", "kind", "name_zh", "name_en", "territory", "sectors", "active")
        import_id_fields = ("jurisdiction", "key")
        clean_model_instances = False

    def dehydrate_territory(self, body: Body) -> str:
        return " ".join(body.territory)

    def dehydrate_sectors(self, body: Body) -> str:
        return " ".join(body.sectors)


class CalendarEntryResource(DomainResource):
    """New days. A day that is already entered must say the same."""

    lines_of = DayLines
    jurisdiction = Field("jurisdiction__code", "jurisdiction")

    class Meta:
        model = CalendarEntry
        fields = ("jurisdiction", "day", "working", "reason")
        import_id_fields = ("jurisdiction", "day")
        clean_model_instances = False


class MembershipResource(DomainResource):
    """New roles. A role that is recorded must say the same; it is ended on its page."""

    lines_of = RoleLines
    jurisdiction = Field("jurisdiction__code", "jurisdiction")
    email = Field("user__email", "email")
    body = Field("body__key", "body")

    class Meta:
        model = Membership
        fields = ("jurisdiction", "email", "role", "body", "organ", "seat", "unit", "since", "until")
        import_id_fields = ("jurisdiction", "email", "role")
        clean_model_instances = False
