"""A file belongs to nothing until it is clean."""

from __future__ import annotations

import pikepdf
import pytest
from django.core.checks.registry import registry
from django_scopes import scope

from audit.models import AuditEvent
from core.refusals import Refused
from documents import access, scanner, storage, uploads
from documents.checks import files_are_scanned
from documents.models import StoredFile
from tests.documents import factories as f

SUBJECT = "tests.Thing:1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    found = f.jurisdiction()
    with scope(jurisdiction=found):
        yield found


@pytest.fixture
def person(place):
    return f.user()


def take(place, person, name, content, **more):
    return uploads.accept(actor=person, jurisdiction=place, upload=f.upload(name, content), subject=SUBJECT, **more)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("报告.pdf", f.pdf(), "application/pdf"),
        ("Plan.PNG", f.png(), "image/png"),
        ("Plan.jpeg", f.jpeg(), "image/jpeg"),
        ("Plan.docx", f.docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
    ids=["pdf", "png", "jpeg", "docx"],
)
def test_a_clean_file_is_stored_under_a_random_name(place, person, name, content, kind):
    file = take(place, person, name, content, secret=True)
    assert file.content() == content and file.content_type == kind and file.secret and file.size == len(content)
    assert name.split(".")[0] not in file.stored_name
    event = AuditEvent.objects.get(act="file.accepted", scope=place.code)
    assert event.subject == SUBJECT and event.facts["sha256"] == file.sha256


BAD = {
    "file_empty": ("a.pdf", b""),
    "file_type_refused": ("a.zip", f.archive({"x": "y"})),
    "file_name_misleads": ("a.pdf", f.png()),
    "file_broken": ("a.pdf", f.locked_pdf()),
    "file_active_content": ("a.pdf", f.pdf_with_nested_script()),
    "image_too_large": ("a.png", f.png(9000, 9000)),
}


@pytest.mark.parametrize("code", BAD)
def test_what_is_not_clean_is_refused_and_leaves_nothing(place, person, code):
    with pytest.raises(Refused) as refusal:
        take(place, person, *BAD[code])
    assert refusal.value.code == code and str(refusal.value)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    "content",
    [
        f.pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.Launch)),
        f.pdf(AA=pikepdf.Dictionary()),
        f.pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())),
    ],
    ids=["launches", "reacts", "embeds"],
)
def test_a_pdf_that_acts_by_itself_is_refused(place, person, content):
    with pytest.raises(Refused) as refusal:
        take(place, person, "a.pdf", content)
    assert refusal.value.code == "file_active_content"


@pytest.mark.parametrize(
    "more",
    [
        {"word/vbaProject.bin": "x"},
        {"word/embeddings/oleObject1.bin": "x"},
        {
            "word/_rels/settings.xml.rels": '<Relationship Type="…/attachedTemplate" Target="http://x" TargetMode="External"/>'
        },
    ],
)
def test_an_office_file_with_macros_or_remote_templates_is_refused(place, person, more):
    with pytest.raises(Refused) as refusal:
        take(place, person, "a.docx", f.docx(**more))
    assert refusal.value.code == "file_active_content"


def test_a_plain_archive_renamed_to_docx_is_refused(place, person):
    with pytest.raises(Refused) as refusal:
        take(place, person, "a.docx", f.archive({"x": "y"}))
    assert refusal.value.code == "file_type_refused"


def test_size_and_number_are_limited(place, person, settings):
    settings.UPLOAD_MAX_MB, settings.UPLOAD_MAX_FILES = 1, 1
    with pytest.raises(Refused, match="MB"):
        take(place, person, "a.pdf", b"%PDF" + b"x" * 1024 * 1024)
    take(place, person, "a.png", f.png())
    with pytest.raises(Refused) as refusal:
        take(place, person, "b.png", f.png())
    assert refusal.value.code == "too_many_files"


class _Client:
    def __init__(self, answer):
        self.answer = answer

    def instream(self, stream):
        if isinstance(self.answer, Exception):
            raise self.answer
        return {"stream": self.answer}


@pytest.mark.parametrize(
    ("answer", "code"),
    [(("FOUND", "Eicar"), "file_infected"), (OSError(), "scanner_unavailable"), (("ERROR", ""), "scanner_unavailable")],
)
def test_where_a_scanner_is_configured_nothing_passes_it_unseen(place, person, settings, monkeypatch, answer, code):
    settings.CLAMD = "scanner:3310"
    monkeypatch.setattr(scanner, "_client", lambda address: _Client(answer))
    with pytest.raises(Refused) as refusal:
        take(place, person, "a.png", f.png())
    assert refusal.value.code == code and not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("scanner_at", "reason", "found"),
    [
        ("", "", ["documents.E002"]), ("", "信息中心：网关已查杀", ["documents.W002"]), ("scanner:3310", "", []),
        ("scanner:3310", "none", ["documents.E003"]),
    ],
)  # fmt: skip
def test_a_deployment_scans_files_or_says_who_answers_for_not_doing_so(settings, scanner_at, reason, found):
    settings.CLAMD, settings.NO_VIRUS_SCANNER = scanner_at, reason
    assert [one.id for one in files_are_scanned(None)] == found
    assert files_are_scanned in registry.get_checks(include_deployment_checks=True)
    assert files_are_scanned not in registry.get_checks(include_deployment_checks=False)


def test_the_log_says_of_each_file_whether_it_was_scanned_and_who_answers_for_it(place, person, settings, monkeypatch):
    settings.CLAMD, settings.NO_VIRUS_SCANNER = "", "信息中心：网关已查杀"
    take(place, person, "a.png", f.png())
    facts = AuditEvent.objects.filter(act="file.accepted").order_by("-id").first().facts
    assert (facts["scanned"], facts["unscanned_because"]) == (False, "信息中心：网关已查杀")
    settings.CLAMD, settings.NO_VIRUS_SCANNER = "scanner:3310", ""
    monkeypatch.setattr(scanner, "_client", lambda address: _Client(("OK", None)))
    take(place, person, "b.png", f.png())
    assert AuditEvent.objects.filter(act="file.accepted").order_by("-id").first().facts["scanned"] is True


def test_a_failure_after_storing_leaves_no_file(place, person, monkeypatch):
    kept: list[str] = []
    write = storage.write

    def writing(*args, **kwargs):
        kept.append(write(*args, **kwargs))
        return kept[0]

    monkeypatch.setattr(uploads.storage, "write", writing)
    monkeypatch.setattr(uploads.log, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        take(place, person, "a.png", f.png())
    assert kept and not storage.private().exists(kept[0]) and not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\报告.pdf", "报告.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("", "file"),
        ("a" * 300 + ".pdf", "a" * 140 + ".pdf"),
    ],
)
def test_a_name_keeps_nothing_dangerous(given, kept):
    assert uploads.clean_name(given) == kept


@pytest.fixture
def readers(monkeypatch):
    """Who may read is answered by the subject's app; here a person, by e-mail."""
    allowed: set[int] = set()
    monkeypatch.setitem(access._READERS, "accounts.User", lambda user, subject, item: user.pk in allowed)
    return allowed


def test_a_file_is_served_to_those_who_may_read_it_and_to_nobody_else(place, person, client, readers):
    other = f.user()
    file = uploads.accept(
        actor=person, jurisdiction=place, upload=f.upload("图.png", f.png()), subject=person, secret=True
    )
    url = file.get_absolute_url()
    assert client.get(url).status_code == 302
    client.force_login(other)
    assert client.get(url).status_code == 404
    readers.add(other.pk)
    answer = client.get(url)
    assert answer.status_code == 200 and answer.content == f.png()
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.get(act="file.secret_read").actor_id == str(other.pk)


def test_another_jurisdictions_file_is_not_found(place, person, client, readers):
    readers.add(person.pk)
    file = uploads.accept(actor=person, jurisdiction=place, upload=f.upload("a.png", f.png()), subject=person)
    client.force_login(person)
    assert client.get(f"/j/{f.jurisdiction().code}/files/{file.token}/").status_code == 404


def test_what_belongs_to_nobodys_app_is_read_by_nobody(place, person, client):
    file = take(place, person, "a.png", f.png())
    client.force_login(person)
    assert client.get(file.get_absolute_url()).status_code == 404


def test_a_file_is_removed_with_its_bytes_and_its_hash_stays_in_the_log(
    place, person, django_capture_on_commit_callbacks
):
    file = take(place, person, "a.png", f.png())
    with django_capture_on_commit_callbacks(execute=True):
        uploads.remove(actor=person, file=file)
    assert not StoredFile.objects.exists() and not storage.private().exists(file.stored_name)
    assert AuditEvent.objects.get(act="file.removed").facts["sha256"] == file.sha256
