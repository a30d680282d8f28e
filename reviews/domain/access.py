"""Who may score an entry, as guardian's rows: granted with the assignment, gone with it."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db.models import Q

from reviews.models import Assignment
from rounds.models import Entry, EntryUserObjectPermission, RoundStage

SCORE = "score_entry"


def grant(pairs: Iterable[tuple[int, int]]) -> None:
    """``(user id, entry id)`` may score; twice is harmless. Two queries."""
    permission = Permission.objects.get(codename=SCORE, content_type__app_label=Entry._meta.app_label)
    EntryUserObjectPermission.objects.bulk_create(
        [
            EntryUserObjectPermission(user_id=user, content_object_id=entry, permission=permission)
            for user, entry in sorted(set(pairs))
        ],
        ignore_conflicts=True,
    )


def withdraw(pairs: Iterable[tuple[int, int]]) -> None:
    """Take the right away where no other running assignment carries it. Two queries."""
    gone = set(pairs)
    if not gone:
        return
    entries = {entry for _user, entry in gone}
    running = Assignment.objects.filter(stage_entry__entry__in=entries, ended_at=None).exclude(
        stage_entry__stage__status=RoundStage.Status.CLOSED
    )
    gone -= set(running.values_list("reviewer__user_id", "stage_entry__entry_id"))
    by_user: dict[int, list[int]] = {}
    for user, entry in gone:
        by_user.setdefault(user, []).append(entry)
    if by_user:
        which = Q()
        for user, ids in by_user.items():
            which |= Q(user_id=user, content_object_id__in=ids)
        EntryUserObjectPermission.objects.filter(which, permission__codename=SCORE).delete()
