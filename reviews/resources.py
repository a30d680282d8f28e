"""The operator's list of reviewers, of all pools at once: the office's lines (``reviews.importing``), a column for the place in front."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from import_export.fields import Field

from jurisdictions.resources import DomainResource
from reviews.importing import ReviewerLines
from reviews.models import Qualification, Reviewer

HELD = ("kind", "number", "valid_from", "valid_until")


class ReviewerResource(DomainResource):
    """New reviewers and qualifications, and changes to known reviewers; one line for each qualification, as they come in."""

    lines_of = ReviewerLines
    jurisdiction = Field("jurisdiction__code", "jurisdiction")
    email = Field("user__email", "email")
    fields_ = Field("fields", "fields")
    sectors = Field("sectors", "sectors")
    kind = Field(column_name="kind")
    number = Field(column_name="number")
    valid_from = Field(column_name="valid_from")
    valid_until = Field(column_name="valid_until")

    class Meta:
        model = Reviewer
        fields = (
            "jurisdiction", "email", "employer", "employer_code", "title", "fields_", "sectors", "is_industry_expert", *HELD,
        )  # fmt: skip
        import_id_fields = ("jurisdiction", "email")
        clean_model_instances = False

    def iter_queryset(self, queryset: QuerySet[Reviewer]) -> Iterator[Reviewer]:
        """Each reviewer as often as there are qualifications, once where there is none; invented ones stay here."""
        rows = queryset.filter(rehearsal=False).select_related("user", "jurisdiction")
        for reviewer in rows.prefetch_related("qualifications").iterator(chunk_size=500):
            held: list[Qualification | None] = [*reviewer.qualifications.all()]
            for one in held or [None]:
                reviewer.held = one  # type: ignore[attr-defined]  # read by what fills the columns
                yield reviewer

    def dehydrate_fields_(self, reviewer: Reviewer) -> str:
        return "，".join(reviewer.fields)

    def dehydrate_sectors(self, reviewer: Reviewer) -> str:
        return "，".join(reviewer.sectors)

    def dehydrate_kind(self, reviewer: Any) -> str:
        return _of(reviewer.held, "kind")

    def dehydrate_number(self, reviewer: Any) -> str:
        return _of(reviewer.held, "number")

    def dehydrate_valid_from(self, reviewer: Any) -> str:
        return _of(reviewer.held, "valid_from")

    def dehydrate_valid_until(self, reviewer: Any) -> str:
        return _of(reviewer.held, "valid_until")


def _of(held: Qualification | None, name: str) -> str:
    return str(getattr(held, name) or "") if held else ""
