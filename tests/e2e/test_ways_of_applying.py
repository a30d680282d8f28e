"""Ways in and what may come afterwards, each act on the page of the person whose it is: late filing and extension, supplement,
withdrawal, a recommending department, a county office and its priorities, direct filing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.e2e import applying
from tests.e2e.acting import Enter, Person
from tests.e2e.casting import Stage, assemble, organisation_form, particulars
from tests.e2e.running import close, make_round, move_clock, open_next, working_day

ONE = dt.timedelta(days=1)


@pytest.mark.requirement("wenling-14")
@pytest.mark.requirement("wenling-11")
@pytest.mark.django_db(transaction=True)
def test_the_standards_award_late_extended_supplemented_recommended_withdrawn(enter: Enter) -> None:
    starts, closes = dt.date(2026, 3, 2), dt.date(2026, 4, 2)
    stage = assemble(enter, "wenling-2023")
    make_round(stage, 2026, starts, closes)
    close(stage, "notice")
    open_next(stage)
    person, application = _written(
        stage, "standards", 1, "温岭示例标准技术有限公司", starts, closes, region="331081001"
    )
    move_clock(stage, working_day(stage, closes + ONE))
    person.at("applications:review", application).press("applications:file", application, refused="第14条")
    _extend(stage, "温岭示例标准技术有限公司")
    person.at("applications:application", application, shot="applicant-extended")
    assert "停电" in person.page.locator("main").inner_text()
    applying.file(person, application)
    row = stage.rows("recommendation")[0]
    _supplement(stage, person, application, row.pk)
    town = stage["body-taiping"].from_desk("applications:own", stage.stage("recommendation").pk, shot="town-own")
    town.follow("applications:own_entry", row.pk, shot="town-entry")
    town.send({"reason": "同意推荐"}, _acting("recommend"), button="act=recommend")
    assert stage.rows("recommendation", "advanced"), "it is recommended"
    person.at("applications:application", application, shot="applicant-recommended")
    person.page.goto(reverse("notifications:inbox"))
    person.shot("applicant-inbox")
    assert "已获推荐" in person.page.locator("main").inner_text()
    person.at("applications:withdraw", application).send({"reason": "企业重组，不再参评"})
    assert "企业重组" in person.shot("applicant-withdrawn").page.locator("main").inner_text()


@pytest.mark.requirement("wenzhou-13a")
@pytest.mark.requirement("wenzhou-13c")
@pytest.mark.django_db(transaction=True)
def test_wenzhou_through_a_county_office_and_directly(enter: Enter) -> None:
    starts, closes = dt.date(2025, 4, 7), dt.date(2025, 5, 12)
    stage = assemble(enter, "wenzhou-2020")
    make_round(stage, 2025, starts, closes)
    close(stage, "call")
    open_next(stage)
    name = "温州示例鹿城电气有限公司"
    person, application = _written(stage, "quality", 1, name, starts, closes, region="330302", subordination="")
    applying.file(person, application)
    direct, other = _written(
        stage, "quality", 2, "温州示例市属公交集团有限公司", starts, closes, region="330302", subordination="city"
    )
    applying.file(direct, other)
    move_clock(stage, working_day(stage, closes + ONE))
    close(stage, "intake")
    open_next(stage)
    rows = {row.entry_id: row for row in stage.rows("recommendation")}
    assert rows[other].status == "skipped", "directly under the city: no county office stands between"
    direct.at("applications:application", other, shot="applicant-direct")
    county, found = stage["body-lucheng"], stage.stage("recommendation")
    county.from_desk("applications:own", found.pk, shot="county-own").follow(
        "applications:own_entry", rows[application].pk
    )
    county.shot("county-entry")
    county.send({"reason": "同意推荐"}, _acting("recommend"), button="act=recommend", refused="第")
    _review_first(county)
    county.send(
        {"whom-0": "应急管理、生态环境、税务部门", "outcome-0": "无不良记录"},
        _acting("consulted"),
        button="act=consulted",
    )
    county.send({"reason": "初审合格，同意推荐"}, _acting("recommend"), button="act=recommend")
    assert [row.entry_id for row in stage.rows("recommendation", "advanced")] == [application]
    close(stage, "recommendation")
    open_next(stage)
    assert {row.entry_id for row in stage.rows("eligibility")} == {application, other}


def _written(
    stage: Stage, prize: str, number: int, name: str, starts: dt.date, closes: dt.date, **org: Any
) -> tuple[Person, int]:
    """An organisation is registered and its application written, on pages."""
    profile = particulars(stage, prize, number, opens=starts, closes=closes, **org)
    person = stage.newcomer(f"applicant-{number}", f"申报人{number}（示例）")
    organisation = applying.register(
        person, organisation_form(profile, name, number) | {"subordination": org.get("subordination", "")}
    )
    application = applying.start(person, organisation, prize)
    applying.write(person, application, profile["form"])
    return person, application


def _extend(stage: Stage, name: str) -> None:
    """The head of the office lets this one file later; supervision sees why."""
    intake, head = stage.stage("application"), stage["office-head"]
    grant = f'form[action="{head.address("applications:extend", intake.pk)}"]'
    given = {"scope": "one", "days": 2, "unit": "working", "reason": "申报系统停电，经核实准予延期"}
    head.at("applications:intake", intake.pk).send({**given, "organisation": "没有登记的单位"}, grant, refused="第14条")
    head.at("applications:intake", intake.pk).send({**given, "organisation": name}, grant).shot("office-extension")
    watcher = stage["supervisor"].at("applications:intake", intake.pk, shot="supervisor-extension")
    assert "停电" in watcher.page.locator("main").inner_text() and not watcher.page.locator(grant).count()


def _supplement(stage: Stage, person: Person, application: int, row: int) -> None:
    """The office returns it once; only what it names reopens, and the change stands side by side."""
    office = stage["office"].at("applications:application", application).follow("applications:office_supplement", row)
    office.shot("office-supplement-form")
    tick = office.page.locator('input[name^="open-"]').first.get_attribute("name") or ""
    what = tick.replace("open-", "what-")
    key = tick.removeprefix("open-")
    given = {"reason": "所填内容与证明材料不一致", "days": 5, what: "请按营业执照更正"}
    office.send(given).shot("office-supplement-asked")
    stage.make_papers()
    person.page.goto(reverse("rounds:desk"))
    person.follow("applications:supplement", application, shot="applicant-supplement")
    control = person.page.locator(f'[name="f-{key}"]').first
    assert person.page.locator("fieldset.question").count() == 1, "only what was named reopens"
    control.fill("示例路 2 号（更正）")
    person.send({}, 'form[enctype="multipart/form-data"]', button="file=1")
    person.at("applications:difference", application, 2, shot="applicant-difference")
    assert "示例路 2 号（更正）" in person.page.locator("main").inner_text()
    office.at("applications:office_supplement", row, shot="office-supplement-answered")


def _review_first(person: Person) -> None:
    """The first review: what could not be computed is found, with a note."""
    form, found = _acting("review"), {}
    for control in person.page.locator(f'{form} [name^="finding-"]').all():
        key = (control.get_attribute("name") or "")[len("finding-") :]
        if not control.input_value():
            found |= {f"finding-{key}": "met", f"note-{key}": "已核实"}
    person.send(found, form, button="act=review")


def _acting(act: str) -> str:
    return f'form:has(button[name="act"][value="{act}"])'
