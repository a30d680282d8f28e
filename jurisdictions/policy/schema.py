"""The document's JSON Schema (draft 2020-12), for editors; and the table of stage kinds for people."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from typing import Any

from jurisdictions.policy import library
from jurisdictions.policy import stages as st
from jurisdictions.policy.document import Policy


def json_schema() -> dict[str, Any]:
    """The schema of ``document``. Where a list of things stands, ``use: <block>`` may stand for one."""
    schema = Policy.model_json_schema()
    definitions = schema.setdefault("$defs", {})
    for node in [schema, *definitions.values()]:
        for name in node.get("properties", {}):
            _allow_use(node["properties"][name])
    for name in [name for name in definitions if name.startswith("Setting_")]:
        full = definitions[name]
        definitions[name] = {
            "anyOf": [full, full["properties"]["value"]],
            "description": "A value, or {value, assumed, reason}.",
        }
    definitions["Use"] = {
        "type": "object",
        "description": "A building block of fixtures/library; other keys replace the block's own.",
        "required": ["use"],
        "properties": {
            "use": {"enum": sorted(library.blocks())},
            "without": {"type": "array", "items": {"type": "string"}},
            "more": {"type": "array"},
        },
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Policy", **schema}


def _allow_use(node: dict[str, Any]) -> None:
    items = node.get("items")
    if isinstance(items, dict) and ("$ref" in items or "discriminator" in items):
        node["items"] = {"anyOf": [items, {"$ref": "#/$defs/Use"}]}


def stage_kinds() -> dict[str, type[st.StageBase]]:
    """Every stage kind and its model, in the order of the schema."""
    union = typing.get_args(typing.get_args(st.Stage)[0]) or typing.get_args(st.Stage)
    return {typing.get_args(model.model_fields["kind"].annotation)[0]: model for model in union}


def stage_table() -> str:
    """Markdown: every stage kind with what it is and the parameters it takes beyond those of every stage."""
    common = set(st.StageBase.model_fields) | {"kind"}
    rows = ["| kind | what happens | parameters (* required) |", "|---|---|---|"]
    for kind, model in stage_kinds().items():
        own = ", ".join(_parameters(model, common)) or "—"
        rows.append(f"| `{kind}` | {' '.join((model.__doc__ or '').split())} | {own} |")
    return "\n".join(rows) + "\n"


def _parameters(model: type[st.StageBase], common: set[str]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if name not in common:
            yield f"`{name}`{'*' if field.is_required() else ''}"
