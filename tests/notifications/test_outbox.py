"""Messages: posted with the act, sent once, on record; an inbox of one's own."""

from __future__ import annotations

import datetime as dt
import itertools
import threading

import pytest
from django.core import mail
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_scopes import scope, scopes_disabled

from accounts.models import User
from core import clock
from jurisdictions.models import Jurisdiction
from notifications import delivery, outbox, reminders, tasks, texts
from notifications.models import InboxItem, Message

_number = itertools.count(1)
KIND = "test.letter"
texts.register({KIND: ("Result for {name}", "{name}: {prize}, {missing}")})


def person(domain: str = "example.org", **extra) -> User:
    number = next(_number)
    return User.objects.create_user(f"reader{number}@{domain}", name=f"Reader {number}", **extra)


def place() -> Jurisdiction:
    number = next(_number)
    return Jurisdiction.objects.create(code=f"mail-{number}", name_zh=f"示例{number}市", name_en=f"Example {number}")


def post(people, where=None, key="k", **more):
    context = {"name": "甲", "prize": {"zh": "质量奖", "en": "Quality Award"}}
    values = {
        "to": people,
        "kind": KIND,
        "jurisdiction": where or place(),
        "subject_ref": "app.Thing:1",
        "context": context,
        "key": key,
    }
    return outbox.post(**{**values, **more})


def fresh(row: Message) -> Message:
    with scopes_disabled():
        return Message.objects.get(pk=row.pk)


@pytest.mark.django_db
@pytest.mark.requirement("wenzhou-14")
def test_a_message_is_posted_once_sent_once_and_its_delivery_recorded():
    reader, where = person(), place()
    rows = post([reader, reader], where, url="/x/")
    assert len(rows) == 1 and post([reader], where) == []
    assert delivery.send(rows[0].pk) and not delivery.send(rows[0].pk)
    assert [m.to for m in mail.outbox] == [[reader.email]]
    assert (
        "/x/" in mail.outbox[0].body and "质量奖" in mail.outbox[0].body and mail.outbox[0].subject == "Result for 甲"
    )
    row = fresh(rows[0])
    assert row.state == "sent" and row.delivered_at and row.attempts == 1


@pytest.mark.django_db
def test_it_is_written_in_the_readers_language():
    reader = person(language="en")
    delivery.send(post([reader])[0].pk)
    assert "Quality Award" in mail.outbox[0].body and "—" in mail.outbox[0].body
    with translation.override("zh-hans"):
        assert "质量奖" in texts.body_of(KIND, {"prize": {"zh": "质量奖", "en": "Quality Award"}})


@pytest.mark.django_db
def test_a_transaction_that_fails_posts_nothing():
    reader = person()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        post([reader])
        raise ZeroDivisionError
    with scopes_disabled():
        assert not Message.objects.exists() and not InboxItem.objects.exists()


@pytest.mark.django_db
def test_rehearsals_and_invented_people_get_no_mail_but_an_inbox():
    invented, real = person("rehearsal.invalid"), person()
    rows = [*post([invented], key="a"), *post([real], key="b", rehearsal=True)]
    assert [row.state for row in rows] == ["kept", "kept"] and not delivery.waiting()
    with scopes_disabled():
        assert InboxItem.objects.count() == 2


@pytest.mark.django_db
def test_a_mail_server_that_refuses_is_asked_again_and_then_given_up(monkeypatch):
    row = post([person()])[0]

    def refuse(*args, **kwargs):
        raise OSError("no")

    monkeypatch.setattr(delivery.EmailMessage, "send", refuse)
    for attempt in range(1, len(delivery.RETRY_AFTER) + 2):
        with scopes_disabled():
            Message.objects.filter(pk=row.pk).update(due_at=clock.now())
        assert not delivery.send(row.pk)
        assert fresh(row).attempts == attempt
    assert fresh(row).state == "failed" and "no" in fresh(row).error


@pytest.mark.django_db
def test_a_worker_that_died_leaves_a_lease_that_runs_out():
    row = post([person()])[0]
    with scopes_disabled():
        assert delivery._claim(row.pk) and delivery._claim(row.pk) is None
        assert not delivery.waiting()
        Message.objects.filter(pk=row.pk).update(leased_until=clock.now() - dt.timedelta(seconds=1))
    assert tasks.sweep() == 1 and fresh(row).state == "sent"


class _Paper:
    ready: tuple[str, bytes, str] | None = None


@pytest.mark.django_db
def test_the_paper_goes_along_once_it_is_made(monkeypatch):
    row = post([person()])[0]
    with scopes_disabled():
        Message.objects.filter(pk=row.pk).update(paper_ref="documents.Paper:1")
    made: list[tuple[str, bytes, str] | None] = [None]
    monkeypatch.setattr(delivery, "_attachment", lambda reference: made[0])
    assert not delivery.send(row.pk) and fresh(row).attempts == 0 and fresh(row).state == "waiting"
    made[0] = ("告知书.pdf", b"%PDF", "application/pdf")
    with scopes_disabled():
        Message.objects.filter(pk=row.pk).update(due_at=clock.now())
    assert delivery.send(row.pk) and mail.outbox[0].attachments[0][0] == "告知书.pdf"


@pytest.mark.django_db
def test_posting_costs_the_same_for_one_and_for_thirty(django_assert_num_queries):
    where, people = place(), [person() for _ in range(30)]
    for crowd in (people[:1], people):
        with django_assert_num_queries(4):
            post(crowd, where, key=f"k{len(crowd)}")


@pytest.mark.django_db
def test_an_unknown_kind_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        post([person()], kind="none")
    with pytest.raises(ValueError, match="twice"):
        texts.register({KIND: (_("x"), _("y"))})


@pytest.mark.django_db
def test_the_database_keeps_a_message_unique():
    row = post([person()])[0]
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
def test_reminders_are_derived_and_posted_once(monkeypatch):
    reader, where = person(), place()

    def due(now):
        yield reminders.Reminder(to=(reader,), kind=KIND, jurisdiction=where, subject_ref="a.B:1", key="deadline:1:2d")

    def broken(now):
        raise ZeroDivisionError

    monkeypatch.setattr(reminders, "_PROVIDERS", [broken, due])
    assert reminders.post_due() == 1 and tasks.remind() == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database of many writers")
def test_eight_workers_send_it_once():
    row = post([person()])[0]
    sent: list[bool] = []

    def work() -> None:
        sent.append(delivery.send(row.pk))
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(sent) == [False] * 7 + [True] and len(mail.outbox) == 1


@pytest.mark.django_db
def test_the_inbox_shows_ones_own_messages_and_opening_records_it(client, django_assert_max_num_queries):
    reader, other, where = person(), person(), place()
    for n in range(35):
        post([reader, other], where, key=f"k{n}")
    assert client.get(reverse("notifications:inbox")).status_code == 302
    client.force_login(reader)
    with django_assert_max_num_queries(6):
        page = client.get(reverse("notifications:inbox"))
    assert page.status_code == 200 and len(page.context["page"].rows) == 30 and page.context["page"].next_cursor
    item = page.context["page"].rows[0]
    url = reverse("notifications:message", kwargs={"pk": item.pk})
    assert client.get(url).status_code == 200
    with scopes_disabled():
        first = InboxItem.objects.get(pk=item.pk).read_at
    assert first
    client.get(url)
    with scopes_disabled():
        assert InboxItem.objects.get(pk=item.pk).read_at == first
    client.force_login(other)
    assert client.get(url).status_code == 404
    assert client.post(reverse("notifications:all_read")).status_code == 302
    with scopes_disabled(), scope(jurisdiction=where):
        assert not InboxItem.objects.filter(user=other, read_at=None).exists()
        assert InboxItem.objects.filter(user=reader, read_at=None).count() == 34
