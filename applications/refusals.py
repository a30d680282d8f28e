"""Sentences of the applicant's side: why, and what to do next."""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, tuple[str, str]] = {}
