"""A small jurisdiction of its own with a rehearsal round, an organisation and its people; the policy is built in the test."""

from __future__ import annotations

import copy
import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from django.core.files.base import ContentFile

from accounts import codes
from accounts.domain import join, register_organisation
from accounts.models import Organisation, User
from applications.domain import answering, starting
from applications.models import Application
from core.clock import LEGAL_ZONE
from jurisdictions import roles
from jurisdictions.models import Jurisdiction, PolicyDocument
from rounds import engine
from rounds.models import Round, RoundStage

STARTS = dt.datetime(2025, 3, 3, 9, tzinfo=LEGAL_ZONE)
CLOSES_ON = dt.date(2025, 4, 10)


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


FIELDS: list[dict[str, Any]] = [
    {"key": "summary", "label": text("Summary"), "type": "long_text", "max_length": 200},
    {"key": "staff", "label": text("Staff"), "type": "integer", "min_value": 1},
    {"key": "certified", "label": text("Certified"), "type": "yes_no"},
    {
        "key": "certified_on", "label": text("Certified on"), "type": "date", "not_future": True, "required": False,
        "required_when": "form.certified", "shown_when": "form.certified",
    },
    {"key": "brands", "label": text("Brands"), "type": "choices", "required": False,
        "choices": [{"key": "a", "label": text("A")}, {"key": "b", "label": text("B")}]},
]  # fmt: skip
SECOND: list[dict[str, Any]] = [
    {"key": "licence", "label": text("Licence"), "type": "files", "max_files": 2},
    {"key": "honest", "label": text("Honest"), "type": "declaration", "must_accept": True, "article": "7"},
]
ANSWERS = {"summary": "What we do", "staff": "120", "certified": True, "certified_on": "2020-05-01", "honest": True}
CALL = {"kind": "call", "key": "call", "name": text("Call"), "article": "3"}
INTAKE = {"kind": "intake", "key": "intake", "name": text("Intake"), "article": "4", "min_days": 5}


def policy(**changes: Any) -> dict[str, Any]:
    """A policy document; ``changes`` replace its parts."""
    document: dict[str, Any] = {
        "format": 1, "code": "test-town", "edition": "1", "status": "draft", "title": text("Rules"), "award": text("Award"),
        "issuer": text("Government"), "effective": {"open": True}, "effective_article": "99", "territory": ["9901"],
        "articles": {str(n): text(f"Article {n}") for n in range(1, 100)},
        "organs": [{"key": "office", "kind": "office", "name": text("Office"), "article": "2"}],
        "cycle": {"article": "2", "every_years": 1, "base_year": 2020},
        "prizes": [{"key": "quality", "name": text("Quality"), "article": "1", "applicants": ["enterprise", "hospital"], "legal_status_article": "9"}],
        "forms": [{"key": "form", "title": text("Form"), "article": "5", "prizes": ["quality"], "sections": [
            {"key": "first", "title": text("First"), "fields": FIELDS}, {"key": "second", "title": text("Second"), "fields": SECOND},
        ]}],
        "recusal": {"article": "8", "covers": ["reviewer"]}, "objections": {"article": "8"}, "stages": [CALL, INTAKE],
    }  # fmt: skip
    return {**copy.deepcopy(document), **copy.deepcopy(changes)}


def pdf(name: str = "proof.pdf") -> ContentFile:
    """A small clean file."""
    document, buffer = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.save(buffer)
    return ContentFile(buffer.getvalue(), name=name)


def person(name: str) -> User:
    return User.objects.create(email=f"{name}@people.invalid", name=name, password="!")


def uscc(number: int) -> str:
    """A valid code whose region is no province."""
    alphabet = "0123456789ABCDEFGH"
    return codes.build("9", "1", "990101", "".join(alphabet[int(c)] for c in f"{number:08d}"))


@dataclass
class Ground:
    """Everybody in a test round. ``office`` prepares, ``head`` releases; ``owner`` may file, ``editor`` writes, ``stranger`` neither."""

    jurisdiction: Jurisdiction
    round: Round
    office: User
    head: User
    owner: User
    editor: User
    stranger: User
    organisation: Organisation

    def start(self, **changes: Any) -> Application:
        given = {
            "actor": self.owner,
            "round_": self.round,
            "organisation": self.organisation,
            "prize": "quality",
            **changes,
        }
        return starting.start(**given)

    def written(self, **answers: Any) -> Application:
        """A complete draft."""
        from applications.domain import attaching

        application = self.start()
        answering.save_answers(actor=self.owner, application=application, answers={**ANSWERS, **answers}, version=0)
        attaching.attach(actor=self.owner, application=application, field="licence", upload=pdf())
        return Application.objects.get(pk=application.pk)

    def stage(self, key: str) -> RoundStage:
        return RoundStage.objects.select_related("round__jurisdiction", "round__policy").get(round=self.round, key=key)

    def move(self, moment: dt.datetime) -> None:
        self.round = engine.move_clock(actor=self.office, round_=self.round, to=moment)

    def another(self, number: int, **changes: Any) -> Organisation:
        given = {
            "actor": self.owner,
            "name": f"示例单位 {number}",
            "kind": "enterprise",
            "code": uscc(number),
            "rehearsal": True,
            **changes,
        }
        return register_organisation(**given)


def lay(document: dict[str, Any] | None = None, *, code: str = "test-town") -> Ground:
    """The ground, its call closed and applications open. Call it inside no scope; then work inside ``scope(jurisdiction=…)``."""
    from django_scopes import scope

    document = document or policy()
    jurisdiction = Jurisdiction.objects.create(code=code, name_zh="测试市", name_en="Test Town")
    operator = User.objects.create(email=f"operator@{code}.invalid", name="operator", password="!", is_superuser=True)
    office, head = person(f"office-{code}"), person(f"head-{code}")
    with scope(jurisdiction=jurisdiction):
        edition = PolicyDocument.objects.create(
            jurisdiction=jurisdiction, edition=document["edition"], document={**document, "code": code}
        )
        for user, role in ((office, "office"), (head, "office_head")):
            roles.begin(actor=operator, user=user, role=role, jurisdiction=jurisdiction)
        round_ = engine.create_round(
            actor=office, jurisdiction=jurisdiction, policy=edition, year=2025, kind="rehearsal", starts_at=STARTS
        )
        round_ = engine.open_round(actor=head, round_=round_, closes_on=CLOSES_ON)
        engine.close_stage(actor=head, stage=RoundStage.objects.get(round=round_, position=0))
        engine.open_next(actor=office, round_=round_)
        owner, editor, stranger = person(f"owner-{code}"), person(f"editor-{code}"), person(f"stranger-{code}")
        organisation = register_organisation(
            actor=owner, name="示例甲有限公司", kind="enterprise", code=uscc(abs(hash(code)) % 10_000), region="990101", industry="C", rehearsal=True,
            founded_on=dt.date(2010, 5, 1), operating_since=dt.date(2010, 5, 1),
        )  # fmt: skip
        join(actor=owner, organisation=organisation, user=editor)
    return Ground(jurisdiction, round_, office, head, owner, editor, stranger, organisation)
