"""The applicants' part of a rehearsal, for every policy file: everything forbidden is refused, everybody else files."""

from __future__ import annotations

import pytest
from django_scopes import scope

from applications.models import FiledVersion, InternalPublicity
from rounds.facts import facts_for_many
from rounds.models import Entry, Round, StageEntry
from tests import worlds
from tests.applications.test_invention import FILES

CANDIDATES = 10


@pytest.mark.parametrize("name", [path.stem for path in FILES])
@pytest.mark.requirement("wenling-13")
@pytest.mark.requirement("qingyuan-3.2.1")
@pytest.mark.requirement("yiwu-4.1")
def test_everybody_files_but_the_late(db: None, name: str) -> None:
    world = worlds.build(name, applications=CANDIDATES)
    with scope(jurisdiction=world.jurisdiction):
        intake = next(stage for stage in world.round.rules.stages if stage.kind == "intake")
        following = world.round.rules.stages[world.round.rules.stages.index(intake) + 1]
        world.advance(following.key)
        late = [c for c in world.ctx.candidates if c.trait == "late"]
        entries = Entry.objects.filter(round=world.round)
        assert entries.exclude(number="").count() == CANDIDATES - len(late)
        assert StageEntry.objects.filter(
            stage__key=intake.key, status="stopped", article=intake.article
        ).count() + StageEntry.objects.filter(stage__kind="internal_publicity", status="stopped").count() == len(late)
        refused = {refusal["code"] for refusal in world.ctx.refusals}
        assert {
            "not_yours_to_write",
            "kind_not_admitted",
            "already_applied",
            "not_yours_to_file",
            "incomplete",
        } <= refused
        assert {"filed_late"} <= refused if late else True
        assert FiledVersion.objects.filter(taken_back_at=None).count() == CANDIDATES - len(late)
        _agrees(list(entries), world.round)


def _agrees(entries: list[Entry], round_: Round) -> None:
    """What was invented is what conditions read once it is filed, and it cost no more queries for ten than for one."""
    facts = facts_for_many(entries)
    assert all(facts[entry.pk]["org"]["kind"] in round_.rules.prize(entry.prize).applicants for entry in entries)
    if any(stage.kind == "internal_publicity" for stage in round_.rules.stages):
        assert InternalPublicity.objects.count() == len(entries)
