"""The invented people of a rehearsal, and the bodies that a policy needs."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from jurisdictions import roles
from jurisdictions.models import Body, Jurisdiction, Membership, Role
from jurisdictions.policy import Policy
from jurisdictions.policy.facts import SECTORS
from rounds.rehearsal import Cast

OPEN_SEATS = 5
REVIEWERS_PER_TEAM_MEMBER = 3


def director() -> User:
    """Whoever runs the command on the server; the operator's authority is held in memory only."""
    user, _made = User.objects.get_or_create(
        email="director@rehearsal.invalid", defaults={"name": "演练导演", "password": "!"}
    )
    user.is_superuser = True
    return user


def gather(jurisdiction: Jurisdiction, policy: Policy) -> Cast:
    """One person per role, reviewers, electors on the seats of the voting organs, an officer per body. Reused by later rehearsals."""
    by = director()
    _invent_bodies(jurisdiction, policy)
    maker = _Maker(by, jurisdiction)
    teams = [stage.team for stage in policy.stages if stage.kind == "team_review"]
    reviewers = max([team.min for team in teams], default=3) * REVIEWERS_PER_TEAM_MEMBER
    tellers = max([stage.tellers.value.total for stage in policy.stages if stage.kind == "vote"], default=0)
    bodies = list(Body.objects.filter(jurisdiction=jurisdiction, active=True).order_by("pk"))
    return Cast(
        office=maker.person("office", "评审办经办人", Role.OFFICE),
        office_head=maker.person("office-head", "评审办负责人", Role.OFFICE_HEAD),
        supervisor=maker.person("supervisor", "监督组成员", Role.SUPERVISOR),
        approver=maker.person("approver", "政府办经办人", Role.APPROVER),
        reviewers=[maker.person(f"reviewer-{n}", f"评审员{n:02d}", Role.REVIEWER) for n in range(1, reviewers + 1)],
        electors=_electors(maker, policy),
        tellers=[maker.person(f"teller-{n}", f"计票人{n}", Role.TELLER) for n in range(1, tellers + 1)],
        bodies={body.pk: maker.officer(body) for body in bodies},
    )


def _electors(maker: _Maker, policy: Policy) -> list[User]:
    organs = dict.fromkeys(key for stage in policy.stages if stage.kind == "vote" for key in stage.electorate)
    people = []
    for key in organs:
        for seat in policy.organ(key).seats:
            for n in range(1, (seat.count or OPEN_SEATS) + 1):
                unit = f"{seat.unit.zh if seat.unit else seat.title.zh}{n}"
                person = maker.person(
                    f"elector-{key}-{seat.key}-{n}",
                    f"{seat.title.zh}{n}",
                    Role.COMMITTEE,
                    organ=key,
                    seat=seat.key,
                    unit=unit[:120],
                )
                people.append(person)
    return people


class _Maker:
    """Makes people once and gives them their role once."""

    def __init__(self, by: User, jurisdiction: Jurisdiction) -> None:
        self.by, self.jurisdiction = by, jurisdiction
        rows = Membership.objects.filter(jurisdiction=jurisdiction, rehearsal=True, until=None).select_related("user")
        self.held = {(m.user.email, m.role, m.body_id) for m in rows}
        self.known = {m.user.email: m.user for m in rows}

    def person(self, key: str, name: str, role: str, **place: Any) -> User:
        email = f"{key}@{self.jurisdiction.code}.rehearsal.invalid"
        user = self.known.get(email)
        if user is None:
            user, _made = User.objects.get_or_create(email=email, defaults={"name": f"{name}（演练）", "password": "!"})
            self.known[email] = user
        body = place.get("body")
        if (email, role, body.pk if body else None) not in self.held:
            roles.begin(actor=self.by, user=user, role=role, jurisdiction=self.jurisdiction, rehearsal=True, **place)
            self.held.add((email, role, body.pk if body else None))
        return user

    def officer(self, body: Body) -> User:
        self.person(f"officer-{body.key}", f"{body.name_zh}经办人", Role.RECOMMENDER, body=body)
        return self.person(f"officer-{body.key}", f"{body.name_zh}经办人", Role.DEPARTMENT, body=body)


def _invent_bodies(jurisdiction: Jurisdiction, policy: Policy) -> None:
    """A body of every kind that the stages ask for and the jurisdiction's record lacks."""
    wanted: dict[str, None] = {}
    for stage in policy.stages:
        wanted |= dict.fromkeys(
            getattr(stage, "by", []) if stage.kind in ("recommendation", "preliminary_review") else []
        )
        wanted |= dict.fromkeys(getattr(stage, "bodies", []))
        consult = getattr(stage, "consult", None)
        wanted |= dict.fromkeys(consult.bodies if consult else [])
    there = set(Body.objects.filter(jurisdiction=jurisdiction, active=True).values_list("kind", flat=True))
    for kind in wanted:
        if kind not in there:
            Body.objects.create(
                jurisdiction=jurisdiction, key=f"rehearsal-{kind.replace('_', '-')}", kind=kind, name_zh=f"{Body.Kind(kind).label}（演练）",
                name_en=f"{kind} (rehearsal)", territory=policy.territory, sectors=list(SECTORS), rehearsal=True,
            )  # fmt: skip
