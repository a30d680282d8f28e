"""Any form that the schema accepts can be shown, filled in, read back and filed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.domain import answering, attaching, filing
from applications.domain.checklist import Survey
from applications.domain.receipts import printed
from applications.forms import posting
from applications.forms.layout import layout
from applications.forms.questions import questions
from applications.invention import invent
from applications.models import Application
from documents.rendering import heading
from jurisdictions.policy.parsing import parse
from rounds.models import Entry, Round
from tests.applications.ground import Ground, lay, pdf, policy, text

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(text)
CHOICES = st.lists(NAMES, min_size=1, max_size=8, unique=True).map(
    lambda keys: [{"key": key, "label": text(key.upper())} for key in keys]
)
BOUNDS = st.tuples(st.integers(0, 50), st.integers(51, 900))


@st.composite
def columns(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(["text", "integer", "decimal", "money", "date", "yes_no", "choice"]))
    more = {"choices": draw(CHOICES)} if kind == "choice" else {}
    return {"key": draw(NAMES), "label": draw(WORDS), "type": kind, "required": draw(st.booleans()), **more}


KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "text": st.fixed_dictionaries({}, optional={"max_length": st.integers(1, 60)}),
    "long_text": st.fixed_dictionaries({}, optional={"max_length": st.integers(1, 60)}),
    **dict.fromkeys(
        ("integer", "decimal", "money", "percent"),
        st.just({}) | BOUNDS.map(lambda b: {"min_value": b[0], "max_value": b[1]}),
    ),
    "date": st.fixed_dictionaries({"not_future": st.booleans()}),
    "yes_no": st.just({}),
    "files": st.just({}),
    "choice": st.fixed_dictionaries({"choices": CHOICES}),
    "choices": st.fixed_dictionaries({"choices": CHOICES}),
    "declaration": st.fixed_dictionaries({"must_accept": st.booleans()}),
    "rows": st.fixed_dictionaries(
        {
            "columns": st.lists(columns(), min_size=1, max_size=3, unique_by=lambda c: c["key"]),
            "min_rows": st.integers(0, 3),
        }
    ),
    "indicators": st.fixed_dictionaries(
        {
            "indicators": st.lists(NAMES, min_size=1, max_size=3, unique=True).map(
                lambda keys: [{"key": k, "label": text(k)} for k in keys]
            ),
            "years": st.integers(1, 5),
        }
    ),
}


@st.composite
def questions_of(draw: st.DrawFn, key: str, before: list[str]) -> dict[str, Any]:
    """A question of any type, perhaps asked only where an earlier one was answered with yes."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    asked: dict[str, Any] = {
        "key": key,
        "label": draw(WORDS),
        "type": kind,
        "required": draw(st.booleans()),
        **draw(KINDS[kind]),
    }
    if before and draw(st.integers(0, 3)) == 0:
        asked["shown_when"] = f"form.{draw(st.sampled_from(before))}"
        if draw(st.booleans()):
            asked |= {"required": False, "required_when": asked["shown_when"]}
    return asked


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A whole policy document whose form holds any mixture of questions."""
    sections, answered = [], []
    for place in range(draw(st.integers(1, 3))):
        fields = []
        for number in range(draw(st.integers(1, 5))):
            asked = draw(questions_of(f"f{place}_{number}", answered))
            fields.append(asked)
            if asked["type"] == "yes_no":
                answered.append(asked["key"])
        sections.append({"key": f"s{place}", "title": draw(WORDS), "fields": fields})
    form = {"key": "form", "title": text("Form"), "article": "5", "prizes": ["quality"], "sections": sections}
    document = policy(forms=[form])
    if draw(st.booleans()):
        leaves = [
            {
                "key": f"leaf{n}",
                "title": draw(WORDS),
                "points": 10,
                "key_points": draw(st.lists(WORDS, min_size=1, max_size=3)),
            }
            for n in range(draw(st.integers(1, 3)))
        ]
        document["sheets"] = [
            {
                "key": "sheet",
                "title": text("Sheet"),
                "criteria": [{"key": "all", "title": text("All"), "points": 10, "children": leaves}],
            }
        ]
        form |= {"self_evaluation": "sheet", "self_evaluation_length": 500}
    return document


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    found = lay()
    with scope(jurisdiction=found.jurisdiction):
        yield found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(document=forms(), seed=st.integers(0, 999))
def test_any_form_can_be_shown_filled_in_and_filed(ground: Ground, document: dict[str, Any], seed: int) -> None:
    sid = transaction.savepoint()
    try:
        _round_trip(ground, document, seed)
    finally:
        transaction.savepoint_rollback(sid)


def _round_trip(ground: Ground, document: dict[str, Any], seed: int) -> None:
    document = {**document, "code": ground.jurisdiction.code}
    rules = parse(document)
    Round.objects.filter(pk=ground.round.pk).update(
        rules_document=document, rules_sha256=f"{abs(hash(str(document))):064x}"[:64]
    )
    ground.round = Round.objects.select_related("jurisdiction").get(pk=ground.round.pk)
    application = ground.start()
    profile = invent(
        rules, "quality", random.Random(seed), closes_on=ground.round.closes_on, opened_on=ground.round.opened_at.date()
    )
    application = _typed_in_a_browser(ground, application, profile["form"])
    survey = Survey(application)
    for gap in survey.gaps:
        if gap.code == "file_missing":
            attaching.attach(actor=ground.owner, application=application, field=gap.field, upload=pdf())
    assert list(Survey(application).gaps) == []
    version = filing.file(actor=ground.owner, application=application)
    assert Entry.objects.get(pk=application.pk).status == "active"
    paper = version.paper
    assert render_to_string(paper.template, {**paper.context, "paper": heading(paper)})
    assert len(printed(Survey(Application.objects.get(pk=application.pk)), version)) <= len(
        layout(rules, "quality").sections
    )


def _typed_in_a_browser(ground: Ground, application: Application, answers: dict[str, Any]) -> Application:
    """Every section is rendered, and sent as a browser would send it; asked again until nothing new appears."""
    plan = layout(ground.round.rules, "quality")
    for _again in range(4):
        for section in plan.sections:
            survey = Survey(
                Application.objects.select_related("entry__round__jurisdiction", "entry__organisation").get(
                    pk=application.pk
                )
            )
            shown = questions(section, plan, survey.answered, answers, survey.problems, (), (), None, 2024)
            for question in shown:
                context = {
                    "q": question,
                    "rules": ground.round.rules,
                    "masked": set(),
                    "secrets_article": "13",
                    "accept": ".pdf",
                }
                assert f'id="f-{question.key}"' in render_to_string("applications/fields/question.html", context)
                assert render_to_string("applications/fields/question.html", {**context, "readonly": True})
            data = posting.answers(section, survey.answered.asked, _post(shown), plan)
            application = answering.save_section(
                actor=ground.owner, application=application, section=section.key, data=data, version=10**6
            )
    return application


def _post(shown: list[Any]) -> QueryDict:
    """The controls of these questions as a browser sends them."""
    post = QueryDict(mutable=True)
    for question in shown:
        if question.is_table:
            post[f"{question.name}-rows"] = str(len(question.rows))
            post.update({cell.name: cell.value for _title, cells in question.rows for cell in cells})
        elif question.parts:
            post.update({question.name: question.general, **{part.name: f"{part.label}?" for part in question.parts}})
        elif question.template == "choices":
            post.setlist(question.name, question.value or [])
        elif question.template != "files" and question.value is not None and question.value is not False:
            post[question.name] = "true" if question.value is True else str(question.value)
        elif question.template == "yes_no" and question.value is False:
            post[question.name] = "false"
    return post
