"""“Can we apply?”: a questionnaire before any form, open to everybody; its answers go into the application that is started."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.models import Organisation
from applications.domain import answering
from applications.domain.chances import Inquiry
from applications.forms import fields, posting
from applications.forms.answers import Answered, FieldProblem
from applications.forms.layout import Layout, layout
from applications.forms.profile_fields import both
from applications.forms.questions import questions
from applications.models import Application
from applications.queries.applying import open_rounds
from applications.views.common import me
from core.refusals import Refused
from jurisdictions.policy.forms import Field, Section
from rounds.models import Round

_SESSION, MOST_KEPT = "chances", 4


@require_http_methods(["GET", "POST"])
def can_we_apply(request: HttpRequest, code: str) -> HttpResponse:
    """Ask, and answer at once."""
    organisations, rounds = _organisations(request), _rounds(request)
    organisation = _chosen(request, organisations)
    fitting = [one for one in rounds if organisation is None or one.is_rehearsal == organisation.rehearsal]
    round_ = next((one for one in fitting if str(one.pk) == _given(request, "round")), next(iter(fitting), None))
    context: dict[str, Any] = {
        "organisations": organisations,
        "organisation": organisation,
        "rounds": fitting,
        "round": round_,
    }
    if round_ is None:
        return render(request, "applications/can_we_apply.html", context)
    if request.method == "POST":
        _take(request, round_, organisation)
        query = {"round": round_.pk, **({"organisation": organisation.pk} if organisation else {})}
        return redirect(f"{reverse('applications:can_we_apply', kwargs={'code': code})}?{urlencode(query)}#answer")
    inquiry = Inquiry(round_, organisation, _kept(request, round_, organisation))
    asked = inquiry.questions()
    context |= {
        "rules": inquiry.policy, "questions": _shown(inquiry, asked), "begun": bool(inquiry.answers), "chances": inquiry.chances(),
        "open_questions": [q for path, q in asked if path not in inquiry.answers], "masked": set(), "taken": _taken(organisation, round_),
    }  # fmt: skip
    return render(request, "applications/can_we_apply.html", context)


def carry(request: HttpRequest, application: Application) -> None:
    """What the questionnaire was told goes into the draft that was started; whatever the form would refuse stays out."""
    round_, organisation = application.entry.round, application.entry.organisation
    answers = _kept(request, round_, organisation) or _kept(request, round_, None)
    plan = layout(round_.rules, application.entry.prize)
    given = {path.partition(".")[2]: value for path, value in answers.items() if path.startswith("form.")}
    fitting = {key: value for key, value in given.items() if key in plan.fields and not fields.is_empty(value)}
    if fitting:
        try:
            answering.save_answers(actor=me(request), application=application, answers=fitting, version=0)
        except Refused:
            return


def _take(request: HttpRequest, round_: Round, organisation: Organisation | None) -> None:
    """Read what was posted; what cannot be read stays as typed, so that it is shown again with its error."""
    inquiry = Inquiry(round_, organisation, _kept(request, round_, organisation))
    asked = inquiry.questions()
    section = _section(asked)
    given = posting.answers(section, frozenset(one.key for one in section.fields), request.POST)
    answers = dict(inquiry.answers)
    for path, question in asked:
        answers[path] = fields.read(question, given[_key(path)], inquiry.today).value
        if question.type in ("choices", "rows"):  # left empty: none of these
            answers[path] = answers[path] or []
    kept = {
        name: value for name, value in request.session.get(_SESSION, {}).items() if name != _name(round_, organisation)
    }
    kept[_name(round_, organisation)] = {path: value for path, value in answers.items() if value is not None}
    request.session[_SESSION] = dict(list(kept.items())[-MOST_KEPT:])


def _shown(inquiry: Inquiry, asked: list[tuple[str, Field]]) -> list[Any]:
    section = _section(asked)
    if not asked:
        return []
    plan = Layout(inquiry.policy.form_for(inquiry.prizes()[0].key), [section])
    answers = {_key(path): inquiry.answers.get(path) for path, _question in asked}
    wrong = [
        FieldProblem("facts", _key(path), problem.code, problem.text, question.article or "", problem.where)
        for path, question in asked
        for problem in fields.read(question, inquiry.answers.get(path), inquiry.today).problems
    ]
    everything = Answered({}, frozenset(plan.fields), {})
    return questions(section, plan, everything, answers, wrong, (), (), None, inquiry.round.year - 1)


def _section(asked: list[tuple[str, Field]]) -> Section:
    fields_ = [question.model_copy(update={"key": _key(path)}) for path, question in asked]
    return Section.model_construct(key="facts", title=both("—"), help=None, fields=fields_)


def _key(path: str) -> str:
    return path.replace(".", "-", 1)


def _name(round_: Round, organisation: Organisation | None) -> str:
    return f"{round_.pk}:{organisation.pk if organisation else 0}"


def _kept(request: HttpRequest, round_: Round, organisation: Organisation | None) -> dict[str, Any]:
    found: dict[str, Any] = dict(request.session.get(_SESSION, {}).get(_name(round_, organisation), {}))
    return found


def _organisations(request: HttpRequest) -> list[Organisation]:
    if not request.user.is_authenticated:
        return []
    return list(Organisation.objects.filter(members__user=me(request)).select_related("parent").order_by("name"))


def _chosen(request: HttpRequest, organisations: list[Organisation]) -> Organisation | None:
    """The one named, else the only one; nobody (“0”) asks in general."""
    wanted = _given(request, "organisation")
    if wanted and wanted != "0":
        found = next((one for one in organisations if str(one.pk) == wanted), None)
        if found is None:
            raise Http404
        return found
    return organisations[0] if organisations and not wanted else None


def _rounds(request: HttpRequest) -> list[Round]:
    """Rounds that take applications; a rehearsal is nobody's business but its own people's and the demonstration's."""
    found = open_rounds()
    demo = request.jurisdiction.demo  # type: ignore[attr-defined]
    if request.user.is_authenticated or demo:
        return found
    return [one for one in found if not one.is_rehearsal]


def _given(request: HttpRequest, name: str) -> str:
    return request.POST.get(name) or request.GET.get(name) or ""


def _taken(organisation: Organisation | None, round_: Round) -> dict[str, int]:
    """Applications that the organisation has in this round: ``{prize: number}``."""
    if organisation is None:
        return {}
    rows = Application.objects.filter(entry__organisation=organisation, entry__round=round_).exclude(
        entry__status="withdrawn"
    )
    return dict(rows.values_list("entry__prize", "pk"))
