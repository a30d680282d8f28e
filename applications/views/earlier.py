"""Earlier answers brought over: which application, which answers; everything is shown before anything is written."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from applications.domain import bringing
from applications.rules import may_write, reads
from applications.views.common import application_for, masked_for, shared
from core.pages import attempt


@login_required
@require_http_methods(["GET", "POST"])
def earlier(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Choose a source, see each answer beside the present one, bring over what is ticked."""
    application = application_for(request, pk, may_write)
    found = [one for one in bringing.sources(application) if reads(request.user, one.entry)]
    wanted = request.POST.get("source") or request.GET.get("source", "")
    source = next((one for one in found if str(one.pk) == wanted), None if wanted else next(iter(found), None))
    if wanted and source is None:
        raise Http404
    if request.method == "POST" and source is not None:
        given = request.POST.get("version", "")
        count = attempt(
            request, bringing.bring, application=application, source=source, keys=request.POST.getlist("key"),
            version=int(given) if given.isdigit() and len(given) < 9 else 0,
        )  # fmt: skip
        if count:
            told = ngettext(
                "{n} answer was brought over. Check it.", "{n} answers were brought over. Check them.", count
            )
            messages.success(request, told.format(n=count))
            return redirect("applications:application", code=code, pk=pk)
    for one in found:
        one.prize_name = str(one.entry.round.rules.prize(one.entry.prize).name)  # type: ignore[attr-defined]
    parts = bringing.offers(application, source) if source else []
    context = shared(request, application) | {
        "sources": found,
        "source": source,
        "parts": parts,
        "masked": masked_for(request, application),
    }
    return render(request, "applications/earlier.html", context)
