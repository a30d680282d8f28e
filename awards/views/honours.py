"""Honours, for their holders and for those who run and supervise."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET
from guardian.shortcuts import get_objects_for_user

from accounts.models import Organisation
from awards.domain.sanctioning import possible, today_of
from awards.forms import ITEMS
from awards.lists import Honours
from awards.models import Honour
from awards.rules import acts_for_holder, runs_awards, sees_awards
from awards.views.common import here, honour_for, rules_for
from documents import papers
from jurisdictions.lists import serve


@login_required
@require_GET
def index(request: HttpRequest, code: str) -> HttpResponseBase:
    """All honours for the office; one's own for holders."""
    rows = Honour.objects.filter(jurisdiction=here(request)).select_related("world")
    everything = sees_awards(request.user, here(request))
    if everything:
        rows = rows.filter(world=None)
    else:
        mine = get_objects_for_user(
            request.user, ["accounts.act_for", "accounts.read_for"], Organisation, any_perm=True, with_superuser=False
        )
        rows = rows.filter(organisation__in=mine)
        if not rows.exists():
            raise Http404
    context = {"everything": everything, "may_enter": runs_awards(request.user, here(request))}
    return serve(request, Honours(request, rows, code=code), "awards/honours.html", context)


@login_required
@require_GET
def detail(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One honour: certificate, reward, what its holder owes, what happened to it."""
    honour = honour_for(request, pk)
    rules = rules_for(honour)
    staff = sees_awards(request.user, honour)
    context = {
        "honour": honour, "rules": rules, "round": honour.world, "today": today_of(honour.world), "staff": staff,
        "papers": list(papers.of_subject(honour)), "items": [ITEMS.get(item, item) for item in honour.items],
        "events": list(honour.events.all() if staff else honour.events.filter(public=True)),
        "payment": getattr(honour, "payment", None), "records": list(honour.duty_records.select_related("recorded_by")[:50]),
        "duties": [duty for duty in (rules.duties if rules else []) if duty.who == "holder"],
        "cases": list(honour.cases.all()[:20]) if staff else [], "reports": list(honour.misuse_reports.all()[:20]) if staff else [],
        "may_record": acts_for_holder(request.user, honour) or runs_awards(request.user, honour),
        "may_open_case": bool(rules and runs_awards(request.user, honour) and honour.stands and possible(rules, honour)),
        "may_report": runs_awards(request.user, honour),
    }  # fmt: skip
    return render(request, "awards/honour.html", context)
