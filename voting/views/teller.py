"""The teller's pages: make a key, open the box, sign the minutes."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from core.pages import attempt, submit
from voting.domain import counting, keys, unsealing
from voting.forms import PassphraseForm
from voting.models import Poll, TellerKey
from voting.views.access import any_poll, shared


@never_cache
@login_required
def key(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Make the key; its passphrase is shown in the answer to this one request, and nowhere again."""
    poll, mine = _own(request, pk)
    passphrase = attempt(request, keys.make_key, poll=poll) if request.method == "POST" else None
    if passphrase:
        mine.refresh_from_db()
    return _page(request, poll, mine, "voting/key.html", passphrase=passphrase)


@never_cache
@sensitive_post_parameters("passphrase")
@login_required
def unseal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take part in opening the box."""
    poll, mine = _own(request, pk)
    form = PassphraseForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and submit(
            request,
            form,
            unsealing.take_part,
            poll=poll,
            done=_("Your part in opening the box is done."),
            **form.cleaned_data,
        )
    ):
        return redirect("voting:poll", code, pk)
    return _page(request, poll, mine, "voting/unseal.html", form=form, tellers=_tellers(poll))


@never_cache
@sensitive_post_parameters("passphrase")
@login_required
def sign(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Sign the minutes."""
    poll, mine = _own(request, pk)
    form = PassphraseForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and submit(
            request, form, counting.sign_minutes, poll=poll, done=_("You have signed the minutes."), **form.cleaned_data
        )
    ):
        return redirect("voting:poll", code, pk)
    return _page(request, poll, mine, "voting/sign.html", form=form, title=_("Sign the minutes"))


def _own(request: HttpRequest, pk: int) -> tuple[Poll, TellerKey]:
    """The poll and the person's part in it; 404 for everybody else."""
    poll = any_poll(pk)
    return poll, get_object_or_404(TellerKey, poll=poll, teller=request.user)


def _tellers(poll: Poll) -> list[TellerKey]:
    return list(TellerKey.objects.filter(poll=poll).select_related("teller").order_by("position"))


def _page(request: HttpRequest, poll: Poll, mine: TellerKey, template: str, **context: Any) -> HttpResponse:
    status = 422 if getattr(context.get("form"), "errors", None) else 200
    return render(
        request, template, shared(request, poll.stage) | {"poll": poll, "mine": mine} | context, status=status
    )
