"""Regulations that the code has not seen: whatever ``policy check`` accepts is rehearsed to its end, lawfully, the same each time."""

from __future__ import annotations

import json
from io import StringIO
from math import floor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation
from django_scopes import scope

from awards.models import Honour
from awards.rehearsing.driver import Wish, rehearse
from core.refusals import codes
from jurisdictions.policy.loader import read_text
from rounds.models import Round, StageEntry
from tests import worlds

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
INVENTED = sorted((ROOT / "tests" / "data").glob("*.yaml"))
FILES = [*INVENTED, *sorted((ROOT / "fixtures" / "policies").glob("*.yaml"))]


def text_of(name: str) -> str:
    return (ROOT / "tests" / "data" / f"{name}-2026.yaml").read_text(encoding="utf-8")


def play(path: Path, applications: int = 6, seed: int = 1):
    document = worlds.load(str(path))
    return document, rehearse(document, Wish(applications, seed, None, papers=False))


def places_taken(document) -> list[tuple[str, int, int]]:
    """``(quota, limit, honours that it covers)``, counted from the register alone; quotas that read facts left out."""
    with scope(jurisdiction=document.jurisdiction):
        round_ = Round.objects.order_by("-pk").first()
        honours = list(Honour.objects.filter(round=round_))
        sizes = {
            quota.share_of: StageEntry.objects.filter(stage__round=round_, stage__key=quota.share_of)
            .exclude(status="skipped")
            .count()
            for quota in document.policy.quotas
            if quota.share_of
        }
    found = []
    for quota in document.policy.quotas:
        if quota.where or quota.exempt or (quota.max is None and quota.share is None):
            continue
        limits = [quota.max.value] if quota.max else []
        limits += [floor(quota.share * sizes[quota.share_of])] if quota.share else []
        covered = [
            h
            for h in honours
            if h.prize in quota.prizes
            and (not quota.tiers or h.tier in quota.tiers)
            and (not quota.categories or h.category in quota.categories)
        ]
        found.append((quota.key, min(limits), len(covered)))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_rehearsal_of_any_sound_policy_ends_lawfully(path):
    document, result = play(path)

    assert result["round"]["status"] == "closed"
    assert all(stage["closed_at"] for stage in result["stages"])
    assert result["audit"]["verified"]
    assert [(key, limit, got) for key, limit, got in places_taken(document) if got > limit] == []
    assert all(refusal["article"] and refusal["code"] in codes() for refusal in result["refusals"])
    assert result["stages"][1]["entered"] <= 6


def test_the_same_seed_gives_the_same_result_and_one_json_object():
    call_command("policy", "load", str(ROOT / "tests" / "data" / "ding-2026.yaml"), verbosity=0)

    told = []
    for _time in range(2):
        out = StringIO()
        call_command("rehearse", "ding", "--applications", "2", "--seed", "7", "--json", stdout=out)
        told.append(json.loads(out.getvalue()))

    first, second = ({**one, "audit": None} for one in told)
    assert first == second
    assert all(paper["sha256"] for paper in first["papers"])


@pytest.mark.parametrize("applications", [1, 2])
def test_a_round_of_hardly_anybody_ends(applications):
    _document, result = play(INVENTED[2], applications=applications)
    assert result["round"]["status"] == "closed"


def test_a_rehearsal_without_applicants_is_refused():
    with pytest.raises(CommandError, match="at least one"):
        call_command("rehearse", "jia", "--applications", "0")


def test_a_round_in_which_everybody_fails_ends_without_honours(tmp_path):
    path = tmp_path / "yi.yaml"
    path.write_text(text_of("yi").replace("min_score: 55", "min_score: 1000"), encoding="utf-8")

    _document, result = play(path, applications=4)

    assert result["round"]["status"] == "closed"
    assert result["winners"] == []


def test_conditions_that_contradict_each_other_leave_the_prize_vacant(tmp_path):
    path = tmp_path / "yi.yaml"
    path.write_text(text_of("yi").replace("awards.barred_until == '' ||", "false &&"), encoding="utf-8")

    _document, result = play(path, applications=4)

    accepted = next(stage for stage in result["stages"] if stage["key"] == "accepted")
    assert (accepted["advanced"], result["winners"]) == (0, [])


def test_a_year_whose_working_days_are_unknown_is_named(tmp_path):
    path = tmp_path / "jia.yaml"
    path.write_text(text_of("jia").replace("base_year: 2020", "base_year: 2050"), encoding="utf-8")
    call_command("policy", "load", str(path), verbosity=0)

    with pytest.raises(CommandError, match="2050"):
        call_command("rehearse", "jia", "--applications", "1")


def test_a_reward_may_depend_on_the_tier():
    _document, result = play(ROOT / "tests" / "data" / "bing-2026.yaml", applications=8)

    bonus = {(w["tier"], w["bonus"]) for w in result["winners"] if w["prize"] == "quality"}
    assert bonus <= {("gold", "300000.00"), ("silver", "100000.00"), ("gold", None), ("silver", None)}
    assert bonus


@pytest.mark.parametrize(
    ("name", "written", "becomes", "part"),
    [
        ("yi", "awards.higher_level\", amount", "awards.higher_level && org.region == ''\", amount", "never ''"),
        ("ding", "points: [conditions, completeness, truth, accuracy, legality]", "points: [truth]", "looks at this condition"),
        ("bing", "fallback_stage: vote", "fallback_stage: papers_second", "'papers_second'"),
    ],
)  # fmt: skip
def test_what_could_not_be_carried_out_is_refused_at_the_desk(name, written, becomes, part):
    source = text_of(name)
    assert written in source
    with translation.override("en"):
        problems = [str(problem) for problem in read_text(source.replace(written, becomes, 1)).problems]
    assert any(part in problem for problem in problems), problems
