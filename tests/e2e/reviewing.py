"""What a pool, its teams and their reviewers do on their pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from rounds.models import RoundStage, StageEntry
from tests.e2e.acting import Person, type_all, unfold
from tests.e2e.casting import Stage
from tests.e2e.running import today

Merit = Callable[[StageEntry], float]


def gather_pool(stage: Stage, kind: str, count: int) -> list[str]:
    """The office appoints people with an account and records a qualification; each signs the undertakings."""
    keys = [f"expert-{n}" for n in range(1, count + 1)]
    office = stage["office"]
    for n, key in enumerate(keys, start=1):
        expert = stage.newcomer(key, f"评审员{n}（示例）")
        assert expert.user is not None
        office.at("reviews:pool").follow("reviews:appoint", shot="pool-appoint" if n == 1 else "")
        office.send(
            {"email": expert.user.email, "employer": f"示例单位{n}", "is_industry_expert": n == 1, "text": "评审办聘任"}
        )
        number = int(office.page.url.rstrip("/").rsplit("/", 1)[1])
        values = {"kind": kind, "number": f"示例-{n}", "valid_from": "2024-01-01", "valid_until": "2027-12-31"}
        office.send(values, f'form[action="{office.address("reviews:qualify", number)}"]')
        expert.at("reviews:mine").follow("reviews:undertaking").press("reviews:undertaking")
    office.shot("pool-reviewer")
    return keys


def build_team(stage: Stage, key: str, experts: list[str]) -> int:
    """The office sets a team up, led by the first, and distributes what waits; the team's number."""
    office, found = stage["office"], stage.stage(key)
    office.at("reviews:stage", found.pk, shot=f"review-{key}").follow(
        "reviews:team_new", found.pk, shot=f"team-new-{key}"
    )
    numbers = _pool_numbers(stage, experts)
    office.send({"members": numbers, "leaders": numbers[0]})
    team = int(office.page.url.rstrip("/").rsplit("/", 1)[1])
    office.at("reviews:stage", found.pk).press("reviews:distribute", found.pk)
    return team


def _pool_numbers(stage: Stage, experts: list[str]) -> list[int]:
    from reviews.models import Reviewer

    with stage.inside():
        numbers = dict(Reviewer.objects.values_list("user__email", "pk"))
    return [numbers[stage[key].user.email] for key in experts]  # type: ignore[union-attr]


def plan_visits(stage: Stage, leader: Person, team: int, rows: list[StageEntry], day: dt.date) -> None:
    """The leader writes the plan; the office approves it."""
    leader.at("reviews:mine").follow("reviews:plan", team)
    days = {f"day_{row.pk}": day.isoformat() for row in rows}
    leader.send(
        {
            "starts_on": day.isoformat(),
            "ends_on": day.isoformat(),
            "text": "首次会议、现场查看、座谈、末次会议。",
            **days,
        }
    )
    leader.shot("visit-plan")
    stage["office"].at("reviews:plan", team).press("reviews:approve_plan", team)


def visit(stage: Stage, leader: Person, row: StageEntry) -> None:
    """The leader records that the team was there."""
    day = today(stage).isoformat()
    leader.at("reviews:mine").follow("reviews:visit", row.pk)
    leader.send({"started_on": day, "ended_on": day, "fed_back_to": "示例负责人"})


def score(stage: Stage, experts: list[str], rows: list[StageEntry], merit: Merit, shot: str = "") -> None:
    """Each expert fills in and hands in a sheet for each entry."""
    for n, key in enumerate(experts):
        for place, row in enumerate(rows):
            person = stage[key].at("reviews:mine").follow("reviews:score", row.pk)
            _mark(person, merit(row) + 0.02 * n)
            person.shot(shot if n == place == 0 else "")
            person.send({}, 'form:has(button[name="submit"])', button="submit")
            assert person.page.url.endswith(person.address("reviews:mine"))


#: Buttons, a list or a number: each item gets the mark nearest to that share of its best one.
_MARK = """(share) => {
    const nearest = (offered) => offered.reduce((a, b) =>
        Math.abs(b - share * Math.max(...offered)) < Math.abs(a - share * Math.max(...offered)) ? b : a)
    const names = new Set([...document.querySelectorAll('[name^="score_"]')].map((c) => c.name))
    for (const name of names) {
        const all = [...document.querySelectorAll(`[name="${name}"]`)]
        if (all[0].type === "radio") {
            const best = nearest(all.map((c) => Number(c.value)))
            all.find((c) => Number(c.value) === best).click()
        } else if (all[0].options) {
            const best = nearest([...all[0].options].filter((o) => o.value).map((o) => Number(o.value)))
            all[0].value = [...all[0].options].find((o) => o.value && Number(o.value) === best).value
        } else all[0].value = String(Math.round(share * Number(all[0].max)))
        all[0].dispatchEvent(new Event("change", {bubbles: true}))
    }
}"""


def _mark(person: Person, share: float) -> None:
    """Choose the mark nearest to that share of the best one, item by item."""
    unfold(person.page)
    person.page.evaluate(_MARK, share)
    words = {"strengths": "方法系统，结果领先。", "opportunities": "可进一步扩大对标范围。"}
    type_all(person.page.locator('form:has(button[name="submit"])'), words)


def agree_and_report(stage: Stage, leader: Person, rows: list[StageEntry], *, shot: str = "") -> None:
    """The leader settles what the team has to talk over, then writes each report."""
    for row in rows:
        leader.at("reviews:mine").follow("reviews:differences", row.pk)
        form = leader.page.locator('form:has([name^="reason_"])')
        if form.count():
            leader.send(_agreement(leader), 'form:has([name^="reason_"])')
        leader.shot(f"{shot}-differences")
        leader.at("reviews:mine").follow("reviews:report", row.pk)
        leader.send({"summary": "评审组综合意见：按评审标准逐项核实。"})
        leader.shot(f"{shot}-report")


def _agreement(leader: Person) -> dict[str, Any]:
    """Each open item agreed at the mark in the middle of the list, with a reason."""
    unfold(leader.page)
    given: dict[str, Any] = {}
    for control in leader.page.locator('[name^="reason_"]').all():
        name = (control.get_attribute("name") or "")[len("reason_") :]
        given |= {name: _middle(leader, name), f"reason_{name}": "经讨论一致"}
    return given


def _middle(leader: Person, name: str) -> str:
    options = leader.page.locator(f'select[name="{name}"]')
    if not options.count():
        return "50"
    offered = [value for value in options.first.evaluate("s => [...s.options].map(o => o.value)") if value]
    return sorted(offered, key=float)[len(offered) // 2]


def propose(leader: Person, team: int, rows: list[StageEntry]) -> None:
    """The team proposes these to the office."""
    leader.at("reviews:mine").follow("reviews:propose", team)
    leader.send({"listed": [row.pk for row in rows], "text": "按得分排序推荐。"})


def confirm(person: Person, row: StageEntry) -> None:
    """The applicant confirms the report, coming from the desk."""
    person.from_desk("reviews:confirm", row.pk, shot="applicant-confirm")
    person.send({"answer": "agreed"})


def stage_report(stage: Stage, found: RoundStage) -> None:
    """The office writes its report on a composite."""
    office = stage["office"].at("reviews:ranking", found.pk, shot=f"ranking-{found.key}")
    office.follow("reviews:stage_report", found.pk).send({"text": "综合评价报告：按权重汇总资料评审与现场评审得分。"})
