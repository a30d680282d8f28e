"""What is wrong with a policy file: where, and in words."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from jurisdictions.policy import cel, marks
from jurisdictions.policy.document import Policy


@dataclass(frozen=True, slots=True)
class Problem:
    """``path`` leads from the document's root; ``message`` is a msgid, a format string over ``facts``.

    ``line`` (0: unknown) and ``place`` (the path as written in the file) are filled in by the loader.
    """

    path: marks.Path
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    article: str = ""
    line: int = 0
    place: str = ""
    file: str = ""

    def located(self, root: Any, prefix: marks.Path, file: str) -> Problem:
        """The same problem with its line and place in the file whose marked data is ``root``."""
        full = (*prefix, *self.path)
        shown = marks.written(root, full).removeprefix(marks.written(root, prefix[:-1]) + ".")
        return replace(self, line=marks.line_of(root, full), place=shown, file=file)

    @property
    def sentence(self) -> str:
        """The message in the reader's language."""
        told = {key: gettext(value) if key == "what" else value for key, value in self.facts.items()}
        return gettext(self.message).format(**told)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line) if part)
        return " ".join(
            part for part in (f"{where}:" if where else "", self.place and f"{self.place}:", self.sentence) if part
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``policy check --json``."""
        return {
            "file": self.file,
            "line": self.line,
            "path": self.place,
            "message": self.sentence,
            "article": self.article,
        }


UNKNOWN_KEY = _("unknown key '{key}'; did you mean '{near}'?")
UNKNOWN_KEY_ALONE = _("unknown key '{key}'; known here: {known}")
UNKNOWN_KIND = _("unknown stage kind '{kind}'; known: {known}")
MISSING = _("'{key}' is missing")
NOT_ONE_OF = _("'{value}' is not one of: {known}")
NO_CEL = _("not a CEL expression: {detail}")
WRONG = _("{reason} (given: {value})")


def nearest(word: Any, known: Iterable[str]) -> str:
    """The known word that looks most like it, or ''."""
    found = difflib.get_close_matches(str(word), list(known), 1)
    return found[0] if found else ""


def from_pydantic(error: ValidationError, data: Any) -> list[Problem]:
    """One problem per error, with the path in ``data``."""
    return [_problem(details, data) for details in error.errors(include_url=False)]


def path_of(details: ErrorDetails, data: Any) -> marks.Path:
    """The error's path in the data: without Pydantic's own steps (union tags, ``value`` of a plain setting)."""
    path: list[str | int] = []
    here: Any = data
    steps = list(details["loc"])
    for place, step in enumerate(steps):
        last = place == len(steps) - 1
        if isinstance(here, dict) and step not in here:
            if last and details["type"] == "missing":
                path.append(step)
            if step in (here.get("kind"), "value") and not last:
                continue
            break
        if not isinstance(here, dict | list) or (isinstance(here, list) and not isinstance(step, int)):
            break
        path.append(step)
        here = here[step]  # type: ignore[index]  # a mapping's key or a list's place, as tested above
    return tuple(path)


def _problem(details: ErrorDetails, data: Any) -> Problem:
    path, kind, context = path_of(details, data), details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(details, path)
    if kind == "union_tag_invalid":
        known = str(context["expected_tags"]).replace("'", "")
        return Problem((*path, "kind"), UNKNOWN_KIND, {"kind": context["tag"], "known": known})
    if kind == "missing":
        return Problem(path, MISSING, {"key": str(details["loc"][-1])})
    if kind == "literal_error":
        known = str(context["expected"]).replace("'", "")
        return Problem(path, NOT_ONE_OF, {"value": details["input"], "known": known})
    if kind == "value_error" and str(context["error"]).startswith(cel.NOT_CEL):
        return Problem(path, NO_CEL, {"detail": str(context["error"]).removeprefix(cel.NOT_CEL).strip() or "—"})
    if kind == "value_error":
        return Problem(path, str(context["error"]).replace("{", "{{").replace("}", "}}"))
    return Problem(path, WRONG, {"reason": details["msg"], "value": _short(details["input"])})


def _unknown_key(details: ErrorDetails, path: marks.Path) -> Problem:
    key, known = str(details["loc"][-1]), sorted(known_keys(details["loc"][:-1]))
    near = nearest(key, known)
    if near:
        return Problem(path, UNKNOWN_KEY, {"key": key, "near": near})
    return Problem(path, UNKNOWN_KEY_ALONE, {"key": key, "known": ", ".join(known)})


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


@functools.lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return Policy.model_json_schema()


def known_keys(location: Iterable[str | int]) -> set[str]:
    """The keys that the schema allows at a Pydantic location."""
    node = _schema()
    for step in location:
        node = _below(_resolved(node), step)
    return {key for branch in _branches(node) for key in branch.get("properties", {})}


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]]
    return node


def _branches(node: dict[str, Any]) -> list[dict[str, Any]]:
    node = _resolved(node)
    return [b for part in node.get("anyOf", []) for b in _branches(part)] or [node]


def _below(node: dict[str, Any], step: str | int) -> dict[str, Any]:
    for branch in _branches(node):
        mapping = branch.get("discriminator", {}).get("mapping", {})
        if step in mapping:
            return {"$ref": mapping[step]}
        if isinstance(step, int) and "items" in branch:
            return dict(branch["items"])
        if step in branch.get("properties", {}):
            return dict(branch["properties"][step])
        if isinstance(branch.get("additionalProperties"), dict):
            return dict(branch["additionalProperties"])
    return {}
