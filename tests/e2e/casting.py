"""The people and bodies of a test, with real memberships, and the invented applicants' particulars. Everything after is done on pages."""

from __future__ import annotations

import datetime as dt
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from django.db import connections
from django_scopes import scope

from accounts import codes
from accounts.models import User
from applications.invention import invent
from awards.demo import _bodies, _People, _staff
from documents import papers
from jurisdictions.models import PolicyDocument
from rounds.models import Round, RoundStage, StageEntry
from tests import worlds
from tests.e2e.acting import Enter, Person

DOMAIN = "demo.invalid"


@dataclass
class Stage:
    """Everybody of one jurisdiction, and the round under way. It looks things up; it never acts."""

    enter: Enter
    document: PolicyDocument
    people: dict[str, Person] = field(default_factory=dict)
    round_id: int = 0

    @property
    def code(self) -> str:
        return self.document.jurisdiction.code

    def __getitem__(self, key: str) -> Person:
        """The person with that key, at a browser of their own."""
        if key not in self.people:
            user = User.objects.get(email=f"{key}@{self.code}.{DOMAIN}")
            self.people[key] = Person(self.enter(user), self.code, user)
        return self.people[key]

    def newcomer(self, key: str, name: str) -> Person:
        """Somebody with an account and no role."""
        user = User.objects.create(email=f"{key}@{self.code}.{DOMAIN}", name=name, password="!")
        self.people[key] = Person(self.enter(user), self.code, user)
        return self.people[key]

    def visitor(self) -> Person:
        return Person(self.enter(None), self.code)

    def keys(self, start: str) -> list[str]:
        """Keys of the people whose key begins so."""
        users = User.objects.filter(email__startswith=start, email__endswith=f"@{self.code}.{DOMAIN}").order_by("pk")
        return [user.email.split("@")[0] for user in users]

    def round(self) -> Round:
        with self.inside():
            found: Round = Round.objects.select_related("jurisdiction", "policy").get(pk=self.round_id)
            return found

    def stage(self, key: str) -> RoundStage:
        with self.inside():
            found: RoundStage = RoundStage.objects.select_related("round__jurisdiction", "round__policy").get(
                round=self.round_id, key=key
            )
            return found

    def rows(self, key: str, status: str = "") -> list[StageEntry]:
        """The entries of a stage, in the order in which they came."""
        with self.inside():
            rows = (
                StageEntry.objects.filter(stage__round=self.round_id, stage__key=key)
                .select_related("entry__organisation")
                .order_by("entry_id")
            )
            return list(rows.filter(status=status) if status else rows)

    def inside(self) -> Any:
        return scope(jurisdiction=self.document.jurisdiction)

    def make_papers(self) -> None:
        """What a worker does meanwhile, in a thread of its own: the browser's loop runs in this one."""
        with ThreadPoolExecutor(1) as worker:
            worker.submit(_make_papers).result()


def _make_papers() -> None:
    try:
        for pk in papers.left_over():
            papers.make(pk)
    finally:
        connections.close_all()


def assemble(enter: Enter, name: str) -> Stage:
    """Load a policy; give it office, supervision, approver, tellers, electors, and an officer for each body."""
    document = worlds.load(name)
    with scope(jurisdiction=document.jurisdiction):
        people = _People(document.jurisdiction)
        _staff(people, document)
        _bodies(people)
    return Stage(enter, document)


def particulars(
    stage: Stage, prize: str, number: int, *, opens: dt.date, closes: dt.date, **org: Any
) -> dict[str, dict[str, Any]]:
    """What an applicant that meets every condition would type: its organisation's profile and its answers."""
    profile = invent(stage.document.policy, prize, random.Random(number), closes_on=closes, opened_on=opens)
    profile["org"] |= org
    return profile


def organisation_form(profile: dict[str, Any], name: str, number: int) -> dict[str, Any]:
    """The profile as the registration page asks for it."""
    org = profile["org"]
    code = codes.build("9", "1", f"99{org['region'][2:6]}", f"{number:08d}")
    return {
        "name": name, "code": code, "kind": org["kind"] or "enterprise", "legal_status": org.get("legal_status") or "legal_person",
        "industry": org.get("industry") or "C", "activities": org.get("activities") or ["production"], "sectors": org["sectors"],
        "size": org["size"], "employees": org["employees"], "region": org["region"], "address": "示例路 1 号（虚构）",
        "founded_on": org["founded_on"], "operating_since": org["operating_since"], "operating": True, "head_name": "示例负责人",
        "contact_name": "示例联系人", "contact_phone": "000-1000001", "rehearsal": True,
    }  # fmt: skip
