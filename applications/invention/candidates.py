"""An invented applicant as the system knows one: an organisation with an owner who may file for it."""

from __future__ import annotations

import datetime as dt
import zlib
from typing import Any

from accounts import codes
from accounts.domain import PARTS, register_organisation
from accounts.models import LegalStatus, Organisation, OrganisationKind, User
from applications.facts import rules_of
from applications.invention import words
from applications.invention.profiles import NoSuchApplicant, Profile, invent, unmet
from core.clock import legal_date
from jurisdictions.models import Body
from rounds import clock
from rounds.rehearsal import Candidate, Rehearsal

FAILS = "fails:"
MOST_SEEDS = 80_000_000  # with four digits for the number, what eight places of the code can tell apart
_BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make_candidate(ctx: Rehearsal, *, prize: str, trait: str = "", merit: float = 0.5, number: int = 1) -> Candidate:
    """Invent an applicant for ``prize`` and register it. A trait ``fails:…`` that no fileable application can have becomes ``""``.

    Where conditions contradict each other, or ask for what the search does not find, the applicant is the one that meets most of them.
    """
    policy, round_ = rules_of(ctx.round), ctx.round
    opened = legal_date(round_.opened_at) if round_.opened_at else clock.today(round_)
    days: dict[str, Any] = {"closes_on": round_.closes_on, "opened_on": opened, "regions": _regions(ctx)}
    fails = trait.removeprefix(FAILS) if trait.startswith(FAILS) else None
    try:
        profile = invent(policy, prize, ctx.random, fails, **days)
    except NoSuchApplicant:
        trait, profile = "", invent(policy, prize, ctx.random, None, closest=True, **days)
        _say_unmet(ctx, prize, unmet(policy, prize, closes_on=round_.closes_on, opened_on=opened))
    owner = _owner(ctx, number)
    organisation = _organisation(ctx, profile, owner, number)
    return Candidate(organisation=organisation, owner=owner, prize=prize, merit=merit, trait=trait, profile=profile)


def _say_unmet(ctx: Rehearsal, prize: str, keys: list[str]) -> None:
    """Once a prize: no invented applicant meets these conditions, so none will win it."""
    told: set[str] = ctx.notes.setdefault("unmet", set())
    if keys and prize not in told:
        told.add(prize)
        article = next(c.article for c in rules_of(ctx.round).conditions if c.key == keys[0])
        ctx.say(f"{prize}: no invented applicant meets every condition; not met: {', '.join(keys)}", article)


def _regions(ctx: Rehearsal) -> tuple[str, ...]:
    """Places that some body looks after, so that every invented applicant has one. Read once a rehearsal."""
    if "regions" not in ctx.notes:
        named = {
            prefix
            for territory in Body.objects.filter(active=True).values_list("territory", flat=True)
            for prefix in territory
        }
        longest = max(map(len, named), default=0)
        ctx.notes["regions"] = tuple(sorted(prefix for prefix in named if len(prefix) == longest))
    found: tuple[str, ...] = ctx.notes["regions"]
    return found


def _owner(ctx: Rehearsal, number: int) -> User:
    round_ = ctx.round
    user = User(
        email=f"applicant-{round_.pk}-{number}@{round_.jurisdiction.code}.rehearsal.invalid", name=words.person(number)
    )
    user.set_unusable_password()
    user.save(force_insert=True)
    return user


def _organisation(ctx: Rehearsal, profile: Profile, owner: User, number: int) -> Organisation:
    org = profile["org"]
    values = {
        name: org[name]
        for name in (
            "industry",
            "sectors",
            "activities",
            "subordination",
            "size",
            "listed",
            "employees",
            "region",
            "operating",
        )
        if org.get(name) is not None
    }
    legal_status = org.get("legal_status") or LegalStatus.LEGAL_PERSON.value
    kind = org.get("kind") or OrganisationKind.ENTERPRISE.value
    name = words.organisation(kind, number, ctx.random)
    parent = _parent(ctx, owner, name, values["region"], number) if legal_status in PARTS else None
    return register_organisation(
        actor=owner, name=name, kind=kind, legal_status=legal_status, code=code_for(ctx, values["region"], number), parent=parent, is_head=True,
        rehearsal=True, founded_on=_day(org["founded_on"]), operating_since=_day(org["operating_since"]),
        address=f"示例路 {number} 号（虚构）", head_name=owner.name, contact_name=owner.name, contact_phone=f"000-{1_000_000 + number}",
        contact_email=owner.email, **values,
    )  # fmt: skip


def _parent(ctx: Rehearsal, owner: User, name: str, region: str, number: int) -> Organisation:
    """The legal person to which an invented branch belongs."""
    return register_organisation(
        actor=owner,
        name=f"{name}母体",
        kind=OrganisationKind.ENTERPRISE,
        code=code_for(ctx, region, 5000 + number),
        region=region,
        rehearsal=True,
    )


def code_for(ctx: Rehearsal, region: str, number: int) -> str:
    """A valid code that no real organisation has: its region is 99, no province; another for each number and seed."""
    rest = zlib.crc32(ctx.round.seed.encode()) % MOST_SEEDS * 10_000 + number
    body = ""
    for _place in range(8):
        rest, digit = divmod(rest, len(_BODY))
        body = _BODY[digit] + body
    return codes.build("9", "1", f"99{region[2:6]}", body)


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value
