"""Feedback to those that do not go on: drafted, edited, approved by another, released with the decision; outcomes as papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.access import may_read
from documents.models import Paper
from reviews.domain import feedback, sheets_out
from reviews.models import Feedback, FeedbackDraft
from rounds import engine
from tests.bulk import bulk
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


@pytest.mark.requirement("wenzhou-15")
def test_feedback_is_drafted_edited_approved_by_another_and_sent_with_the_decision(bench: Make) -> None:
    tweak = {"stages.documents.shortlist": {"article": "15", "per": "round", "max": {"value": 1}}}
    made = bench("wenzhou-2020", entries=3, tweak=tweak)
    made.play("documents", forbidden=False)
    stage, office, head = made.stage("documents"), made.cast.office, made.cast.office_head
    article = stage.spec.feedback_article or stage.article
    with refused("no_feedback_to_draft", article=article):
        feedback.draft(actor=office, stage=stage)
    decision = engine.prepare(actor=office, stage=stage)
    with refused("not_yours_to_do"):
        feedback.draft(actor=made.cast.reviewers[0], stage=stage)
    drafts = feedback.draft(actor=office, stage=stage)
    assert len(drafts) == 2
    assert all(len(one.text) > 1 for one in drafts)
    assert feedback.draft(actor=office, stage=stage) == [], "each once"
    with refused("feedback_not_approved", article=article):
        engine.release(actor=head, decision=decision)
    assert not Feedback.objects.exists(), "nothing is half released"
    with refused("reason_missing"):
        feedback.edit(actor=office, held=drafts[0], text=" ", version=1)
    edited = feedback.edit(actor=office, held=drafts[0], text="Clear strategy.\n\nMeasure more.", version=1)
    with refused("draft_changed_meanwhile", article=article):
        feedback.edit(actor=office, held=drafts[0], text="Other", version=1)
    with refused("feedback_approved_by_its_writer", article=article):
        feedback.approve(actor=office, stage=stage, drafts=[edited.pk])
    client, where = Client(), [made.round.jurisdiction.code, stage.pk]
    url, rows = reverse("reviews:feedback_drafts", args=where), [one.stage_entry for one in drafts]
    client.force_login(office)
    own = bulk(client, url, "approve", rows)
    assert own.status_code == 422
    assert set(own.context["preview"].troubles) == {row.pk for row in rows}, (
        "each that its writer would approve is named"
    )
    client.force_login(head)
    assert client.get(url, {"state": "waits"}).context["list"].total == 2
    assert bulk(client, url, "approve", rows).status_code == 302
    assert client.get(url, {"state": "approved"}).context["list"].total == 2
    client.force_login(office)
    page = client.get(reverse("reviews:feedback_drafts", args=where))
    assert "Clear strategy." in page.content.decode()
    late = {"act": "edit", "draft": edited.pk, "version": 1, "text": "Kept words"}
    shown = client.post(reverse("reviews:change_feedback", args=where), late, follow=True).content.decode()
    assert "Kept words" in shown, "what was typed stays"
    assert FeedbackDraft.objects.get(pk=edited.pk).approved_at is not None

    released = engine.release(actor=head, decision=decision)
    told = Feedback.objects.get(stage_entry=edited.stage_entry_id)
    assert told.findings == ["Clear strategy.", "Measure more."]
    assert told.paper is not None
    assert "Clear strategy." in str(told.paper.context)
    owner = made.ctx.candidate(told.stage_entry.entry).owner
    address = reverse("reviews:feedback", args=[made.round.jurisdiction.code, told.stage_entry_id])
    other = next(c.owner for c in made.ctx.candidates if c.owner != owner)
    for who, status in ((owner, 200), (other, 404)):
        client.force_login(who)
        assert client.get(address).status_code == status, "what an applicant is told is the applicant's"
    client.force_login(owner)
    assert "Clear strategy." in client.get(address).content.decode()
    outcome = Paper.objects.get(kind="review_outcome")
    assert len(outcome.context["rows"]) == 3
    assert sheets_out.of_stage(stage) == [outcome]
    stranger = User.objects.create_user("stranger@example.org", name="Stranger")
    assert may_read(office, outcome)
    assert not may_read(stranger, outcome)
    engine.recuse(actor=office, entry=made.rows("documents")[0].entry, user=office, reason="interest")
    assert not may_read(office, outcome), "the recused read no list with the case in it"
    assert released.status == "released"
