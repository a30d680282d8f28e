"""A demonstration for people to walk about in: invented people in every role, organisations, and a rehearsal round that waits for applications."""

from __future__ import annotations

import datetime as dt
import random

from django.db import transaction
from django_scopes import scope

from accounts.demo import DOMAIN
from accounts.models import User
from applications.invention import make_candidate
from applications.players.applicants import write
from awards.rehearsing import cast as casting
from awards.rehearsing import plan
from core.clock import legal_date
from jurisdictions import roles
from jurisdictions.models import Body, Jurisdiction, Membership, PolicyDocument, Role
from rounds import engine
from rounds.models import Round, RoundStage
from rounds.rehearsal import Cast, Rehearsal

SINGLE = (
    ("office", "评审办经办人", Role.OFFICE),
    ("office-head", "评审办负责人", Role.OFFICE_HEAD),
    ("supervisor", "监督组成员", Role.SUPERVISOR),
    ("approver", "政府办经办人", Role.APPROVER),
)
REVIEWERS = 4
ELECTORS_PER_SEAT = 2


@transaction.atomic
def furnish(document: PolicyDocument) -> bool:
    """People and a round for one jurisdiction; False when it is furnished already."""
    jurisdiction = document.jurisdiction
    with scope(jurisdiction=jurisdiction):
        if Membership.objects.filter(jurisdiction=jurisdiction, user__email__endswith=f".{DOMAIN}").exists():
            return False
        people = _People(jurisdiction)
        _staff(people, document)
        _bodies(people)
        _applicants(people, _round(people, document))
    return True


class _People:
    """Makes the demo's people: ``role@code.demo.invalid``."""

    def __init__(self, jurisdiction: Jurisdiction) -> None:
        self.jurisdiction, self.by = jurisdiction, casting.director()

    def make(self, key: str, name: str, role: str, **place: object) -> User:
        email = f"{key}@{self.jurisdiction.code}.{DOMAIN}"
        user, _made = User.objects.get_or_create(email=email, defaults={"name": f"{name}（示例）", "password": "!"})
        roles.begin(actor=self.by, user=user, role=role, jurisdiction=self.jurisdiction, **place)  # type: ignore[arg-type]
        return user

    def known(self, key: str) -> User:
        return User.objects.get(email=f"{key}@{self.jurisdiction.code}.{DOMAIN}")


def _staff(people: _People, document: PolicyDocument) -> None:
    policy = document.policy
    for key, name, role in SINGLE:
        people.make(key, name, role)
    for n in range(1, REVIEWERS + 1):
        people.make(f"reviewer-{n}", f"评审员{n}", Role.REVIEWER)
    votes = [stage for stage in policy.stages if stage.kind == "vote"]
    for n in range(1, max((stage.tellers.value.total for stage in votes), default=0) + 1):
        people.make(f"teller-{n}", f"计票人{n}", Role.TELLER)
    for organ in dict.fromkeys(key for stage in votes for key in stage.electorate):
        for seat in policy.organ(organ).seats:
            for n in range(1, min(seat.count or ELECTORS_PER_SEAT, ELECTORS_PER_SEAT) + 1):
                unit = f"{seat.unit.zh if seat.unit else seat.title.zh}{n}"
                name = f"{seat.title.zh}{n}"
                people.make(
                    f"{organ}-{seat.key}-{n}".replace("_", "-"),
                    name,
                    Role.COMMITTEE,
                    organ=organ,
                    seat=seat.key,
                    unit=unit,
                )


def _bodies(people: _People) -> None:
    for body in Body.objects.filter(jurisdiction=people.jurisdiction, active=True, rehearsal=False):
        people.make(f"body-{body.key}", f"{body.name_zh}经办人", Role.RECOMMENDER, body=body)
        people.make(f"body-{body.key}", f"{body.name_zh}经办人", Role.DEPARTMENT, body=body)


def _round(people: _People, document: PolicyDocument) -> Round:
    """A rehearsal round that takes applications, so that everybody can try their part; its clock is the office's to move."""
    policy = document.policy
    year, starts = plan.when(people.jurisdiction, policy, None)
    round_ = engine.create_round(
        actor=people.known("office"),
        jurisdiction=people.jurisdiction,
        policy=document,
        year=year,
        kind=Round.Kind.REHEARSAL,
        starts_at=starts,
    )
    closes_on = legal_date(starts) + dt.timedelta(days=plan.filing_days(policy))
    head = people.known("office-head")
    round_ = engine.open_round(actor=head, round_=round_, closes_on=closes_on)
    engine.close_stage(actor=head, stage=RoundStage.objects.get(round=round_, position=0))
    engine.open_next(actor=people.known("office"), round_=round_)
    return round_


def _applicants(people: _People, round_: Round) -> None:
    """For each prize on offer two organisations of the rehearsal: one with its application written and ready to file, one that has not begun."""
    ctx = Rehearsal(round=round_, random=random.Random(round_.year), cast=_cast(people), candidates=[])  # noqa: S311 - invented data
    for number, (prize, begun) in enumerate(
        ((prize, begun) for prize in round_.prizes for begun in (True, False)), start=1
    ):
        candidate = make_candidate(ctx, prize=prize, number=number)
        owner = candidate.owner
        owner.email = f"applicant-{number}@{people.jurisdiction.code}.{DOMAIN}"
        owner.name = f"申报组织经办人{number}（示例）"
        owner.save(update_fields=["email", "name"])
        if begun:
            write(ctx, candidate)


def _cast(people: _People) -> Cast:
    """The demo's own people in the roles of a rehearsal."""
    single = {
        role: people.known(role.replace("_", "-")) for role in ("office", "office_head", "supervisor", "approver")
    }
    return Cast(**single, reviewers=[], electors=[], tellers=[], bodies={})
