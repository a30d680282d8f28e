"""The rows of a policy file around its document: do they name fields that exist, with values that they can have?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field
from django.utils.translation import gettext_noop as _

from jurisdictions.policy.problems import MISSING, NOT_ONE_OF, UNKNOWN_KEY, UNKNOWN_KEY_ALONE, Problem, nearest

OTHER_CODE = _("the row belongs to '{row}', the file is of '{code}'")


def row_problems(rows: list[Any], code: str) -> Iterator[Problem]:
    """Problems of every row of a known model; paths lead from the file's list."""
    for index, row in enumerate(rows):
        try:
            model = apps.get_model(str(row.get("model")))
        except (LookupError, ValueError):
            continue
        fields = {field.name: field for field in model._meta.fields if not field.primary_key}
        for name, value in row["fields"].items():
            yield from _value(name, value, fields, (index, "fields", name), code)
        for name, field in fields.items():
            if name not in row["fields"] and _is_needed(field):
                yield Problem((index, "fields"), MISSING, {"key": name})


def _value(name: str, value: Any, fields: dict[str, Any], path: tuple[str | int, ...], code: str) -> Iterator[Problem]:
    field = fields.get(name)
    if field is None:
        near = nearest(name, fields)
        told = {"key": name, "near": near} if near else {"key": name, "known": ", ".join(sorted(fields))}
        yield Problem(path, UNKNOWN_KEY if near else UNKNOWN_KEY_ALONE, told)
    elif name == "jurisdiction" and value != [code]:
        yield Problem(path, OTHER_CODE, {"row": value, "code": code})
    elif field.choices and value not in dict(field.flatchoices):
        yield Problem(path, NOT_ONE_OF, {"value": value, "known": ", ".join(dict(field.flatchoices))})


def _is_needed(field: Field[Any, Any]) -> bool:
    return not (field.has_default() or field.blank or field.null or getattr(field, "auto_now_add", False))
