"""What happens to every policy document on its way into the database, by whichever door (form, command, ``loaddata``)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as _

from core import clock
from core.fields import digest, plain
from jurisdictions.models import PolicyDocument
from jurisdictions.policy import library, marks
from jurisdictions.policy.check import check
from jurisdictions.policy.loader import BadPolicy
from jurisdictions.policy.parsing import parse
from jurisdictions.policy.problems import Problem, from_pydantic


def make_whole(sender: type[PolicyDocument], instance: PolicyDocument, **_signal: Any) -> None:
    """Expand the building blocks, refuse what is no policy, and seal it with its hash (``pre_save``, raw saves too).

    Raises :class:`~jurisdictions.policy.loader.BadPolicy`; a published document must pass every cross-check as well.
    """
    document = plain(library.expand(instance.document))
    problems = [problem.located(document, (), "") for problem in _problems(instance, document)]
    if problems:
        raise BadPolicy(problems)
    instance.document, instance.sha256 = document, digest(document)
    instance.__dict__.pop("policy", None)
    if getattr(instance, "loaded_at", None) is None:  # a raw save skips auto_now_add
        instance.loaded_at = clock.now()


def _problems(instance: PolicyDocument, document: Any) -> list[Problem]:
    from pydantic import ValidationError

    try:
        policy = parse(document)
    except ValidationError as error:
        return from_pydantic(error, document)
    found = check(policy) if instance.status == PolicyDocument.Status.PUBLISHED else []
    wrong = _("the row says '{row}', the document '{document}'")
    pairs: tuple[tuple[marks.Path, str, str], ...] = (
        (("code",), instance.jurisdiction.code, policy.code),
        (("edition",), instance.edition, policy.edition),
    )
    return found + [Problem(path, wrong, {"row": row, "document": own}) for path, row, own in pairs if row != own]
