"""The public site: no sign-in, no rehearsal, a constant number of queries a page."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from core import clock
from core.keyset import page
from core.pages import submit
from core.refusals import Refused
from jurisdictions.exclusions import current_policy
from jurisdictions.lists import serve
from jurisdictions.models import Jurisdiction, PolicyDocument
from publicity import overview, readable
from publicity.domain import receiving
from publicity.forms import ObjectionForm
from publicity.lists import Notices
from publicity.models import Notice, Objection
from publicity.words import DAYS
from rounds.models import Round, RoundStage

#: Objections that one address may send in an hour.
MOST_AN_HOUR = 20


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Every government, by name; search; what is open now and the latest notices."""
    words = request.GET.get("q", "").strip()[:100]
    rows = Jurisdiction.objects.all()
    if words:
        rows = rows.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(code__icontains=words))
    found = page(rows, by=("name_zh", "id"), cursor=request.GET.get("cursor", ""), size=50)
    with scopes_disabled():
        now = clock.now()
        context = {"page": found, "q": words, "running": overview.running_in(found.rows, now.date()), "now": now}
        if not words and found.first:
            context |= {"closing": overview.closing_soon(now.date()), "notices": overview.latest()}
        return render(request, "publicity/front.html", context)


@require_safe
def jurisdiction(request: HttpRequest, code: str) -> HttpResponse:
    """A jurisdiction: its round under way, stage by stage, and its latest notices."""
    here = _here(request)
    rounds = Round.objects.filter(
        kind=Round.Kind.BINDING, status__in=(Round.Status.OPEN, Round.Status.CLOSED)
    ).select_related("policy")
    round_ = rounds.order_by("-year", "-id").first()
    stages: list[RoundStage] = []
    if round_ is not None:
        round_.jurisdiction = here
        stages = list(RoundStage.objects.filter(round=round_).order_by("position"))
        for stage in stages:
            stage.round = round_
    awarding = round_.rules if round_ else current_policy(here)
    now = clock.now()
    open_ = round_ is not None and round_.status == Round.Status.OPEN and round_.closes_on
    context = {
        "round": round_, "rules": round_.rules if round_ else None, "award": awarding.award if awarding else "", "stages": stages, "now": now,
        "takes_applications": bool(open_ and open_ >= now.date()), "windows": overview.running_windows(now),
        "notices": Notice.objects.public().select_related("jurisdiction")[: overview.FEW],
    }  # fmt: skip
    return render(request, "publicity/jurisdiction.html", context)


@require_safe
def notices(request: HttpRequest, code: str) -> HttpResponseBase:
    """All notices, newest first; by kind."""
    rows = Notice.objects.public().select_related("jurisdiction").defer("entries", "window", "body_zh", "body_en")
    return serve(request, Notices(request, rows, code=code, now=clock.now()), "publicity/notices.html")


@require_safe
def notice(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A notice: the list, the window day by day, how to object; ``?receipt=``: on to the objection of that number."""
    found = _public_notice(pk)
    receipt = request.GET.get("receipt", "").strip().lower()[:40]
    if receipt and Objection.objects.filter(notice=found, number=receipt).exists():
        return redirect("publicity:received", code, pk, receipt)
    now = clock.now()
    context = {
        "notice": found, "lines": [line for line in found.entries if "organisation" in line],
        "days": [{**step, "words": DAYS.get(step["reason"], step["reason"])} for step in found.steps],
        "running": found.is_running(now), "now": now, "takes": _takes_objections(found),
        "rules": found.round.rules if found.round else None, "receipt": receipt,
    }  # fmt: skip
    return render(request, "publicity/notice.html", context)


def object_(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Object to an entry of a published list."""
    found = _public_notice(pk)
    if not _takes_objections(found):
        raise Http404
    assert found.round is not None
    rules = found.round.rules.objections
    by = request.GET.get("by", "person")
    by = by if by in Objection.By.values else Objection.By.PERSON
    form = ObjectionForm(request.POST or None, request.FILES or None, notice=found, rules=rules, by=by)
    running = found.is_running(clock.now())
    if request.method == "POST" and form.is_valid() and not _throttled(request, form):
        objection = submit(request, form, receiving.receive, notice=found, **form.given)
        if objection:
            return redirect("publicity:received", code, pk, objection.number)
    kinds = [(key, label) for key, label in Objection.By.choices if key != "anonymous" or rules.anonymous == "noted"]
    context = {
        "notice": found, "form": form, "by": by, "kinds": kinds, "rules": found.round.rules, "running": running,
        "refused_by": by == Objection.By.ANONYMOUS and rules.anonymous == "refused",
    }  # fmt: skip
    return render(request, "publicity/object.html", context, status=422 if form.errors else 200)


@require_safe
def received(request: HttpRequest, code: str, pk: int, number: str) -> HttpResponse:
    """The receipt number, and how the objection stands; known to whoever knows the number."""
    found = _public_notice(pk)
    objection = get_object_or_404(Objection, notice=found, number=number)
    rules = found.round.rules if found.round else None
    return render(request, "publicity/received.html", {"notice": found, "objection": objection, "rules": rules})


@require_safe
def policy(request: HttpRequest, code: str) -> HttpResponse:
    """The regulation in readable form, from its data; ``?edition=`` for an earlier one."""
    here = _here(request)
    documents = list(PolicyDocument.objects.filter(jurisdiction=here).order_by("-edition"))
    shown = [d for d in documents if d.status == PolicyDocument.Status.PUBLISHED] or documents[:1]
    if not shown:
        raise Http404
    wanted = request.GET.get("edition")
    document = next((d for d in shown if d.edition == wanted), None) if wanted else shown[0]
    if document is None:
        raise Http404
    context = {"document": document, "rules": document.policy, "editions": shown, **readable.page_of(document)}
    return render(request, "publicity/policy.html", context)


def _here(request: HttpRequest) -> Jurisdiction:
    found: Jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    return found


def _public_notice(pk: int) -> Notice:
    rows = Notice.objects.public().select_related("jurisdiction", "round__policy", "round__jurisdiction", "stage")
    found: Notice = get_object_or_404(rows, pk=pk)
    if found.stage is not None and found.round is not None:
        found.stage.round = found.round
    return found


def _takes_objections(found: Notice) -> bool:
    return bool(found.kind == Notice.Kind.PUBLICITY and found.stage is not None and found.stage.spec.objections)


def _throttled(request: HttpRequest, form: Any) -> bool:
    """Puts the refusal on the form when one address sends too many."""
    key = f"objections-from:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=3600)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two calls
        count = 1
    if count > MOST_AN_HOUR:
        form.add_error(None, str(Refused("too_many_objections", limit=MOST_AN_HOUR)))
    return count > MOST_AN_HOUR
