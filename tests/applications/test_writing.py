"""Writing a section: only what the writer changed is written, a sitting is logged once, words survive a lost sign-in, tables are pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from applications.domain import answering
from applications.domain.answering import fingerprint
from applications.forms import pasting, points, posting
from applications.forms.layout import layout
from applications.models import Application, Evidence
from audit.models import AuditEvent
from core import held
from jurisdictions.policy.parsing import parse
from tests.applications.ground import CALL, INTAKE, Ground, lay, pdf, policy, text
from tests.applications.test_pages import browser
from tests.refusing import refused

TABLE = {
    "key": "certificates", "label": text("Certificates"), "type": "rows", "required": False, "max_rows": 4,
    "columns": [
        {"key": "name", "label": {"zh": "证书名称", "en": "Certificate"}, "required": True},
        {"key": "until", "label": {"zh": "有效期至", "en": "Valid until"}, "type": "date"},
        {"key": "worth", "label": {"zh": "金额", "en": "Worth"}, "type": "money"},
    ],
}  # fmt: skip
FIGURES = {
    "key": "figures", "label": text("Figures"), "type": "indicators", "required": False, "years": 3,
    "indicators": [
        {"key": "sales", "label": {"zh": "销售额", "en": "Sales"}, "unit": {"zh": "万元", "en": "10k yuan"}},
        {"key": "rate", "label": {"zh": "合格率", "en": "Pass rate"}, "unit": {"zh": "%", "en": "%"}},
    ],
}  # fmt: skip
STORY = {"key": "story", "label": text("Story"), "type": "long_text", "required": False}
FORM = {
    "key": "form", "title": text("Form"), "article": "5", "prizes": ["quality"], "self_evaluation": "sheet",
    "sections": [
        {"key": "main", "title": text("Main"), "fields": [
            STORY, {"key": "staff", "label": text("Staff"), "type": "integer", "unit": text("人"), "required": False}, TABLE, FIGURES,
            {"key": "proof", "label": text("Proof"), "type": "files", "required": False, "max_files": 2},
        ]},
    ],
}  # fmt: skip
SHEET = {
    "key": "sheet", "title": text("Sheet"),
    "criteria": [{"key": "all", "title": text("All"), "points": 10, "children": [
        {"key": "lead", "title": text("Lead"), "points": 10, "key_points": [text("First point"), text("Second point")]}]}],
}  # fmt: skip


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    found = lay(policy(forms=[FORM], sheets=[SHEET], stages=[CALL, {**INTAKE, "secrets_article": "13"}]))
    with scope(jurisdiction=found.jurisdiction):
        yield found


def page_of(ground: Ground, application: Application, section: str = "main", name: str = "section") -> str:
    return reverse(f"applications:{name}", args=[ground.jurisdiction.code, application.pk, section])


def hidden(html: str) -> dict[str, str]:
    """What the page's form carries along."""
    found = dict(re.findall(r'<input type="hidden" name="([a-z-]+)" value="([^"]*)"', html))
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_two_people_who_change_different_answers_keep_both(ground: Ground) -> None:
    application = ground.start()
    seen = {"story": fingerprint(None), "staff": fingerprint(None)}
    write = {"application": application, "section": "main", "version": 0, "seen": seen}
    answering.save_section(actor=ground.owner, data={"story": "by the owner", "staff": ""}, **write)
    saved = answering.save_section(actor=ground.editor, data={"story": "", "staff": "1,200 人"}, **write)
    assert saved.answers == {"story": "by the owner", "staff": "1200"}
    with refused("section_changed_meanwhile") as caught:
        answering.save_section(actor=ground.editor, data={"story": "by the editor"}, **write)
    assert caught.value.facts["theirs"] == {"story": "by the owner"}
    again = answering.save_section(
        actor=ground.editor, data={"staff": "7"}, **write | {"seen": {"staff": "-"}}, again=True
    )
    assert again.answers["staff"] == "7", "the answer to an own save was lost: no other person's change"


def test_a_sitting_is_logged_once_and_nothing_is_written_for_nothing(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    page, save = page_of(ground, application), page_of(ground, application, name="autosave")
    sent = hidden(client.get(page).content.decode()) | {"f-staff": "12"}
    first = client.post(save, sent, headers={"X-Autosave": "1"}).json()
    assert first["version"] == 1 and "others" in first and re.fullmatch(r"\d\d:\d\d", first["at"])
    marks = dict(pair.split(":") for pair in sent["seen"].split(" ")) | dict(pair.split(":") for pair in first["seen"])
    sent |= {"seen": " ".join(f"{key}:{mark}" for key, mark in marks.items())}
    assert client.post(save, sent).json()["version"] == 1, "nothing changed"
    assert client.post(save, sent | {"f-staff": "13"}).json()["version"] == 2
    assert AuditEvent.objects.filter(act="application.saved").count() == 1
    answering.save_section(actor=ground.editor, application=application, section="main", data={"story": "s"}, version=2)
    merged = client.post(save, sent | {"f-staff": "14", "seen": sent["seen"]}).json()
    assert merged.get("changed") == ["Staff"] or merged["others"] == ["Story"]
    with refused("section_changed_meanwhile"):
        answering.save_section(
            actor=ground.owner,
            application=application,
            section="main",
            data={"story": "t"},
            version=0,
            seen={"story": "-"},
        )
    answer = client.post(save, sent | {"f-story": "t", "seen": "story:- staff:x"}, headers={"X-Autosave": "1"})
    assert answer.status_code == 409 and answer.json()["changed"]
    assert Application.objects.get().answers["story"] == "s"


def test_of_two_versions_the_chosen_one_is_kept_or_both(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    answering.save_section(
        actor=ground.editor, application=application, section="main", data={"story": "theirs"}, version=0
    )
    page = page_of(ground, application)
    answer = client.post(page, {"seen": "story:-", "version": "0", "f-story": "mine", "stay": "1"})
    html = answer.content.decode()
    assert answer.status_code == 409 and 'name="keep-story"' in html and ">mine</textarea>" in html.replace("\n", "")
    sent = hidden(html) | {"f-story": "mine", "stay": "1"}
    assert client.post(page, sent | {"keep-story": "theirs"}).status_code == 302
    assert Application.objects.get().answers["story"] == "theirs"
    assert client.post(page, sent | {"keep-story": "both"}).status_code == 302
    assert Application.objects.get().answers["story"] == "theirs\n\nmine"


@pytest.mark.parametrize("name", ["section", "autosave"])
def test_words_survive_a_session_that_is_over(ground: Ground, name: str) -> None:
    """Held while signed out, shown to the same person alone, unsaved, and gone when they are saved."""
    application, client = ground.start(), browser(ground.owner)
    page = page_of(ground, application)
    sent = hidden(client.get(page).content.decode()) | {"f-story": "hours of work", "secret-story": "1"}
    client.logout()
    headers = {"X-Autosave": "1"} if name == "autosave" else {}
    answer = client.post(page_of(ground, application, name=name), sent, headers=headers)
    assert answer.status_code == (401 if name == "autosave" else 302)
    assert name == "autosave" or f"next={page}" in answer["Location"]
    assert "hours of work" not in str(dict(client.session)), "encrypted"
    client.force_login(ground.owner, backend=site.AUTHENTICATION_BACKENDS[0])
    html = client.get(page).content.decode()
    assert "hours of work</textarea>" in html and not Application.objects.get().answers
    assert re.search(r'name="secret-story" value="1" checked', html)
    assert client.post(page, hidden(html) | {"f-story": "hours of work", "stay": "1"}).status_code == 302
    assert Application.objects.get().answers == {"story": "hours of work"}
    assert "held_words" not in client.session or not client.session["held_words"]


def test_held_words_are_nobody_elses(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    page = page_of(ground, application)
    sent = hidden(client.get(page).content.decode()) | {"f-story": "the owner's words"}
    client.logout()
    client.post(page, sent | {"writer": held.writer_of(ground.owner)[:-2]})
    assert "held_words" not in client.session, "whose words these are is signed"
    client.post(page, sent)
    client.force_login(ground.editor, backend=site.AUTHENTICATION_BACKENDS[0])
    assert "the owner&#x27;s words" not in client.get(page).content.decode()


def test_a_page_that_was_open_over_a_new_sign_in_keeps_its_words(ground: Ground) -> None:
    application = ground.start()
    client = Client(enforce_csrf_checks=True)
    client.force_login(ground.owner, backend=site.AUTHENTICATION_BACKENDS[0])
    page = page_of(ground, application)
    sent = hidden(client.get(page).content.decode()) | {"f-story": "typed before", "csrfmiddlewaretoken": "x" * 64}
    strange = client.post(page, sent, headers={"Origin": "http://elsewhere.invalid"})
    assert strange.status_code == 403, "from another site nothing is taken"
    answer = client.post(page, sent, headers={"Origin": "http://testserver"})
    assert answer.status_code == 302 and answer["Location"] == page
    assert "typed before</textarea>" in client.get(page).content.decode() and not Application.objects.get().answers


def test_a_table_from_a_spreadsheet_is_taken_in_or_the_cell_is_told(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    page = page_of(ground, application)
    pasted = "有效期至\t证书名称\t备注\n2027年3月1日\tISO 9001\tx\n2026-12\tISO 14001\t\n"
    html = client.post(page, {"version": 0, "f-certificates-paste": pasted, "stay": "1"}, follow=True).content.decode()
    assert Application.objects.get().answers["certificates"] == [
        {"name": "ISO 9001", "until": "2027-03-01"},
        {"name": "ISO 14001", "until": "2026-12"},
    ]
    assert 'id="f-certificates-1-until-error"' in html and "有效期至" in html
    wide = "a\t2020-01-01\t5\tone too many"
    html = client.post(page, {"version": 9, "f-certificates-paste": wide, "stay": "1"}).content.decode()
    assert "one too many</textarea>" in html and 'id="f-certificates-error"' in html
    figures = "\t2024\t2023\t2022\n合格率\t%\t98.5%\t97\t96\n销售额(万元)\t1,200\t1,100 万元\t900"
    client.post(page, {"version": 9, "f-figures-paste": figures, "stay": "1"})
    assert Application.objects.get().answers["figures"] == {
        "sales": {"y1": "1200", "y2": "1100", "y3": "900"}, "rate": {"y1": "98.5", "y2": "97", "y3": "96"},
    }  # fmt: skip


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(cells=st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=6), raw=st.text(max_size=60))
def test_whatever_is_pasted_is_read_or_refused_in_words(cells: list[list[str]], raw: str) -> None:
    fields = layout(parse({**policy(forms=[FORM], sheets=[SHEET]), "code": "test-town"}), "quality").fields
    for given_text in ("\n".join("\t".join(row) for row in cells), raw):
        taken = pasting.rows(fields["certificates"], given_text)
        assert (
            all(set(row) <= {"name", "until", "worth"} for row in taken.value)
            and all(taken.problems or [""]) is not None
        )
        pasting.indicators(fields["figures"], given_text, 2024)


def test_key_points_are_answered_one_by_one(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    page = page_of(ground, application, "self_all")
    assert "First point" in client.get(page).content.decode()
    client.post(
        page, {"version": 0, "f-self_lead-p1": "one", "f-self_lead-p2": "two", "f-self_lead": "all", "stay": "1"}
    )
    assert Application.objects.get().answers == {"self_lead": "all\n【要点1】\none\n【要点2】\ntwo"}
    html = client.get(page).content.decode()
    assert ">one</textarea>" in html.replace("\n", "") and ">all</textarea>" in html.replace("\n", "")


@QUICK
@given(general=st.text(max_size=40), parts=st.lists(st.text(max_size=30), min_size=2, max_size=5))
def test_key_points_come_apart_as_they_were_put_together(general: str, parts: list[str]) -> None:
    clean = [one.strip() for one in (general, *parts)]
    if any("【要点" in one for one in clean):
        return
    assert points.split(points.join(clean[0], clean[1:]), len(parts)) == (clean[0], clean[1:])


def test_files_go_up_alone_are_replaced_and_leave_their_history(ground: Ground) -> None:
    application, client = ground.start(), browser(ground.owner)
    up = page_of(ground, application, name="upload")
    first = client.post(up, {"field": "proof", "f-proof": pdf("first.pdf")})
    assert first.status_code == 200 and "first.pdf" in first.json()["html"]
    old = Evidence.objects.get()
    assert "second.pdf" in client.post(up, {"field": "proof", f"replace-{old.pk}": pdf("second.pdf")}).json()["html"]
    old.refresh_from_db()
    assert old.removed_at and old.replaced_by == Evidence.objects.get(removed_at=None)
    liar = SimpleUploadedFile("photo.png", b"#!/bin/sh\necho hello\n")
    refusal = client.post(up, {"field": "proof", "f-proof": liar})
    assert refusal.status_code == 422 and refusal.json()["told"] and "second.pdf" in refusal.json()["html"]
    shown = client.get(page_of(ground, application)).content.decode()
    assert "first.pdf" in shown and "second.pdf" in shown
    assert client.post(up, {"field": "story", "f-story": pdf()}).status_code == 404
    assert browser(ground.stranger).post(up, {"field": "proof"}).status_code == 404


def test_a_page_says_what_it_showed() -> None:
    post = QueryDict("seen=a%3A1+b%3A-+c")
    assert posting.seen(post) == {"a": "1", "b": "-", "c": ""}
    assert posting.seen(QueryDict("")) is None


def test_nobody_without_the_right_saves_a_word(ground: Ground) -> None:
    application = ground.start()
    save: Any = page_of(ground, application, name="autosave")
    assert browser(ground.stranger).post(save, {"f-staff": "1"}).status_code == 404
    assert Client().post(save, {"f-staff": "1"}).status_code == 302
    assert not Application.objects.get().answers
