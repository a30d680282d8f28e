"""Addresses: the applicant's here, the office's and the bodies' in ``office``."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

app_name = "applications"

urlpatterns: list[URLPattern | URLResolver] = []

for _module in filter(
    find_spec,
    ("applications.urls.applicant", "applications.urls.form", "applications.urls.office", "applications.urls.lists"),
):
    urlpatterns += import_module(_module).urlpatterns
