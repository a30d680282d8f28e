"""Database, cache and broker follow from addresses."""

from config.settings import env


def test_sqlite_writers_take_the_lock_at_once():
    options = env.database("sqlite:////tmp/x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_keeps_connections(monkeypatch):
    monkeypatch.setenv("CONN_MAX_AGE", "7")
    database = env.database("postgres://a@b/c")
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (7, True)


def test_cache_without_redis_is_inside_the_process():
    assert env.cache("")["BACKEND"].endswith("LocMemCache")
    assert env.cache("redis://h")["LOCATION"] == "redis://h"


def test_flag(monkeypatch):
    monkeypatch.setenv("F", "Yes")
    assert env.flag("F")
    monkeypatch.setenv("F", "0")
    assert not env.flag("F", default=True)
    monkeypatch.setenv("F", "")
    assert env.flag("F", default=True)


def test_folder_broker_makes_its_folders(tmp_path):
    options = env.folder_broker(tmp_path / "broker")
    assert options["polling_interval"] == 0.1
    assert (tmp_path / "broker" / "queue").is_dir()
