"""Which pages there are: every address of the URL resolver, and what an address is called."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from django.contrib import admin
from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse

from tests import matrix

#: Signing in and out, one's own account, second factors: django-allauth's addresses.
ACCOUNT = ("account_", "mfa_")
#: Whose pages change with the state of a round.
IN_A_ROUND = ("rounds", "applications", "reviews", "voting", "publicity", "awards")


@functools.cache
def name_of(address: str) -> str:
    """``app:name`` of an address of ours; ``""`` of anybody else's."""
    parts = urlsplit(address)
    if parts.netloc:
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""


@functools.cache
def of_a_round(address: str) -> bool:
    """Whether the page is that of something in a round: an entry, a sheet, a poll."""
    app, _colon, _name = name_of(address).partition(":")
    return app in IN_A_ROUND and "pk" in resolve(urlsplit(address).path).kwargs


def known(name: str) -> bool:
    """Whether a page of that name is crawled: our own apps' and the account pages."""
    return name.startswith(ACCOUNT) or name in _ours()


@functools.cache
def _ours() -> frozenset[str]:
    return frozenset(matrix.addresses())


def account_pages() -> Iterator[str]:
    """Account pages that take no arguments."""
    for pattern in _patterns(get_resolver().url_patterns):
        name = pattern.name or ""
        if name.startswith(ACCOUNT):
            with suppress(NoReverseMatch):  # takes arguments: met through links in letters only
                yield reverse(name)


def _patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            if not pattern.namespace:
                yield from _patterns(pattern.url_patterns)
        else:
            yield pattern


def operator_pages() -> Iterator[str]:
    """The operator's admin: its front, each model's list and, where one may add, its form."""
    yield reverse("admin:index")
    for model, site in admin.site._registry.items():
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{address}_changelist")
        if type(site).has_add_permission is admin.ModelAdmin.has_add_permission:
            yield reverse(f"{address}_add")
