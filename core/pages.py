"""What every page shares: calling the domain without losing a word, keyset pages, safe 'back' links."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core import reading
from core.refusals import Refused

T = TypeVar("T")


def attempt(request: HttpRequest, act: Callable[..., T], *, done: str = "", **arguments: Any) -> T | None:
    """Call a domain function as the signed-in person; show its refusal, or ``done``, as a message.

    Returns the function's result, or ``None`` when it refused (nothing has then been written).
    """
    try:
        with transaction.atomic(), reading.anew():
            result = act(actor=request.user, **arguments)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return result


def submit(
    request: HttpRequest, form: forms.BaseForm, act: Callable[..., Any], *, done: str = "", **arguments: Any
) -> Any:
    """Call a domain function as the signed-in person; its refusal goes onto the (valid) form, at its field where it names one.

    ``done`` is told once it is.

    Returns the function's result, or ``None`` when it refused.
    """
    try:
        with transaction.atomic(), reading.anew():
            result = act(actor=request.user, **arguments)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None
    if done:
        messages.success(request, done)
    return result


def carry_out(
    request: HttpRequest, form: forms.Form, act: Callable[..., Any], *, page: str, again: Callable[[forms.Form], HttpResponse],
    done: str, then: str = "", **arguments: Any,
) -> HttpResponse:  # fmt: skip
    """What a form folded into a page asks for, at an address of its own; then on to ``then`` (or back to ``page``).

    Refused, or filled in wrongly, ``again(form)`` shows the page (status 422) with the form open: everything typed, each error at its
    field. Where the page has no such form any more (somebody else was faster), the page is shown as it is now and says why.
    """
    if form.is_valid():
        given = partial(act, **form.cleaned_data, **arguments)  # a field may be called like a parameter of submit
        submit(request, form, given)
    if form.is_valid():
        messages.success(request, done)
        return redirect(then or page)
    request.stands_on = page  # type: ignore[attr-defined]  # where another language, or a reload, leads
    response = again(form)
    if b"error-summary" not in response.content:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(page)
    response.status_code = 422
    return response


def back(request: HttpRequest, default: str) -> str:
    """The ``next`` address when it is a path of ours, else ``default``; a bare word would be taken for a view's name."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = target.startswith("/")
    if ours and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return default
