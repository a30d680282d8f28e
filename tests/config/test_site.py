"""What every answer of the site carries, and the health check."""

import pytest
from django.db import DatabaseError, connection

from config.celery import app


@pytest.mark.django_db
def test_healthz_answers_when_database_and_broker_do(client):
    response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "broker": True}
    assert "no-store" in response["Cache-Control"]


def test_healthz_says_which_part_is_ill(client, monkeypatch):
    def refuse():
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(app, "connection_for_write", refuse)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"database": False, "broker": False}


@pytest.mark.django_db
def test_policy_allows_nothing_inline(client):
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy


@pytest.mark.django_db
def test_policy_is_wider_only_under_operate(client):
    assert "script-src 'self' 'unsafe-eval'" in client.get("/operate/login/")["Content-Security-Policy"]


@pytest.mark.django_db
def test_other_headers(client):
    response = client.get("/healthz")
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
