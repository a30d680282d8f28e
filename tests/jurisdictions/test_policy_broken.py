"""Each mistake in a policy file is told with its line, its path and what to do: one mutation, one problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from jurisdictions.policy.loader import BadPolicy, read_text

STRETCH = (Path(settings.BASE_DIR) / "tests/data/stretch-2026.yaml").read_text(encoding="utf-8")
WENLING = (Path(settings.BASE_DIR) / "fixtures/policies/wenling-2023.yaml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


#: what is written, what it becomes, the path, a part of the sentence
# ruff: noqa: E501 (one mistake a row reads best)
MISTAKES = {
    "wrong key": ("validity_years: 3", "validity_year: 3", "document.prizes[0].validity_year", "did you mean 'validity_years'"),
    "wrong key deep down": ("min: 3, max: 7", "minimum: 3, max: 7", "document.stages[4].team.minimum", "unknown key 'minimum'"),
    "wrong key inside a setting": ("quorum: {ratio: 2/3, base: appointed}", "quorum: {ratios: 2/3}", "document.stages[7].quorum.ratios", "'ratio'"),
    "unknown stage kind": ("kind: composite", "kind: compost", "document.stages[5].kind", "unknown stage kind 'compost'; known: call, internal"),
    "no article": ("validity_article: \"1\"", "validity_article: \"11\"", "document.prizes[0].validity_article", "article '11' is cited"),
    "no effective article": ("effective_article: \"20\"", "effective_article: \"21\"", "document.effective_article", "nearest is '2"),
    "no such further article": (
        "name: {zh: 通知, en: Call}, article: \"3\"", "name: {zh: 通知, en: Call}, article: \"3\", also: [\"99\"]",
        "document.stages[0].also[0]", "article '99'",
    ),
    "not CEL": ("require: org.in_territory", "require: org.in_territory &&", "document.conditions[1].require", "not a CEL expression"),
    "unknown organisation fact": ("require: org.in_territory", "require: org.in_teritory", "document.conditions[1].require", "nearest is 'org.in_territory'"),
    "unknown form fact": ("form.works_here_since", "form.works_since", "document.conditions[0].require", "nearest is 'form.works_here_since'"),
    "fact of another form": ("full_years(form.works_here_since", "full_years(form.profile", "document.conditions[0].require", "form.profile"),
    "unknown check": ("require: org.in_territory", "require: check.clean", "document.conditions[1].require", "'check.clean'"),
    "unknown name": ("require: org.in_territory", "require: organ.in_territory", "document.conditions[1].require", "'organ' is not a name"),
    "unknown function": ("full_years(form", "whole_years(form", "document.conditions[0].require", "'whole_years' is not a function"),
    "brackets hide what is read": ("require: org.in_territory", "require: \"org['in_territory']\"", "document.conditions[1].require", "org.name"),
    "the unknown made an answer": ("require: org.in_territory", "require: '!has(org.in_territory)'", "document.conditions[1].require", "has("),
    "an answer that no one gives": ("org.kind in ['school', 'hospital']", "org.kind in ['scool']", "document.prizes[0].rewards[2].when", "never 'scool'"),
    "unknown prize": ("requires: [organisation]", "requires: [organization]", "document.prizes[1].requires[0]", "no prize 'organization'; the nearest is 'organisation'"),
    "unknown organ": ("by: government}", "by: goverment}", "document.stages[9].by", "no organ 'goverment'"),
    "unknown sheet": ("any: innovation", "any: inovation", "document.stages[4].sheets.any", "no score sheet 'inovation'"),
    "unknown stage": ("fallback_stage: vote", "fallback_stage: voting", "document.prizes[4].fallback_stage", "no stage 'voting'"),
    "unknown quota": ("max: 1, inside: all", "max: 1, inside: al", "document.quotas[1].inside", "no quota 'al'"),
    "unknown tier": ("tiers: [gold], max", "tiers: [platinum], max", "document.quotas[1].tiers[0]", "no tier 'platinum'"),
    "unknown category": ("categories: [small]", "categories: [smal]", "document.quotas[6].categories[0]", "no category 'smal'"),
    "first is no call": ("{kind: call, key: call, name", "{kind: eligibility, key: call, name", "document.stages[0].kind", "first stage must be a call"),
    "no conferral": ("kind: conferral", "kind: acceptance", "document.stages[10].kind", "last stage must be the conferral"),
    "two intakes": ("kind: eligibility, key", "kind: intake, key", "document.stages", "exactly one stage of kind 'intake', not 2"),
    "input that comes later": ("stage: documents, weight", "stage: vote, weight", "document.stages[5].inputs[0].stage", "must stand before"),
    "input without a score": ("stage: documents, weight", "stage: eligibility, weight", "document.stages[5].inputs[0].stage", "gives no score"),
    "with, at the very start": (
        "name: {zh: 通知, en: Call}, article: \"3\"", "name: {zh: 通知, en: Call}, opens: with, article: \"3\"",
        "document.stages[0].opens", "first stage cannot open",
    ),
    "with, after a batch": (
        "name: {zh: 获奖名单公示, en: Winners published}", "name: {zh: 获奖名单公示, en: Winners published}, opens: with",
        "document.stages[8].opens", "cannot open together with 'vote'",
    ),
    "nothing says how many": ("tiers: [bronze], max: 3, inside: all", "tiers: [bronze]", "document.quotas[3]", "at most ('max')"),
    "more kept than there are": ("categories: [small], reserved: 2", "categories: [small], reserved: 13", "document.quotas[6].reserved", "13 places are kept"),
    "an inner quota over the outer": ("tiers: [bronze], max: 3", "tiers: [bronze], max: 30", "document.quotas[3].max", "'bronze' (30) is more than 'all' (12)"),
    "a share over the whole": ("share: 1/4", "share: 5/4", "document.quotas[8].share", "more than the whole"),
    "a decimal fraction": ("share: 1/4", "share: 0.25", "document.quotas[8].share", "write a fraction such as 2/3"),
    "quorum over the whole": ("ratio: 2/3, base: appointed", "ratio: 4/3, base: appointed", "document.stages[7].quorum.ratio", "more than the whole"),
    "team upside down": ("min: 3, max: 7", "min: 8, max: 7", "document.stages[4].team.min", "'min' (8) is more than 'max' (7)"),
    "too few tellers": ("total: 3, needed: 2", "total: 3, needed: 4", "document.stages[7].tellers", "4 tellers are needed"),
    "an electorate without seats": ("electorate: [committee, citizens]", "electorate: [committee, office]", "document.stages[7].electorate[1]", "has no seats"),
    "a window of no days": ("window: {length: 3, unit: working}", "window: {length: 0, unit: working}", "document.stages[3].window.length", "at least 1"),
    "territory": ("territory: [\"9901\"]\n      articles", "territory: [\"99AB\"]\n      articles", "document.territory[0]", "no division code"),
    "no day of effect": ("effective: {days_after_publication: 30}", "effective: {}", "document.effective", "say when it takes effect"),
    "open though in force": ("effective: {days_after_publication: 30}", "effective: {open: true}", "document.effective.open", "only a draft"),
    "a draft may not be two things": ("effective: {days_after_publication: 30}", "effective: {days_after_publication: 30, open: true}", "document.effective", "only one"),
    "a prize without a form": ("prizes: [person, team]\n          sections", "prizes: [person]\n          sections", "document.prizes[3]", "'team' has no form"),
    "unsheeted prize": (", any: innovation}", "}", "document.stages[4].sheets", "has no score sheet in the stage 'documents'"),
    "assumed without a reason": ("base_year: 2026", "base_year: {value: 2026, assumed: true}", "document.cycle.base_year", "needs a reason"),
    "unknown block": ("use: innovation-award", "use: inovation-award", "document.sheets[1].use", "the nearest is 'innovation-award'"),
    "nothing to leave out": ("{use: section-basics}", "{use: section-basics, without: [colour]}", "document.forms[0].sections[0].without", "no 'colour' to leave out"),
    "a question twice": ("- {key: story,", "- {key: declares_truth,", "document.forms[1].sections[1].fields[0].key", "'declares_truth' stands here twice"),
    "no choices": ("type: long_text, max_length: 2000", "type: choice", "document.forms[1].sections[0].fields[1]", "needs 'choices'"),
    "another edition than its row": ("edition: \"2026\"\n    status", "edition: \"2027\"\n    status", "document.edition", "the row says '2027'"),
    "missing": ("          name: {zh: 卓越奖, en: Champion prize}\n", "", "document.prizes[1].name", "'name' is missing"),
    "not one of": ("base: appointed", "base: apointed", "document.stages[7].quorum.base", "is not one of"),
}  # fmt: skip


#: the problem is told where the thing begins that lacks something, not where it was taken out
ELSEWHERE = {
    "two intakes",
    "a question twice",
    "a prize without a form",
    "another edition than its row",
    "missing",
    "nothing says how many",
}


def line_of_change(broken):
    pairs = zip(STRETCH.splitlines(), broken.splitlines(), strict=False)
    return next(number for number, (before, after) in enumerate(pairs, 1) if before != after)


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_path(name):
    written, becomes, path, part = MISTAKES[name]
    assert written in STRETCH
    broken = STRETCH.replace(written, becomes, 1)
    problems = read_text(broken, name="x.yaml").problems
    told = [problem for problem in problems if problem.place == path and part in str(problem)]
    assert told, [str(problem) for problem in problems]
    assert told[0].line > 0
    assert name in ELSEWHERE or told[0].line == line_of_change(broken)
    assert str(told[0]).startswith(f"x.yaml:{told[0].line}: {path}: ")


def test_all_mistakes_are_told_in_one_run():
    broken = STRETCH
    chosen = ["wrong key", "unknown stage kind", "no article", "not CEL", "unknown form fact", "unknown organ", "assumed without a reason",
              "a decimal fraction", "too few tellers", "unknown block", "territory"]  # fmt: skip
    for name in chosen:
        broken = broken.replace(MISTAKES[name][0], MISTAKES[name][1], 1)
    found = {p.place for p in read_text(broken).problems}
    assert {MISTAKES[name][2] for name in chosen} <= found


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_one_mistake_does_not_set_off_an_avalanche(name):
    written, becomes, _path, _part = MISTAKES[name]
    assert len(read_text(STRETCH.replace(written, becomes, 1)).problems) <= 6


@pytest.mark.parametrize(
    ("written", "becomes", "part"),
    [
        ("\"3\": *s", "3: *s", "write the key '3' in quotes"),
        ("effective: {days", "on: 2026-01-01\n      effective: {days", "write the key 'on' in quotes"),
        ("effective_article: \"20\"", "effective_article: 9.10", "write '9.10' in quotes"),
        ("status: in_force", "status: in_force\n      status: draft", "the key 'status' stands here twice"),
        ("sheets: [{use", "sheets: [[{use", "expected"),
    ],
)  # fmt: skip
def test_yaml_that_means_something_else_is_refused(written, becomes, part):
    file = read_text(STRETCH.replace(written, becomes, 1), name="x.yaml")
    assert any(part in str(problem) for problem in file.problems)
    assert all(problem.line > 0 for problem in file.problems)
    with pytest.raises(BadPolicy):
        file.sound()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: 1", "must be a list of rows"),
        ("- {model: jurisdictions.jurisdicton, fields: {code: x}}", "nearest is 'jurisdictions.jurisdiction'"),
        ("- {model: jurisdictions.jurisdiction, fields: {code: x}}", "no row 'jurisdictions.policydocument'"),
        ("- {model: jurisdictions.policydocument, fields: {edition: '1'}}", "has no 'document'"),
        ("", "must be a list of rows"),
    ],
)
def test_a_file_that_is_no_fixture_is_refused(text, part):
    assert any(part in str(problem) for problem in read_text(text).problems)


@pytest.mark.parametrize(
    ("written", "becomes", "path", "part"),
    [
        ("key: office, kind: department", "key: office, knd: department", "[1].fields.knd", "did you mean 'kind'"),
        (
            "key: office, kind: department",
            "key: office, kind: bureau",
            "[1].fields.kind",
            "not one of: department, town",
        ),
        ("key: office, kind: department", "key: office", "[1].fields", "'kind' is missing"),
        (
            "jurisdiction: [stretch], key",
            "jurisdiction: [other], key",
            "[1].fields.jurisdiction",
            "the file is of 'stretch'",
        ),
        ("status: published", "status: open", "[2].fields.status", "not one of: draft, published"),
        ("demo: true", "colr: red", "[0].fields.colr", "did you mean 'colour'"),
    ],
)
def test_the_rows_around_the_document_are_checked_too(written, becomes, path, part):
    broken = STRETCH.replace(written, becomes, 1)
    told = [problem for problem in read_text(broken).problems if problem.place == path]
    assert told, [str(problem) for problem in read_text(broken).problems]
    assert any(part in str(problem) for problem in told)
    assert all(problem.line > 0 for problem in told)


def test_wrong_entries_of_an_included_block_point_at_the_line_that_includes_it():
    broken = WENLING.replace(
        "- use: section-breaches", "- {use: section-breaches, more: [{key: x, label: {zh: 甲, en: A}, type: nmber}]}", 1
    )
    problem = next(p for p in read_text(broken).problems if p.place.endswith("type"))
    assert "section-breaches, more" in broken.splitlines()[problem.line - 1]


def test_the_command_writes_json_and_fails(tmp_path, capsys):
    path = tmp_path / "broken.yaml"
    path.write_text(STRETCH.replace("kind: composite", "kind: compost"), encoding="utf-8")
    with pytest.raises(CommandError, match="problems"):
        call_command("policy", "check", str(path), "--json")
    [first, *_rest] = json.loads(capsys.readouterr().out)
    assert first["path"] == "document.stages[5].kind"
    assert first["line"] > 0


def test_the_command_is_content_with_a_sound_file(capsys):
    call_command("policy", "check", "tests/data/stretch-2026.yaml")
    assert "no problems" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("policy", "check", "nowhere.yaml")
