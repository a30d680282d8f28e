"""Writing the form: drafts keep every word; two writers never overwrite each other unknowingly."""

from __future__ import annotations

import pytest

from applications.domain import answering, filing
from applications.domain.checklist import Survey, checklist
from applications.models import Application
from audit.models import AuditEvent
from core.refusals import Refused
from rounds import engine
from tests.applications.ground import Ground
from tests.refusing import refused


def save(
    ground: Ground, application: Application, version: int, section: str = "first", actor: str = "owner", **data: object
) -> Application:
    return answering.save_section(
        actor=getattr(ground, actor), application=application, section=section, data=data, version=version
    )


def test_a_draft_keeps_what_could_not_be_read_and_says_so(ground: Ground) -> None:
    application = save(ground, ground.start(), 0, staff="about a hundred", summary="x" * 300, certified="perhaps")
    assert application.answers == {"staff": "about a hundred", "summary": "x" * 300, "certified": "perhaps"}
    gaps = {gap.field: gap.code for gap in checklist(application)}
    assert gaps == {
        "staff": "not_a_number",
        "summary": "too_long",
        "certified": "not_yes_or_no",
        "licence": "file_missing",
        "honest": "not_accepted",
    }
    assert all(gap.url and gap.article for gap in checklist(application))


def test_what_is_not_given_stays_and_what_is_emptied_goes(ground: Ground) -> None:
    application = save(ground, ground.start(), 0, staff="5", summary="text")
    application = save(ground, application, 1, staff="")
    assert application.answers == {"summary": "text"}


def test_a_conflict_shows_both_and_writes_nothing(ground: Ground) -> None:
    application = ground.start()
    save(ground, application, 0, summary="by the owner", staff="5")
    with pytest.raises(Refused) as caught:
        save(ground, application, 0, actor="editor", summary="by the editor", staff="5")
    assert caught.value.code == "section_changed_meanwhile"
    assert (caught.value.facts["mine"], caught.value.facts["theirs"]) == (
        {"summary": "by the editor"},
        {"summary": "by the owner"},
    )
    assert Application.objects.get().answers["summary"] == "by the owner"
    assert AuditEvent.objects.filter(act="application.saved").count() == 1


def test_two_people_in_two_sections_do_not_disturb_each_other(ground: Ground) -> None:
    application = ground.start()
    save(ground, application, 0, summary="one")
    assert save(ground, application, 0, section="second", actor="editor", honest=True).answers == {
        "summary": "one",
        "honest": True,
    }


def test_writing_the_same_twice_is_no_conflict(ground: Ground) -> None:
    application = ground.start()
    save(ground, application, 0, summary="same")
    assert save(ground, application, 0, actor="editor", summary="same").answers_version == 2


def test_a_declaration_remembers_who_made_it(ground: Ground) -> None:
    application = save(ground, ground.start(), 0, section="second", honest=True)
    assert application.declarations["honest"]["by"] == ground.owner.pk
    assert save(ground, application, 1, section="second", honest=False).declarations == {}


@pytest.mark.requirement("wenling-14")
@pytest.mark.requirement("tacheng-13")
def test_trade_secrets_are_marked_per_answer(ground: Ground) -> None:
    application = answering.save_section(
        actor=ground.owner,
        application=ground.start(),
        section="first",
        data={"summary": "secret"},
        version=0,
        secrets=["summary", "licence"],
    )
    assert application.secrets == ["summary"], "only fields of the section"
    assert save(ground, application, 1, staff="3").secrets == ["summary"], "kept when nothing is said"


def test_who_may_not_write(ground: Ground) -> None:
    application = ground.start()
    for actor in ("stranger", "office", "head"):
        with refused("not_yours_to_write", article="4"):
            save(ground, application, 0, actor=actor, staff="5")
    engine.recuse(actor=ground.editor, entry=application.entry, user=ground.editor, reason="Leaves the firm")
    with refused("not_yours_to_write"):
        save(ground, application, 0, actor="editor", staff="5")
    assert Application.objects.get().answers == {}


def test_neither_after_filing_nor_after_withdrawing(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application, papers=False)
    with refused("already_filed"):
        save(ground, application, 9, staff="5")
    engine.withdraw(actor=ground.owner, entry=application.entry, reason="No longer")
    filed = Application.objects.get()
    filed.filed_at, filed.filed_by = None, None
    filed.save()
    with refused("entry_has_ended"):
        save(ground, filed, 9, staff="5")


def test_unknown_sections_and_fields_are_refused(ground: Ground) -> None:
    application = ground.start()
    with refused("section_unknown"):
        save(ground, application, 0, section="third")
    with refused("field_unknown"):
        answering.save_answers(actor=ground.owner, application=application, answers={"what": 1}, version=0)


def test_a_question_that_is_not_asked_is_no_gap_and_no_fact(ground: Ground) -> None:
    application = save(ground, ground.start(), 0, summary="s", staff="5", certified=True, certified_on="2020-01-01")
    assert Survey(application).answered.typed["certified_on"] == "2020-01-01"
    application = save(ground, application, 1, certified=False)
    survey = Survey(application)
    assert "certified_on" not in survey.answered.typed and application.answers["certified_on"] == "2020-01-01"
    assert "certified_on" not in {gap.field for gap in survey.gaps}


def test_progress_counts_what_is_owed(ground: Ground) -> None:
    first, second = Survey(save(ground, ground.start(), 0, staff="5", certified=True)).progress()
    assert (first.answered, first.asked, first.percent, first.complete) == (2, 4, 50, False)
    assert (second.answered, second.asked) == (0, 2)


def test_nothing_is_left_behind_by_a_failure(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    application = ground.start()
    monkeypatch.setattr(answering, "record", lambda *a, **k: (_ for _ in ()).throw(RuntimeError("the log is full")))
    with pytest.raises(RuntimeError):
        save(ground, application, 0, staff="5")
    assert Application.objects.get().answers == {}
