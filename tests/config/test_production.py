"""Production refuses to start where that would be unsafe."""

import os
import subprocess
import sys

import pytest

from config.settings.apps import BASE_DIR

SAFE = {
    "SECRET_KEY": "a-long-random-value-of-this-test-only-a-long-random-value",
    "DATABASE_URL": "postgres://awards@localhost/awards",
    "REDIS_URL": "redis://localhost",
    "ALLOWED_HOSTS": "awards.example.gov.cn",
    "AUDIT_SIGNING_KEY": "/nowhere/audit.pem",
    "PAPER_SIGNING_KEY": "/nowhere/paper.pem",
    "SITE_URL": "https://awards.example.gov.cn",
    "CLAMD": "scanner:3310",
}
PRINT_SETTINGS = (
    "from django.conf import settings as s;"
    "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.DEMO_SIGN_IN,"
    "s.DATABASES['default']['CONN_MAX_AGE'] > 0, s.DATABASES['default']['CONN_HEALTH_CHECKS'])"
)


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """Read the production settings in a process of their own; an empty value means unset."""
    values = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production", **SAFE, **changes}
    command = [sys.executable, "-c", PRINT_SETTINGS]
    return subprocess.run(command, cwd=BASE_DIR, env=values, capture_output=True, text=True, check=False)


def test_starts_when_everything_is_said():
    done = start()
    assert done.stdout.split() == ["True", "True", "True", "False", "False", "True", "True"], done.stderr


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS", "AUDIT_SIGNING_KEY", "PAPER_SIGNING_KEY", "CLAMD"],
)
def test_refuses_without(name):
    done = start(**{name: ""})
    assert done.returncode != 0
    assert f"ImproperlyConfigured: Set {name}: " in done.stderr


def test_starts_without_a_scanner_only_where_somebody_says_why():
    assert start(CLAMD="", NO_VIRUS_SCANNER="信息中心：内网另有网关查杀").returncode == 0


@pytest.mark.parametrize("name", ["DEMO_SIGN_IN", "DEBUG"])
def test_refuses_with(name):
    done = start(**{name: "1"})
    assert done.returncode != 0
    assert f"ImproperlyConfigured: Unset {name}: " in done.stderr


def test_refuses_sqlite():
    assert "Set DATABASE_URL to a PostgreSQL database" in start(DATABASE_URL="sqlite:///x").stderr
