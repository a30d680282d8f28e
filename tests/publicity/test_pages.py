"""The public site and the office's pages."""

from __future__ import annotations

import io

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from documents.models import StoredFile
from jurisdictions.models import Jurisdiction
from publicity.domain import examining, notices
from publicity.models import Notice, Objection
from rounds.models import Round
from tests.publicity.test_objections import PERSON, STRICT
from tests.publicity.test_publishing import made
from tests.voting.world import make_world, person, publicity, refused, vote

pytestmark = pytest.mark.django_db
LAX = {
    "article": "20",
    "anonymous": "noted",
    "person_gives": ["name", "phone"],
    "unit_gives": ["phone"],
    "report_to": "committee",
}


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def upload(name):
    picture = io.BytesIO()
    Image.new("RGB", (10, 10)).save(picture, "PNG")
    return SimpleUploadedFile(f"{name}.png", picture.getvalue(), "image/png")


def binding(*stages, **changes):
    """A world whose round is no rehearsal any more: what it publishes is public."""
    w = make_world(*(stages or (publicity(), vote())), **changes)
    Round.objects.filter(pk=w.round.pk).update(kind="binding", clock_offset="0")
    w.round.refresh_from_db()
    return w


def get(client, name, *args, status=200, **query):
    response = client.get(reverse(f"publicity:{name}", args=args), query)
    assert response.status_code == status, (name, response.status_code)
    return response


def post(client, user, name, /, *args, status=302, **data):
    if user is not None:
        client.force_login(user)
    response = client.post(reverse(f"publicity:{name}", args=args), data)
    assert response.status_code == status, (name, response.status_code, response.content[-1500:])
    return response


@pytest.mark.requirement("wenling-13")
def test_the_public_reads_binding_rounds_and_nothing_of_rehearsals(client):
    w, hidden = binding(), make_world(publicity(), vote())
    notice = notices.publish(actor=w.office, stage=w.stage)
    unseen = notices.publish(actor=hidden.office, stage=hidden.stage)
    code = w.jurisdiction.code
    shown = get(client, "notice", code, notice.pk).content.decode()
    assert w.entries[0].organisation.name in shown and str(notice.last_day) in shown
    assert notice.title_zh in get(client, "jurisdiction", code).content.decode()
    assert notice.title_zh in get(client, "notices", code, kind="publicity").content.decode()
    other = hidden.jurisdiction.code
    get(client, "notice", other, unseen.pk, status=404)
    get(client, "object", other, unseen.pk, status=404)
    assert unseen.title_zh not in get(client, "notices", other).content.decode()
    get(client, "notice", other, notice.pk, status=404)
    Round.objects.filter(pk=w.round.pk).update(status="abandoned")
    get(client, "notice", code, notice.pk, status=404)


@pytest.mark.parametrize("name", ["front", "jurisdiction", "notices", "notice", "policy"])
def test_a_public_page_costs_six_queries_at_most_whatever_it_shows(client, name):
    w = binding(publicity(), vote(), entries=12)
    notice = notices.publish(actor=w.office, stage=w.stage)
    for n in range(30):
        Jurisdiction.objects.create(code=f"more{n}", name_zh=f"市{n}")
        Notice.objects.create(
            jurisdiction=w.jurisdiction, round=w.round, stage=w.stage, kind="other", article="1", title_zh=f"公告{n}",
            published_on=notice.published_on, published_at=notice.published_at, published_by=w.office,
        )  # fmt: skip
    arguments = {"front": (), "notice": (w.jurisdiction.code, notice.pk)}.get(name, (w.jurisdiction.code,))
    get(client, name, *arguments)
    with CaptureQueriesContext(connection) as queries:
        get(client, name, *arguments)
    told = [q["sql"] for q in queries if "clock_timestamp" not in q["sql"]]
    assert len(told) <= 6, told


def test_the_front_page_pages_by_key_and_searches(client):
    Jurisdiction.objects.bulk_create(
        Jurisdiction(code=f"town-{n:04}", name_zh=f"第{n:04}市", name_en=f"Town {n}") for n in range(120)
    )
    seen, cursor = [], ""
    while True:
        page = get(client, "front", cursor=cursor).context["page"]
        seen += [j.pk for j in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == Jurisdiction.objects.count()
    assert [j.code for j in get(client, "front", q="Town 77").context["page"].rows] == ["town-0077"]


@pytest.mark.requirement("tacheng-23")
def test_anybody_objects_without_signing_in_and_gets_a_receipt_number(client):
    w = binding(publicity(report_to=None), vote(), entries=2, objections=STRICT)
    notice = notices.publish(actor=w.office, stage=w.stage)
    code, entry = w.jurisdiction.code, w.entries[1]
    assert (
        "身份" in get(client, "object", code, notice.pk).content.decode()
        or "identity" in get(client, "object", code, notice.pk).content.decode()
    )
    get(client, "object", code, notice.pk, by="unit")
    get(client, "object", code, notice.pk, by="anonymous")
    data = {"entry": entry.pk, "text": "主要数据不实", **PERSON}
    kept = post(client, None, "object", code, notice.pk, status=422, **data).content.decode()
    assert "主要数据不实" in kept and PERSON["address"] in kept
    files = {"signature": upload("s"), "identity_proof": upload("i"), "proof": upload("p")}
    done = post(client, None, "object", code, notice.pk, **data, **files)
    objection = Objection.objects.get()
    assert done.url == reverse("publicity:received", args=[code, notice.pk, objection.number])
    assert objection.number in client.get(done.url).content.decode()
    get(client, "received", code, notice.pk, "none-such", status=404)
    page = reverse("publicity:notice", args=[code, notice.pk])
    assert client.get(page, {"receipt": f" {objection.number.upper()} "}).url == done.url, "found again by the number"
    assert "none-such" in client.get(page, {"receipt": "none-such"}).content.decode()
    assert StoredFile.objects.filter(secret=True).count() == 3
    file = StoredFile.objects.first()
    assert client.get(file.get_absolute_url()).status_code == 302
    client.force_login(person())
    assert client.get(file.get_absolute_url()).status_code == 404
    client.force_login(w.supervisor)
    assert client.get(file.get_absolute_url()).status_code == 200


def test_too_many_objections_from_one_address_are_refused(client, monkeypatch):
    from publicity.views import public

    monkeypatch.setattr(public, "MOST_AN_HOUR", 2)
    w = binding(publicity(), vote(), entries=1, objections=LAX)
    notice = notices.publish(actor=w.office, stage=w.stage)
    data = {"entry": w.entries[0].pk, "text": "不实", "name": "王某", "phone": "1"}
    for status in (302, 302, 422):
        post(client, None, "object", w.jurisdiction.code, notice.pk, status=status, **data)
    assert Objection.objects.count() == 2


@pytest.mark.requirement("wenling-20")
def test_the_office_publishes_looks_into_an_objection_and_reports(client):
    w = made(publicity(media={"zh": "媒体", "en": "Media"}), vote(), day="2024-10-08", entries=2, objections=LAX)
    code, stage = w.jurisdiction.code, w.stage
    client.force_login(w.office)
    assert "2024年10月15日" in get(client, "stage", code, stage.pk).content.decode()
    post(client, w.supervisor, "publish", code, stage.pk, status=403, also_in="报")
    post(client, w.office, "publish", code, stage.pk, status=422, also_in="")
    post(client, w.office, "publish", code, stage.pk, also_in="《日报》")
    get(client, "record_paper", code, stage.pk)
    paper = {"entry": w.entries[0].pk, "text": "来信反映", "name": "王某", "phone": "0577"}
    made_url = post(client, w.office, "record_paper", code, stage.pk, **paper).url
    objection = Objection.objects.get()
    assert made_url == reverse("publicity:objection", args=[code, objection.pk])
    assert "王某" not in client.get(made_url).content.decode()
    assert "王某" in post(client, w.office, "unmask", code, objection.pk, status=200).content.decode()
    post(client, w.supervisor, "examine", code, objection.pk, status=403, accept="yes")
    post(client, w.office, "examine", code, objection.pk, status=422, accept="no")
    post(client, w.office, "examine", code, objection.pk, accept="yes")
    post(client, w.office, "report", code, stage.pk, status=422, text="过早")
    post(client, w.office, "conclude", code, objection.pk, status=422, stands="no", findings="")
    post(client, w.office, "conclude", code, objection.pk, stands="no", findings="经查不属实")
    post(client, w.office, "tell", code, objection.pk, how="电话告知")
    post(client, w.office, "report", code, stage.pk, text="调查报告")
    client.force_login(w.members[0])
    assert "调查报告" in get(client, "stage", code, stage.pk).content.decode()
    get(client, "objection", code, objection.pk, status=404)


def test_the_recused_find_no_objection_against_their_entry(client):
    from publicity.domain import receiving
    from rounds import engine

    w = binding(publicity(), vote(), entries=2, objections=LAX)
    notice = notices.publish(actor=w.office, stage=w.stage)
    code = w.jurisdiction.code
    found = [
        receiving.receive(
            actor=None, notice=notice, entry_id=e.pk, by="person", text="不实", details={"name": "王某", "phone": "1"}
        )
        for e in w.entries
    ]
    engine.recuse(actor=w.office, entry=w.entries[0], user=w.office, reason="亲属任职")
    client.force_login(w.office)
    for name, args in (("objections", (code,)), ("stage", (code, w.stage.pk))):
        shown = get(client, name, *args).content.decode()
        assert found[0].number not in shown and found[1].number in shown
    get(client, "objection", code, found[0].pk, status=404)
    with refused("recused"):
        examining.examine(actor=w.office, objection=found[0], accept=True)


@pytest.mark.parametrize("name", ["wenling-2023", "qingyuan-draft-2025", "wenzhou-2020", "yiwu-2020", "tacheng-2023"])
def test_every_regulation_is_readable_with_its_assumptions_and_history(client, load, name):
    document = load(name)
    rules = document.policy
    for language in ("zh-hans", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        shown = client.get(reverse("publicity:policy", args=[document.jurisdiction.code]))
        text = shown.content.decode()
        assert shown.status_code == 200
        assert str(rules.title.zh if language != "en" else rules.title.en)[:8] in text
        for stage in rules.stages:
            assert (stage.name.zh if language != "en" else stage.name.en.replace("'", "&#x27;")) in text
        assert len(shown.context["assumed"]) == str(document.document).count("'assumed': True")
        assert all(row["reason"] for row in shown.context["assumed"])
