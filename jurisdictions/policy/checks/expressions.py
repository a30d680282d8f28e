"""Conditions read facts that exist, call functions that exist, and compare with answers that can be given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from django.utils.translation import gettext_noop as _

from jurisdictions.policy import cel, facts
from jurisdictions.policy.checks.walk import Said, everything
from jurisdictions.policy.document import Policy
from jurisdictions.policy.forms import Condition, Field, Form
from jurisdictions.policy.prizes import ApplicantKind, LegalStatus
from jurisdictions.policy.problems import Problem, nearest

EXPRESSIONS = {"when", "require", "where", "exempt", "required_when", "shown_when"}
FUNCTIONS = set(cel.FUNCTIONS) | {
    "size", "contains", "startsWith", "endsWith", "matches", "int", "double", "string", "bool", "min", "max",
    "map", "filter", "all", "exists", "exists_one",
}  # fmt: skip
UNKNOWN_FACT = _("the expression reads '{fact}', which no one knows; the nearest is '{near}'")
NOT_IN_FORM = _("the expression reads '{fact}', which the form '{form}' does not ask")
UNKNOWN_NAME = _("'{name}' is not a name that an expression knows")
UNKNOWN_FUNCTION = _("'{name}' is not a function that an expression may call")
BRACKETS = _("write {namespace}.name, not {namespace}['name']: what is read must be seen")
HAS = _("do not ask has(…): what is missing is unknown, and an unknown must not become an answer")
EMPTY = _("'{fact}' is never '': what is empty counts as missing, and what is missing is unknown")
NO_SUCH_ANSWER = _("'{fact}' is never '{answer}'; its answers: {known}")

_MACRO = re.compile(r"\.(?:exists|exists_one|all|filter|map)\(\s*([A-Za-z_]\w*)\s*,")
_EQUAL = re.compile(r"\b(form|check|org)\.(\w+)\s*(?:==|!=)\s*'([^']*)'")
_IN = re.compile(r"\b(form|check|org)\.(\w+)\s+in\s+\[([^\]]*)\]")
_WORD = re.compile(r"'([^']*)'")


def expressions(policy: Policy) -> Iterator[Said]:
    """Every expression of the policy."""
    return (said for said in everything(policy) if said.name in EXPRESSIONS and isinstance(said.value, str))


def facts_are_known(policy: Policy) -> Iterator[Problem]:
    for said in expressions(policy):
        article = getattr(said.model, "article", "") or ""
        yield from _names(said, article)
        forms = _forms_of(policy, said)
        for path in cel.paths(said.value):
            yield from _fact(policy, said, path, forms, article)
        yield from _answers(policy, said, forms, article)


def _names(said: Said, article: str) -> Iterator[Problem]:
    bound = set(_MACRO.findall(said.value))
    for name in sorted(cel.roots(said.value) - bound - set(cel.NAMESPACES)):
        yield Problem(said.path, UNKNOWN_NAME, {"name": name}, article)
    for name in sorted(cel.functions(said.value) - FUNCTIONS):
        yield Problem(said.path, UNKNOWN_FUNCTION, {"name": name}, article)
    if said.name == "require" and re.search(r"\bhas\(", said.value):
        yield Problem(said.path, HAS, {}, article)
    for namespace in cel.NAMESPACES:
        if re.search(rf"\b{namespace}\[", said.value):
            yield Problem(said.path, BRACKETS, {"namespace": namespace}, article)


def _forms_of(policy: Policy, said: Said) -> list[Form]:
    """The forms whose answers the expression can see: its own form, those of its prizes, or all."""
    if said.path[0] == "forms" and isinstance(said.path[1], int):
        return [policy.forms[said.path[1]]]
    prizes: set[str] = set()
    if said.path[0] == "conditions" and isinstance(said.path[1], int):
        prizes = set(policy.conditions[said.path[1]].prizes)
    return [form for form in policy.forms if not prizes or prizes & set(form.prizes)]


def _fact(policy: Policy, said: Said, path: str, forms: list[Form], article: str) -> Iterator[Problem]:
    namespace, name = path.split(".", 1)
    if namespace == "form":
        yield from _form_fact(said, name, forms, article)
        return
    known = {c.key for c in policy.checks} if namespace == "check" else set(facts.FIXED[namespace])
    if name not in known:
        near = nearest(name, known)
        yield Problem(said.path, UNKNOWN_FACT, {"fact": path, "near": f"{namespace}.{near}" if near else "—"}, article)


def _form_fact(said: Said, name: str, forms: list[Form], article: str) -> Iterator[Problem]:
    lacking = [form for form in forms if name not in _questions(form)]
    if lacking == forms:
        near = nearest(name, {key for form in forms for key in _questions(form)})
        yield Problem(
            said.path, UNKNOWN_FACT, {"fact": f"form.{name}", "near": f"form.{near}" if near else "—"}, article
        )
    elif isinstance(said.model, Condition) or said.path[0] == "conditions":
        for form in lacking:
            yield Problem(said.path, NOT_IN_FORM, {"fact": f"form.{name}", "form": form.key}, article)


def _questions(form: Form) -> dict[str, Field]:
    return {field.key: field for section in form.sections for field in section.fields}


def _answers(policy: Policy, said: Said, forms: list[Form], article: str) -> Iterator[Problem]:
    compared = [(ns, name, [word]) for ns, name, word in _EQUAL.findall(said.value)]
    compared += [(ns, name, _WORD.findall(words)) for ns, name, words in _IN.findall(said.value)]
    for namespace, name, words in compared:
        possible = _possible(policy, namespace, name, forms)
        for word in words:
            if not word:
                yield Problem(said.path, EMPTY, {"fact": f"{namespace}.{name}"}, article)
            elif possible and word not in possible:
                told = {"fact": f"{namespace}.{name}", "answer": word, "known": ", ".join(sorted(possible))}
                yield Problem(said.path, NO_SUCH_ANSWER, told, article)


def _possible(policy: Policy, namespace: str, name: str, forms: list[Form]) -> set[str]:
    """The answers a fact can have; empty where any text will do."""
    if namespace == "org":
        return set(get_args({"kind": ApplicantKind, "legal_status": LegalStatus}.get(name)) or ())
    if namespace == "check":
        return {choice for check in policy.checks if check.key == name for choice in check.choices}
    questions = [_questions(form)[name] for form in forms if name in _questions(form)]
    return {choice.key for field in questions if field.type == "choice" for choice in field.choices}


def sectors_are_known(policy: Policy) -> Iterator[Problem]:
    """``'x' in org.sectors`` names a sector that an organisation can have."""
    message = _("there is no sector '{key}'; the nearest is '{near}'")
    for said in expressions(policy):
        for word in re.findall(r"'([^']*)'\s+in\s+org\.sectors", said.value):
            if word not in facts.SECTORS:
                yield Problem(said.path, message, {"key": word, "near": nearest(word, facts.SECTORS) or "—"})
