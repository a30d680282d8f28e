"""Periodic tasks of this app."""

from __future__ import annotations

from celery import shared_task

from jurisdictions import roles


@shared_task
def expire_roles() -> int:
    """Every night: take away the permissions of roles that ran out. Twice is harmless."""
    return roles.expire()
