"""The four times that a list or an application stands in view: each is tried to be ended early and refused with its article, then passes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests import worlds
from tests.e2e import applying
from tests.e2e.acting import Enter, Person
from tests.e2e.casting import Stage, assemble, organisation_form, particulars
from tests.e2e.running import close, decide, make_round, move_clock, open_next, prepare, today, working_day

STARTS, CLOSES = dt.date(2025, 3, 3), dt.date(2025, 4, 10)
PARENT, BRANCH = "塔城示例乳业有限公司", "塔城示例乳业有限公司乌苏分公司"
SPAN = dt.timedelta(days=8)  # five working days end within eight


@pytest.mark.requirement("tacheng-12a", "tacheng-12b", "tacheng-14b", "tacheng-17a")
@pytest.mark.django_db(transaction=True)
def test_internal_audit_and_acceptance_windows(enter: Enter) -> None:
    stage = assemble(enter, "tacheng-2023")
    make_round(stage, 2025, STARTS, CLOSES)
    close(stage, "call")
    open_next(stage)
    person, application = write_as_branch(stage)
    publish_internally(stage, person, application)
    audit_by_county(stage)
    move_clock(stage, working_day(stage, CLOSES + dt.timedelta(days=1)))
    for key in ("internal_publicity", "application", "audit"):
        close(stage, key)
    accept(stage)
    publish_list(stage, "acceptance_publicity", "第17条")


@pytest.mark.requirement("tacheng-22b")
@pytest.mark.django_db(transaction=True)
def test_window_of_the_proposed_winners(enter: Enter) -> None:
    world = worlds.build("tacheng-2023", year=2025, applications=4)
    with worlds.scope(jurisdiction=world.jurisdiction):
        world.advance("result_publicity")
    stage = Stage(enter, world.document, round_id=world.round.pk)
    for key, user in (("office", world.cast.office), ("office-head", world.cast.office_head)):
        stage.people[key] = Person(enter(user), stage.code, user)
    publish_list(stage, "result_publicity", "第22条")


def write_as_branch(stage: Stage) -> tuple[Person, int]:
    """A parent and its branch are registered; the branch writes its application."""
    profile = particulars(stage, "quality", 1, opens=STARTS, closes=CLOSES, region="654202", sectors=["new_materials"])
    person = stage.newcomer("applicant-1", "申报人（示例）")
    form = organisation_form(profile, PARENT, 1) | {"legal_status": "legal_person"}
    parent = applying.register(person, form)
    own = {key: value for key, value in form.items() if key != "code"}
    branch = applying.register(person, own | {"name": BRANCH, "legal_status": "branch", "parent": parent})
    application = applying.start(person, branch, "quality")
    applying.write(person, application, profile["form"])
    return person, application


def publish_internally(stage: Stage, person: Person, application: int) -> None:
    """First window: five working days inside, and the parent's opinion."""
    first = today(stage)
    person.at("applications:review", application).press("applications:file", application, refused="第12条")
    shown = {
        "first_day": first.isoformat(),
        "place": "厂区公告栏",
        "objection_free": True,
        "proof": [("公示照片.pdf", applying.pdf())],
    }
    opinion = {"parent_checked": True, "opinion": "经审查符合条件，同意推荐", "opinion_by": "示例负责人"}
    person.at("applications:internal_publicity", application, shot="internal-publicity")
    person.send({**shown, **opinion, "last_day": (first + SPAN).isoformat()}, refused="第12条")
    person.at("applications:internal_publicity", application)
    person.send({**shown, **opinion, "last_day": first.isoformat()}, refused="第11条")
    last = first + SPAN
    move_clock(stage, working_day(stage, last + dt.timedelta(days=1)))
    person.at("applications:internal_publicity", application).send(
        {**shown, "last_day": last.isoformat()}, refused="第12条"
    )
    person.at("applications:internal_publicity", application).send({**shown, **opinion, "last_day": last.isoformat()})
    applying.file(person, application)


def audit_by_county(stage: Stage) -> None:
    """Second window: the county examines, publishes, and sends on when five working days are over."""
    county, found = stage["body-wusu"], stage.stage("audit")
    row = stage.rows("audit")[0]
    county.from_desk("applications:own", found.pk).follow("applications:own_entry", row.pk, shot="audit-entry")
    registers = {"check-abnormal_operation": "false", "check-serious_offender": "false", "check-form_true": "true"}
    county.send({**registers, "evidence": "国家企业信用信息公示系统"}, _acting("check"), button="act=check")
    settle_points(county)
    county.send(
        {"whom-0": "生态环境、税务部门", "outcome-0": "无不良记录"}, _acting("consulted"), button="act=consulted"
    )
    county.send({"where": "部门门户网站"}, _acting("publish"), button="act=publish")
    opinion = {"opinion": "材料完整、真实、准确、合法，同意上报"}
    county.send(opinion, _acting("pass"), button="act=pass", refused="第14条")
    move_clock(stage, working_day(stage, today(stage) + SPAN + dt.timedelta(days=1)))
    county.at("applications:own_entry", row.pk, shot="audit-window-over").send(
        opinion, _acting("pass"), button="act=pass"
    )


def settle_points(person: Person) -> None:
    """Each undecided point is found to be met, with a note."""
    found: dict[str, Any] = {}
    for control in person.page.locator(f"{_acting('find')} fieldset[data-state=unknown] select").all():
        key = (control.get_attribute("name") or "")[len("finding-") :]
        found |= {f"finding-{key}": "met", f"note-{key}": "查阅申报材料和证照原件"}
    if found:
        person.send(found, _acting("find"), button="act=find")


def _acting(act: str) -> str:
    return f'form:has(button[name="act"][value="{act}"])'


def accept(stage: Stage) -> None:
    """The office checks the papers, asks a department, and forms the acceptance list."""
    open_next(stage)
    office = stage["office"]
    settle_points(office.at("applications:examine", stage.rows("formal_check")[0].pk))
    decide(stage, "formal_check")
    close(stage, "formal_check")
    open_next(stage)
    found = stage.stage("acceptance")
    prepare(stage, "acceptance", refused="第17条")
    office.at("applications:consultation", found.pk)
    asking = f'form[action="{office.address("applications:ask", found.pk)}"]'
    body = office.page.locator(f'{asking} label:has-text("地区工业和信息化局") input').get_attribute("value")
    office.send({"bodies": [body]}, asking)
    department = stage["body-industry"]
    department.from_desk("applications:consultations", shot="department-questions")
    with department.page.expect_navigation():
        department.page.locator('tbody a[href*="/questions/"]').first.click()
    answers = {"check-accident_grade": "none", "check-violation": "false", "answer": "agree"}
    department.send(answers)
    settle_points(office.at("applications:examine", stage.rows("acceptance")[0].pk))
    decide(stage, "acceptance")
    close(stage, "acceptance")
    open_next(stage)


def publish_list(stage: Stage, key: str, article: str) -> None:
    """Third and fourth window: the office publishes; nothing is decided or closed before the last day is over."""
    office, found = stage["office"], stage.stage(key)
    office.at("publicity:stage", found.pk, shot=f"publish-{key}")
    office.send({}, f'form[action="{office.address("publicity:publish", found.pk)}"]')
    published = today(stage)
    prepare(stage, key, refused=article)
    close(stage, key, refused=article)
    move_clock(stage, published + dt.timedelta(days=3))
    prepare(stage, key, refused=article)
    move_clock(stage, working_day(stage, published + SPAN + dt.timedelta(days=1)))
    decide(stage, key)
    close(stage, key)
