"""Loading is whole or not at all, twice the same as once, and what is published stays as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django_scopes import scopes_disabled

from audit.models import AuditEvent
from core.refusals import Refused
from jurisdictions import editions
from jurisdictions.models import Body, Jurisdiction, PolicyDocument
from jurisdictions.policy.loader import BadPolicy, read_text

pytestmark = pytest.mark.django_db

STRETCH = Path(settings.BASE_DIR) / "tests/data/stretch-2026.yaml"
TEXT = STRETCH.read_text(encoding="utf-8")
POLICIES = sorted((Path(settings.BASE_DIR) / "fixtures/policies").glob("*.yaml"))


@pytest.fixture(autouse=True)
def _unscoped():
    with scopes_disabled(), translation.override("en"):
        yield


def load(text=TEXT):
    return editions.load(file=read_text(text, name="x.yaml"), actor=None)


def stored():
    return PolicyDocument.objects.get(jurisdiction__code="stretch", edition="2026")


def test_a_load_makes_everything_and_says_so_once():
    document, changed = load()
    assert changed
    assert document.jurisdiction.code == "stretch"
    assert Body.objects.get(jurisdiction=document.jurisdiction).key == "office"
    assert document.policy.prize("champion").requires == ["organisation"]
    [event] = AuditEvent.objects.filter(scope="stretch")
    assert (event.act, event.article, event.facts["sha256"]) == ("policy.loaded", "20", document.sha256)


def test_a_second_load_changes_nothing():
    load()
    before = (PolicyDocument.objects.get().loaded_at, AuditEvent.objects.count())
    _document, changed = load()
    assert not changed
    assert (PolicyDocument.objects.get().loaded_at, AuditEvent.objects.count()) == before


def test_a_published_edition_that_differs_is_refused():
    load()
    with pytest.raises(Refused) as caught:
        load(TEXT.replace("validity_years: 3", "validity_years: 4"))
    assert caught.value.code == "edition_is_published"
    assert "2026" in str(caught.value)
    assert stored().policy.prize("organisation").validity_years == 3


def test_a_new_edition_stands_beside_the_old_one():
    load()
    load(TEXT.replace('edition: "2026"', 'edition: "2027"').replace("validity_years: 3", "validity_years: 4"))
    assert list(PolicyDocument.objects.order_by("edition").values_list("edition", flat=True)) == ["2026", "2027"]
    assert stored().policy.prize("organisation").validity_years == 3


def test_a_draft_may_change_until_it_is_published():
    draft = TEXT.replace("status: published", "status: draft")
    load(draft)
    load(draft.replace("validity_years: 3", "validity_years: 4"))
    assert stored().policy.prize("organisation").validity_years == 4
    load(TEXT)
    assert stored().status == "published"


def test_the_bodies_and_the_name_follow_the_file():
    load()
    load(TEXT.replace("虚构部门", "改名部门").replace("Invented City, office", "Renamed City, office"))
    assert Body.objects.get().name_zh == "改名部门"
    assert Jurisdiction.objects.get().name_en == "Renamed City"
    assert AuditEvent.objects.count() == 2


def test_nothing_is_loaded_of_a_broken_file(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(TEXT.replace("kind: composite", "kind: compost"), encoding="utf-8")
    with pytest.raises(CommandError, match="unknown stage kind 'compost'"):
        call_command("policy", "load", str(path))
    assert (Jurisdiction.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_nothing_is_loaded_when_the_audit_event_fails(monkeypatch):
    def fail(*_args, **_facts):
        raise RuntimeError("no disk")

    monkeypatch.setattr(editions, "record", fail)
    with pytest.raises(RuntimeError):
        load()
    assert (Jurisdiction.objects.count(), PolicyDocument.objects.count()) == (0, 0)


def test_loaddata_loads_every_policy_file_unexpanded_and_twice():
    for path in POLICIES:
        assert "use:" in path.read_text(encoding="utf-8")
        for _time in range(2):
            call_command("loaddata", str(path), verbosity=0)
    assert PolicyDocument.objects.count() == len(POLICIES)
    for row in PolicyDocument.objects.select_related("jurisdiction"):
        assert '"use"' not in json.dumps(row.document)
        assert len(row.sha256) == 64
        assert row.policy.code == row.jurisdiction.code


def test_loaddata_and_load_store_the_same():
    call_command("loaddata", str(STRETCH), verbosity=0)
    _document, changed = load()
    assert not changed


def test_a_round_trip_through_dumpdata(tmp_path):
    load()
    call_command(
        "dumpdata",
        "jurisdictions.policydocument",
        natural_foreign=True,
        natural_primary=True,
        output=str(tmp_path / "d.json"),
        use_base_manager=True,
    )
    [row] = json.loads((tmp_path / "d.json").read_text())
    assert row["fields"]["jurisdiction"] == ["stretch"]
    call_command("loaddata", str(tmp_path / "d.json"), verbosity=0)
    assert PolicyDocument.objects.count() == 1


def test_every_door_refuses_what_is_no_policy():
    document, _changed = load()
    row = PolicyDocument(jurisdiction=document.jurisdiction, edition="2030", document={"format": 1, "edition": "2030"})
    with pytest.raises(BadPolicy, match="'title' is missing"):
        row.save()
    other = {**document.document, "edition": "2031"}
    with pytest.raises(BadPolicy, match="the row says '2030'"):
        PolicyDocument(jurisdiction=document.jurisdiction, edition="2030", document=other).save()
    lame = {**document.document, "edition": "2030", "territory": ["x"]}
    with pytest.raises(BadPolicy, match="no division code"):
        PolicyDocument(jurisdiction=document.jurisdiction, edition="2030", document=lame, status="published").save()


@pytest.mark.parametrize("column", ["document", "sha256", "status", "edition"])
def test_the_database_refuses_to_change_what_is_published(column):
    load()
    value = {"document": json.dumps({"code": "x"}), "sha256": "0" * 64, "status": "draft", "edition": "1999"}[column]
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE jurisdictions_policydocument SET {column} = %s", [value])
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        stored().delete()
    assert stored().policy


def test_what_is_not_content_may_change():
    load()
    PolicyDocument.objects.update(loaded_at="2026-01-01T00:00:00Z")
    assert stored().loaded_at.year == 2026


def test_a_draft_may_be_removed():
    load(TEXT.replace("status: published", "status: draft"))
    PolicyDocument.objects.all().delete()
    assert not PolicyDocument.objects.exists()


def test_the_commands_list_and_draw(capsys):
    load()
    call_command("policy", "list")
    assert "stretch\t2026\tpublished" in capsys.readouterr().out
    call_command("policy", "diagram", "stretch", "--english")
    assert "s_vote" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no policy 'nowhere'"):
        call_command("policy", "diagram", "nowhere")


def test_the_fixture_is_plain_yaml_for_other_tools():
    assert [row["model"] for row in yaml.safe_load(TEXT)][-1] == "jurisdictions.policydocument"
