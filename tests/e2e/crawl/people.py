"""Who looks: the cast of a rehearsal in their roles, and somebody who has none."""

from __future__ import annotations

from django_scopes import scopes_disabled

from accounts.demo import DOMAIN
from accounts.models import User
from applications.models.opinions import Charge
from applications.models.questions import ConsultationRequest
from awards.demo import _People
from jurisdictions.models import Jurisdiction, PolicyDocument, Role
from reviews.models import Assignment
from tests.worlds import World

ROLES = (
    "anonymous", "newcomer", "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "leader",
    "committee", "teller", "supervisor", "approver", "other_office",
)  # fmt: skip


class _Known(_People):
    """People with real roles (a rehearsal's cast is let into that rehearsal only), made once."""

    def make(self, key: str, name: str, role: str, **place: object) -> User:
        found = User.objects.filter(email=f"{key}@{self.jurisdiction.code}.{DOMAIN}").first()
        return found or super().make(key, name, role, **place)


def outsider(other: Jurisdiction) -> User:
    """Who runs the office of another jurisdiction."""
    return _Known(other).make("crawl-office", "外地经办", Role.OFFICE_HEAD)


def people(world: World, stranger: User) -> dict[str, User | None]:
    """One person per role, as things stand: a reviewer and a leader with work, bodies that have entries of their own."""
    cast, owners = world.cast, [candidate.owner for candidate in world.ctx.candidates]
    newcomer, _made = User.objects.get_or_create(email="newcomer@crawl.invalid", defaults={"name": "初来者（示例）"})
    with scopes_disabled():
        current = Assignment.objects.filter(ended_at=None, team__stage__round=world.round)
        assigned = current.select_related("reviewer__user").order_by("pk")
        follower, leader = assigned.filter(is_leader=False).last(), assigned.filter(is_leader=True).first()
        charge = Charge.objects.filter(stage_entry__stage__round=world.round).order_by("pk").first()
        asked = ConsultationRequest.objects.filter(consultation__stage__round=world.round).order_by("pk").first()
    here = _Known(world.jurisdiction)
    officers = list(cast.bodies.values())
    return {
        "anonymous": None,
        "public": None,
        "newcomer": newcomer,
        "applicant": _furthest(world),
        "other_applicant": owners[-1],
        "office": here.make("crawl-office", "经办", Role.OFFICE),
        "office_head": here.make("crawl-head", "负责人", Role.OFFICE_HEAD),
        "recommender": cast.bodies.get(charge.body_id, officers[0]) if charge else officers[0],
        "department": cast.bodies.get(asked.body_id, officers[-1]) if asked else officers[-1],
        "reviewer": follower.reviewer.user if follower else cast.reviewers[0],
        "leader": leader.reviewer.user if leader else cast.reviewers[-1],
        "committee": (cast.electors or [cast.supervisor])[0],
        "teller": (cast.tellers or [cast.supervisor])[0],
        "supervisor": here.make("crawl-supervisor", "监督", Role.SUPERVISOR),
        "approver": here.make("crawl-approver", "审定", Role.APPROVER),
        "other_office": stranger,
    }


def _furthest(world: World) -> User:
    """Whose application got furthest; before any was begun whoever will begin first."""
    begun = {candidate.organisation.pk for candidate in world.ctx.candidates} and world.ctx.round.entries.exists()
    return world.applicant if begun else world.ctx.candidates[0].owner


def empty_house(document: PolicyDocument) -> dict[str, User | None]:
    """Who works for an award that has had no round yet."""
    here, organs = _Known(document.jurisdiction), document.policy.organs
    return {
        "anonymous": None,
        "office": here.make("crawl-office", "经办", Role.OFFICE),
        "office_head": here.make("crawl-head", "负责人", Role.OFFICE_HEAD),
        "committee": here.make("crawl-committee", "委员", Role.COMMITTEE, organ=organs[0].key),
        "supervisor": here.make("crawl-supervisor", "监督", Role.SUPERVISOR),
        "approver": here.make("crawl-approver", "审定", Role.APPROVER),
    }
