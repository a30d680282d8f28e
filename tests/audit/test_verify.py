"""The verifier finds every change that was made behind the log's back."""

from __future__ import annotations

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from audit import checkpoints, log
from audit.models import AuditCheckpoint, AuditEvent
from audit.verify import scopes, verify
from tests.audit import chains

FORGED = {
    "scope": "'other'",
    "sequence": "77",
    "at": "'2020-01-01 00:00:00+00:00'",
    "legal_at": "'2020-01-01 00:00:00+00:00'",
    "actor_id": "'8'",
    "act": "'thing.undone'",
    "article": "'4'",
    "round_id": "'2'",
    "subject": "'app.Thing:99'",
    "facts": """'{"n": 2, "text": "二"}'""",
    "personal_commitment": "''",
    "previous_hash": "'f000000000000000000000000000000000000000000000000000000000000000'",
    "hash": "'f000000000000000000000000000000000000000000000000000000000000000'",
}


@pytest.fixture
def chain(db):
    chains.set_guards(False)
    return chains.append()


def test_an_untouched_chain_is_verified(chain):
    report = verify("chain")
    assert report.verified and report.events == 5, report.problems
    assert "chain" in scopes()


def test_every_column_has_a_forgery():
    assert set(FORGED) == {field.column for field in AuditEvent._meta.fields} - {"id"}


@pytest.mark.parametrize("column", FORGED)
def test_a_change_of_any_column_is_found(chain, column):
    chains.run(f"UPDATE audit_auditevent SET {column} = {FORGED[column]} WHERE id = %s", chain[2].pk)
    assert not verify("chain").verified


def test_a_gap_is_found(chain):
    chains.run("DELETE FROM audit_auditevent WHERE id = %s", chain[2].pk)
    assert any("missing" in problem for problem in verify("chain").problems)


def test_losing_the_newest_event_is_found_by_the_head_and_by_a_checkpoint(chain):
    checkpoints.make("chain")
    chains.run("DELETE FROM audit_auditevent WHERE id = %s", chain[-1].pk)
    assert any("head" in problem for problem in verify("chain").problems)
    chains.run("UPDATE audit_audithead SET sequence = 4, hash = %s WHERE scope = 'chain'", chain[3].hash)
    assert [problem for problem in verify("chain").problems if "checkpoint" in problem]


def test_a_rewritten_chain_is_found_by_its_checkpoint(chain):
    """Whoever holds the database can recompute every hash, but not sign."""
    checkpoints.make("chain")
    chains.run("DELETE FROM audit_auditevent WHERE scope = 'chain'")
    chains.run("DELETE FROM audit_audithead WHERE scope = 'chain'")
    chains.append()
    assert verify("chain").problems == [
        "chain: checkpoint at 5: the chain had another hash there, or has lost that event"
    ]


def test_a_forged_checkpoint_is_found(chain):
    made = checkpoints.make("chain")
    assert made is not None and verify("chain", checkpoints.public_key()).verified
    chains.run("UPDATE audit_auditcheckpoint SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", made.pk)
    assert any("signature" in problem for problem in verify("chain").problems)


def test_a_chain_is_signed_once_for_each_place(chain):
    assert [row.scope for row in checkpoints.make_all() if row.scope == "chain"] == ["chain"]
    assert checkpoints.make("chain") is None
    chains.append(1)
    assert checkpoints.make("chain") is not None
    assert AuditCheckpoint.objects.filter(scope="chain").count() == 2


def test_the_command_says_what_is_wrong(chain):
    out = StringIO()
    call_command("audit_verify", scope="chain", stdout=out)
    assert "5 events" in out.getvalue() and "verified" in out.getvalue()
    chains.run("UPDATE audit_auditevent SET act = 'x' WHERE id = %s", chain[0].pk)
    with pytest.raises(CommandError):
        call_command("audit_verify", scope="chain", stdout=out, stderr=StringIO())


def test_a_fork_is_refused_by_the_database(chain):
    twin = AuditEvent.objects.get(pk=chain[2].pk)
    twin.pk, twin.sequence = None, 99
    with pytest.raises(DatabaseError), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.parametrize("table", ["audit_auditevent", "audit_auditcheckpoint"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET scope = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_refuses_to_change_evidence(chain, table, statement):
    if "TRUNCATE" in statement and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    checkpoints.make("chain")
    with transaction.atomic():
        chains.set_guards(True)
    with pytest.raises(DatabaseError, match="evidence"), transaction.atomic():
        chains.run(statement.format(table))
    assert verify("chain").verified
    chains.set_guards(False)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_not_logged():
    with pytest.raises(RuntimeError):
        log.record("x", scope="chain", actor=None, subject="a.B:1")
    assert not AuditEvent.objects.filter(scope="chain").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a database of many writers")
def test_eight_writers_make_one_gapless_chain():
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(10):
                chains.append(1, scope="busy")
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    report = verify("busy")
    assert report.verified and report.events == 80
