"""Chinese unless somebody chose otherwise; the choice keeps one's place, is remembered, and mail comes in it."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import AuditEvent
from jurisdictions.models import Jurisdiction
from notifications import delivery, outbox, texts
from notifications.models import Message

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def reader() -> User:
    return User.objects.create_user("reader@example.org", "a-Long-passw0rd", name="读者")


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def lang(client: Client, path: str) -> str:
    page = client.get(path).content.decode()
    return page[page.index('<html lang="') + 12 :].split('"')[0]


def test_chinese_is_the_default_whatever_the_browser_asks_for() -> None:
    client = Client(headers={"accept-language": "en"})
    assert lang(client, "/") == "zh-hans"
    client.cookies[COOKIE] = "xx"
    assert lang(client, "/") == "zh-hans"


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/?next=/desk/", "/accounts/signup/", "/no/such/page/?a=b%26c&d=中"]
)
def test_the_switch_is_on_every_page_and_keeps_the_place(path: str) -> None:
    client = Client()
    page = client.get(path)
    assert 'name="language"' in page.content.decode()
    where = page.wsgi_request.get_full_path()
    back = client.post(reverse("set_language"), {"language": "en", "next": where})
    assert (back.status_code, back["Location"]) == (302, where)
    assert lang(client, path) == "en"
    away = client.post(reverse("set_language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert away["Location"] == "/"


def test_after_a_form_with_errors_the_switch_leads_back_to_its_page() -> None:
    client = Client()
    page = client.post("/accounts/login/?next=/desk/", {"login": "nobody", "password": ""})
    assert page.status_code == 200
    assert 'name="next" value="/accounts/login/?next=/desk/"' in page.content.decode()


def test_the_choice_of_somebody_signed_in_is_remembered_and_comes_along_at_the_next_sign_in(reader: User) -> None:
    client = enter(reader)
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    reader.refresh_from_db()
    assert reader.language == "en"
    client.post(reverse("set_language"), {"language": "klingon", "next": "/"})
    reader.refresh_from_db()
    assert reader.language == "en"
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": reader.email, "password": "a-Long-passw0rd"})
    assert elsewhere.cookies[COOKIE].value == "en"


def test_a_message_is_in_the_language_of_who_gets_it_when_it_is_sent(reader: User, unscoped: None) -> None:
    place = Jurisdiction.objects.create(code="somewhere", name_zh="某市", name_en="Somewhere")
    kind = "test.language"
    if not texts.known(kind):
        from django.utils.translation import gettext_lazy as _

        texts.register({kind: (_("Saved."), _("Until") + " {day} {moment}")})
    other = User.objects.create_user("other@example.org", name="Other", language="en")
    facts = {"day": "2025-03-05", "moment": "2025-03-05T06:00:00+00:00"}
    outbox.post(to=[reader, other], kind=kind, jurisdiction=place, subject_ref="x", context=facts, key="k")
    reader.language = "zh-hans"
    for message in Message.objects.filter(key="k"):
        assert delivery.send(message.pk)
    sent = {letter.to[0]: letter for letter in mail.outbox}
    assert "2025年3月5日 2025年3月5日 14:00" in sent[reader.email].body and "某市" in sent[reader.email].body
    assert "5 March 2025 5 March 2025, 14:00" in sent[other.email].body and "Somewhere" in sent[other.email].body
    assert sent[reader.email].subject != sent[other.email].subject


def test_the_profile_is_changed_logged_without_its_words_and_refuses_what_cannot_be_kept(reader: User) -> None:
    client, url = enter(reader), reverse("accounts:profile")
    assert client.post(url, {"name": "", "phone": "", "language": "en"}).context["form"].errors["name"]
    for wrong in (
        "甲\0乙",
        "甲\ud800乙".encode("utf-16", "surrogatepass").decode("utf-16", "replace") + "\x07",
        "长" * 81,
    ):
        assert client.post(url, {"name": wrong, "phone": "", "language": "en"}).context["form"].errors["name"], wrong
    done = client.post(url, {"name": "  张\u202e三\u3000😀 ", "phone": "0576 8000 0000", "language": "en"})
    assert done.status_code == 302 and done.cookies[COOKIE].value == "en"
    reader.refresh_from_db()
    assert (reader.name, reader.phone, reader.language) == ("张三 😀", "0576 8000 0000", "en")
    event = AuditEvent.objects.get(act="person.profile")
    assert event.facts == {"fields": ["language", "name", "phone"]}


def test_mail_of_the_account_is_in_its_language_and_the_page_says_nothing_of_accounts(reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(language="en")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    client = Client()
    known = client.post(reverse("account_reset_password"), {"email": reader.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    sent = {letter.to[0]: letter for letter in mail.outbox}
    assert "Password Reset" in sent[reader.email].subject and "Government quality awards" in sent[reader.email].body
    assert "账号" in sent["nobody@example.org"].subject
    wrong = [
        client.post(reverse("account_login"), {"login": address, "password": "wrong-wrong"}).content.decode()
        for address in (reader.email, "nobody@example.org")
    ]
    assert all("电子邮箱或密码不正确。" in page for page in wrong)
    form = {"name": "新人", "email": reader.email, "password1": "a-Long-passw0rd", "password2": "a-Long-passw0rd"}
    taken = client.post(reverse("account_signup"), form)
    fresh = client.post(reverse("account_signup"), {**form, "email": "fresh@example.org"})
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert User.objects.get(email="fresh@example.org").language == "zh-hans"


def test_who_looks_around_in_the_demonstration_keeps_the_language_of_the_browser(settings) -> None:
    settings.DEMO_SIGN_IN = True
    person = User.objects.create_user("office@here.demo.invalid", name="示例")
    client = Client()
    client.cookies[COOKIE] = "en"
    client.post(reverse("accounts:demo_enter", args=[person.pk]))
    assert client.cookies[COOKIE].value == "en"
