"""Addresses: the applicant's here, the office's and the bodies' in ``urls_office``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

app_name = "applications"

urlpatterns: list[URLPattern | URLResolver] = []

for _module in filter(
    find_spec,
    ("applications.urls_applicant", "applications.urls_form", "applications.urls_office", "applications.urls_lists"),
):
    urlpatterns += import_module(_module).urlpatterns
