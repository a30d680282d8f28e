"""What people say about themselves: name, phone, language. Addresses, passwords and second factors are kept by allauth."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from accounts.models import User
from audit import log
from core.refusals import Refused

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@transaction.atomic
def change(*, actor: User, name: str, phone: str, language: str) -> User:
    """The actor's own name, phone and language. Names on what was already signed stay as they were.

    Refused: own_name_missing, language_unknown. The log says which were changed; what they say is personal and can be erased.
    """
    if not name.strip():
        raise Refused("own_name_missing", field="name")
    if language not in LANGUAGES:
        raise Refused("language_unknown", field="language")
    row = User.objects.select_for_update().get(pk=actor.pk)
    wanted = {"name": name.strip(), "phone": phone.strip(), "language": language}
    was = {field: getattr(row, field) for field, value in wanted.items() if getattr(row, field) != value}
    if not was:
        return row
    for field in was:
        setattr(row, field, wanted[field])
    row.save(update_fields=list(was))
    personal = {"was": was, "is": {field: wanted[field] for field in was}}
    facts = {"fields": sorted(was)}
    log.record("person.profile", scope=log.SITE, actor=actor, subject=row, facts=facts, personal=personal)
    return row


def speak(*, actor: User, language: str) -> None:
    """In which language the actor's pages and mail come from now on; a taste, not an act, so nothing is logged."""
    if language in LANGUAGES and actor.language != language:
        User.objects.filter(pk=actor.pk).update(language=language)
        actor.language = language
