"""Periodic tasks of this app."""

from __future__ import annotations

from celery import shared_task

from jurisdictions import roles
from jurisdictions.domain import intakes


@shared_task
def expire_roles() -> int:
    """Every night: take away the permissions of roles that ran out. Twice is harmless."""
    return roles.expire()


@shared_task
def take_in(pk: int) -> None:
    """Check or write one long list."""
    intakes.work(pk)


@shared_task
def sweep_lists() -> int:
    """Give out again what a worker lost, forget what nobody confirmed; returns how many were given out."""
    again = intakes.sweep()
    for pk in again:
        take_in.delay(pk)
    return len(again)
