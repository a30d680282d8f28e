"""Where the review office is found: printed on papers and public pages."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from audit import log
from core.access import require
from jurisdictions.models import Jurisdiction
from jurisdictions.rules import administers


@transaction.atomic
def change_office(*, actor: User, jurisdiction: Jurisdiction, address: str, phone: str, email: str) -> Jurisdiction:
    """New address, phone and e-mail of the office. Refused: not_yours_to_do."""
    require(administers, actor, jurisdiction)
    row = Jurisdiction.objects.select_for_update(no_key=True).get(pk=jurisdiction.pk)
    wanted = {"office_address": address.strip(), "office_phone": phone.strip(), "office_email": email.strip()}
    was = {name: getattr(row, name) for name, value in wanted.items() if getattr(row, name) != value}
    if not was:
        return row
    for name in was:
        setattr(row, name, wanted[name])
    row.save(update_fields=list(was))
    facts = {"was": was, "is": {name: wanted[name] for name in was}}
    log.record("jurisdiction.office_changed", scope=row.code, actor=actor, subject=row, facts=facts)
    return row
