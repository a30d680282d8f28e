"""The pool as a list that comes in: new reviewers are appointed, known ones changed, qualifications added."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.imports import Column, day, flag, words
from core.refusals import Refused
from jurisdictions.importing import OfJurisdiction
from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy
from reviews.domain import pool
from reviews.models import Qualification, Reviewer

DETAILS = ("employer", "employer_code", "title", "fields", "sectors", "is_industry_expert")


class ReviewerLines(OfJurisdiction):
    """One line a reviewer, or a qualification: a person with two of them has two lines."""

    key = "reviewers"
    title = gettext_lazy("Reviewer pool")
    lead = gettext_lazy(
        "Who has an account is appointed, or changed when in the pool already; a qualification is added when it is new. Nothing is deleted."
    )
    columns = (
        Column("email", gettext_lazy("E-mail address"), required=True, max_length=254, is_code=True, example="reviewer@example.org"),
        Column("employer", gettext_lazy("Employer"), max_length=200),
        Column("employer_code", gettext_lazy("Employer's unified social credit code"), max_length=18, is_code=True),
        Column("title", gettext_lazy("Professional title"), max_length=100),
        Column("fields", gettext_lazy("Fields"), help=gettext_lazy("Separated by commas.")),
        Column("sectors", gettext_lazy("Sectors"), help=gettext_lazy("Separated by commas.")),
        Column("is_industry_expert", gettext_lazy("Industry expert"), max_length=10, help=gettext_lazy("1 for yes, 0 for no. Empty: no.")),
        Column("kind", gettext_lazy("Qualification"), max_length=60, help=gettext_lazy("A kind that the policy names: its key, or its name.")),
        Column("number", gettext_lazy("Number of the qualification"), max_length=80),
        Column("valid_from", gettext_lazy("Valid from"), max_length=20, is_code=True, example="2025-01-01"),
        Column("valid_until", gettext_lazy("Valid until"), max_length=20, is_code=True),
    )  # fmt: skip

    def __init__(self, *, actor: User, jurisdiction: Jurisdiction) -> None:
        super().__init__(actor=actor, jurisdiction=jurisdiction)
        self.policy: Policy | None = pool.policy_for(jurisdiction)

    def read(self, cells: Mapping[str, str]) -> dict[str, Any]:
        email = cells["email"].lower()
        validate_email(email)
        user = User.objects.filter(email=email, is_active=True).first()
        if user is None:
            raise Refused("no_account_with_address", article=pool.pool_article(self.policy), address=email)
        text = {name: cells.get(name, "") for name in ("employer", "title")}
        return {
            "user": user, **text, "employer_code": cells.get("employer_code", "").upper(), "fields": words(cells.get("fields", "")),
            "sectors": words(cells.get("sectors", "")), "is_industry_expert": flag(cells, "is_industry_expert", default=False),
            "qualification": self._qualification(cells),
        }  # fmt: skip

    def identity(self, values: Mapping[str, Any]) -> Hashable:
        held = values["qualification"] or {}
        return values["user"].pk, held.get("kind", ""), held.get("number", "")

    def find(self, values: Mapping[str, Any]) -> Reviewer | None:
        rows = Reviewer.objects.filter(jurisdiction=self.jurisdiction, user=values["user"])
        found: Reviewer | None = rows.select_related("jurisdiction", "user").first()
        if found is not None and found.status == Reviewer.Status.STRUCK:
            raise Refused("reviewer_struck", article=found.struck_article, person=found)
        return found

    def same(self, row: Reviewer, values: Mapping[str, Any]) -> bool:
        return not self._changed(row, values) and self._held(row, values) is not None

    def write(self, row: Reviewer | None, values: dict[str, Any]) -> Reviewer:
        details = {name: values[name] for name in DETAILS}
        if row is None:
            row = pool.appoint(
                actor=self.actor, user=values["user"], jurisdiction=self.jurisdiction, text=_("Brought in with a list"), **details
            )  # fmt: skip
        elif self._changed(row, values):
            row = pool.change(actor=self.actor, reviewer=row, **details)
        if self._held(row, values) is None:
            pool.qualify(actor=self.actor, reviewer=row, **values["qualification"])
        return row

    def _changed(self, row: Reviewer, values: Mapping[str, Any]) -> bool:
        return any(getattr(row, name) != values[name] for name in DETAILS)

    def _held(self, row: Reviewer, values: Mapping[str, Any]) -> Qualification | bool | None:
        """The qualification as it is recorded; True where the line names none; None where it is still to be recorded."""
        wanted = values["qualification"]
        if wanted is None:
            return True
        found: Qualification | None = Qualification.objects.filter(reviewer=row, **wanted).first()
        return found

    def _qualification(self, cells: Mapping[str, str]) -> dict[str, Any] | None:
        text = cells.get("kind", "")
        if not text:
            if any(cells.get(name) for name in ("number", "valid_from", "valid_until")):
                raise ValidationError(_("A number or days are given, but no kind of qualification."))
            return None
        known = {str(label): key for key, label in self.policy.qualifications.items()} if self.policy else {}
        known |= {key: key for key in known.values()}
        if text not in known:
            raise Refused("qualification_unknown", article=pool.pool_article(self.policy), kind=text)
        if not cells.get("valid_from"):
            raise ValidationError(_("The first day of the qualification is missing."))
        until = day(cells, "valid_until") if cells.get("valid_until") else None
        return {
            "kind": known[text], "number": cells.get("number", ""), "valid_from": day(cells, "valid_from"), "valid_until": until,
        }  # fmt: skip
