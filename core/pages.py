"""What every page shares: calling the domain without losing a word, keyset pages, safe 'back' links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from core.refusals import Refused

T = TypeVar("T")


def attempt(request: HttpRequest, act: Callable[..., T], *, done: str = "", **arguments: Any) -> T | None:
    """Call a domain function as the signed-in person; show its refusal, or ``done``, as a message.

    Returns the function's result, or ``None`` when it refused (nothing has then been written).
    """
    try:
        with transaction.atomic():
            result = act(actor=request.user, **arguments)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return result


def submit(request: HttpRequest, form: forms.BaseForm, act: Callable[..., Any], **arguments: Any) -> Any:
    """Call a domain function as the signed-in person; its refusal goes onto the (valid) form, at its field where it names one.

    Returns the function's result, or ``None`` when it refused.
    """
    try:
        with transaction.atomic():
            return act(actor=request.user, **arguments)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def back(request: HttpRequest, default: str) -> str:
    """The ``next`` address when it is a path of ours, else ``default``; a bare word would be taken for a view's name."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = target.startswith("/")
    if ours and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default
