"""Who may apply (again): waiting periods after an award, bars after fraud and false papers; what conditions know of earlier awards."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes import scope

from applications import gates
from awards import bars
from awards.domain.registering import enter_other
from awards.models import Bar, Honour
from awards.queries.levels import level_of
from core import clock
from core.refusals import Refused
from rounds import engine
from rounds.facts import facts_for, facts_for_many
from rounds.models import Entry, Round
from tests.awards import factories as f

pytestmark = pytest.mark.django_db


def round_of(place, year, kind="rehearsal"):
    office = place.person("office")
    round_ = engine.create_round(
        actor=office, jurisdiction=place.jurisdiction, policy=place.document, year=year, kind="rehearsal"
    )
    if kind == "binding":
        Round.objects.filter(pk=round_.pk).update(kind="binding", clock_offset=dt.timedelta(0))
        round_.refresh_from_db()
    return round_


def codes(organisation, round_, prize, **more):
    return [(refusal.code, refusal.article) for refusal in bars.refusals(organisation, round_, prize, **more)]


@pytest.mark.requirement("qingyuan-5.3a")
@pytest.mark.parametrize(
    ("won", "wanted", "years", "refused"),
    [
        ("quality", "quality", 2, True), ("quality", "quality", 4, False), ("quality", "innovation", 2, True),
        ("innovation", "innovation", 2, False), ("innovation", "quality", 2, False),
    ],
)  # fmt: skip
def test_holders_wait_as_long_as_the_article_says(db, won, wanted, years, refused):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant(rehearsal=True)
        round_ = round_of(place, 2029)
        f.earlier(place, organisation, won, date=dt.date(2029 - years, 5, 1), world=round_)
        found = codes(organisation, round_, wanted)
        assert found == ([("must_wait", "5.3")] if refused else [])


@pytest.mark.requirement("qingyuan-5.3a")
def test_an_innovation_holder_waits_a_full_year(db):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant(rehearsal=True)
        round_ = round_of(place, 2029)
        f.earlier(place, organisation, "innovation", date=dt.date(2029, 1, 1), world=round_)
        assert codes(organisation, round_, "innovation") == [("must_wait", "5.3")]


@pytest.mark.requirement("tacheng-10")
@pytest.mark.parametrize(
    ("same", "days", "refused"),
    [(True, 400, True), (False, 400, False), (None, 400, False), (True, 366 * 5 + 5, False)],
)
def test_the_same_achievements_wait_five_years(db, same, days, refused):
    place = f.place("tacheng-2023")
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant(rehearsal=True)
        round_ = round_of(place, f._year(place.policy, ["quality"]))
        f.earlier(place, organisation, "quality", date=clock.today() - dt.timedelta(days=days), world=round_)
        found = codes(organisation, round_, "quality", same_achievements=same)
        assert found == ([("must_wait_same_achievements", "10")] if refused else [])


@pytest.mark.requirement("qingyuan-5.3a")
def test_a_revoked_award_makes_nobody_wait_and_what_others_won_neither(db):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant(rehearsal=True)
        stranger, _ = f.applicant(rehearsal=True)
        round_ = round_of(place, 2029)
        honour = f.earlier(place, organisation, "quality", date=dt.date(2028, 5, 1), world=round_)
        assert codes(organisation, round_, "quality") and not codes(stranger, round_, "quality")
        Honour.objects.filter(pk=honour.pk).update(status="revoked")
        assert not codes(organisation, round_, "quality")


@pytest.mark.requirement("wenling-25", "wenzhou-21b", "yiwu-7.2", "tacheng-32a", "tacheng-32b")
@pytest.mark.parametrize(("since", "until", "rounds", "code"), [
    (-10, 0, None, "barred"), (-10, -1, None, None), (-10, None, 1, "barred_rounds"), (-10, None, None, "barred_for_good"),
])  # fmt: skip
def test_a_bar_holds_through_its_last_day(db, since, until, rounds, code):
    place = f.place("yiwu-2020")
    with scope(jurisdiction=place.jurisdiction):
        organisation, _owner = f.applicant()
        today = clock.today()
        Bar.objects.create(
            jurisdiction=place.jurisdiction, organisation=organisation, article="7.2", since=today + dt.timedelta(days=since), rounds=rounds,
            until=None if until is None else today + dt.timedelta(days=until),
        )  # fmt: skip
        round_ = round_of(place, 2026, kind="binding")
        assert codes(organisation, round_, "quality") == ([(code, "7.2")] if code else [])


@pytest.mark.requirement("wenling-25", "tacheng-32a")
def test_the_bar_stands_at_the_door_where_applications_are_started(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, ["quality"])
        organisation, world = entries[0].organisation, stage.round
        candidacy = gates.Candidacy(world, organisation, world.rules.prize("quality"))
        gates.check(candidacy)
        Bar.objects.create(
            jurisdiction=place.jurisdiction, world=world, organisation=organisation, article="25", since=clock.today(),
            until=clock.today() + dt.timedelta(days=400),
        )  # fmt: skip
        with pytest.raises(Refused) as refusal:
            gates.check(candidacy)
        assert (refusal.value.code, refusal.value.article) == ("barred", "25") and organisation.name in str(
            refusal.value
        )


def test_facts_of_earlier_awards_keep_to_their_world(db, django_assert_num_queries):
    place = f.place("qingyuan-draft-2025")
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, ["quality", "quality"])
        entry, world = entries[0], stage.round
        year = world.year
        f.earlier(place, entry.organisation, "quality", date=dt.date(year - 6, 5, 1), world=world)
        f.earlier(place, entry.organisation, "innovation", date=dt.date(year - 2, 5, 1), world=world)
        f.earlier(place, entry.organisation, "innovation", date=dt.date(year - 1, 5, 1))
        enter_other(
            actor=place.person("office"), jurisdiction=place.jurisdiction, organisation=entry.organisation, name="省奖", level="province",
            year=year - 3, world=world,
        )  # fmt: skip
        entry = Entry.objects.select_related("round__jurisdiction", "round__policy", "organisation").get(pk=entry.pk)
        found = facts_for(entry)["awards"]
        assert (found["held"], found["ever"]) == (["innovation"], ["innovation", "quality"])
        assert (found["higher_level"], found["county_level"], found["barred_until"]) == (["province"], True, "")
        assert found["years_since"] == {"quality": 6, "innovation": 2} and len(found["won"]) == 3
        from awards.facts import award_facts

        several = list(
            Entry.objects.select_related("round__jurisdiction", "round__policy", "organisation").filter(round=world)
        )
        with django_assert_num_queries(5):
            award_facts(several)
        assert facts_for_many(several)[entries[1].pk]["awards"]["won"] == []


@pytest.mark.parametrize(
    ("territory", "level"),
    [
        (["331081"], "county"),
        (["330300"], "city"),
        (["3303"], "city"),
        (["33"], "province"),
        (["331081", "3310"], "city"),
    ],
)
def test_the_level_of_a_government_follows_from_its_territory(territory, level):
    assert level_of(territory) == level
