"""Reading a policy file: a Django fixture of one jurisdiction, its bodies and one policy document."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _
from pydantic import ValidationError

from core.fields import plain
from jurisdictions.policy import library, marks
from jurisdictions.policy.check import check
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem, from_pydantic, nearest
from jurisdictions.policy.repair import repaired
from jurisdictions.policy.rows import row_problems

JURISDICTION, BODY, DOCUMENT = "jurisdictions.jurisdiction", "jurisdictions.body", "jurisdictions.policydocument"


class BadPolicy(ValueError):
    """The file is no policy; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass
class PolicyFile:
    """A file as read. ``document`` is expanded and plain JSON; ``policy`` is None when the document has errors of form."""

    path: str
    jurisdiction: dict[str, Any] = field(default_factory=dict)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    edition: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    policy: Policy | None = None
    problems: list[Problem] = field(default_factory=list)

    def sound(self) -> Policy:
        """The policy. Raises :class:`BadPolicy` when anything is wrong with the file."""
        if self.problems or self.policy is None:
            raise BadPolicy(self.problems)
        return self.policy


def read(path: Path | str) -> PolicyFile:
    """Read and check a file; what is wrong is in ``problems``, all of it, in the order of the file."""
    return read_text(Path(path).read_text(encoding="utf-8"), name=str(path))


def read_text(text: str, *, name: str = "") -> PolicyFile:
    """The same from a text; ``name`` is shown in problems."""
    file = PolicyFile(path=name)
    try:
        rows = marks.read(text)
    except marks.NotYaml as error:
        file.problems = [Problem((), "{text}", {"text": text}, line=line, file=name) for line, text in error.faults]
        return file
    _sort_rows(file, rows)
    if "document" in file.edition:
        _read_document(file, rows)
    file.problems.sort(key=lambda problem: problem.line)
    return file


def _sort_rows(file: PolicyFile, rows: Any) -> None:
    """Tell the fixture's rows apart and report what is missing or strange."""
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("fields"), dict) for row in rows
    ):
        file.problems.append(
            Problem((), _("the file must be a list of rows with 'model' and 'fields'"), file=file.path, line=1)
        )
        return
    for index, row in enumerate(rows):
        known = {JURISDICTION: "jurisdiction", DOCUMENT: "edition"}
        if row.get("model") == BODY:
            file.bodies.append(row["fields"])
        elif row.get("model") in known:
            setattr(file, known[row["model"]], row["fields"])
        else:
            facts = {
                "model": row.get("model"),
                "near": nearest(row.get("model"), (JURISDICTION, BODY, DOCUMENT)) or "—",
            }
            problem = Problem((index, "model"), _("unknown model '{model}'; the nearest is '{near}'"), facts)
            file.problems.append(problem.located(rows, (), file.path))
    _check_rows(file)
    code = str(file.jurisdiction.get("code", ""))
    file.problems += [problem.located(rows, (), file.path) for problem in row_problems(rows, code)]


def _check_rows(file: PolicyFile) -> None:
    for name, model in (("jurisdiction", JURISDICTION), ("edition", DOCUMENT)):
        if not getattr(file, name):
            file.problems.append(
                Problem((), _("the file has no row '{model}'"), {"model": model}, file=file.path, line=1)
            )
    if file.edition and not isinstance(file.edition.get("document"), dict):
        file.problems.append(Problem((), _("the policy row has no 'document'"), file=file.path, line=1))
        file.edition.pop("document", None)


def _read_document(file: PolicyFile, rows: list[Any]) -> None:
    index = next(i for i, row in enumerate(rows) if row["fields"] is file.edition)
    prefix: marks.Path = (index, "fields", "document")
    problems: list[Problem] = []
    document = library.expand_reporting(
        file.edition["document"], lambda path, message, facts: problems.append(Problem(path, message, facts))
    )
    file.document = plain(document)
    try:
        file.policy, sound, left_out = Policy.model_validate(document), document, frozenset[str]()
    except ValidationError as error:
        problems += from_pydantic(error, document)
        mended, sound, left_out = repaired(document)
    else:
        mended = file.policy
    file.problems += [_placed(p, rows, document, prefix, file.path) for p in problems]
    if mended is not None:
        found = [p for p in check(mended) if not _mentions(p, left_out)] + _against_rows(mended, file)
        file.problems += [_placed(p, rows, sound, prefix, file.path) for p in found]


def _placed(problem: Problem, rows: list[Any], document: Any, prefix: marks.Path, name: str) -> Problem:
    """Located in the file: the expanded document takes the place of the written one."""
    index = int(prefix[0])
    row: marks.MarkedMap = rows[index]
    fields = marks.MarkedMap({**row["fields"], "document": document}, lines=row["fields"].lines)
    shown = marks.MarkedList(rows, lines=getattr(rows, "lines", None))
    shown[index] = marks.MarkedMap({**row, "fields": fields}, lines=row.lines)
    return problem.located(shown, prefix, name)


def _mentions(problem: Problem, left_out: frozenset[str]) -> bool:
    """Whether the problem comes of what was left out for another problem."""
    return str(problem.path[:1] and problem.path[0]) in left_out or any(
        str(value) in left_out for value in problem.facts.values() if value
    )


def _against_rows(policy: Policy, file: PolicyFile) -> list[Problem]:
    """The document and the rows around it must speak of the same jurisdiction and edition."""
    wrong = _("the row says '{row}', the document '{document}'")
    pairs = (
        ("code", file.jurisdiction.get("code"), policy.code),
        ("edition", file.edition.get("edition"), policy.edition),
    )
    return [
        Problem((name,), wrong, {"row": row, "document": own})
        for name, row, own in pairs
        if row is not None and str(row) != own
    ]
