"""A meeting from its convening to the signed minutes, on the pages of office, tellers and electors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rounds.models import StageEntry
from tests.e2e.acting import Person
from tests.e2e.casting import Stage
from tests.e2e.running import today

Choose = Callable[[StageEntry], Any]


def hold(stage: Stage, key: str, electors: list[str], tellers: list[str], choose: Choose) -> int:
    """Convene, hear, vote, open the box, count, sign; the ballot's number."""
    found, office, rows = stage.stage(key), stage["office"], stage.rows(key)
    office.at("voting:stage", found.pk, shot="vote-stage")
    office.send(
        {"held_on": today(stage).isoformat(), "place": "示例会议室"},
        f'form[action="{office.address("voting:convene", found.pk)}"]',
    )
    meeting = int(office.page.url.rstrip("/").rsplit("/", 1)[1])
    users = [stage[elector].user.pk for elector in electors]  # type: ignore[union-attr]
    office.send({"people": users}, _posting(office, "voting:attend", meeting))
    office.send({"given_by": "评审办负责人（示例）"}, _posting(office, "voting:report", meeting))
    office.send({"people": [stage[teller].user.pk for teller in tellers]}, _posting(office, "voting:prepare", meeting))  # type: ignore[union-attr]
    poll = int(office.page.url.rstrip("/").rsplit("/", 1)[1])
    words = {teller: _make_key(stage[teller], poll) for teller in tellers}
    office.at("voting:poll", poll).press("voting:open", poll)
    for elector in electors:
        _vote(stage[elector], poll, {f"vote-{row.entry_id}": choose(row) for row in rows})
    if found.spec.hears_heads:
        office.at("voting:meeting", meeting, shot="vote-meeting")
        speakers = {f"speaker-{row.entry_id}": "示例负责人" for row in rows}
        office.send(speakers, _posting(office, "voting:heads", meeting))
    office.at("voting:poll", poll).press("voting:close", poll)
    for teller in tellers:
        stage[teller].from_desk("voting:unseal", poll, shot="vote-unseal").send({"passphrase": words[teller]})
    office.at("voting:poll", poll).press("voting:count", poll)
    for teller in tellers:
        stage[teller].from_desk("voting:sign", poll).send({"passphrase": words[teller]})
    office.at("voting:poll", poll, shot="vote-poll")
    return poll


def _posting(person: Person, name: str, *args: Any) -> str:
    return f'form[action="{person.address(name, *args)}"]'


def _make_key(teller: Person, poll: int) -> str:
    """The passphrase, which is shown once."""
    teller.from_desk("voting:key", poll).press("voting:key", poll)
    words = teller.page.locator(".font-monospace").inner_text()
    teller.shot("vote-key")
    teller.at("voting:key", poll)
    assert words not in teller.page.content()
    return words


def _vote(elector: Person, poll: int, votes: dict[str, Any]) -> None:
    """Undertake, choose, read once more, cast."""
    elector.from_desk("voting:ballot", poll)
    undertaking = _posting(elector, "voting:undertake", poll)
    if elector.page.locator(undertaking).count():
        elector.send({}, undertaking)
    form = 'form:has([name^="vote-"]):not(:has([name="confirmed"]))'
    elector.shot("vote-ballot").send(votes, form)
    elector.send({}, 'form:has(button[name="confirmed"])', button="confirmed")
    assert elector.page.locator(".alert-success code").count(), "no receipt"
