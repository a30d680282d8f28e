"""Giving and ending roles; what follows for permissions; which duties exclude each other."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django_scopes import scope

from audit.models import AuditEvent
from core import clock
from core.refusals import Refused
from jurisdictions import exclusions, roles, rules
from jurisdictions.models import Membership, PolicyDocument, Role
from tests.jurisdictions.people import give, make_body, make_jurisdiction, make_superuser, make_user, refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def here():
    return make_jurisdiction()


def test_a_role_holds_from_its_beginning_to_its_end(here):
    user = make_user()
    assert not rules.holds("office")(user, here)
    membership = give(user, "office", here)
    assert rules.holds("office")(user, here)
    assert user.has_perm("jurisdictions.act_as_office", here)
    roles.end(actor=make_superuser(), membership=membership, reason="moved")
    assert not rules.holds("office")(type(user).objects.get(pk=user.pk), here)
    assert not type(user).objects.get(pk=user.pk).has_perm("jurisdictions.act_as_office", here)


def test_end_forgets_what_the_given_instance_remembered(here):
    user = make_user()
    membership = give(user, "office", here)
    assert rules.holds("office")(user, here)
    roles.end(actor=make_superuser(), membership=membership)
    assert membership.user is user
    assert not rules.holds("office")(user, here)


def test_a_role_holds_only_in_its_own_jurisdiction(here):
    user = make_user()
    give(user, "office", here)
    assert not rules.holds("office")(user, make_jurisdiction())


def test_strangers_inactive_people_and_superusers_hold_nothing(here):
    user = make_user()
    give(user, "office", here)
    user.is_active = False
    assert not rules.holds("office")(user, here)
    assert not rules.holds("office")(None, here)
    assert not rules.holds("office")(make_superuser(), here)
    assert rules.roles_of(None, here) == frozenset()


def test_a_role_reaches_things_through_their_jurisdiction_or_round(here):
    user = make_user()
    give(user, "office", here)
    assert rules.holds("office", "office_head")(user, SimpleNamespace(jurisdiction=here))
    assert rules.holds("office")(user, SimpleNamespace(round=SimpleNamespace(jurisdiction=here)))
    with pytest.raises(TypeError):
        rules.holds("office")(user, SimpleNamespace())
    with pytest.raises(ValueError):
        rules.holds("king")


def test_a_role_for_a_body_gives_the_right_to_act_for_that_body_alone(here):
    user, mine, other = make_user(), make_body(here), make_body(here)
    first = give(user, "department", here, body=mine)
    assert rules.acts_for_body(user, mine)
    assert rules.acts_for_body(user, SimpleNamespace(body=mine))
    assert not rules.acts_for_body(user, other)
    assert not rules.acts_for_body(user, SimpleNamespace(body=None))
    second = give(user, "department", here, body=other)
    roles.end(actor=make_superuser(), membership=first)
    fresh = type(user).objects.get(pk=user.pk)
    assert rules.holds("department")(fresh, here)
    assert not rules.acts_for_body(fresh, mine)
    assert rules.acts_for_body(fresh, other)
    assert second.until is None


def test_a_seat_on_an_organ(here):
    user = make_user()
    give(user, "committee", here, organ="committee", seat="director", unit="市政府")
    assert rules.sits_on("committee")(user, here)
    assert rules.sits_on("committee", "director")(user, here)
    assert not rules.sits_on("committee", "member")(user, here)
    assert not rules.sits_on("panel")(user, here)


def test_dates_bound_a_role(here):
    today = clock.today()
    later, over = make_user(), make_user()
    give(later, "reviewer", here, since=today + DAY)
    give(over, "reviewer", here, since=today - 10 * DAY, until=today)
    assert not rules.holds("reviewer")(later, here)
    assert not rules.holds("reviewer")(over, here)


def test_expiry_takes_the_permission_away_once(here):
    user, today = make_user(), clock.today()
    body = make_body(here)
    give(user, "department", here, body=body, since=today - 10 * DAY, until=today + DAY)
    assert roles.expire() == 0
    assert user.has_perm("jurisdictions.act_for_body", body)
    assert roles.expire(today + DAY) == 1
    fresh = type(user).objects.get(pk=user.pk)
    assert not fresh.has_perm("jurisdictions.act_as_department", here)
    assert not fresh.has_perm("jurisdictions.act_for_body", body)
    assert roles.expire(today + DAY) == 0


def test_expiry_leaves_what_another_membership_still_carries(here):
    user, today = make_user(), clock.today()
    give(user, "committee", here, seat="a", since=today - 10 * DAY, until=today)
    give(user, "committee", here, seat="b")
    assert roles.expire(today) == 0
    assert rules.holds("committee")(user, here)


def test_beginning_and_ending_are_on_record_without_names(here):
    user, actor = make_user(), make_superuser()
    membership = roles.begin(actor=actor, user=user, role="reviewer", jurisdiction=here)
    roles.end(actor=actor, membership=membership, reason="retired")
    acts = list(AuditEvent.objects.filter(scope=here.code).values_list("act", "actor_id", "subject"))
    subject = f"jurisdictions.Membership:{membership.pk}"
    assert acts == [("role.begin", str(actor.pk), subject), ("role.end", str(actor.pk), subject)]
    assert not any(user.name in str(event.facts) for event in AuditEvent.objects.filter(scope=here.code))


@pytest.mark.parametrize(
    ("role", "other"),
    sorted(sorted(map(str, pair)) for pair in exclusions.EXCLUSIVE if exclusions.APPLICANT not in pair),
)
def test_duties_that_exclude_each_other_are_refused_either_way(here, role, other):
    for first, second in ((role, other), (other, role)):
        user = make_user()
        give(user, first, here)
        with refused("role_excluded") as refusal:
            give(user, second, here)
        assert str(Role(second).label) in str(refusal.value)
        with scope(jurisdiction=here):
            assert Membership.objects.filter(user=user).count() == 1


def test_an_excluded_duty_may_follow_once_the_other_has_ended(here):
    user = make_user()
    membership = give(user, "office", here)
    roles.end(actor=make_superuser(), membership=membership)
    give(user, "approver", here)
    assert rules.roles_of(user, here) == {"approver"}


def test_an_excluded_duty_elsewhere_is_no_hindrance(here):
    user = make_user()
    give(user, "office", here)
    give(user, "approver", make_jurisdiction())


def test_who_represents_an_applicant_does_not_review(here, monkeypatch):
    user = make_user()
    monkeypatch.setitem(
        exclusions._outside, exclusions.APPLICANT, lambda person, where: person == user and where == here
    )
    with refused("role_excluded"):
        give(user, "reviewer", here)
    give(user, "committee", here)  # a voter with an interest steps aside case by case


def test_a_reviewer_does_not_take_up_an_application(here):
    user = make_user()
    give(user, "reviewer", here)
    with refused("role_excluded"):
        exclusions.refuse(user, exclusions.APPLICANT, here)
    exclusions.refuse(user, exclusions.APPLICANT, make_jurisdiction())


def test_only_known_outside_duties_register():
    with pytest.raises(ValueError):
        exclusions.register_outside("juggler", holds=lambda user, jurisdiction: True)


@pytest.mark.parametrize(("excludes", "refused"), [(True, True), (False, False)])
def test_reviewing_and_voting_exclude_each_other_where_the_policy_says_so(here, monkeypatch, excludes, refused):
    rule = SimpleNamespace(article="24", review_excludes_vote=SimpleNamespace(value=excludes))
    monkeypatch.setattr(exclusions, "current_policy", lambda jurisdiction: SimpleNamespace(recusal=rule))
    user = make_user()
    give(user, "reviewer", here)
    if not refused:
        give(user, "committee", here)
        return
    with pytest.raises(Refused) as refusal:
        give(user, "committee", here)
    assert refusal.value.article == "24"


def test_the_policy_in_force_is_the_newest_published_one(here):
    assert exclusions.current_policy(here) is None
    editions = [
        PolicyDocument(jurisdiction=here, edition=edition, status=status, document={"wrong": edition})
        for edition, status in (("2018", "published"), ("2020", "published"), ("2025", "draft"))
    ]
    with scope(jurisdiction=here):
        PolicyDocument.objects.bulk_create(editions)  # past the validation: only the choice is of interest here
    with pytest.raises(ValueError, match="2020"):
        _ = exclusions.current_policy(here)


def test_the_same_role_is_not_held_twice(here):
    user = make_user()
    give(user, "reviewer", here)
    with refused("role_already_held"):
        give(user, "reviewer", here)


@pytest.mark.parametrize("role", ["recommender", "department"])
def test_a_body_role_names_its_body(here, role):
    with refused("role_needs_body"):
        give(make_user(), role, here)


def test_a_body_of_another_jurisdiction_is_refused(here):
    with refused("body_elsewhere"):
        give(make_user(), "department", here, body=make_body(make_jurisdiction()))
    with refused("body_elsewhere"):
        give(make_user(), "department", here, body=make_body(here, active=False))


def test_an_inactive_person_gets_no_role(here):
    with refused("person_inactive"):
        give(make_user(is_active=False), "office", here)


def test_a_role_ends_once(here):
    membership = give(make_user(), "office", here)
    roles.end(actor=make_superuser(), membership=membership)
    with refused("role_already_ended"):
        roles.end(actor=make_superuser(), membership=membership)


@pytest.mark.parametrize("role", Role.values)
def test_each_role_is_given_only_by_those_the_table_names(here, role):
    body = make_body(here)
    for giver in ("", "office", "office_head", "operator", "supervisor", "approver"):
        actor = make_user()
        if giver:
            give(actor, giver, here)
        arguments = {"actor": actor, "user": make_user(), "role": role, "jurisdiction": here, "body": body}
        if giver in exclusions.GIVEN_BY[role]:
            membership = roles.begin(**arguments)
            roles.end(actor=actor, membership=membership)
        else:
            with refused("role_not_yours_to_give"):
                roles.begin(**arguments)


def test_nobody_gives_a_role_to_himself(here):
    actor = make_user()
    give(actor, "operator", here)
    with refused("role_not_for_oneself"):
        roles.begin(actor=actor, user=actor, role="office", jurisdiction=here)


def test_an_office_of_another_jurisdiction_gives_nothing_here(here):
    actor = make_user()
    give(actor, "office", make_jurisdiction())
    with refused("role_not_yours_to_give"):
        roles.begin(actor=actor, user=make_user(), role="reviewer", jurisdiction=here)


def test_a_role_invented_for_rehearsals_counts_only_in_a_rehearsal(here):
    actor, player = make_user(), make_user()
    give(actor, "office", here)
    roles.begin(actor=actor, user=player, role="approver", jurisdiction=here, rehearsal=True)
    rehearsal = SimpleNamespace(jurisdiction=here, is_rehearsal=True)
    binding = SimpleNamespace(jurisdiction=here, is_rehearsal=False)
    assert rules.holds("approver")(player, rehearsal)
    assert rules.holds("approver")(player, SimpleNamespace(jurisdiction=here, round=rehearsal))
    assert not rules.holds("approver")(player, binding)
    assert not rules.holds("approver")(player, here)
    give(player, "office", here)  # a rehearsal's role excludes nothing
    assert rules.roles_of(player, here) == {"office"}


def test_questions_are_answered_from_memory(here, django_assert_num_queries):
    user, body = make_user(), make_body(here)
    give(user, "department", here, body=body)
    with django_assert_num_queries(3):
        assert rules.holds("department")(user, here)
    with django_assert_num_queries(0):
        assert rules.holds("department")(user, here)
        assert rules.acts_for_body(user, body)
        assert not rules.holds("office")(user, here)
