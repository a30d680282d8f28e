"""Every article cited has its one-line summary."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from jurisdictions.policy.checks.walk import everything
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem, nearest

NO_ARTICLE = _("article '{article}' is cited but not among 'articles'; the nearest is '{near}'")


def cited(policy: Policy) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each citation, with its path."""
    for said in everything(policy):
        if said.value and (said.name == "article" or said.name.endswith("_article")):
            yield said.path, said.value
        elif said.name == "also":
            yield from (((*said.path, i), number) for i, number in enumerate(said.value))


def articles_exist(policy: Policy) -> Iterator[Problem]:
    for path, number in cited(policy):
        if number not in policy.articles:
            near = nearest(number, policy.articles) or "—"
            yield Problem(path, NO_ARTICLE, {"article": number, "near": near}, article=number)
