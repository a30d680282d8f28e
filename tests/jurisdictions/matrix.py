"""Who opens the administration pages of a jurisdiction."""

from __future__ import annotations

from typing import Any

from jurisdictions.models import Body, CalendarEntry, CalendarYear, Membership

_OUTSIDE = (
    "applicant",
    "other_applicant",
    "recommender",
    "department",
    "reviewer",
    "committee",
    "teller",
    "approver",
    "other_office",
)
_ABSENT: dict[str, int] = {"anonymous": 302, **dict.fromkeys(_OUTSIDE, 404)}


def _row(*, office: int, office_head: int, supervisor: int) -> dict[str, int]:
    return {**_ABSENT, "office": office, "office_head": office_head, "supervisor": supervisor}


READ = _row(office=200, office_head=200, supervisor=200)
WRITE = _row(office=403, office_head=200, supervisor=403)
#: The office gives the roles of reviewers, committee members, recommenders … itself.
GIVE = _row(office=200, office_head=200, supervisor=403)
POST_ONLY = dict.fromkeys(("anonymous", *_OUTSIDE, "office", "office_head", "supervisor"), 405)

MATRIX: dict[str, dict[str, int]] = {
    "jurisdictions:plate": {"*": 200},
    "jurisdictions:admin": READ,
    "jurisdictions:office": WRITE,
    "jurisdictions:calendar": READ,
    "jurisdictions:calendar_try": READ,
    "jurisdictions:calendar_list": WRITE,
    "jurisdictions:bodies_list": WRITE,
    "jurisdictions:people_list": GIVE,
    "jurisdictions:calendar_state": WRITE,
    "jurisdictions:calendar_withdraw": WRITE,
    "jurisdictions:calendar_remove": WRITE,
    "jurisdictions:bodies": READ,
    "jurisdictions:body_new": WRITE,
    "jurisdictions:body": WRITE,
    "jurisdictions:body_active": POST_ONLY,
    "jurisdictions:people": READ,
    "jurisdictions:give_role": GIVE,
    "jurisdictions:end_role": GIVE,
    "jurisdictions:remind": POST_ONLY,
    "jurisdictions:view_save": {"*": 405},
    "jurisdictions:view_change": {"*": 405},
}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    """Makes what the world of the rehearsal has not: an entry of the calendar, a statement, a real role (all inside its scope)."""
    import datetime as dt

    from accounts.models import User
    from jurisdictions import roles

    here = world.jurisdiction
    entry, _made = CalendarEntry.objects.get_or_create(
        jurisdiction=here, day=dt.date(2033, 1, 1), defaults={"working": False, "reason": "New Year"}
    )
    statement, _made = CalendarYear.objects.get_or_create(
        jurisdiction=here, year=2033, defaults={"source": "示例办发〔2032〕9号"}
    )
    held = Membership.objects.filter(rehearsal=False, role="committee", until=None).first() or roles.begin(
        actor=User.objects.create_superuser("matrix-giver@example.org", name="Giver"),
        user=User.objects.create_user("matrix-member@example.org", name="Member"), role="committee", jurisdiction=here,
    )  # fmt: skip
    body = Body.objects.filter(active=True).order_by("pk").first()
    code = {"code": here.code}
    of = {
        "calendar_withdraw": statement.pk, "calendar_remove": entry.pk, "body": body.pk if body else 0,
        "body_active": body.pk if body else 0, "end_role": held.pk, "remind": held.pk,
    }  # fmt: skip
    names = (name.partition(":")[2] for name in MATRIX)
    views = {"jurisdictions:view_save": {}, "jurisdictions:view_change": {"pk": 1}}
    return {f"jurisdictions:{name}": code | ({"pk": of[name]} if name in of else {}) for name in names} | views
