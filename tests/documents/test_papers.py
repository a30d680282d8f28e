"""Papers: frozen, made once, the same from the same context, reaching nothing outside."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.checks import Error, Warning
from django.db import connection, connections, transaction
from django_scopes import scope, scopes_disabled
from pypdf import PdfReader

from documents import access, checks, papers, rendering, signing, tasks
from documents.models import Paper
from tests.documents import factories as f

LETTER = {
    "issuer": "示例市市场监督管理局",
    "addressee": "示例有限公司",
    "body": ["经文件评审，贵单位未进入现场评审。", "特此告知。<b>"],
    "basis": "《办法》第十六条",
    "signature": "示例市评审办公室",
    "date": "2026-03-05",
}


@pytest.fixture
def place(db):
    found = f.jurisdiction()
    with scope(jurisdiction=found):
        yield found


def ask(place, **more):
    values = {
        "kind": "letter",
        "jurisdiction": place,
        "subject": "tests.Thing:1",
        "template": "letter",
        "context": LETTER,
        "title": "告知书",
        "number": "1号",
    }
    return papers.request(**{**values, **more})


def text_of(paper: Paper) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.attachment()[1])).pages)


def test_a_letter_says_what_its_context_says_in_embedded_chinese_type(place):
    paper = papers.make(ask(place).pk)
    assert paper.is_ready and paper.pages == 1 and paper.file_sha256 == rendering.sha256(paper.attachment()[1])
    text = text_of(paper)
    for expected in (
        "告知书",
        "示例有限公司：",
        "未进入现场评审",
        "2026年3月5日",
        "第十六条",
        "<b>",
        paper.context_sha256[:16],
    ):
        assert expected in text, expected
    fonts = [
        font.get_object()
        for page in PdfReader(io.BytesIO(paper.attachment()[1])).pages
        for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        assert (
            "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
            or "/FontFile3" in font["/DescendantFonts"][0]["/FontDescriptor"]
        )


def test_papers_are_chinese_whatever_language_is_active(place, settings):
    from django.utils import translation

    with translation.override("en"):
        paper = papers.make(ask(place, context={**LETTER, "issuer": ""}).pk)
    assert place.name_zh in text_of(paper)


@pytest.mark.parametrize(
    ("template", "context", "words"),
    [
        (
            "report",
            {
                "facts": [["轮次", 2026]],
                "sections": [{"title": "概况", "paragraphs": ["甲"], "columns": ["得分"], "rows": [[90000]]}],
            },
            ["一、概况", "90,000"],
        ),
        (
            "list",
            {
                "intro": ["如下："],
                "columns": ["序号", "组织"],
                "rows": [[n, f"组织{n}"] for n in range(80)],
                "note": "完",
            },
            ["组织79", "完"],
        ),
    ],
)
def test_reports_and_lists(place, template, context, words):
    paper = papers.make(ask(place, template=template, context=context).pk)
    text = text_of(paper)
    assert all(word in text for word in words)
    assert (paper.pages > 1) == (template == "list")


def test_the_same_context_gives_the_same_bytes(place):
    one = papers.make(ask(place, number="1", subject="a.B:1").pk)
    two = papers.make(ask(place, number="1", subject="a.B:2", sign=True).pk)
    assert one.sha256 == two.sha256 == one.file_sha256
    assert two.signed and two.file_sha256 != two.sha256


def test_a_signed_paper_carries_a_valid_signature_over_all_of_it(place):
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    content = papers.make(ask(place, sign=True).pk).attachment()[1]
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    trust = ValidationContext(trust_roots=list(load_certs_from_pemder_data(signing.certificate())))
    with ThreadPoolExecutor(1) as alone:  # pyHanko wants a thread without an event loop
        status = alone.submit(validate_pdf_signature, signature, trust).result()
    assert status.intact and status.valid and signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    broken = bytearray(content)
    broken[len(broken) // 3] ^= 1
    reader = PdfFileReader(io.BytesIO(bytes(broken)), strict=False)
    with ThreadPoolExecutor(1) as alone:
        assert not alone.submit(validate_pdf_signature, reader.embedded_signatures[0], trust).result().intact


def test_asked_twice_it_is_one_paper_made_once(place, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        first, second = ask(place), ask(place, title="other")
    assert first.pk == second.pk and len(callbacks) == 1
    made = papers.make(first.pk)
    assert papers.make(first.pk).written_at == made.written_at
    assert papers.make(0) is None


def test_a_transaction_that_fails_leaves_no_paper(place):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask(place)
        raise ZeroDivisionError
    assert not Paper.objects.exists()


def test_what_was_left_is_swept_and_what_fails_is_recorded_and_given_up(place, monkeypatch):
    paper = ask(place, template="none-such")
    queued: list[int] = []
    monkeypatch.setattr(tasks.write_paper, "delay", queued.append)
    assert tasks.sweep_papers() == 1 and queued == [paper.pk]
    for _ in range(papers.MAX_ATTEMPTS):
        with pytest.raises(Exception, match="none-such"):
            papers.make(paper.pk)
    paper.refresh_from_db()
    assert paper.state == "failed" and "none-such" in paper.error and paper.attempts == papers.MAX_ATTEMPTS
    assert not papers.left_over()


def test_a_broker_that_is_away_does_not_break_the_act(place, monkeypatch, django_capture_on_commit_callbacks):
    def away(*args):
        raise OSError

    monkeypatch.setattr(tasks.write_paper, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        ask(place)
    assert len(papers.left_over()) == 1


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x.png",
        "https://example.org/x.css",
        "asset:/fonts/../../manage.py",
        "asset:/papers/none.css",
        "asset:/other/x",
    ],
)
def test_a_paper_reaches_nothing_but_our_own_assets(url):
    with pytest.raises(rendering.FatalURLFetchingError):
        rendering.Assets().fetch(url)


@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="http://127.0.0.1/">',
    ],
)
def test_a_document_that_tries_is_not_made(html):
    with pytest.raises(rendering.FatalURLFetchingError):
        rendering.HTML(string=html, base_url=rendering.SCHEME, url_fetcher=rendering.Assets()).write_pdf()


def test_without_a_chinese_font_nothing_blank_is_written(place, monkeypatch):
    monkeypatch.setattr(checks, "built_fonts", lambda: False)
    monkeypatch.setattr(checks, "system_font", lambda: True)
    assert isinstance(checks.papers_have_fonts(None)[0], Warning)
    monkeypatch.setattr(checks, "system_font", lambda: False)
    assert isinstance(checks.papers_have_fonts(None)[0], Error)
    with pytest.raises(RuntimeError, match="font"):
        papers.make(ask(place).pk)


def test_a_rehearsals_paper_says_so(place, monkeypatch):
    monkeypatch.setattr(papers, "_asks", [lambda ref: ref == "7"])
    assert "演练" in text_of(papers.make(ask(place, round_ref=7).pk))
    assert "演练" not in text_of(papers.make(ask(place, round_ref=8, number="2").pk))


def test_a_paper_is_handed_to_those_who_may_read_it(place, client, monkeypatch):
    person = f.user()
    monkeypatch.setitem(access._READERS, "accounts.User", lambda user, subject, item: user == subject)
    paper = ask(place, subject=person)
    url = paper.get_absolute_url()
    assert client.get(url).status_code == 302
    client.force_login(person)
    assert client.get(url).status_code == 409
    papers.make(paper.pk)
    answer = client.get(url)
    assert (
        answer.status_code == 200
        and answer.content.startswith(b"%PDF")
        and "attachment" in answer["Content-Disposition"]
    )
    client.force_login(f.user())
    assert client.get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database of many writers")
def test_of_two_workers_that_make_it_at_once_one_file_is_kept():
    place = f.jurisdiction()
    with scope(jurisdiction=place):
        paper = ask(place)

    def work() -> None:
        papers.make(paper.pk)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with scopes_disabled():
        paper = Paper.objects.get(pk=paper.pk)
    assert paper.is_ready and paper.attempts == 1


def test_articles_and_days_stand_in_a_paper_as_organs_write_them() -> None:
    from documents.templatetags.papers import article_number, is_document_number, official

    assert official("依据《某办法》第16条、第9.3条，于2026-03-02 09:05:00提交") == (
        "依据《某办法》第十六条、第9.3条，于2026年3月2日9时05分提交"
    )
    assert official("编号2025-0002-6，2026-04-02批准") == "编号2025-0002-6，2026年4月2日批准"
    assert [article_number(given) for given in (22, "4", "9.3")] == ["二十二", "四", "9.3"]
    assert is_document_number("示例政发〔2026〕1号") and not is_document_number("2026-vote-1")
