"""A round of the Quality Award from its making to the certificate, each act by the person whose it is, on that person's pages."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from rounds.models import StageEntry
from tests.e2e import applying, balloting, reviewing
from tests.e2e.acting import Enter, Person
from tests.e2e.casting import Stage, assemble, organisation_form, particulars
from tests.e2e.running import close, decide, make_round, move_clock, open_next, prepare, today, working_day

STARTS, CLOSES = dt.date(2025, 3, 3), dt.date(2025, 4, 2)
STRONG, WEAK = "温岭示例精密泵业有限公司", "温岭示例普通机械有限公司"
CHECKS = {
    "credit_bad": "false",
    "spot_check_failed": "false",
    "accident_grade": "none",
    "serious_violation": "false",
    "complies_with_law": "true",
}


def merit(row: StageEntry) -> float:
    return 0.85 if row.entry.organisation.name == STRONG else 0.45


def points(row: StageEntry) -> int:
    return 90 if row.entry.organisation.name == STRONG else 40


@pytest.mark.requirement("wenling-12")
@pytest.mark.django_db(transaction=True)
def test_a_round_from_the_call_to_the_certificate(enter: Enter) -> None:
    stage = assemble(enter, "wenling-2023")
    make_round(stage, 2025, STARTS, CLOSES)
    winner = apply_and_file(stage)
    examine(stage)
    review(stage, winner)
    elect(stage)
    publish_and_confer(stage)
    take_certificate(stage, winner)


def apply_and_file(stage: Stage) -> Person:
    """Two organisations are registered and file; their town recommends them."""
    close(stage, "notice")
    open_next(stage)
    applicants = [_apply(stage, number, name) for number, name in enumerate((STRONG, WEAK), start=1)]
    town = stage["body-taiping"]
    recommendation = stage.stage("recommendation")
    for row in stage.rows("recommendation"):
        town.from_desk("applications:own", recommendation.pk, shot="body-own").follow("applications:own_entry", row.pk)
        town.shot("body-entry")
        _give_finding(town)
        town.send(
            {"reason": "经审核，材料真实完整，同意推荐"}, 'form:has(button[value="recommend"])', button="act=recommend"
        )
    close(stage, "application", refused="第14条")
    move_clock(stage, working_day(stage, CLOSES + dt.timedelta(days=1)))
    close(stage, "application")
    close(stage, "recommendation")
    return applicants[0]


def _apply(stage: Stage, number: int, name: str) -> Person:
    profile = particulars(
        stage, "quality", number, opens=STARTS, closes=CLOSES, region="331081001", sectors=["new_materials"]
    )
    person = stage.newcomer(f"applicant-{number}", f"申报人{number}（示例）")
    organisation = applying.register(person, organisation_form(profile, name, number))
    application = applying.start(person, organisation, "quality")
    applying.write(person, application, profile["form"])
    number_given = applying.file(person, application)
    stage.make_papers()
    person.at("applications:receipt", application)
    assert number_given in person.page.locator("main").inner_text()
    return person


def _give_finding(person: Person) -> None:
    """Whatever first review and consultation the regulation asks of the recommending body."""
    review_form = 'form:has(button[value="review"])'
    if person.page.locator(review_form).count():
        found: dict[str, Any] = {}
        for control in person.page.locator(f'{review_form} [name^="finding-"]').all():
            name = (control.get_attribute("name") or "")[len("finding-") :]
            if not control.input_value() and person.page.locator(f'{review_form} [name="finding-{name}"]').count():
                found |= {f"finding-{name}": "met", f"note-{name}": "已核实"}
        person.send(found, review_form, button="act=review")
    consulted = 'form:has(button[value="consulted"])'
    if person.page.locator(consulted).count():
        person.send({"whom-0": "市场监管、应急管理部门", "outcome-0": "无不良记录"}, consulted, button="act=consulted")


def examine(stage: Stage) -> None:
    """The office establishes facts and settles what staff must judge; the head releases the list."""
    open_next(stage)
    prepare(stage, "eligibility", refused="第15条")
    office, found = stage["office"], stage.stage("eligibility")
    for row in stage.rows("eligibility"):
        office.at("applications:eligibility", found.pk, shot="eligibility-desk").follow("applications:examine", row.pk)
        office.send(
            {**{f"check-{key}": value for key, value in CHECKS.items()}, "evidence": "各系统查询"},
            'form:has(button[value="check"])',
        )
        _settle_points(office)
        office.shot("eligibility-examine")
    decide(stage, "eligibility")
    close(stage, "eligibility")


def _settle_points(office: Person) -> None:
    form = 'form:has(button[value="find"])'
    undecided = office.page.locator(f"{form} fieldset[data-state=unknown] select").all()
    found: dict[str, Any] = {}
    for control in undecided:
        key = (control.get_attribute("name") or "")[len("finding-") :]
        found |= {f"finding-{key}": "met", f"note-{key}": "查阅申报材料和登记", f"evidence-{key}": "申报材料"}
    if found:
        office.send(found, form, button="act=find")


def review(stage: Stage, winner: Person) -> None:
    """Documents, then on site with an approved plan and the applicant's confirmation, then the composite."""
    experts = reviewing.gather_pool(stage, "provincial_reviewer", 3)
    leader = stage[experts[0]]
    open_next(stage)
    team, rows = reviewing.build_team(stage, "documents", experts), stage.rows("documents")
    reviewing.score(stage, experts, rows, merit, shot="score-sheet")
    reviewing.agree_and_report(stage, leader, rows, shot="documents")
    reviewing.propose(leader, team, rows)
    decide(stage, "documents")
    close(stage, "documents")
    open_next(stage)
    _on_site(stage, experts, winner)
    open_next(stage)
    reviewing.stage_report(stage, stage.stage("composite"))
    decide(stage, "composite")
    close(stage, "composite")


def _on_site(stage: Stage, experts: list[str], winner: Person) -> None:
    leader = stage[experts[0]]
    team, rows = reviewing.build_team(stage, "onsite", experts), stage.rows("onsite")
    day = working_day(stage, today(stage) + dt.timedelta(days=3))
    reviewing.plan_visits(stage, leader, team, rows, day)
    move_clock(stage, day)
    for row in rows:
        reviewing.visit(stage, leader, row)
    reviewing.score(stage, experts, rows, merit)
    reviewing.agree_and_report(stage, leader, rows, shot="onsite")
    prepare(stage, "onsite", refused="第17条")
    for number, row in enumerate(rows, start=1):
        reviewing.confirm(stage[f"applicant-{number}"], row)
    reviewing.propose(leader, team, rows)
    decide(stage, "onsite")
    close(stage, "onsite")


def elect(stage: Stage) -> None:
    """The committee votes in secret; the tellers open the box together."""
    open_next(stage)
    balloting.hold(stage, "vote", stage.keys("committee-"), stage.keys("teller-"), points)
    decide(stage, "vote")
    close(stage, "vote")
    outcome = {row.entry.organisation.name: row.prize for row in stage.rows("vote")}
    assert outcome[STRONG] == "quality"
    assert outcome[WEAK] != "quality"


def publish_and_confer(stage: Stage) -> None:
    """Seven days in public view, the list fixed and approved, the honours entered."""
    open_next(stage)
    office, found = stage["office"], stage.stage("publicity")
    office.at("publicity:stage", found.pk, shot="publicity-stage").send(
        {}, f'form[action="{office.address("publicity:publish", found.pk)}"]'
    )
    published = today(stage)
    prepare(stage, "publicity", refused="第20条")
    move_clock(stage, published + dt.timedelta(days=8))
    decide(stage, "publicity")
    close(stage, "publicity")
    open_next(stage)
    approval, on = stage.stage("approval"), today(stage).isoformat()
    fixing = f'form[action="{office.address("awards:fix", approval.pk)}"]'
    office.at("awards:approval", approval.pk, shot="approval").send(
        {"on": on, "document": "评审委员会会议纪要〔2025〕1号"}, fixing
    )
    government = stage["approver"]
    government.from_desk("awards:approval", approval.pk)
    government.send(
        {"number": "温政发〔2025〕99号", "date": on}, f'form[action="{office.address("awards:approve", approval.pk)}"]'
    )
    decide(stage, "approval")
    close(stage, "approval")
    open_next(stage)
    office.at("awards:conferral", stage.stage("conferral").pk, shot="conferral")
    decide(stage, "conferral")
    close(stage, "conferral")
    stage.make_papers()


def take_certificate(stage: Stage, winner: Person) -> None:
    """The winner finds its honour and downloads the certificate; anybody can verify it."""
    assert stage.round().status == "closed"
    winner.at("awards:honours", shot="winner-honours")
    with winner.page.expect_navigation():
        winner.page.locator('main a[href*="/honours/"]').first.click()
    winner.shot("winner-honour")
    with winner.page.expect_download() as waiting:
        winner.page.locator('main a[href*="/papers/"]').first.click()
    content = waiting.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert STRONG in "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace("\n", "")
    address = winner.page.locator('main a[href*="/verify/"]').first.get_attribute("href")
    visitor = stage.visitor()
    answer = visitor.page.goto(str(address))
    assert answer is not None and answer.ok
    assert visitor.shot("verify").page.locator("main .alert-warning, main h1").count(), (
        "it does not say that a rehearsal confers nothing"
    )
